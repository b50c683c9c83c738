"""The calendar of the council's sessions: entered, changed and cancelled, each for everybody."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from consultations.errors import Invalid, WrongState
from consultations.models import Actor, CouncilSession
from consultations.services.door import note, one_action
from consultations.text.said import says_something

YEARS = (1990, 2100)


def add_session(*, number: str, day: date, place: str = "", by: Actor) -> CouncilSession:
    """Enter a session into the calendar. Raises NotYours, Invalid."""
    number = _checked(number, day)
    with one_action():
        made = _saved(CouncilSession(number=number, day=day, place=place.strip()))
        facts = {"session": number, "session_on": day.isoformat(), "id": made.pk}
        note(None, "council.add_session", by=by, facts=facts)
    return made


def change_session(
    session: CouncilSession, *, number: str, day: date, place: str, because: str, by: Actor
) -> CouncilSession:
    """Move a session or correct its number or place, for a public reason.

    Raises NotYours, Invalid, WrongState.
    """
    number, reason = _checked(number, day), because.strip()
    if not says_something(reason):
        raise Invalid(_("Say why the session is changed: the reason is public."), "because")
    with one_action():
        row = _held(session)
        before = row.day
        row.number, row.day, row.place = number, day, place.strip()
        facts = {"session": number, "session_on": day.isoformat(), "id": row.pk}
        facts |= {"session_before": before.isoformat()}
        note(None, "council.change_session", by=by, facts=facts, words={"because": reason})
        return _saved(row)


def cancel_session(session: CouncilSession, *, because: str, by: Actor) -> CouncilSession:
    """Cancel a session, for a public reason. Raises NotYours, Invalid, WrongState."""
    reason = because.strip()
    if not says_something(reason):
        raise Invalid(_("Say why the session is cancelled: the reason is public."), "because")
    with one_action():
        row = _held(session)
        facts = {"session": row.number, "session_on": row.day.isoformat(), "id": row.pk}
        note(None, "council.cancel_session", by=by, facts=facts, words={"because": reason})
        row.cancelled_because = reason
        row.save()
    return row


def _held(session: CouncilSession) -> CouncilSession:
    row = CouncilSession.objects.select_for_update().get(pk=session.pk)
    if row.cancelled_because:
        raise WrongState(_("This session was cancelled."))
    return row


def _checked(number: str, day: date) -> str:
    number = " ".join(number.split())
    if not number:
        raise Invalid(_("Enter the number of the session."), "number")
    if not YEARS[0] <= day.year <= YEARS[1]:
        raise Invalid(_("Enter a day between %(first)s and %(last)s.") % _years(), "day")
    return number


def _years() -> dict[str, int]:
    return dict(zip(("first", "last"), YEARS, strict=True))


def _saved(row: CouncilSession) -> CouncilSession:
    """Two sessions never stand on one day."""
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as taken:
        raise Invalid(_("A session is in the calendar for this day already."), "day") from taken
    return row
