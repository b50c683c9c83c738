"""The queue of the office: views with counts, filters, rows, and the comment that comes next."""

import re
import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Self
from urllib.parse import urlencode

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Replace
from django.utils.translation import gettext_lazy as _

from consultations import policy
from consultations.models import (
    Actor,
    Comment,
    CommentState,
    Consultation,
    Department,
    Mandate,
    Role,
    Sealed,
    User,
    Wording,
)
from consultations.models.comments import CLOSED_STATES, OPEN_APPEAL
from consultations.selectors import groups
from consultations.selectors.people import reads_names
from consultations.selectors.suspicions import SUSPECT
from consultations.text.tree import NBSP

S = CommentState
OPEN = tuple(state for state in S if state not in CLOSED_STATES)
WHOLE = "calosc"
NOBODY = "brak"
ROWS = 50
RANK, TURN = "rank", "turn"
APPEALS = "appeals"

# The name of a view in the address is the state its comments are in.
VIEWS: tuple[tuple[str, Any, tuple[str, ...]], ...] = (
    ("open", _("All in work"), OPEN),
    ("received", _("To admit"), (S.RECEIVED,)),
    ("returned", _("With their authors"), (S.RETURNED,)),
    ("admitted", _("To answer"), (S.ADMITTED,)),
    ("assigned", _("With departments"), (S.ASSIGNED,)),
    ("proposed", _("To approve"), (S.PROPOSED,)),
    ("approved", _("To publish"), (S.APPROVED,)),
    ("published", _("Answered"), (S.PUBLISHED,)),
    (APPEALS, _("Appeals to decide"), (S.HIDDEN,)),
    ("aside", _("Withdrawn or hidden"), (S.WITHDRAWN, S.HIDDEN)),
    ("left", _("Left without consideration"), (S.LEFT,)),
    ("all", _("All"), tuple(S)),
)
# An answer sent back leaves its comment admitted, still with the department.
EXPERT_VIEWS: tuple[tuple[str, Any, tuple[str, ...]], ...] = (
    ("open", _("All in work"), OPEN),
    ("assigned", _("To answer"), (S.ADMITTED, S.ASSIGNED)),
    ("proposed", _("Waiting for approval"), (S.PROPOSED,)),
    ("approved", _("Approved"), (S.APPROVED,)),
    ("published", _("Answered"), (S.PUBLISHED,)),
    ("all", _("All"), tuple(S)),
)


@dataclass(frozen=True)
class View:
    """One saved view at the left of the list."""

    code: str
    label: Any
    count: int


@dataclass(frozen=True)
class Filters:
    """What the address asks for; unknown and unreadable values ask for nothing."""

    stan: str = ""
    szukaj: str = ""
    przepis: str = ""
    wydzial: str = ""
    grupa: str = ""
    strona: str = ""

    @classmethod
    def of(cls, given: Mapping[str, Any]) -> Self:
        texts = {name: str(given.get(name, "")) for name in cls.__dataclass_fields__}
        return cls(**{name: text.replace("\0", "").strip()[:100] for name, text in texts.items()})

    def query(self, **others: Any) -> str:
        """The same filters as the query of an address, with `others` added."""
        named = {name: getattr(self, name) for name in self.__dataclass_fields__}
        kept = {name: value for name, value in (named | others).items() if value}
        return f"?{urlencode(kept)}" if kept else ""

    def first_page(self, **changed: str) -> Self:
        return replace(self, strona="", **changed)

    @property
    def narrows(self) -> bool:
        """Whether the person searches within a view."""
        return bool(self.szukaj or self.przepis or self.wydzial or self.grupa)


def is_expert(viewer: Actor | None) -> bool:
    """Whether the viewer works for a department only."""
    held = policy.roles_of(viewer)
    return Role.EXPERT in held and not any(role in held for role in policy.READS_ALL)


def seen(viewer: Actor | None, consultation: Consultation) -> QuerySet[Comment]:
    """Every comment of the round that the viewer may see."""
    return policy.visible(viewer, Comment.objects.filter(consultation=consultation))


def desk(viewer: Actor | None, consultation: Consultation) -> QuerySet[Comment]:
    """The comments of the round on this person's desk; an expert's are the department's own."""
    found = seen(viewer, consultation)
    if is_expert(viewer):
        found = found.filter(department=policy.roles_of(viewer)[Role.EXPERT])
    return found


def views(viewer: Actor | None, consultation: Consultation) -> list[View]:
    """The views of this person's role with their counts: one query."""
    appealed = Count("pk", filter=OPEN_APPEAL)
    states_there = desk(viewer, consultation).order_by().values_list("state")
    rows = list(states_there.annotate(count=Count("pk"), appealed=appealed))
    counts = Counter({state: count for state, count, _appealed in rows})
    open_appeals = sum(appealed for _state, _count, appealed in rows)
    offered = EXPERT_VIEWS if is_expert(viewer) else VIEWS
    return [
        View(
            code,
            label,
            open_appeals if code == APPEALS else sum(counts[str(state)] for state in states),
        )
        for code, label, states in offered
    ]


def states_of(code: str, viewer: Actor | None) -> tuple[str, ...]:
    """The states a view shows; a plain state is a view too, and an unknown one shows all work."""
    offered = EXPERT_VIEWS if is_expert(viewer) else VIEWS
    plain = (state,) if (state := code) in S.values else OPEN
    return next((states for name, _label, states in offered if name == code), plain)


def listed(viewer: Actor | None, consultation: Consultation, filters: Filters) -> QuerySet[Comment]:
    """The rows of the list: an approver's begin with what waits for a signature, and what is to
    be admitted ends with what the office may look at twice.
    """
    found = desk(viewer, consultation).filter(state__in=states_of(filters.stan, viewer))
    if filters.stan == APPEALS:
        found = found.filter(OPEN_APPEAL)
    if filters.szukaj:
        found = _searched(found, filters.szukaj, viewer)
    if filters.przepis:
        found = found.filter(_on(consultation, filters.przepis))
    if filters.wydzial:
        nobody = filters.wydzial == NOBODY
        found = found.filter(Q(department=None) if nobody else Q(department__slug=filters.wydzial))
    if filters.grupa:
        found = groups.of_group(found, filters.grupa)
    return _ranked(found, viewer, filters.stan).order_by(RANK, "number")


def _ranked(found: QuerySet[Comment], viewer: Actor | None, view: str) -> QuerySet[Comment]:
    ranks = [When(state=S.PROPOSED, then=0)] if Role.APPROVER in policy.roles_of(viewer) else []
    if view == S.RECEIVED:
        ranks.append(When(SUSPECT, then=2))
    rank = Case(*ranks, default=Value(1), output_field=IntegerField())
    return found.annotate(**{RANK: rank})


def _searched(found: QuerySet[Comment], words: str, viewer: Actor | None) -> QuerySet[Comment]:
    """SQLite folds no case beyond ASCII, so the usual ways to write a word are tried."""
    found = found.annotate(place=Replace("wording__citation", Value(NBSP), Value(" ")))
    wanted = Q()
    for form in {words, words.lower(), words.upper(), words.capitalize()}:
        wanted |= Q(reasons__icontains=form) | Q(proposed_wording__icontains=form)
        wanted |= Q(organisation__name__icontains=form) | Q(place__icontains=form)
        wanted |= Q(case_number__icontains=form) | Q(supplement__icontains=form)
        if reads_names(viewer):
            wanted |= Q(organisation=None, filed_by__user__name__icontains=form)
            wanted |= Q(pk__in=_sent_by(form))
    if words.isascii() and words.isdecimal():
        wanted |= Q(number=int(words))
    return found.filter(wanted)


def _sent_by(name: str) -> QuerySet[Any, Any]:
    """Keys of comments whose sealed sender has this in the name."""
    sealed = Sealed.objects.filter(field="sender", entry__kind="comment.file")
    return sealed.filter(text__icontains=name).values("entry__comment")


def _on(consultation: Consultation, place: str) -> Q:
    """On a provision and all that stands under it, or on the whole draft."""
    if place == WHOLE:
        return Q(wording=None)
    wordings = Wording.objects.filter(text_version=consultation.text_version_id)
    try:
        eid = wordings.values_list("eid", flat=True).get(provision__key=uuid.UUID(place))
    except (ValueError, Wording.DoesNotExist):
        return Q(pk__in=())
    return Q(wording__eid=eid) | Q(wording__eid__startswith=f"{eid}__")


def places(viewer: Actor | None, consultation: Consultation) -> list[tuple[str, str]]:
    """What the filter of provisions offers: those commented on, and what they stand in."""
    eids = desk(viewer, consultation).order_by().values_list("wording__eid", flat=True).distinct()
    steps = {step for eid in eids if eid for step in _with_ancestors(eid)}
    wordings = Wording.objects.filter(text_version=consultation.text_version_id)
    chosen = wordings.filter(eid__in=steps).order_by("position")
    rows = chosen.values_list("provision__key", "citation", "heading")
    return [
        (str(key), f"{citation}. {heading}" if heading else citation)
        for key, citation, heading in rows
    ]


def _with_ancestors(eid: str) -> list[str]:
    parts = eid.split("__")
    return ["__".join(parts[:length]) for length in range(1, len(parts) + 1)]


def departments() -> QuerySet[Department]:
    return Department.objects.all()


def unanswered(consultation: Consultation) -> int:
    """How many comments still wait for a published answer, whoever may see them."""
    return consultation.comments.unanswered().count()


def numbers_in(words: str) -> list[int]:
    """The numbers written in a text; whatever is no number is left out."""
    return [int(word) for word in words.split() if re.fullmatch(r"[0-9]{1,9}", word)]


def ready(viewer: Actor | None, consultation: Consultation, state: str) -> QuerySet[Comment]:
    """The comments in this state with whose answers the viewer may deal: an author signs none."""
    found = desk(viewer, consultation).filter(state=state)
    if state == S.PROPOSED and viewer is not None:
        found = found.exclude(given_answer__author=viewer)
    return found


def told_of(comments: Sequence[Comment], by: Actor) -> int:
    """How many people with an account hear of the answers: authors and their organisations."""
    running = Mandate.objects.running().filter(
        organisation__in={one.organisation_id for one in comments if one.organisation_id}
    )
    concerned = Q(actor__in={one.filed_by_id for one in comments if not one.organisation_id})
    concerned |= Q(actor__in=running.values("actor"))
    return User.objects.filter(concerned, is_active=True).exclude(actor=by).count()


def page_of(found: QuerySet[Comment], number: int) -> int:
    """On which page of the list this comment stands, from 1; the first for one that does not."""
    row = found.filter(number=number).values_list(RANK, flat=True).first()
    if row is None:
        return 1
    before = found.filter(Q(**{f"{RANK}__lt": row}) | Q(**{RANK: row}, number__lt=number))
    return before.count() // ROWS + 1


def next_number(found: QuerySet[Comment], number: int) -> int | None:
    """The comment to look at after this one: the next down the list, then from its top."""
    turn = Case(When(number__gt=number, then=0), default=1, output_field=IntegerField())
    waiting = found.exclude(number=number).annotate(**{TURN: turn})
    return waiting.order_by(RANK, TURN, "number").values_list("number", flat=True).first()
