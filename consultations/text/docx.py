"""Reads a draft from a DOCX file: numbers typed by hand and numbers Word puts in by itself."""

from collections.abc import Iterator
from typing import BinaryIO

import docx
from django.utils.translation import gettext_lazy as _
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn

from consultations.text import reading
from consultations.text.lines import MOST_BYTES, Line, clean, readable
from consultations.text.numbering import Numbering, Xml
from consultations.text.package import check_package
from consultations.text.parse import Parsed, UnreadableDraft, parse_lines
from consultations.text.reading import warn

_INSIDE = {qn(f"w:{name}") for name in ("sdt", "sdtContent", "customXml", "smartTag", "ins")}
_SKIPPED = {qn(f"w:{name}") for name in ("del", "moveFrom", "pPr", "rPr", "instrText")}
_LEFT_OUT = {qn(f"w:{name}") for name in ("txbxContent", "footnoteReference", "endnoteReference")}
_CHANGED = {qn(f"w:{name}") for name in ("ins", "del", "moveFrom", "moveTo")}
_WRITTEN = {
    qn("w:tab"): " ",
    qn("w:br"): "\n",
    qn("w:cr"): "\n",
    qn("w:noBreakHyphen"): "-",
    qn("w:softHyphen"): "",
}


def parse_docx(file: BinaryIO) -> Parsed:
    """The tree of a DOCX draft; any file that is not a sound one raises UnreadableDraft."""
    try:
        check_package(file)
        reader = _Reader(docx.Document(file))
        lines = reader.lines()
        parsed = parse_lines(lines)
    except UnreadableDraft:
        raise
    except Exception as error:  # three libraries read a stranger's bytes
        raise UnreadableDraft(_("The file is damaged and cannot be read.")) from error
    found = sorted([*reader.warnings, *parsed.warnings], key=lambda warning: warning.line)
    return Parsed(parsed.nodes, tuple(found), parsed.lines)


class _Reader:
    def __init__(self, document: Document) -> None:
        self.body: Xml = document.element.body
        self.numbering = Numbering(_numbering_of(document), document.styles.element)
        self.warnings: list[reading.Warning] = []
        self.number = 0  # of the paragraph or table, from 1

    def lines(self) -> list[Line]:
        lines = [line for block in _blocks(self.body) for line in self._lines_of(block)]
        text = "\n".join(line.text for line in lines)
        readable(text[: MOST_BYTES + 1])
        return lines

    def _lines_of(self, block: Xml) -> Iterator[Line]:
        self.number += 1
        if block.tag == qn("w:tbl"):
            self.warnings.append(warn("table-flattened", self.number))
            yield from self._table(block)
        else:
            yield from self._paragraph(block)

    def _paragraph(self, paragraph: Xml) -> Iterator[Line]:
        """A line for each line typed in the paragraph, the number before the first."""
        self._warn_of(paragraph)
        written = "".join(_words(paragraph))
        prefix = self.numbering.prefix(paragraph)
        typed = [text for text in map(clean, written.split("\n")) if text]
        if not typed and prefix and prefix != "–":
            typed = [""]
        for place, text in enumerate(typed):
            numbered = clean(f"{prefix} {text}") if place == 0 else text
            yield Line(self.number, numbered, hard=place == 0)

    def _table(self, table: Xml) -> Iterator[Line]:
        """One column is a frame around paragraphs; more are put side by side as prose."""
        rows = [_own(row, "w:tc") for row in _own(table, "w:tr")]
        if all(len(cells) <= 1 for cells in rows):
            for cell in (cell for cells in rows for cell in cells):
                for block in _blocks(cell):
                    yield from self._lines_of(block)
            return
        self._warn_of(table)
        flat = "; ".join(" | ".join(map(_cell, cells)) for cells in rows)
        if flat.strip(" |;"):
            yield Line(self.number, clean(flat), hard=True, prose=True)

    def _warn_of(self, block: Xml) -> None:
        tags = {element.tag for element in block.iter()}
        if tags & _LEFT_OUT:
            self.warnings.append(warn("left-out", self.number))
        if tags & _CHANGED and all(one.code != "tracked-changes" for one in self.warnings):
            self.warnings.append(warn("tracked-changes", self.number))


def _numbering_of(document: Document) -> Xml | None:
    try:
        part: Xml = document.part.part_related_by(RELATIONSHIP_TYPE.NUMBERING)
    except KeyError:
        return None
    return part.element


def _blocks(parent: Xml) -> Iterator[Xml]:
    """Paragraphs and tables in order, also those inside content controls."""
    for child in parent:
        if child.tag in {qn("w:p"), qn("w:tbl")}:
            yield child
        elif child.tag in _INSIDE:
            yield from _blocks(child)


def _own(parent: Xml, name: str) -> list[Xml]:
    """The rows of a table or cells of a row, without those of tables nested inside."""
    found = parent.iter(qn(name))
    return [one for one in found if next(one.iterancestors(parent.tag)) is parent]


def _words(element: Xml) -> Iterator[str]:
    """The words of a paragraph as they read once tracked changes are accepted."""
    for child in element:
        if child.tag in _SKIPPED or child.tag in _LEFT_OUT:
            continue
        if child.tag == qn("w:t"):
            yield child.text or ""
        elif child.tag in _WRITTEN:
            yield _WRITTEN[child.tag]
        else:
            yield from _words(child)


def _cell(cell: Xml) -> str:
    return " ".join(clean("".join(_words(paragraph))) for paragraph in cell.iter(qn("w:p")))
