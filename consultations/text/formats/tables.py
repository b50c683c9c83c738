"""Writes a DOCX file of headings, paragraphs and tables, fast for tables of many rows.

The table interface of python-docx takes 18 s for 10,000 rows: here one row of XML is the template
of all others.
"""

from collections.abc import Iterable, Sequence
from copy import deepcopy
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import docx
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from consultations.text.formats.letter import speak
from consultations.text.formats.writable import writable

A4 = (Cm(29.7), Cm(21.0))
MARGIN = Cm(1.5)
TWIPS = 567  # to a centimetre


@dataclass(frozen=True)
class Table:
    """Columns with their widths in centimetres, and any number of rows of plain words."""

    heading: Sequence[str]
    widths: Sequence[float]
    rows: Iterable[Sequence[str]]


@dataclass(frozen=True)
class Part:
    """A heading with paragraphs and, after them, a table."""

    heading: str
    paragraphs: Sequence[str] = ()
    table: Table | None = None


def report(title: str, parts: Iterable[Part], *, author: str, language: str) -> bytes:
    """The file, A4 on its side; `language` is the one it is written in."""
    document = docx.Document()
    _describe(document, title, author, language)
    document.add_heading(writable(title), level=0)
    for part in parts:
        document.add_heading(writable(part.heading), level=1)
        for words in part.paragraphs:
            document.add_paragraph(writable(words))
        if part.table is not None:
            _add_table(document, part.table)
    _number_pages(document)
    written = BytesIO()
    document.save(written)
    return written.getvalue()


def _describe(document: Any, title: str, author: str, language: str) -> None:
    properties = document.core_properties
    properties.title, properties.author, properties.comments = writable(title), author, ""
    properties.language = language
    speak(document, language)
    document.styles["Normal"].font.size = Pt(9)
    page = document.sections[0]
    page.orientation = WD_ORIENT.LANDSCAPE
    page.page_width, page.page_height = A4
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = MARGIN


def _add_table(document: Any, table: Table) -> None:
    """The heading repeats on every page; each further row is a copy of one of XML."""
    made = document.add_table(rows=2, cols=len(table.heading), style="Table Grid")
    made.autofit = False
    head, template = made._tbl.tr_lst  # noqa: SLF001 - the XML is what the fast way is about
    for row in (head, template):
        _set_widths(row, table.widths)
    for column, width in zip(made._tbl.tblGrid, table.widths, strict=True):  # noqa: SLF001
        column.set(qn("w:w"), str(round(width * TWIPS)))
    _fill(head, table.heading, bold=True)
    head.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    made._tbl.remove(template)  # noqa: SLF001
    for cells in table.rows:
        row = deepcopy(template)
        _fill(row, cells)
        made._tbl.append(row)  # noqa: SLF001
    document.add_paragraph()


def _set_widths(row: Any, widths: Sequence[float]) -> None:
    for cell, width in zip(row.tc_lst, widths, strict=True):
        cell.width = Cm(width)


def _fill(row: Any, cells: Sequence[str], *, bold: bool = False) -> None:
    """Words into the cells of a row, with their line breaks."""
    for cell, words in zip(row.iterchildren(qn("w:tc")), cells, strict=True):
        run = cell.makeelement(qn("w:r"))
        if bold:
            properties = run.makeelement(qn("w:rPr"))
            properties.append(properties.makeelement(qn("w:b")))
            run.append(properties)
        for place, line in enumerate(writable(words).split("\n")):
            if place:
                run.append(run.makeelement(qn("w:br")))
            said = run.makeelement(qn("w:t"), {qn("xml:space"): "preserve"})
            said.text = line
            run.append(said)
        cell.find(qn("w:p")).append(run)


def _number_pages(document: Any) -> None:
    """The number of the page at the foot of each."""
    paragraph = document.sections[0].footer.paragraphs[0]._p  # noqa: SLF001
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph.append(field)
