"""A roll call as voting systems export it: rows of councillor, council group and vote.

Pure functions: separated by semicolon, tab or comma; UTF-8 (with or without BOM) or
Windows-1250. A list is one vote, with a heading line or none. A table is any number of votes:
its heading names `councillor` and `vote`, and `vote_id` or `druk`; `session_date`, `topic` and
`club` are read when they are there. What cannot be read is told row by row.
"""

import csv
import io
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

LONGEST_NAME, LONGEST_CLUB = 150, 100
SEPARATORS = ";\t,"
OF_A_TABLE = ({"councillor", "vote", "vote id"}, {"councillor", "vote", "druk"})
COLUMNS = ("councillor", "club", "vote")
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
    "obecny": "no_vote",
    "obecna": "no_vote",
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


@dataclass(frozen=True)
class Listed:
    """One vote of a file, with what the file says of it; a mere list says nothing more."""

    parsed: Parsed
    key: str = ""
    print_number: str = ""
    held_on: date | None = None
    topic: str = ""


def decode(content: bytes) -> str:
    """The text of a file, in UTF-8 or in the encoding of Windows in Poland."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1250", errors="replace")


def votes_in(text: str) -> tuple[Listed, ...]:
    """Every vote of a table, in the order of the file; of a list, its one vote."""
    lines = list(cells_of(text))
    columns = {folded(cell): place for place, cell in enumerate(lines[0][1])} if lines else {}
    if not any(needed <= columns.keys() for needed in OF_A_TABLE):
        return (Listed(parse(text)),)
    groups: dict[str, list[tuple[int, dict[str, str]]]] = {}
    for number, cells in lines[1:]:
        named = {name: cells[place] for name, place in columns.items() if place < len(cells)}
        key = named.get("vote id") or named.get("druk", "")
        groups.setdefault(key, []).append((number, named))
    return tuple(_listed(key, rows) for key, rows in groups.items())


def about(listed: Sequence[Listed], print_number: str) -> Listed | None:
    """The one vote on this print; None when the file has none, or several, or does not say."""
    if len(listed) == 1 and not listed[0].key:
        return listed[0]
    found = [one for one in listed if one.print_number == print_number]
    return found[0] if len(found) == 1 else None


def parse(text: str) -> Parsed:
    """Rows and troubles of a list; empty lines are passed over."""
    lines = list(cells_of(text))
    if lines and folded(lines[0][1][0]) in HEADINGS:
        lines = lines[1:]
    return _gather((number, _row(number, cells)) for number, cells in lines)


def _listed(key: str, rows: Sequence[tuple[int, Mapping[str, str]]]) -> Listed:
    """What a table says of one vote; its first row speaks for all."""
    _number, first = rows[0]
    return Listed(
        parsed=_gather(
            (number, _row(number, [row.get(name, "") for name in COLUMNS])) for number, row in rows
        ),
        key=key,
        print_number=first.get("druk", ""),
        held_on=day_of(first.get("session date", "")),
        topic=first.get("topic", ""),
    )


def _gather(read: Iterable[tuple[int, Row | Trouble]]) -> Parsed:
    """Rows apart from troubles; a name that comes again is trouble."""
    rows: list[Row] = []
    troubles: list[Trouble] = []
    names: set[str] = set()
    for number, one in read:
        if isinstance(one, Trouble):
            troubles.append(one)
        elif folded(one.councillor) in names:
            troubles.append(Trouble(number, "twice", one.councillor))
        else:
            rows.append(one)
            names.add(folded(one.councillor))
    return Parsed(tuple(rows), tuple(troubles))


def write(rows: Sequence[Row]) -> str:
    """The list in its plain form, which `parse` reads back to the same rows."""
    sink = io.StringIO()
    lines = csv.writer(sink, delimiter=";", lineterminator="\n")
    lines.writerow(("radny", "klub", "głos"))
    lines.writerows((row.councillor, row.club, PLAIN[row.vote]) for row in rows)
    return sink.getvalue()


def cells_of(text: str) -> Iterator[tuple[int, list[str]]]:
    """Cells of each line that has any, with the number of the line."""
    lines = text.lstrip("\N{BOM}").replace("\0", "").splitlines()
    separator = _separator(lines)
    for number, line in enumerate(lines, 1):
        cells = [" ".join(cell.split()) for cell in next(csv.reader([line], delimiter=separator))]
        if any(cells):
            yield number, cells


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
    vote = WORDS.get(folded(word))
    return Trouble(number, "vote", name, word) if vote is None else Row(name, club, vote)


def day_of(word: str) -> date | None:
    """A day written YYYY-MM-DD; None for anything else."""
    try:
        return date.fromisoformat(word)
    except ValueError:
        return None


def folded(word: str) -> str:
    """Without case, diacritics and underscores."""
    plain = unicodedata.normalize("NFKD", word.casefold().replace("ł", "l").replace("_", " "))
    return "".join(one for one in plain if not unicodedata.combining(one)).strip()
