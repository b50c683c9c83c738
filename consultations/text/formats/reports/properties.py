"""What every OOXML package says of itself: title, author, language, instant; its kinds of parts."""

from collections.abc import Mapping
from datetime import UTC

from consultations.text.formats.reports.description import Head
from consultations.text.formats.reports.package import XML, Package, text

_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_CORE = "application/vnd.openxmlformats-package.core-properties+xml"
_LINKS = "application/vnd.openxmlformats-package.relationships+xml"


def core(package: Package, head: Head, body: str, types: Mapping[str, str]) -> None:
    """The parts beside the body; `types` are the media types of the others by name."""
    instant = head.instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    package.add(
        "docProps/core.xml",
        f'{XML}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{text(head.name[:255])}</dc:title><dc:creator>{text(head.author[:255])}"
        f"</dc:creator><dc:language>{text(head.language_tag)}</dc:language>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{instant}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{instant}</dcterms:modified>'
        "</cp:coreProperties>",
    )
    package.add(
        "_rels/.rels",
        f'{XML}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1"'
        f' Type="{_OFFICE}/officeDocument" Target="{body}"/><Relationship Id="rId2"'
        f' Type="{_PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>'
        "</Relationships>",
    )
    said = "".join(
        f'<Override PartName="{name}" ContentType="{kind}"/>'
        for name, kind in {**types, "/docProps/core.xml": _CORE}.items()
    )
    package.add(
        "[Content_Types].xml",
        f'{XML}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels"'
        f' ContentType="{_LINKS}"/><Default Extension="xml" ContentType="application/xml"/>{said}'
        "</Types>",
    )
