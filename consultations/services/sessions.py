"""The calendar of the council's sessions: entered, changed and cancelled, each for everybody."""

from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from consultations import calendar
from consultations.errors import Invalid, WrongState
from consultations.models import Actor, CouncilSession
from consultations.models.clock import now
from consultations.models.next_key import next_key
from consultations.services.door import note, one_action, require
from consultations.text.said import says_something

YEARS = (1990, 2100)
LONGEST_REASON = 1000  # characters
NUMBERED_ONCE = 366  # days: numbers begin anew with each term of the council


def add_session(*, number: str, day: date, place: str = "", by: Actor) -> CouncilSession:
    """Enter a session into the calendar. Raises NotYours, Invalid."""
    number = _checked(number, day)
    _refuse_past(day)
    with one_action():
        require(by, "council.add_session", None)
        _refuse_number_twice(number, day)
        made = CouncilSession(number=number, day=day, place=place.strip())
        made.pk = next_key(CouncilSession)
        note(None, "council.add_session", by=by, facts=_facts(made))
        return _saved(made, is_new=True)


def change_session(
    session: CouncilSession, *, number: str, day: date, place: str, because: str, by: Actor
) -> CouncilSession:
    """Move a session or correct its number or place, for a public reason.

    Raises NotYours, Invalid, WrongState.
    """
    number, reason = _checked(number, day), because.strip()
    if not says_something(reason):
        raise Invalid(_("Say why the session is changed: the reason is public."), "because")
    check_reason(reason)
    with one_action():
        require(by, "council.change_session", None)
        row = _held(session)
        before = row.day
        if day != before:
            _refuse_past(day)
        if (number, day, place.strip()) == (row.number, row.day, row.place):
            raise Invalid(_("Nothing would change: enter another number, day or place."), "day")
        _refuse_number_twice(number, day, but=row)
        row.number, row.day, row.place = number, day, place.strip()
        facts = {**_facts(row), "session_before": before.isoformat()}
        note(None, "council.change_session", by=by, facts=facts, words={"because": reason})
        return _saved(row)


def cancel_session(session: CouncilSession, *, because: str, by: Actor) -> CouncilSession:
    """Cancel a session, for a public reason. Raises NotYours, Invalid, WrongState."""
    reason = because.strip()
    if not says_something(reason):
        raise Invalid(_("Say why the session is cancelled: the reason is public."), "because")
    check_reason(reason)
    with one_action():
        row = _held(session)
        facts = _facts(row)
        note(None, "council.cancel_session", by=by, facts=facts, words={"because": reason})
        row.cancelled_because = reason
        row.save()
    return row


def check_reason(reason: str) -> None:
    """Raises Invalid for a reason that is too long to be read beside a day."""
    if len(reason) > LONGEST_REASON:
        raise Invalid(
            _("The reason has %(count)s characters; it can have %(most)s at most.")
            % {"count": len(reason), "most": LONGEST_REASON},
            "because",
        )


def _refuse_past(day: date) -> None:
    if day < calendar.local_day(now()):
        raise Invalid(_("The day has passed: enter one ahead."), "day")


def _refuse_number_twice(number: str, day: date, but: CouncilSession | None = None) -> None:
    """Within a year of the day no other session that stands has this number."""
    span = timedelta(days=NUMBERED_ONCE)
    same = CouncilSession.objects.filter(number__iexact=number, cancelled_because="")
    near = same.filter(day__range=(day - span, day + span))
    if (near.exclude(pk=but.pk) if but else near).exists():
        raise Invalid(_("A session with this number is in the calendar already."), "number")


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


def _facts(row: CouncilSession) -> dict[str, Any]:
    """What the entry says of the session as it is from now on; the database compares it."""
    return {
        "session": row.number,
        "session_on": row.day.isoformat(),
        "place": row.place,
        "id": row.pk,
    }


def _saved(row: CouncilSession, *, is_new: bool = False) -> CouncilSession:
    """Two sessions never stand on one day."""
    try:
        with transaction.atomic():
            row.save(force_insert=is_new)
    except IntegrityError as taken:
        raise Invalid(_("A session is in the calendar for this day already."), "day") from taken
    return row
