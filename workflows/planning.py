"""The clock watches the plans: once a day by the stored clock, and when a day has moved."""

from datetime import date

from consultations.models import Draft, LogHead
from consultations.models.people import clock
from consultations.selectors import plan as read
from consultations.services import plan
from workflows.tick import attempt


class _Looked:
    """When this process looked last, and how far the record had come."""

    on: date | None = None
    seq = 0


def watch_plans() -> int:
    """A job of the tick: look at every running draft's plan; gives how many alarms changed."""
    day, seq = read.today(), LogHead.newest()
    if _Looked.on == day and (_Looked.seq == seq or not read.is_moved(_Looked.seq)):
        _Looked.seq = seq
        return 0
    looked = [attempt(f"plan {key}", lambda key=key: _watch(key)) for key in read.watched()]  # type: ignore[misc]
    if all(looked):  # what failed is tried again in the next tick
        _Looked.on, _Looked.seq = day, seq
    return sum(max(one - 1, 0) for one in looked)


def _watch(key: int) -> int:
    """1 for having looked, and 1 more for something new."""
    return 1 + int(plan.watch_plan(Draft.objects.get(pk=key), by=clock()))
