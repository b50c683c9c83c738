"""Organisations and mandates as pages show them, and who signed a comment."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from consultations import policy, register_numbers
from consultations.models import Actor, Comment, Mandate, Organisation, User
from consultations.models.clock import now
from consultations.selectors import people

ACTS = ("office.grant_mandate", "office.refuse_mandate", "office.end_mandate")


@dataclass(frozen=True)
class Line:
    """One mandate on a page; `acts` are what the viewer may do with it now, without prefix."""

    mandate: Mandate
    who: str
    stage: str
    acts: frozenset[str]


@dataclass(frozen=True)
class Signature:
    """Who signed a comment for an organisation, in which function, under which mandate."""

    who: str
    mandate: Mandate


def stage(mandate: Mandate, at: datetime) -> str:
    """`waiting`, `refused`, `running` or `ended`."""
    if mandate.since is None:
        return "waiting" if mandate.is_waiting else "refused"
    return "running" if mandate.runs_at(at) else "ended"


def of_person(actor: Actor) -> list[Line]:
    """The person's own mandates: what runs first, then what waits, then what is over."""
    rows = Mandate.objects.filter(actor=actor).select_related("organisation")
    return _lines(rows, actor, {})


def of_organisation(organisation: Organisation, viewer: Actor) -> list[Line]:
    """Everybody with a mandate of it and their history, what waits first."""
    rows = list(Mandate.objects.filter(organisation=organisation).select_related("organisation"))
    users = User.objects.filter(actor__in={one.actor_id for one in rows})
    listed = _lines(rows, viewer, {user.actor_id: str(user) for user in users})
    return sorted(listed, key=lambda line: line.stage != "waiting")


def _lines(rows: Any, viewer: Actor, names: dict[int, str]) -> list[Line]:
    order, instant = ("running", "waiting", "ended", "refused"), now()
    staged = [(one, stage(one, instant)) for one in rows]
    lines = [
        Line(one, names.get(one.actor_id, "–"), at, _acts(one, at, viewer)) for one, at in staged
    ]
    return sorted(lines, key=lambda line: (order.index(line.stage), -line.mandate.pk))


def _acts(mandate: Mandate, at: str, viewer: Actor) -> frozenset[str]:
    """What policy allows of what the stage has."""
    now_possible = {"waiting": ACTS[:2], "running": ACTS[2:]}.get(at, ())
    allowed = (act for act in now_possible if policy.can(viewer, act, mandate))
    return frozenset(act.removeprefix("office.") for act in allowed)


def search(query: str) -> QuerySet[Organisation]:
    """By a part of the name, or by KRS, NIP or REGON; everything for an empty query."""
    query = " ".join(query.split())
    if not query:
        return Organisation.objects.all()
    number = register_numbers.bare(query)
    named = Q(name__icontains=query)
    return Organisation.objects.filter(named | Q(krs=number) | Q(nip=number) | Q(regon=number))


def for_the_office(query: str) -> QuerySet[Organisation]:
    """What waits first: requests for a mandate, then organisations nobody has verified."""
    asked = Mandate.objects.waiting().filter(organisation=OuterRef("pk"))
    count = asked.order_by().values("organisation").annotate(many=Count("pk")).values("many")
    rows = search(query).annotate(waits=Coalesce(count, 0), unverified=Q(verified_at=None))
    return rows.order_by("-waits", "-unverified", "name")


def holder(mandate: Mandate) -> str:
    """The name of whoever has or asked for it, for those who may decide on it."""
    return people.person_name(mandate.actor)


def joinable(query: str, actor: Actor) -> QuerySet[Organisation]:
    """Organisations that fit the query, with whether the person is in or has asked."""
    own = Mandate.objects.filter(organisation=OuterRef("pk"), actor=actor)
    return search(query).annotate(is_in=Exists(own.running()), asked=Exists(own.waiting()))


def comments_of(organisation: Organisation, viewer: Actor) -> QuerySet[Comment]:
    """Its comments the viewer may see, the latest first."""
    rows = policy.visible(viewer, Comment.objects.filter(organisation=organisation))
    return rows.select_related("consultation__draft", "wording").order_by("-filed_at", "-pk")


def signature(comment: Comment, viewer: Actor | None) -> Signature | None:
    """Who signed, for those who read names and for whose comment it is; else None.

    The function and the days stay when the person was erased; her name is then a dash.
    """
    if not policy.is_theirs(viewer, comment) and not people.reads_names(viewer):
        return None
    mandate = comment.mandate
    return None if mandate is None else Signature(people.person_name(mandate.actor), mandate)
