"""Steps of the demonstration's clock: an hour, a day, the next deadline; never back."""

from datetime import datetime, timedelta
from typing import NamedTuple

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from consultations.calendar import local_day
from consultations.models import Consultation, ConsultationState, Opinion, OpinionState
from consultations.models.clock import move_to, now
from workflows.tick import tick

HOUR, DAY, DEADLINE = "hour", "day", "deadline"
LENGTHS = {HOUR: timedelta(hours=1), DAY: timedelta(days=1)}


class Deadline(NamedTuple):
    """When the clock itself will do something, and what."""

    at: datetime
    words: str


def take(step: str) -> datetime | None:
    """Move the clock and let all that is due happen; None when no deadline lies ahead."""
    if step == DEADLINE:
        deadline = next_deadline()
        instant = deadline.at if deadline else None
    else:
        instant = now() + LENGTHS.get(step, timedelta(0))
    if instant is None:
        return None
    moved = move_to(instant)
    tick()
    return moved


def next_deadline() -> Deadline | None:
    """The next opening or closing of a consultation, or end of the days for an opinion."""
    instant = now()
    waiting = Q(state=ConsultationState.ANNOUNCED) | Q(state=ConsultationState.OPEN)
    found = [one for row in Consultation.objects.filter(waiting) for one in _deadlines(row)]
    awaited = Opinion.objects.filter(state=OpinionState.AWAITED, due_at__isnull=False)
    found += [_silence(one.due_at) for one in awaited if one.due_at]
    return min((one for one in found if one.at > instant), default=None)


def _silence(due_at: datetime) -> Deadline:
    day = date_format(local_day(due_at - timedelta(seconds=1)), "j E")
    return Deadline(due_at, _("last day for an opinion, %(day)s") % {"day": day})


def _deadlines(consultation: Consultation) -> list[Deadline]:
    found = []
    if consultation.opens_at and consultation.first_day:
        day = date_format(consultation.first_day, "j E")
        found.append(Deadline(consultation.opens_at, _("opening on %(day)s") % {"day": day}))
    if consultation.closes_at and consultation.last_day:
        day = date_format(consultation.last_day, "j E")
        words = _("closing at the end of %(day)s") % {"day": day}
        found.append(Deadline(consultation.closes_at, words))
    return found
