"""A roll call as the voting system exports it: rows of councillor, council group and vote.

Pure functions: separated by semicolon, tab or comma; a heading line or none; UTF-8 (with or
without BOM) or Windows-1250. What cannot be read is told row by row.
"""

import csv
import io
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

LONGEST_NAME, LONGEST_CLUB = 150, 100
SEPARATORS = ";\t,"
HEADINGS = ("radny", "radna", "radni", "nazwisko", "imie i nazwisko", "councillor")

# Words of the vote without diacritics, in the forms voting systems print.
WORDS = {
    "za": "for",
    "przeciw": "against",
    "wstrzymal sie": "abstained",
    "wstrzymala sie": "abstained",
    "wstrzymal/a sie": "abstained",
    "wstrzymuje sie": "abstained",
    "brak glosu": "no_vote",
    "nie glosowal": "no_vote",
    "nie glosowala": "no_vote",
    "nieobecny": "absent",
    "nieobecna": "absent",
}
PLAIN = {
    "for": "za",
    "against": "przeciw",
    "abstained": "wstrzymał się",
    "no_vote": "brak głosu",
    "absent": "nieobecny",
}


@dataclass(frozen=True)
class Row:
    """One councillor: `vote` is for, against, abstained, no_vote or absent."""

    councillor: str
    club: str
    vote: str


@dataclass(frozen=True)
class Trouble:
    """What is wrong in a row: `columns`, `name`, `long`, `vote` or `twice`; rows count from 1."""

    row: int
    code: str
    name: str = ""
    word: str = ""


@dataclass(frozen=True)
class Parsed:
    rows: tuple[Row, ...]
    troubles: tuple[Trouble, ...]


def decode(content: bytes) -> str:
    """The text of a file, in UTF-8 or in the encoding of Windows in Poland."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1250", errors="replace")


def parse(text: str) -> Parsed:
    """Rows and troubles of a list; empty lines are passed over."""
    rows: list[Row] = []
    troubles: list[Trouble] = []
    names: set[str] = set()
    for number, cells in _lines(text):
        read = _row(number, cells)
        if isinstance(read, Row) and _folded(read.councillor) in names:
            read = Trouble(number, "twice", read.councillor)
        if isinstance(read, Trouble):
            troubles.append(read)
        else:
            rows.append(read)
            names.add(_folded(read.councillor))
    return Parsed(tuple(rows), tuple(troubles))


def write(rows: Sequence[Row]) -> str:
    """The list in its plain form, which `parse` reads back to the same rows."""
    sink = io.StringIO()
    lines = csv.writer(sink, delimiter=";", lineterminator="\n")
    lines.writerow(("radny", "klub", "głos"))
    lines.writerows((row.councillor, row.club, PLAIN[row.vote]) for row in rows)
    return sink.getvalue()


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """Cells of each line that has any, with the number of the line; without the heading."""
    lines = text.lstrip("\N{BOM}").replace("\0", "").splitlines()
    separator = _separator(lines)
    begun = False
    for number, line in enumerate(lines, 1):
        cells = [" ".join(cell.split()) for cell in next(csv.reader([line], delimiter=separator))]
        if any(cells) and (begun or _folded(cells[0]) not in HEADINGS):
            yield number, cells
        begun = begun or any(cells)


def _separator(lines: Sequence[str]) -> str:
    first = next((line for line in lines if line.strip()), "")
    return next((one for one in SEPARATORS if one in first), ";")


def _row(number: int, cells: Sequence[str]) -> Row | Trouble:
    """Two cells are a councillor of no group."""
    filled = list(cells[:3])
    if len(filled) == 2:
        filled.insert(1, "")
    if len(filled) < 3 or any(cells[3:]):
        return Trouble(number, "columns", cells[0])
    name, club, word = filled
    if not name:
        return Trouble(number, "name")
    if len(name) > LONGEST_NAME or len(club) > LONGEST_CLUB:
        return Trouble(number, "long")
    vote = WORDS.get(_folded(word))
    return Trouble(number, "vote", name, word) if vote is None else Row(name, club, vote)


def _folded(word: str) -> str:
    """Without case and diacritics."""
    plain = unicodedata.normalize("NFKD", word.casefold().replace("ł", "l"))
    return "".join(one for one in plain if not unicodedata.combining(one)).strip()
