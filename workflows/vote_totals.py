"""A table of totals as the council office publishes them: each row is one vote, without names.

Pure functions. No row is ever dropped: what cannot be read has no totals, and totals that do not
make the whole council are kept as they are and told.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from workflows.roll_calls import cells_of, day_of, folded

SMALL = re.compile(r"[0-9]{1,4}")
# Headings of the five totals, keyed like the fields of the record.
HEADINGS = {
    "votes_for": "za",
    "votes_against": "przeciw",
    "abstained": "wstrzymal sie",
    "no_vote": "brak glosu",
    "absent": "nieobecni",
}


@dataclass(frozen=True)
class Tallied:
    """One vote with its five totals; `totals` is None where one of them is no number."""

    row: int
    key: str
    print_number: str
    held_on: date | None
    topic: str
    totals: Mapping[str, int] | None

    def makes(self, seats: int) -> bool:
        """Whether the totals are the whole council."""
        return self.totals is not None and sum(self.totals.values()) == seats


def tallied_in(text: str) -> tuple[Tallied, ...]:
    """Every row of a table of totals, in the order of the file; nothing of any other file."""
    lines = list(cells_of(text))
    columns = {folded(cell): place for place, cell in enumerate(lines[0][1])} if lines else {}
    if not {"druk", *HEADINGS.values()} <= columns.keys():
        return ()
    return tuple(_tallied(number, cells, columns) for number, cells in lines[1:])


def uneven(votes: Iterable[Tallied], seats: int) -> list[Tallied]:
    """The votes whose totals do not make the whole council."""
    return [one for one in votes if not one.makes(seats)]


def _tallied(number: int, cells: list[str], columns: Mapping[str, int]) -> Tallied:
    named = {name: cells[place] for name, place in columns.items() if place < len(cells)}
    counts = {total: named.get(heading, "") for total, heading in HEADINGS.items()}
    readable = all(SMALL.fullmatch(one) for one in counts.values())
    return Tallied(
        row=number,
        key=named.get("vote id", ""),
        print_number=named.get("druk", ""),
        held_on=day_of(named.get("session date", "")),
        topic=named.get("topic", ""),
        totals={total: int(one) for total, one in counts.items()} if readable else None,
    )
