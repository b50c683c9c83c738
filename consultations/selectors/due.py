"""Days of the review: until when it lasts, by when a department is to answer, what is overdue."""

from datetime import date

from django.db.models import Q

from consultations import calendar
from consultations.models import Consultation
from consultations.models.clock import now
from consultations.models.comments import IN_DEPARTMENTS


def _days(consultation: Consultation) -> dict[str, int]:
    keys = ("review_days", "department_days", "signing_days")
    rules = consultation.draft.procedure.rules.all()
    return {one.key: int(one.value) for one in rules if one.key in keys}


def review_ends(consultation: Consultation) -> date | None:
    """The last day on which answers are due, by the procedure's days; None where it sets none."""
    days, last = _days(consultation), consultation.last_day
    if last is None or "review_days" not in days:
        return None
    return calendar.last_day(last, days["review_days"])


def proposed_day(consultation: Consultation) -> date | None:
    """By when a department asked today should answer.

    So many working days from today, while there is still time for the second signature before
    the review ends; never before the next working day.
    """
    days, today = _days(consultation), calendar.local_day(now())
    if "department_days" not in days:
        return None
    asked = calendar.working_days_from(today, days["department_days"])
    ends = review_ends(consultation)
    if ends is not None:
        asked = min(asked, calendar.working_days_from(ends, -days.get("signing_days", 0)))
    return max(asked, calendar.working_days_from(today, 1))


def overdue() -> Q:
    """Comments whose department has not answered by its day."""
    return IN_DEPARTMENTS & Q(due_on__lt=calendar.local_day(now()))
