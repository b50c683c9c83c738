"""Writes a letter or notice as a DOCX file: a title, then parts with headings and paragraphs."""

from collections.abc import Iterable, Sequence
from io import BytesIO

import docx
from docx.oxml.ns import qn

MIME = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def letter(
    title: str, parts: Iterable[tuple[str, Sequence[str]]], *, author: str, language: str
) -> bytes:
    """The file; each paragraph keeps its line breaks. `language` is the one it is written in."""
    document = docx.Document()
    document.core_properties.title = title
    document.core_properties.author = author
    document.core_properties.comments = ""
    document.core_properties.language = language
    speak(document, language)
    document.add_heading(title, level=0)
    for heading, paragraphs in parts:
        document.add_heading(heading, level=1)
        for words in paragraphs:
            document.add_paragraph(words)
    written = BytesIO()
    document.save(written)
    return written.getvalue()


def speak(document: docx.document.Document, language: str) -> None:
    """Tell a screen reader and the spelling checker in which language the text is."""
    code = {"pl": "pl-PL", "en": "en-GB"}.get(language, language)
    properties = document.styles["Normal"].element.get_or_add_rPr()
    spoken = properties.makeelement(qn("w:lang"), {qn("w:val"): code})
    properties.append(spoken)
