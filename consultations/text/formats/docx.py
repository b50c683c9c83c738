"""Reads a draft from a DOCX file: numbers typed by hand and numbers Word puts in by itself."""

from collections.abc import Iterator
from typing import BinaryIO

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn

from consultations.text import reading
from consultations.text.formats.docx_styles import StyleNames
from consultations.text.formats.looks import is_title, said_by
from consultations.text.formats.notes import REFERENCES, Notes, bracketed
from consultations.text.formats.numbering import Numbering, Xml
from consultations.text.formats.package import DOCX, repacked, unpacked
from consultations.text.formats.written import key_in
from consultations.text.lines import Line, clean, composed_lines, flattened, refuse_beyond
from consultations.text.parse import parse_lines
from consultations.text.reading import Parsed, refusing_damage, warn

_INSIDE = {qn(f"w:{name}") for name in ("sdt", "sdtContent", "customXml", "smartTag", "ins")}
_SKIPPED = {qn(f"w:{name}") for name in ("del", "moveFrom", "pPr", "rPr", "instrText")}
_LEFT_OUT = {qn("w:txbxContent")}
_GONE_MARKS = [qn(f"w:{name}") for name in ("del", "moveFrom")]
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
    with refusing_damage():
        reader = _Reader(docx.Document(repacked(unpacked(file, DOCX))))
        return parse_lines(reader.lines()).warned(reader.warnings).keyed(reader.keys)


class _Reader:
    def __init__(self, document: Document) -> None:
        self.body: Xml = document.element.body
        self.numbering = Numbering(_numbering_of(document), document.styles.element)
        self.styles = StyleNames(document.styles.element)
        self.notes = Notes(document)
        self.warnings: list[reading.Warning] = []
        self.keys: list[tuple[int, str]] = []  # with the number of their paragraph
        self.number = 0  # of the paragraph or table, from 1
        self.begun = False  # whether there was any text: a title below it is one
        self.carried = ""  # words before a paragraph mark that was deleted

    def lines(self) -> list[Line]:
        lines = [line for block in _blocks(self.body) for line in self._lines_of(block)]
        lines.extend(self._left_alone())
        return composed_lines(lines)

    def _lines_of(self, block: Xml) -> Iterator[Line]:
        refuse_beyond(self.number)
        if block.tag == qn("w:tbl"):
            yield from self._left_alone()
            self.number += 1
            self.warnings.append(warn("table-flattened", self.number))
            yield from self._table(block)
        else:
            self.number += 1
            yield from self._paragraph(block)

    def _paragraph(self, paragraph: Xml) -> Iterator[Line]:
        """A line for each line typed in the paragraph, the number before the first."""
        self._warn_of(paragraph)
        words = self.carried + "".join(self._words(paragraph))
        self.carried = words if _mark_is_gone(paragraph) else ""
        style = self.styles.of(paragraph)
        if _mark_is_gone(paragraph) or _is_contents(style):
            return
        if is_title(style) and not self.begun:
            return
        self.keys.extend((self.number, key) for key in _keys(paragraph))
        prefix = self.numbering.prefix(paragraph)
        typed = [text for text in map(clean, words.split("\n")) if text]
        if not typed and prefix and prefix != "–":
            typed = [""]
        self.begun |= bool(typed)
        for place, text in enumerate(typed):
            numbered = said_by(style, clean(f"{prefix} {text}")) if place == 0 else text
            yield Line(self.number, numbered, hard=place == 0)

    def _left_alone(self) -> Iterator[Line]:
        """What was to be joined with a paragraph that never came."""
        text, self.carried = clean(self.carried), ""
        if text:
            yield Line(self.number, text, hard=True)

    def _table(self, table: Xml) -> Iterator[Line]:
        """One column is a frame around paragraphs; more are put side by side as prose."""
        rows = [_own(row, "w:tc") for row in _own(table, "w:tr")]
        if all(len(cells) <= 1 for cells in rows):
            for cell in (cell for cells in rows for cell in cells):
                for block in _blocks(cell):
                    yield from self._lines_of(block)
            return
        self._warn_of(table)
        yield from flattened([[self._cell(cell) for cell in cells] for cells in rows], self.number)

    def _cell(self, cell: Xml) -> str:
        paragraphs = cell.iter(qn("w:p"))
        return " ".join(clean("".join(self._words(paragraph))) for paragraph in paragraphs)

    def _words(self, element: Xml) -> Iterator[str]:
        """The words of a paragraph as they read once tracked changes are accepted."""
        for child in element:
            if child.tag in _SKIPPED or child.tag in _LEFT_OUT:
                continue
            if child.tag == qn("w:t"):
                yield child.text or ""
            elif child.tag in _WRITTEN:
                yield _WRITTEN[child.tag]
            elif child.tag in REFERENCES:
                yield self._note(child)
            else:
                yield from self._words(child)

    def _note(self, reference: Xml) -> str:
        note = self.notes.of(reference)
        paragraphs = [] if note is None else note.iter(qn("w:p"))
        return bracketed(" ".join("".join(self._words(paragraph)) for paragraph in paragraphs))

    def _warn_of(self, block: Xml) -> None:
        tags = {element.tag for element in block.iter()}
        if tags & _LEFT_OUT:
            self.warnings.append(warn("left-out", self.number))
        if tags & REFERENCES.keys():
            self.warnings.append(warn("footnote", self.number))
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


def _is_contents(style: str) -> bool:
    """Whether the paragraph is of a table of contents, which repeats the text."""
    return style.lower().startswith("toc ")


def _keys(paragraph: Xml) -> Iterator[str]:
    for one in paragraph.iter(qn("w:bookmarkStart")):
        key = key_in(str(one.get(qn("w:name"))))
        if key:
            yield key


def _mark_is_gone(paragraph: Xml) -> bool:
    """Whether the paragraph, once changes are accepted, runs on into the next one."""
    mark = paragraph.find(f"{qn('w:pPr')}/{qn('w:rPr')}")
    return mark is not None and any(mark.find(tag) is not None for tag in _GONE_MARKS)
