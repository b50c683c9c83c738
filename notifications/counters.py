"""How far things are: the numbers open pages compare with what they show.

Counted on from an earlier count, so that a look costs what is new and not the whole record.
"""

from collections.abc import Iterable, Mapping
from functools import reduce
from operator import or_
from typing import NamedTuple

from django.db.models import Count, Max, Q, Subquery

from consultations.models import Entry, LogHead
from consultations.policy import PUBLIC_KINDS
from notifications.models import Dispatched, InboxHead


class Counted(NamedTuple):
    """Events of one draft's record: those everybody may read, and all of them.

    The same as `journal.public_counter` and `journal.desk_counter`; `total` is the last
    `case_seq`, which is gapless from 1.
    """

    public: int = 0
    total: int = 0


class Heads(NamedTuple):
    """Where record and outbox end: entries written, key of the last entry told."""

    written: int
    told: int


def heads() -> Heads:
    """One small query: what a look asks before anything else."""
    last = Dispatched.objects.order_by("-pk").values("pk")[:1]
    row = LogHead.objects.values_list("size", Subquery(last)).first() or (0, 0)
    return Heads(row[0], row[1] or 0)


def count_on(known: Mapping[int, Counted]) -> dict[int, Counted]:
    """The counts of these drafts, counted on from what is known of each: one query."""
    if not known:
        return {}
    newer = reduce(or_, (Q(case=draft, case_seq__gt=was.total) for draft, was in known.items()))
    rows = (
        Entry.objects.filter(newer)
        .order_by()
        .values("case")
        .annotate(more=Count("pk", filter=Q(kind__in=PUBLIC_KINDS)), last=Max("case_seq"))
        .values_list("case", "more", "last")
    )
    fresh = {case: Counted(known[case].public + more, last) for case, more, last in rows}
    return {**known, **fresh}


def latest_numbers(actors: Iterable[int]) -> dict[int, int]:
    """The number of the latest notice of each, 0 for whoever was never told anything."""
    numbers = dict.fromkeys(actors, 0)
    found = InboxHead.objects.filter(actor__in=numbers) if numbers else InboxHead.objects.none()
    return numbers | dict(found.values_list("pk", "latest"))
