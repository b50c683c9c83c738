"""The queue of the office: views with counts, filters, rows, and the comment that comes next."""

import re
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Self
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Q, QuerySet
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
    SavedView,
    User,
    Wording,
)
from consultations.models.comments import CLOSED_STATES
from consultations.selectors import desk_views, groups
from consultations.selectors.at_one_stroke import keys_of
from consultations.selectors.desk_search import searched
from consultations.selectors.desk_views import (
    APPEALS,
    ASSIGNED,
    MINE,
    OVERDUE,
    SENT_BACK,
    UNASSIGNED,
    WRITTEN,
)
from consultations.selectors.following import followers_of
from consultations.selectors.urgency import ordered

S = CommentState
OPEN = tuple(state for state in S if state not in CLOSED_STATES)
WHOLE = "calosc"
NOBODY = "brak"
ROWS = 50

# The name of a view in the address is the state its comments are in.
VIEWS: tuple[tuple[str, Any, tuple[str, ...]], ...] = (
    ("open", _("All in work"), OPEN),
    (MINE, _("Mine"), WRITTEN),
    (OVERDUE, _("Overdue"), (S.ADMITTED, S.ASSIGNED)),
    (UNASSIGNED, _("Unassigned"), (S.ADMITTED,)),
    ("received", _("To admit"), (S.RECEIVED,)),
    ("returned", _("With their authors"), (S.RETURNED,)),
    ("admitted", _("To answer"), (S.ADMITTED,)),
    (ASSIGNED, _("With departments"), (S.ADMITTED, S.ASSIGNED)),
    (SENT_BACK, _("Sent back"), (S.ADMITTED, S.ASSIGNED)),
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
    (MINE, _("Mine"), WRITTEN),
    (OVERDUE, _("Overdue"), (S.ADMITTED, S.ASSIGNED)),
    (ASSIGNED, _("To answer"), (S.ADMITTED, S.ASSIGNED)),
    (SENT_BACK, _("Sent back"), (S.ADMITTED, S.ASSIGNED)),
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
    kolejnosc: str = ""
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
    return groups.own_desk(viewer, Comment.objects.filter(consultation=consultation))


def views(viewer: Actor | None, consultation: Consultation) -> list[View]:
    """The views of this person's role with their counts: a few small queries."""
    counts, special = desk_views.counted(desk(viewer, consultation), viewer)
    offered = EXPERT_VIEWS if is_expert(viewer) else VIEWS
    return [
        View(
            code,
            label,
            special[code] if code in special else sum(counts.get(str(one), 0) for one in states),
        )
        for code, label, states in offered
    ]


def states_of(code: str, viewer: Actor | None) -> tuple[str, ...]:
    """The states a view shows; a plain state is a view too, and an unknown one shows all work."""
    offered = EXPERT_VIEWS if is_expert(viewer) else VIEWS
    plain = (state,) if (state := code) in S.values else OPEN
    return next((states for name, _label, states in offered if name == code), plain)


def listed(viewer: Actor | None, consultation: Consultation, filters: Filters) -> QuerySet[Comment]:
    """The rows of the list under the filters, in the order they ask for."""
    found = desk(viewer, consultation).filter(state__in=states_of(filters.stan, viewer))
    narrower = desk_views.narrowed(filters.stan, viewer)
    if narrower is not None:
        found = found.filter(narrower)
    if filters.szukaj:
        found = searched(found, filters.szukaj, viewer, consultation)
    if filters.przepis:
        found = found.filter(_on(consultation, filters.przepis))
    if filters.wydzial:
        nobody = filters.wydzial == NOBODY
        found = found.filter(Q(department=None) if nobody else Q(department__slug=filters.wydzial))
    if filters.grupa:
        found = groups.of_group(found, filters.grupa)
    return ordered(found, viewer, filters.stan, filters.kolejnosc)


def saved(viewer: Actor | None, consultation: Consultation) -> QuerySet[SavedView]:
    """The views this person keeps, for this round or for all."""
    here = Q(consultation=None) | Q(consultation=consultation)
    return SavedView.objects.filter(here, owner=viewer)


def keys(found: QuerySet[Comment], filters: Filters) -> Sequence[int] | QuerySet[Comment, int]:
    """The keys of the rows in their order; what was searched is read once, count and page alike."""
    return keys_of(found) if filters.szukaj else found.values_list("pk", flat=True)


def _on(consultation: Consultation, place: str) -> Q:
    """On a provision and all that stands under it, or on the whole draft."""
    if place == WHOLE:
        return Q(wording=None)
    wordings = Wording.objects.filter(text_version=consultation.text_version_id)
    try:
        eid = wordings.values_list("eid", flat=True).get(provision__key=uuid.UUID(place))
    except (ValueError, Wording.DoesNotExist):
        return Q(pk__in=())
    there = wordings.filter(Q(eid=eid) | Q(eid__startswith=f"{eid}__"))
    return Q(wording__in=list(there.values_list("pk", flat=True)))


def places(viewer: Actor | None, consultation: Consultation) -> list[tuple[str, str]]:
    """What the filter of provisions offers: those commented on, and what they stand in.

    One query: of each provision it is asked whether a comment is there, not of each comment where.
    """
    here = desk(viewer, consultation).order_by().filter(wording=OuterRef("pk"))
    wordings = Wording.objects.filter(text_version=consultation.text_version_id)
    rows = list(
        wordings.annotate(commented=Exists(here))
        .order_by("position")
        .values_list("provision__key", "eid", "citation", "heading", "commented")
    )
    wanted = {step for _k, eid, _c, _h, there in rows if there for step in _with_ancestors(eid)}
    return [
        (str(key), f"{citation}. {heading}" if heading else citation)
        for key, eid, citation, heading, _commented in rows
        if eid in wanted
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


def told_of(comments: Sequence[Comment], by: Actor) -> int:
    """How many people with an account hear of the answers: authors, their organisations, and who
    follows the provisions.
    """
    running = Mandate.objects.running().filter(
        organisation__in={one.organisation_id for one in comments if one.organisation_id}
    )
    concerned = Q(actor__in={one.filed_by_id for one in comments if not one.organisation_id})
    concerned |= Q(actor__in=running.values("actor"))
    concerned |= Q(actor__in=set().union(*followers_of(comments).values()))
    return User.objects.filter(concerned, is_active=True).exclude(actor=by).count()
