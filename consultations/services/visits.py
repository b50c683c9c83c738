"""Visits to the council's desk: what is new is what the visit before did not see."""

from datetime import timedelta

from consultations.models import Actor, LogHead, Visit
from consultations.models.clock import now

PAUSE = timedelta(hours=1)


def look_at_council(*, by: Actor) -> Visit:
    """Remember that the person looks now; after an hour's pause a new visit begins."""
    instant, seq = now(), LogHead.newest()
    visit, is_first = Visit.objects.get_or_create(
        actor=by, defaults={"looked_at": instant, "looked_seq": seq}
    )
    if is_first:
        return visit
    if instant - visit.looked_at >= PAUSE:
        visit.before_at, visit.before_seq = visit.looked_at, visit.looked_seq
    visit.looked_at, visit.looked_seq = instant, seq
    visit.save()
    return visit
