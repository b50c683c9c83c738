"""Names of OpenDocument 1.3, and the package its files are."""

import zipfile
from collections.abc import Mapping
from io import BytesIO
from typing import Final

MIME: Final = "application/vnd.oasis.opendocument.text"
_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
SPACES: Final = {
    "office": f"{_OASIS}:office:1.0",
    "text": f"{_OASIS}:text:1.0",
    "style": f"{_OASIS}:style:1.0",
    "table": f"{_OASIS}:table:1.0",
    "draw": f"{_OASIS}:drawing:1.0",
    "fo": f"{_OASIS}:xsl-fo-compatible:1.0",
    "meta": f"{_OASIS}:meta:1.0",
    "manifest": f"{_OASIS}:manifest:1.0",
    "dc": "http://purl.org/dc/elements/1.1/",
    "loext": "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0",
    "xml": "http://www.w3.org/XML/1998/namespace",
}
_DAY = (2000, 1, 1, 0, 0, 0)


def name(prefixed: str) -> str:
    """ "text:p" as lxml writes it."""
    prefix, _colon, local = prefixed.partition(":")
    return f"{{{SPACES[prefix]}}}{local}"


def packed(parts: Mapping[str, bytes]) -> bytes:
    """The package: `mimetype` first and not compressed (ODF 1.3, part 2, 3.3), no time of day."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        package.writestr(zipfile.ZipInfo("mimetype", _DAY), MIME)
        for part, content in parts.items():
            package.writestr(zipfile.ZipInfo(part, _DAY), content, zipfile.ZIP_DEFLATED)
    return file.getvalue()
