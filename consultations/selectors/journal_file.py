"""The record as a file: a row or a line for every entry the viewer may read, the oldest first."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from consultations import calendar
from consultations.models import Actor, Entry
from consultations.selectors import changes
from consultations.selectors.journal import Line, lines, of_group
from consultations.text.formats.writable import safe_cell

CHUNK = 500


@dataclass(frozen=True)
class Filter:
    """Which entries of the record are asked for; what is empty asks for all."""

    group: str = ""
    first: date | None = None
    last: date | None = None
    role: str = ""
    comment: int | None = None

    @property
    def is_empty(self) -> bool:
        return self == Filter()

    def of(self, entries: QuerySet[Entry]) -> QuerySet[Entry]:
        """The entries that fit; days are those of Warsaw, both included."""
        entries = of_group(entries, self.group)
        if self.first:
            entries = entries.filter(at__gte=calendar.start_of(self.first))
        if self.last:
            entries = entries.filter(at__lt=calendar.end_of(self.last))
        if self.role:
            entries = entries.filter(role=self.role)
        return entries if self.comment is None else entries.filter(comment__number=self.comment)


Told = tuple[Line, changes.Said]


def told(entries: QuerySet[Entry] | list[Entry], viewer: Actor | None) -> list[Told]:
    """The entries in words, each with its reason and what it changed."""
    listed = list(entries)
    words = changes.said(listed, viewer)
    return [(line, words[line.entry.pk]) for line in lines(listed)]


def _all(entries: QuerySet[Entry], viewer: Actor | None) -> Iterator[Told]:
    """Every entry in the order of the record, by 500, so that any number of them will do."""
    last = 0
    while chunk := list(entries.filter(seq__gt=last).order_by("seq")[:CHUNK]):
        yield from told(chunk, viewer)
        last = chunk[-1].seq


def table(entries: QuerySet[Entry], viewer: Actor | None) -> Iterator[list[str]]:
    """For a spreadsheet: safe cells, the heading first."""
    yield [
        _("number in the record"),
        _("when"),
        _("what happened"),
        _("who"),
        _("state before"),
        _("state after"),
        _("number of the comment"),
        _("reason"),
        _("words before"),
        _("words after"),
    ]
    for line, said in _all(entries, viewer):
        yield [safe_cell(cell) for cell in _row(line, said)]


def _row(line: Line, said: changes.Said) -> list[str]:
    return [
        str(line.entry.case_seq),
        _instant(line.entry),
        line.sentence,
        str(line.role),
        str(line.before),
        str(line.after),
        str(line.comment or ""),
        said.because,
        "\n".join(f"{one.label}: {one.before}" for one in said.changes),
        "\n".join(f"{one.label}: {one.after}" for one in said.changes),
    ]


def json_lines(entries: QuerySet[Entry], viewer: Actor | None) -> Iterator[str]:
    """For programs: an object a line, with the codes beside the words."""
    for line, said in _all(entries, viewer):
        yield json.dumps(_object(line, said), ensure_ascii=False) + "\n"


def _object(line: Line, said: changes.Said) -> dict[str, Any]:
    entry = line.entry
    return {
        "number": entry.case_seq,
        "at": _instant(entry),
        "kind": entry.kind,
        "sentence": line.sentence,
        "role": entry.role,
        "role_words": str(line.role),
        "from": entry.from_state,
        "to": entry.to_state,
        "comment": line.comment,
        "because": said.because,
        "changes": [
            {"what": str(one.label), "before": one.before, "after": one.after, "erased": one.erased}
            for one in said.changes
        ],
    }


def _instant(entry: Entry) -> str:
    return entry.at.astimezone(calendar.WARSAW).isoformat(timespec="seconds")
