"""What must be true after the blows, as a pure function: each sentence it gives is a fault."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

Told = tuple[int, int]  # keys of a person and of an entry


@dataclass(frozen=True)
class Acknowledged:
    """What a client was told: under this key the comment with this number is filed."""

    key: str
    number: int


@dataclass(frozen=True)
class Filed:
    """A comment as it stands; clients never send the same reasons under two keys."""

    number: int
    key: str
    reasons: str
    entries: int  # of its filing in the record


@dataclass(frozen=True)
class Snapshot:
    """All that the checker reads of the database."""

    comments: Sequence[Filed]
    record: Sequence[int]  # numbers of entries in their order
    cases: Mapping[int, Sequence[int]]  # numbers of entries within each draft
    head: int
    inboxes: Mapping[int, Sequence[int]]  # numbers of each person's notices
    latest: Mapping[int, int]
    told: Sequence[Told]
    named: frozenset[Told]  # by the rules and the policy
    written: Sequence[Told]  # letters
    addressed: frozenset[Told]  # by the rules of letters
    waiting: Sequence[int] = field(default_factory=list)  # entries nobody was told of


def faults(found: Snapshot, acknowledged: Iterable[Acknowledged]) -> list[str]:
    """Every fault in a sentence; an empty list when nothing was lost, doubled or left out."""
    return [
        *_lost(found, acknowledged),
        *_doubled(found),
        *_record(found),
        *_notices(found),
        *_differences("letter", found.written, found.addressed),
        *(f"nobody was told of entry {one}" for one in found.waiting),
    ]


def _lost(found: Snapshot, acknowledged: Iterable[Acknowledged]) -> list[str]:
    filed = {one.key: one.number for one in found.comments}
    return [
        f"acknowledged and lost: {one}, the database has {filed.get(one.key)}"
        for one in acknowledged
        if filed.get(one.key) != one.number
    ]


def _doubled(found: Snapshot) -> list[str]:
    keys = Counter(one.key for one in found.comments)
    said = Counter(one.reasons for one in found.comments)
    return [
        f"filed {many} times: {what}" for what, many in (keys + said).items() if many > 1
    ] + _gaps("comments", [one.number for one in found.comments])


def _record(found: Snapshot) -> list[str]:
    entries = [
        f"comment {one.number} has {one.entries} entries of its filing"
        for one in found.comments
        if one.entries != 1
    ]
    if found.head != len(found.record):
        entries.append(f"the head says {found.head} entries, there are {len(found.record)}")
    for case, numbers in found.cases.items():
        entries += _gaps(f"the record of draft {case}", numbers)
    return entries + _gaps("the record", found.record)


def _notices(found: Snapshot) -> list[str]:
    wrong = _differences("notice", found.told, found.named)
    for person, numbers in found.inboxes.items():
        wrong += _gaps(f"the inbox of {person}", numbers)
        if found.latest.get(person) != len(numbers):
            wrong.append(f"the head of the inbox of {person} is {found.latest.get(person)}")
    return wrong


def _differences(what: str, there: Sequence[Told], wanted: frozenset[Told]) -> list[str]:
    times = Counter(there)
    return [
        f"{times[person, entry]} times a {what} to {person} on entry {entry},"
        f" {int((person, entry) in wanted)} expected"
        for person, entry in sorted(wanted | set(times))
        if times[person, entry] != int((person, entry) in wanted)
    ]


def _gaps(what: str, numbers: Sequence[int]) -> list[str]:
    gapless = sorted(numbers) == list(range(1, len(numbers) + 1))
    return [] if gapless else [f"{what}: numbers are not 1 to {len(numbers)}"]
