"""The public list of comments: filters, and pages that begin at a number.

A page is found by the number of its first or last comment, so the last of 25,000 costs what the
first does.
"""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from consultations import wording
from consultations.models import (
    Comment,
    CommentKind,
    CommentState,
    Consultation,
    Organisation,
    Outcome,
    Wording,
)
from consultations.models.comments import PUBLIC_STATES
from consultations.selectors import comments as shown_comments
from consultations.selectors import said

ON_A_PAGE = 50
WHOLE, PERSON = "calosc", "osoba"
ANSWERED, WAITING = "odpowiedz", "czeka"
Choice = tuple[str, Any]


@dataclass(frozen=True)
class Asked:
    """What the list is narrowed to; what is empty narrows nothing."""

    terms: tuple[str, ...] = ()
    place: str = ""
    organisation: str = ""
    kind: str = ""
    standing: str = ""

    @property
    def is_empty(self) -> bool:
        return self == Asked()


@dataclass(frozen=True)
class From:
    """Where a page begins: after a number, before one, at one, or at the end."""

    after: int | None = None
    before: int | None = None
    at: int | None = None
    last: bool = False


@dataclass(frozen=True)
class Slice:
    """One page in the order of numbers, and whether there is more on either side."""

    rows: list[Comment] = field(default_factory=list)
    earlier: bool = False
    later: bool = False

    @property
    def first(self) -> int:
        return self.rows[0].number

    @property
    def last(self) -> int:
        return self.rows[-1].number


def public(consultation: Consultation) -> QuerySet[Comment]:
    """Every public comment of the round."""
    return consultation.comments.filter(state__in=PUBLIC_STATES)


def listed(consultation: Consultation, asked: Asked) -> QuerySet[Comment]:
    """The public comments that fit."""
    found = public(consultation)
    if asked.place:
        found = found.filter(_on(consultation, asked.place))
    if asked.organisation:
        own = asked.organisation == PERSON
        found = found.filter(organisation=None if own else int(asked.organisation))
    if asked.kind:
        found = found.filter(kind=asked.kind)
    if asked.standing:
        found = found.filter(_standing(asked.standing))
    return said.holding(found, asked.terms) if asked.terms else found


def _on(consultation: Consultation, place: str) -> Q:
    """On a provision and all that stands under it, or on the whole draft."""
    if place == WHOLE:
        return Q(wording=None)
    wordings = Wording.objects.filter(text_version=consultation.text_version_id)
    eid = wordings.values_list("eid", flat=True).get(provision__key=uuid.UUID(place))
    there = wordings.filter(Q(eid=eid) | Q(eid__startswith=f"{eid}__"))
    return Q(wording__in=list(there.values_list("pk", flat=True)))


def _standing(code: str) -> Q:
    """Answered or not, a state, or an outcome of a published answer."""
    if code == WAITING:
        return ~Q(state=CommentState.PUBLISHED)
    if code in PUBLIC_STATES:
        return Q(state=code)
    answered = Q(state=CommentState.PUBLISHED)
    return answered if code == ANSWERED else answered & Q(given_answer__outcome=code)


def page(found: QuerySet[Comment], begin: From) -> Slice:
    """Two queries; past the end there is the last page, before the beginning the first."""
    rows = rows_of_all = shown_comments.joined(found)
    if begin.last or begin.before is not None:
        earlier = rows.filter(number__lt=begin.before) if begin.before is not None else rows
        return _backwards(found, earlier) or page(found, From())
    if begin.at is not None:
        rows = rows.filter(number__gte=begin.at)
    if begin.after is not None:
        rows = rows.filter(number__gt=begin.after)
    taken = list(rows.order_by("number")[: ON_A_PAGE + 1])
    asked = begin != From()
    if not taken:
        return (asked and _backwards(found, rows_of_all)) or Slice()
    before = asked and found.filter(number__lt=taken[0].number).exists()
    return Slice(taken[:ON_A_PAGE], before, len(taken) > ON_A_PAGE)


def _backwards(found: QuerySet[Comment], rows: QuerySet[Comment]) -> Slice | None:
    """The last of these rows; None when there are none."""
    taken = list(rows.order_by("-number")[: ON_A_PAGE + 1])
    if not taken:
        return None
    kept = taken[:ON_A_PAGE][::-1]
    later = found.filter(number__gt=kept[-1].number).exists()
    return Slice(kept, len(taken) > ON_A_PAGE, later)


def chunks(found: QuerySet[Comment]) -> Iterator[list[Comment]]:
    """All of them by the number, so many at once, however many there are."""
    last, rows = 0, shown_comments.joined(found).order_by("number")
    while chunk := list(rows.filter(number__gt=last)[:500]):
        yield chunk
        last = chunk[-1].number


def places(consultation: Consultation, asked: str = "") -> list[Choice]:
    """The provisions commented on with those they stand in, and the one asked for: one query."""
    here = public(consultation).order_by().filter(wording=OuterRef("pk"))
    rows = list(
        Wording.objects.filter(text_version=consultation.text_version_id)
        .annotate(commented=Exists(here))
        .order_by("position")
        .values_list("provision__key", "eid", "citation", "heading", "commented")
    )
    wanted = {
        step
        for key, eid, _citation, _heading, commented in rows
        if commented or str(key) == asked
        for step in _with_ancestors(eid)
    }
    named = [
        (str(key), f"{citation}. {heading}" if heading else citation)
        for key, eid, citation, heading, _commented in rows
        if eid in wanted
    ]
    return [(WHOLE, _("the whole draft")), *named]


def _with_ancestors(eid: str) -> Iterator[str]:
    steps = eid.split("__")
    return ("__".join(steps[:length]) for length in range(1, len(steps) + 1))


def organisations(consultation: Consultation) -> list[Choice]:
    """The organisations that have a public comment here, by name, and private persons."""
    here = public(consultation).order_by().filter(organisation=OuterRef("pk"))
    rows = Organisation.objects.filter(Exists(here)).order_by("name", "pk")
    named = [(str(pk), name) for pk, name in rows.values_list("pk", "name")]
    return [(PERSON, _("private persons")), *named]


def kinds() -> list[Choice]:
    return list(CommentKind.choices)


def standings(consultation: Consultation) -> list[Choice]:
    """Answered or not, the states before an answer, the outcomes of the procedure."""
    codes = Outcome.objects.filter(procedure=consultation.draft.procedure_id)
    outcomes = codes.order_by("pk").values_list("code", flat=True)
    waiting = [state for state in PUBLIC_STATES if state != CommentState.PUBLISHED]
    return [
        (ANSWERED, _("answered")),
        (WAITING, _("not answered yet")),
        *[(str(state), CommentState(state).label) for state in waiting],
        *[(code, wording.OUTCOMES.get(code, code)) for code in outcomes],
    ]
