"""Steps of the demonstration's clock: an hour, a day, the next deadline; never back."""

from datetime import datetime, timedelta

from django.db.models import Q

from consultations.models import Consultation, ConsultationState
from consultations.models.clock import move_to, now
from workflows.tick import tick

HOUR, DAY, DEADLINE = "hour", "day", "deadline"
LENGTHS = {HOUR: timedelta(hours=1), DAY: timedelta(days=1)}


def take(step: str) -> datetime | None:
    """Move the clock and let all that is due happen; None when no deadline lies ahead."""
    instant = next_deadline() if step == DEADLINE else now() + LENGTHS.get(step, timedelta(0))
    if instant is None:
        return None
    moved = move_to(instant)
    tick()
    return moved


def next_deadline() -> datetime | None:
    """The next instant at which a consultation opens or closes."""
    instant = now()
    waiting = Q(state=ConsultationState.ANNOUNCED) | Q(state=ConsultationState.OPEN)
    days = Consultation.objects.filter(waiting).values_list("opens_at", "closes_at")
    return min((one for pair in days for one in pair if one and one > instant), default=None)
