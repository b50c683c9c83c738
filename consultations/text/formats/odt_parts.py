"""What a written ODT is made of: styles, page, properties, manifest."""

from typing import Any

from lxml import etree

from consultations.text.formats.looks import LOOKS, Look
from consultations.text.formats.odf import MIME, SPACES, name
from consultations.text.formats.writable import writable
from consultations.text.formats.written import Written

HIDDEN = "UwagaHidden"
_FONT = "Liberation Serif"
_GENERATOR = "Uwaga"


def element(tag: str, /, *children: Any, **attributes: str) -> Any:
    """An element of ODF; attributes are named "style__name" for "style:name"."""
    named = {name(_prefixed(key)): value for key, value in attributes.items()}
    made = etree.Element(name(tag), named, nsmap=SPACES if tag.startswith("office:doc") else None)
    made.extend(children)
    return made


def file_of(root: Any) -> bytes:
    """The bytes of a part."""
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))


def styles(draft: Written) -> bytes:
    """Our named styles, the language, an A4 page with its number at the foot."""
    language, _dash, country = draft.language_tag.partition("-")
    spoken = {"fo__language": language, "fo__country": country or "none"}
    words = element("style:text-properties", fo__font_family=_FONT, fo__font_size="12pt", **spoken)
    named = element(
        "office:styles",
        element("style:default-style", words, style__family="paragraph"),
        element("style:style", style__name="Standard", style__family="paragraph"),
        *map(_style, LOOKS),
        element(
            "style:style",
            element("style:text-properties", text__display="none"),
            style__name=HIDDEN,
            style__display_name="Uwaga ukryte",
            style__family="text",
        ),
    )
    root = element("office:document-styles", named, *_page(), office__version="1.3")
    return file_of(root)


def meta(draft: Written) -> bytes:
    """Title, author and language; the day only when the draft has one."""
    said = element("office:meta", _text("meta:generator", _GENERATOR))
    said.append(_text("dc:title", draft.title))
    if draft.author:
        said.append(_text("dc:creator", draft.author))
    if draft.date:
        said.append(_text("dc:date", f"{draft.date.isoformat()}T00:00:00"))
    said.append(_text("dc:language", draft.language_tag))
    return file_of(element("office:document-meta", said, office__version="1.3"))


def manifest(parts: list[str]) -> bytes:
    """The list of the parts of the package."""
    root = etree.Element(name("manifest:manifest"), nsmap={"manifest": SPACES["manifest"]})
    root.set(name("manifest:version"), "1.3")
    for path, kind in (("/", MIME), *((part, "text/xml") for part in parts)):
        entry = etree.SubElement(root, name("manifest:file-entry"))
        entry.set(name("manifest:full-path"), path)
        entry.set(name("manifest:media-type"), kind)
    return file_of(root)


def _prefixed(key: str) -> str:
    return key.replace("__", ":").replace("_", "-")


def _text(tag: str, words: str) -> Any:
    made = element(tag)
    made.text = writable(words)
    return made


def _style(look: Look) -> Any:
    paragraph = element(
        "style:paragraph-properties",
        fo__margin_left=f"{look.left}cm",
        fo__text_indent=f"{-look.hanging}cm",
        fo__margin_top=f"{look.before}pt",
        fo__text_align="center" if look.centred else "start",
        fo__keep_with_next="always" if look.outline else "auto",
    )
    weight = "bold" if look.bold else "normal"
    words = element("style:text-properties", fo__font_size=f"{look.size}pt", fo__font_weight=weight)
    made = element(
        "style:style",
        paragraph,
        words,
        style__name=look.identifier,
        style__display_name=look.name,
        style__family="paragraph",
        style__parent_style_name="Standard",
    )
    if look.next:
        following = next(one.identifier for one in LOOKS if one.name == look.next)
        made.set(name("style:next-style-name"), following)
    return made


def _page() -> list[Any]:
    size = element(
        "style:page-layout-properties",
        fo__page_width="21cm",
        fo__page_height="29.7cm",
        fo__margin="2.5cm",
    )
    foot = element("style:footer-style", element("style:header-footer-properties"))
    layout = element("style:page-layout", size, foot, style__name="Page")
    centred = element(
        "style:style",
        element("style:paragraph-properties", fo__text_align="center"),
        style__name="Foot",
        style__family="paragraph",
    )
    number = element("text:p", element("text:page-number"), text__style_name="Foot")
    master = element(
        "style:master-page",
        element("style:footer", number),
        style__name="Standard",
        style__page_layout_name="Page",
    )
    return [
        element("office:automatic-styles", layout, centred),
        element("office:master-styles", master),
    ]
