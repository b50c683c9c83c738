"""The guard that speaks of the day by which a department is to answer."""

from django.utils.translation import gettext_lazy as _

from consultations import calendar
from consultations.models.clock import now
from consultations.models.machine import Guard

DUE_DAY_PASSED = Guard(
    "due_day_passed",
    _("The day for the answer is not over yet, or its passing is recorded already."),
    lambda comment: (
        comment.due_on is not None
        and comment.due_on < calendar.local_day(now())
        and comment.overdue_on != comment.due_on
    ),
)
