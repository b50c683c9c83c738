"""Writes a draft as an ODT file; `parse_odt` reads the same tree back."""

import re
from typing import Any

from consultations.text.formats import odt_parts
from consultations.text.formats.looks import BY_NAME, SUBTITLE, TITLE, Look, look_of, shown
from consultations.text.formats.odf import packed
from consultations.text.formats.odt_parts import element
from consultations.text.formats.writable import writable
from consultations.text.formats.written import Written, bookmark
from consultations.text.notation import Paragraph, paragraphs

_BREAKS = {"\t": "text:tab", "\n": "text:line-break"}
_PIECES = re.compile(r"[\t\n]|[^\t\n]+")


def write_odt(draft: Written) -> bytes:
    """The file: numbers typed as text, a style for each unit, a bookmark for each key.

    As in DOCX (`write_docx`), what only our notation needs is a style's name or hidden.
    """
    parts = {
        "content.xml": _content(draft),
        "styles.xml": odt_parts.styles(draft),
        "meta.xml": odt_parts.meta(draft),
    }
    return packed({**parts, "META-INF/manifest.xml": odt_parts.manifest(list(parts))})


def _content(draft: Written) -> bytes:
    body = element("office:text")
    for words, style in ((draft.title, TITLE), (draft.subtitle, SUBTITLE)):
        if words:
            body.append(_block(BY_NAME[style], [(words, False)], []))
    for paragraph in paragraphs(draft.nodes):
        body.append(_paragraph(paragraph, draft))
    return odt_parts.file_of(
        element("office:document-content", element("office:body", body), office__version="1.3")
    )


def _paragraph(paragraph: Paragraph, draft: Written) -> Any:
    keys = draft.keys_of(paragraph.positions)
    return _block(look_of(paragraph), shown(paragraph), keys)


def _block(look: Look, runs: list[tuple[str, bool]], keys: list[str]) -> Any:
    """A paragraph, or a heading where the style is one."""
    if look.outline:
        level = str(look.outline)
        made = element("text:h", text__style_name=look.identifier, text__outline_level=level)
    else:
        made = element("text:p", text__style_name=look.identifier)
    made.extend(element("text:bookmark", text__name=bookmark(key)) for key in keys)
    for text, hidden in runs:
        style = odt_parts.HIDDEN if hidden else ""
        holder = element("text:span", text__style_name=style) if hidden else made
        _say(holder, text)
        if hidden:
            made.append(holder)
    return made


def _say(holder: Any, text: str) -> None:
    """The text at the end of the element, tabs and breaks as elements."""
    for piece in _PIECES.findall(writable(text)):
        if piece in _BREAKS:
            holder.append(element(_BREAKS[piece]))
        elif len(holder):
            holder[-1].tail = (holder[-1].tail or "") + piece
        else:
            holder.text = (holder.text or "") + piece
