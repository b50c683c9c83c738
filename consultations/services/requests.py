"""Requests for erasure: asked for, taken back, accepted or refused; the erasing itself follows.

An accepted request is carried out by the clock once the letter that says so is on its way: after
the erasing there is no address to write to.
"""

from datetime import timedelta

from django.conf import settings

from consultations import calendar
from consultations.errors import NotYours, WrongState
from consultations.models import Actor, ErasureRequest, ErasureState, User
from consultations.models.clock import now
from consultations.models.erasing import RUNNING
from consultations.services.door import note, one_action, require
from consultations.services.erasing import check_ground


def ask_erasure(*, by: Actor) -> ErasureRequest:
    """Ask for one's data to be erased; asking again gives the request that waits.

    The last day for the answer is counted from today (GDPR, art. 12(3)). Raises NotYours.
    """
    with one_action():
        require(by, "person.ask_erasure")
        person = Actor.objects.select_for_update(no_key=True).get(pk=by.pk)
        if not User.objects.filter(actor=person).exists():
            raise NotYours
        running = ErasureRequest.objects.filter(actor=person, state__in=RUNNING).first()
        if running is not None:
            return running
        instant = now()
        due = calendar.months_later(calendar.local_day(instant), settings.ERASURE_MONTHS)
        asked = ErasureRequest.objects.create(actor=person, asked_at=instant, due_on=due)
        facts = {"due_on": due.isoformat(), "person": person.pk}
        note(None, "person.ask_erasure", by=by, facts=facts)
    return asked


def take_back_erasure(*, by: Actor) -> ErasureRequest:
    """Keep one's data after all, until they are gone. Raises NotYours, WrongState."""
    with one_action():
        Actor.objects.select_for_update(no_key=True).get(pk=by.pk)  # erasing waits, or is over
        require(by, "person.take_back_erasure")
        running = ErasureRequest.objects.select_for_update().filter(actor=by, state__in=RUNNING)
        request = running.first()
        if request is None:
            raise WrongState
        request.state = ErasureState.TAKEN_BACK
        request.decided_at = now()
        request.save(update_fields=["state", "decided_at"])
        note(None, "person.take_back_erasure", by=by, facts={"person": by.pk})
    return request


def accept_erasure(request: ErasureRequest, *, because: str, by: Actor) -> ErasureRequest:
    """Let her data be erased, on a ground that does not name her. Raises as `_decide`."""
    return _decide(request, ErasureState.ACCEPTED, "person.accept_erasure", because, by)


def refuse_erasure(request: ErasureRequest, *, because: str, by: Actor) -> ErasureRequest:
    """Say why her data are not erased; the reason stays in the record. Raises as `_decide`."""
    return _decide(request, ErasureState.REFUSED, "person.refuse_erasure", because, by)


def _decide(
    request: ErasureRequest, state: ErasureState, kind: str, because: str, by: Actor
) -> ErasureRequest:
    """Raises NotYours (one's own request, too), Invalid, WrongState."""
    because = because.strip()
    with one_action():
        row = ErasureRequest.objects.select_for_update().filter(pk=request.pk).first()
        if row is None:
            raise WrongState
        require(by, kind, row)
        if row.state != ErasureState.ASKED:
            raise WrongState
        check_ground(row.actor, because)
        row.state, row.decided_by, row.decided_at, row.because = state, by, now(), because
        row.save(update_fields=["state", "decided_by", "decided_at", "because"])
        note(None, kind, by=by, words={"because": because}, facts={"person": row.actor_id})
    return row


def remind_of_erasures(*, by: Actor) -> int:
    """Tell once, some days before the last day, of what waits; gives how many requests."""
    today = calendar.local_day(now())
    soon = ErasureRequest.objects.filter(
        state=ErasureState.ASKED,
        reminded_at=None,
        due_on__lte=today + timedelta(days=settings.ERASURE_ALARM_DAYS),
    )
    if not soon.exists():  # most turns: then nothing is locked
        return 0
    with one_action():
        require(by, "person.remind_erasure")
        rows = list(soon.select_for_update())
        for row in rows:
            row.reminded_at = now()
            row.save(update_fields=["reminded_at"])
            facts = {"due_on": row.due_on.isoformat(), "person": row.actor_id}
            note(None, "person.remind_erasure", by=by, facts=facts)
    return len(rows)
