"""The clock after the adoption: the daily look at what was published, reports that are overdue."""

import time
from datetime import date

from django.conf import settings
from django.db.models import Q

from consultations import calendar
from consultations.models import Draft, DraftState, Publication
from consultations.models.people import clock
from consultations.selectors import afterwards as read
from consultations.selectors.plan import today
from consultations.services import afterwards
from workflows import loop
from workflows.reaching import hash_of
from workflows.tick import attempt

PAGES = Q(address__startswith="https://") | Q(address__startswith="http://")
TRIES, PAUSE = 3, 60.0  # looks in vain before that is recorded, and seconds between them
_in_vain: dict[int, tuple[int, float]] = {}  # publication: how often, and not to be tried before


def probe_publications() -> int:
    """A job of the tick: look at one address not looked at today; the next one in the next tick.

    Outside any transaction, as `probing.probe`.
    """
    if not settings.PROBE:
        return 0
    waiting = _waiting()
    if not waiting:
        return 0
    if len(waiting) > 1:
        loop.wake()
    one = waiting[0]
    found = hash_of(one.address)
    if not found and _tries_again(one.pk):
        return 0
    _in_vain.pop(one.pk, None)
    return int(afterwards.record_publication_probe(one, sha256=found, by=clock()))


def _waiting() -> list[Publication]:
    """Pages of adopted drafts that were not looked at today."""
    began, instant = calendar.start_of(today()), time.monotonic()
    stale = Q(looked_at=None) | Q(looked_at__lt=began)
    rows = Publication.objects.filter(PAGES, stale, draft__state=DraftState.ADOPTED)
    seen = rows.select_related("draft").order_by("pk")
    return [one for one in seen if _in_vain.get(one.pk, (0, 0.0))[1] <= instant]


def _tries_again(key: int) -> bool:
    tries = _in_vain.get(key, (0, 0.0))[0] + 1
    _in_vain[key] = (tries, time.monotonic() + PAUSE)
    return tries < TRIES


class _Looked:
    """The day on which this process looked last for reports that are overdue."""

    on: date | None = None


def watch_execution_reports() -> int:
    """A job of the tick: once a day, ring for each report whose last day has passed."""
    day = today()
    if _Looked.on == day:
        return 0
    late = [one for one in read.unreported() if (due := read.report_due(one)) and due < day]
    rung = [attempt(f"report {one.pk}", lambda one=one: _ring(one)) for one in late]  # type: ignore[misc]
    if all(rung):  # what failed is tried again in the next tick
        _Looked.on = day
    return sum(max(one - 1, 0) for one in rung)


def _ring(draft: Draft) -> int:
    """1 for having looked, and 1 more for something new."""
    return 1 + int(afterwards.ring_execution_overdue(draft, by=clock()))
