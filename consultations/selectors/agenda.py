"""Days of sessions that the calendar no longer has: a draft on their agenda needs another."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from consultations import calendar
from consultations.models import CouncilFile, CouncilSession, Entry
from consultations.models.council import BEFORE_THE_VOTE

CANCELLED, MOVED = "cancelled", "moved"
DAYS_TO_RECORD = 2  # working days after a session in which its reading or vote is entered


def lost_days() -> dict[date, str]:
    """Each day whose session was cancelled or moved away, unless another is held on it."""
    changes = Entry.objects.filter(case=None, kind="council.change_session").order_by("seq")
    facts = [one.leaf["facts"] for one in changes]
    lost = {
        date.fromisoformat(one["session_before"]): MOVED
        for one in facts
        if one["session_before"] != one["session_on"]
    }
    stands = CouncilSession.objects.values_list("day", "cancelled_because")
    rows = list(stands)
    lost |= {day: CANCELLED for day, because in rows if because}
    live = {day for day, because in rows if not because}
    return {day: what for day, what in lost.items() if day not in live}


def mark_lost(files: Iterable[CouncilFile]) -> None:
    """Write on each file that waits for a session what became of it: `lost_session`."""
    waiting = [one for one in files if one.session_on and one.state in BEFORE_THE_VOTE]
    lost = lost_days() if waiting else {}
    for one in waiting:
        one.lost_session = lost.get(one.session_on, "") if one.session_on else ""


def what_became(file: CouncilFile) -> str:
    """What everybody reads of a session the calendar lost; nothing while it stands."""
    mark_lost([file])
    if not file.lost_session:
        return ""
    if file.lost_session == CANCELLED:
        words = _("Session %(number)s was cancelled; the council office will choose another.")
    else:
        words = _("Session %(number)s was moved; the council office will choose the day anew.")
    return words % {"number": file.session_number}


def record_by(session_on: date) -> date:
    """The last day on which a session counts as held although nothing of it is entered."""
    return calendar.working_days_from(session_on, DAYS_TO_RECORD)
