"""Opinions on a draft in words: who was asked, until when, what came of it."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from consultations import calendar, policy
from consultations.models import Actor, Consultation, Draft, Opinion, OpinionState
from consultations.models.clock import now

S = OpinionState


@dataclass(frozen=True)
class Line:
    """One opinion; `last_day` is the last day on which it may be given, if there is one."""

    opinion: Opinion
    words: str
    last_day: date | None
    may_give: bool


@dataclass(frozen=True)
class Awaited:
    """An opinion this person is to enter, and the round under whose address it is entered."""

    line: Line
    title: str
    slug: str


def visible(viewer: Actor | None) -> QuerySet[Opinion]:
    """The opinions the viewer may see."""
    return policy.visible(viewer, Opinion.objects.all())


def opinions(draft: Draft, viewer: Actor | None) -> list[Line]:
    """Every opinion asked for on the draft, in the order of asking: one query."""
    return [line(one, viewer) for one in visible(viewer).filter(draft=draft)]


def awaited(viewer: Actor) -> list[Awaited]:
    """What waits for this very person, the nearest last day on top."""
    found = visible(viewer).filter(state=S.AWAITED).select_related("draft").order_by("due_at", "pk")
    mine = [one for one in found if policy.can(viewer, "opinion.give", one)]
    rounds = Consultation.objects.filter(draft__in={one.draft_id for one in mine})
    slugs = dict(rounds.order_by("number").values_list("draft", "slug"))
    return [Awaited(line(one, viewer), one.draft.title, slugs[one.draft_id]) for one in mine]


def line(opinion: Opinion, viewer: Actor | None) -> Line:
    return Line(
        opinion,
        _words(opinion),
        last_day(opinion),
        opinion.state == S.AWAITED and policy.can(viewer, "opinion.give", opinion),
    )


def last_day(opinion: Opinion) -> date | None:
    """The last day on which the opinion may be given, in Warsaw time."""
    if opinion.due_at is None:
        return None
    return calendar.local_day(opinion.due_at - timedelta(microseconds=1))


def _words(opinion: Opinion) -> str:
    """Where it stands, in one sentence."""
    settled = date_format(calendar.local_day(opinion.settled_at)) if opinion.settled_at else ""
    if opinion.state == S.GIVEN:
        outcome = opinion.get_outcome_display()
        return _("Given on %(day)s: %(outcome)s.") % {"day": settled, "outcome": outcome}
    last = last_day(opinion)
    if opinion.state == S.WAIVED:
        day = date_format(last) if last else settled
        return _("Not given by %(day)s: silence counts as a waiver (art. 41i ust. 2).") % {
            "day": day
        }
    if last is None:
        return _("Awaited; no day is set for it.")
    days = (last - calendar.local_day(now())).days
    if days < 0:
        return _("The last day was %(day)s; the silence is being recorded.") % {
            "day": date_format(last)
        }
    return _("Awaited until the end of %(day)s.") % {"day": date_format(last)}
