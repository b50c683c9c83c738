"""The clock records silence: an opinion whose days have passed counts as waived."""

from consultations.errors import Refused
from consultations.models import Opinion, OpinionState
from consultations.models.clock import now
from consultations.models.people import clock
from consultations.services import opinions
from workflows.tick import attempt


def waive_overdue_opinions() -> int:
    """A job of the tick: waive what is overdue by the stored clock; gives how many were."""
    awaited = Opinion.objects.filter(state=OpinionState.AWAITED, due_at__lte=now())
    due = list(awaited.order_by("due_at", "pk"))
    return sum(attempt(f"opinion {one.pk}", lambda one=one: _waive(one)) for one in due)  # type: ignore[misc]


def _waive(opinion: Opinion) -> int:
    """0 when it was given meanwhile."""
    try:
        opinions.waive_opinion(opinion, by=clock())
    except Refused:
        return 0
    return 1
