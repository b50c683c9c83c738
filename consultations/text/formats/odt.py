"""Reads a draft from an ODT file: numbers typed by hand and numbers of its lists."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from consultations.text import reading
from consultations.text.formats import odt_words
from consultations.text.formats.looks import is_title, said_by
from consultations.text.formats.numbering import Xml
from consultations.text.formats.odf import name
from consultations.text.formats.odt_numbering import Lists
from consultations.text.formats.package import ODT, unpacked
from consultations.text.formats.safe_xml import parsed_xml
from consultations.text.lines import Line, clean, composed_lines, flattened, refuse_beyond
from consultations.text.parse import parse_lines
from consultations.text.reading import Parsed, UnreadableDraft, refusing_damage, warn

_PARAGRAPHS = {name("text:p"), name("text:h")}
_AROUND = {name(f"text:{one}") for one in ("section", "numbered-paragraph", "list-header")}
_ROWS = {name(f"table:{one}") for one in ("table-header-rows", "table-rows", "table-row-group")}
_CELLS = {name("table:table-cell"), name("table:covered-table-cell")}


def parse_odt(file: BinaryIO) -> Parsed:
    """The tree of an ODT draft; any file that is not a sound one raises UnreadableDraft."""
    with refusing_damage():
        parts = unpacked(file, ODT)
        roots = [parsed_xml(parts[part]) for part in ("content.xml", "styles.xml") if part in parts]
        body = roots[0].find(f"{name('office:body')}/{name('office:text')}")
        if body is None:
            raise UnreadableDraft(ODT.no_body)
        reader = _Reader(body, roots)
        return parse_lines(reader.lines()).warned(reader.warnings).keyed(reader.keys)


@dataclass
class _List:
    """Where in a list the reader is; `number` waits for the first paragraph of an item."""

    style: str
    counts: dict[int, int]
    depth: int = 0
    start: str = ""
    numbered: bool = field(default=False)  # whether the item has its number already


class _Reader:
    def __init__(self, body: Xml, roots: list[Xml]) -> None:
        self.body = body
        self.lists = Lists(roots)
        self.styles = odt_words.StyleNames(roots)
        self.warnings: list[reading.Warning] = []
        self.keys: list[tuple[int, str]] = []  # with the number of their paragraph
        self.begun = False  # whether there was any text: a title below it is one
        self.number = 0  # of the paragraph or table, from 1

    def lines(self) -> list[Line]:
        if self.body.find(f".//{name('text:tracked-changes')}") is not None:
            self.warnings.append(warn("tracked-changes", 1))
        return composed_lines(list(self._blocks(self.body)))

    def _blocks(self, parent: Xml, within: _List | None = None) -> Iterator[Line]:
        for child in parent:
            if child.tag in _PARAGRAPHS:
                yield from self._paragraph(child, within)
            elif child.tag == name("text:list"):
                yield from self._list(child, within)
            elif child.tag == name("table:table"):
                yield from self._table(child)
            elif child.tag in _AROUND:
                yield from self._blocks(child)

    def _list(self, found: Xml, within: _List | None) -> Iterator[Line]:
        style = str(found.get(name("text:style-name")) or (within.style if within else ""))
        counts = within.counts if within else self.lists.begin(found, style)
        depth = within.depth + 1 if within else 0
        for item in found:
            if item.tag == name("text:list-item"):
                start = str(item.get(name("text:start-value")) or "")
                yield from self._blocks(item, _List(style, counts, depth, start))
            elif item.tag == name("text:list-header"):
                yield from self._blocks(item, _List(style, counts, depth, numbered=True))

    def _paragraph(self, paragraph: Xml, within: _List | None) -> Iterator[Line]:
        """A line for each line typed in the paragraph, the number before the first."""
        self.number += 1
        refuse_beyond(self.number)
        self._warn_of(paragraph)
        style = self.styles.of(paragraph)
        if is_title(style) and not self.begun:
            return
        self.keys.extend((self.number, key) for key in odt_words.keys(paragraph))
        prefix = self._prefix(paragraph, within)
        written = "".join(odt_words.words(paragraph))
        typed = [text for text in map(clean, written.split("\n")) if text]
        if not typed and prefix and prefix != "–":
            typed = [""]
        self.begun |= bool(typed)
        for place, text in enumerate(typed):
            numbered = said_by(style, clean(f"{prefix} {text}")) if place == 0 else text
            yield Line(self.number, numbered, hard=place == 0)

    def _prefix(self, paragraph: Xml, within: _List | None) -> str:
        if within is None:
            return self.lists.heading(paragraph) if paragraph.tag == name("text:h") else ""
        if within.numbered:
            return ""
        within.numbered = True
        return self.lists.prefix(within.style, within.depth, within.counts, within.start)

    def _table(self, table: Xml) -> Iterator[Line]:
        """One column is a frame around paragraphs; more are put side by side as prose."""
        self.number += 1
        self.warnings.append(warn("table-flattened", self.number))
        rows = [[cell for cell in row if cell.tag in _CELLS] for row in _rows(table)]
        if all(len(cells) <= 1 for cells in rows):
            for cell in (cell for cells in rows for cell in cells):
                yield from self._blocks(cell)
            return
        self._warn_of(table)
        yield from flattened([[_cell(cell) for cell in cells] for cells in rows], self.number)

    def _warn_of(self, block: Xml) -> None:
        tags = {element.tag for element in block.iter()}
        if odt_words.TEXT_BOX in tags:
            self.warnings.append(warn("left-out", self.number))
        if odt_words.NOTE in tags:
            self.warnings.append(warn("footnote", self.number))


def _rows(table: Xml) -> Iterator[Xml]:
    for child in table:
        if child.tag == name("table:table-row"):
            yield child
        elif child.tag in _ROWS:
            yield from _rows(child)


def _cell(cell: Xml) -> str:
    """All paragraphs of the cell, also those of lists and tables inside it."""
    inside = (odt_words.NOTE, odt_words.TEXT_BOX)
    own = [one for one in cell.iter(*_PARAGRAPHS) if next(one.iterancestors(*inside), None) is None]
    return " ".join(clean("".join(odt_words.words(paragraph))) for paragraph in own)
