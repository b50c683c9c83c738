"""Runs as they are looked over and followed: whose they are, how far, what each row gets."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Q, QuerySet, Value, When
from django.utils.translation import gettext as _

from consultations import wording
from consultations.models import (
    Actor,
    Answer,
    Comment,
    Consultation,
    Department,
    RowState,
    Run,
    RunRow,
)
from consultations.selectors import queue
from consultations.selectors.detail import joined, who_of
from consultations.selectors.elements import places
from consultations.selectors.people import reads_names
from consultations.selectors.phrases import facts
from consultations.text.fields import filled, names_in

LISTED = 50  # runs in the list


@dataclass(frozen=True)
class Line:
    """A row with its comment, if this viewer may see it, and what it gets in words."""

    row: RunRow
    comment: Comment | None
    who: str
    gets: str
    outcome: str
    reasons: str
    accepted_part: str
    changed: str

    @property
    def differs(self) -> bool:
        """Another answer stands than the one that was written: both are to be read."""
        given = getattr(self.comment, "given_answer", None)
        refused = self.row.state == RowState.REFUSED and bool(self.reasons)
        return bool(refused and given and given.reasons.strip() != self.reasons.strip())


@dataclass(frozen=True)
class Progress:
    """How many rows there are and how each came out."""

    all: int
    done: int
    same: int
    refused: int
    stopped: int
    waiting: int

    @property
    def gone_through(self) -> int:
        return self.all - self.waiting


def seen(viewer: Actor, consultation: Consultation) -> QuerySet[Run]:
    """One's own; of others only what was begun, for those who read names."""
    mine = Q(by=viewer)
    begun = Q(started_at__isnull=False) if reads_names(viewer) else Q(pk__in=())
    return Run.objects.filter(mine | begun, consultation=consultation)


def recent(viewer: Actor, consultation: Consultation) -> list[tuple[Run, Progress]]:
    """The latest of those that were begun: two queries."""
    listed = list(seen(viewer, consultation).exclude(started_at=None)[:LISTED])
    rows = RunRow.objects.filter(run__in=listed).order_by().values_list("run", "state")
    counts = Counter(rows)
    return [(run, _progress({s: counts[run.pk, str(s)] for s in RowState})) for run in listed]


def progress(run: Run) -> Progress:
    """One query."""
    counts = Counter(RunRow.objects.filter(run=run).order_by().values_list("state", flat=True))
    return _progress({state: counts[str(state)] for state in RowState})


def _progress(counts: dict[RowState, int]) -> Progress:
    return Progress(
        all=sum(counts.values()),
        done=counts[RowState.DONE],
        same=counts[RowState.SAME],
        refused=counts[RowState.REFUSED],
        stopped=counts[RowState.STOPPED],
        waiting=counts[RowState.WAITING],
    )


def rows(run: Run) -> QuerySet[RunRow]:
    """What was refused first, then in order."""
    rank = Case(When(state=RowState.REFUSED, then=Value(0)), default=Value(1))
    return RunRow.objects.filter(run=run).order_by(rank, "place")


def ready(run: Run) -> list[Comment]:
    """The comments whose rows wait."""
    waiting = RunRow.objects.filter(run=run, state=RowState.WAITING)
    found = Comment.objects.filter(pk__in=waiting.values("comment"))
    return list(found.select_related("wording"))


def told(run: Run, by: Actor) -> int:
    """How many people would hear of it."""
    return queue.told_of(ready(run), by)


def lines(run: Run, listed: Sequence[RunRow], viewer: Actor) -> list[Line]:
    """The rows of a page: a constant number of queries."""
    wanted = [one.comment_id for one in listed if one.comment_id]
    found = joined(queue.desk(viewer, run.consultation).filter(pk__in=wanted))
    shown = {one.pk: one for one in found}
    for one in shown.values():
        one.consultation = run.consultation
    names = who_of(list(shown.values()), viewer)
    words = _Words(run, listed)
    return [_line(run, one, shown, names, words) for one in listed]


def _line(
    run: Run, row: RunRow, shown: dict[int, Comment], names: dict[int, str], words: "_Words"
) -> Line:
    comment = shown.get(row.comment_id or 0)
    asked = row.asked or run.asked
    given = getattr(comment, "given_answer", None) if run.act in {"approve", "publish"} else None
    return Line(
        row=row,
        comment=comment,
        who=names.get(row.comment_id or 0, ""),
        gets=words.department(asked),
        outcome=given.outcome if given else asked.get("outcome", ""),
        reasons=_said("reasons", given, asked, comment),
        accepted_part=_said("accepted_part", given, asked, comment),
        changed=words.places(asked.get("changed", ())),
    )


def _said(name: str, given: Answer | None, asked: dict[str, Any], comment: Comment | None) -> str:
    """What stands, or what would: with its fields filled for this comment."""
    if given is not None:
        return str(getattr(given, name))
    words = str(asked.get(name, ""))
    return filled(words, facts(comment)) if comment and names_in(words) else words


class _Words:
    """Names of departments and places of provisions, read once for a page and only if needed."""

    def __init__(self, run: Run, listed: Sequence[RunRow]) -> None:
        every = [run.asked, *(one.asked for one in listed)]
        self.slugs = {one["department"] for one in every if "department" in one}
        self.names: dict[str, str] = {}
        if self.slugs:
            named = Department.objects.filter(slug__in=self.slugs).values_list("slug", "name")
            self.names = dict(named)
        changes = any(one.get("changed") for one in every)
        draft = run.consultation.draft
        self.citations = {str(key): place for key, place in places(draft)} if changes else {}

    def department(self, asked: dict[str, Any]) -> str:
        slug = str(asked.get("department", ""))
        return self.names.get(slug, slug)

    def places(self, keys: Iterable[str]) -> str:
        return "; ".join(self.citations.get(key, _("a provision that is gone")) for key in keys)


def outcome_words(code: str) -> str:
    """The outcome as people read it."""
    return str(wording.OUTCOMES.get(code, code))
