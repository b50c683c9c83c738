"""The neutral description of a report, and its file: JSON, a line for each section and each row.

Every format is written from this file alone, row by row, so that no writer holds all comments.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

Cell = str | int
Row = Sequence[Cell]
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


@dataclass(frozen=True)
class Piece:
    """A cell of the full row, shown on a page unless it is empty or `silent`; `say` holds `{}`."""

    cell: int
    silent: str = ""
    say: str = "{}"

    def words(self, row: Row) -> str:
        said = str(row[self.cell])
        if not said or said == self.silent:
            return ""
        return said if self.say == "{}" else self.say.replace("{}", said)


@dataclass(frozen=True)
class Column:
    """A column as a page shows it: its width in centimetres, and the cells it puts together."""

    heading: str
    width: float
    pieces: Sequence[Piece]

    def words(self, row: Row) -> str:
        return "\n".join([words for piece in self.pieces if (words := piece.words(row))])


@dataclass(frozen=True)
class Table:
    """All columns of the data (codes, names, widths in letters) and how a page folds them."""

    codes: Sequence[str]
    names: Sequence[str]
    letters: Sequence[int]
    columns: Sequence[Column]

    def folded(self, row: Row) -> list[str]:
        return [column.words(row) for column in self.columns]


@dataclass(frozen=True)
class Bar:
    label: str
    count: int
    percent: int


@dataclass(frozen=True)
class Section:
    """A heading with paragraphs, a chart, and a table whose rows follow.

    Of a `hollow` table without rows only the data formats show the columns.
    """

    code: str
    heading: str
    paragraphs: Sequence[str] = ()
    chart: Sequence[Bar] = ()
    table: Table | None = None
    hollow: bool = False
    rows: Iterable[Row] = field(default=(), compare=False)


@dataclass(frozen=True)
class Head:
    """What the whole report says of itself; `at` is the instant of its version, ISO 8601.

    `words` are those the writers need in the language of the report.
    """

    title: str
    subject: str
    author: str
    language: str
    at: str
    copy: str
    words: Mapping[str, str]

    @property
    def instant(self) -> datetime:
        return datetime.fromisoformat(self.at)

    @property
    def name(self) -> str:
        return f"{self.title}: {self.subject}"

    @property
    def language_tag(self) -> str:
        return {"pl": "pl-PL", "en": "en-GB"}.get(self.language, self.language)


def head_line(head: Head) -> str:
    """The first line of the file."""
    return _line({"head": asdict(head)})


def section_lines(section: Section) -> Iterator[str]:
    """The line of a section, and one for each of its rows."""
    said = {
        "code": section.code,
        "heading": section.heading,
        "paragraphs": list(section.paragraphs),
        "chart": [asdict(bar) for bar in section.chart],
        "table": asdict(section.table) if section.table else None,
        "hollow": section.hollow,
    }
    yield _line({"section": said})
    yield from map(row_line, section.rows)


def row_line(row: Row) -> str:
    return _line(list(row))


def _line(said: Any) -> str:
    return _ENCODER.encode(said) + "\n"


class Description:
    """A description in a file, read as often as needed."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with path.open("rb") as file:
            self.head = Head(**json.loads(file.readline())["head"])

    def sections(self) -> Iterator[Section]:
        """Every section; its rows can be read until the next is asked for."""
        with self.path.open("rb") as file:
            file.readline()
            line = file.readline()
            while line:
                section, rest = section_of(line), _Rest(file)
                yield Section(**{**vars(section), "rows": rest.rows()})
                line = rest.next()


class _Rest:
    """The rows that follow a section, and the line after them."""

    def __init__(self, file: Any) -> None:
        self._file = file
        self._after: bytes | None = None

    def rows(self) -> Iterator[Row]:
        for line in self._file:
            if line.startswith(b"{"):
                self._after = line
                return
            yield json.loads(line)
        self._after = b""

    def next(self) -> bytes:
        while self._after is None:
            line = self._file.readline()
            if not line.startswith(b"["):
                self._after = line
        return self._after


def section_of(line: bytes) -> Section:
    """The section that a line of the file describes, without its rows."""
    said = json.loads(line)["section"]
    return Section(
        said["code"],
        said["heading"],
        tuple(said["paragraphs"]),
        tuple(Bar(**bar) for bar in said["chart"]),
        _table(said["table"]) if said["table"] else None,
        said["hollow"],
    )


def _table(said: dict[str, Any]) -> Table:
    columns = [
        Column(one["heading"], one["width"], [Piece(**piece) for piece in one["pieces"]])
        for one in said["columns"]
    ]
    return Table(said["codes"], said["names"], said["letters"], columns)
