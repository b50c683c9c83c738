"""Writes a draft as a tagged PDF, PDF/UA-1, with bookmarks: by typst, from a template of ours."""

import json
from pathlib import Path
from typing import Any

import typst

from consultations.text import marks
from consultations.text.formats.looks import look_of
from consultations.text.formats.writable import MARK, without_rare, writable
from consultations.text.formats.written import Written
from consultations.text.notation import Paragraph, paragraphs
from consultations.text.tree import Level

_TEMPLATE = Path(__file__).with_name("draft.typ")


def write_pdf(draft: Written) -> bytes:
    """The file; the same draft gives the same bytes.

    PDF/UA forbids a character that no font can show: when there is one, all that are not surely
    in the fonts become a visible mark.
    """
    said = _said(draft)
    try:
        return _compiled(said)
    except typst.TypstError:
        return _compiled(without_rare(said))


def _compiled(said: dict[str, Any]) -> bytes:
    """The words are data of the template, so they cannot be code of it."""
    pdf: bytes = typst.compile(
        _TEMPLATE.read_bytes(),
        format="pdf",
        sys_inputs={"draft": json.dumps(said, ensure_ascii=False)},
        pdf_standards=["ua-1"],
        ignore_system_fonts=True,
        timestamp=0,
    )
    return pdf


def _said(draft: Written) -> dict[str, Any]:
    written = list(paragraphs(draft.nodes))
    chapters = any(one.level is Level.CHAPTER for one in written)
    return {
        "title": writable(draft.title) or MARK,
        "subtitle": writable(draft.subtitle),
        "author": writable(draft.author),
        "language": draft.language,
        "chapters": chapters,
        "paragraphs": [_paragraph(one, chapters=chapters) for one in written],
    }


def _paragraph(paragraph: Paragraph, *, chapters: bool) -> dict[str, Any]:
    """Bookmarks are the chapters, and the § with a title below them or in their stead."""
    look = look_of(paragraph)
    outline = look.outline if chapters else min(look.outline, 1)
    return {
        "mark": writable(paragraph.mark),
        "words": writable(marks.unescaped(paragraph.words)),
        "chapter": paragraph.level is Level.CHAPTER,
        "outline": outline,
        "left": look.left,
        "hanging": look.hanging,
        "before": look.before,
    }
