"""The clock notices what a department has not answered by its day."""

from django.db.models import F, Q

from consultations.errors import Refused
from consultations.models import Comment
from consultations.models.people import clock
from consultations.selectors.due import overdue
from consultations.services import due
from workflows.tick import attempt

AT_ONCE = 200  # in one tick: the next one goes on


def mark_overdue_comments() -> int:
    """A job of the tick: record each day that passed, once; gives how many were."""
    told = Q(overdue_on__isnull=False) & Q(overdue_on=F("due_on"))
    late = Comment.objects.filter(overdue()).exclude(told).order_by("due_on", "pk")[:AT_ONCE]
    return sum(attempt(f"comment {one.pk}", lambda one=one: _mark(one)) for one in late)  # type: ignore[misc]


def _mark(comment: Comment) -> int:
    """0 when it was answered meanwhile."""
    try:
        due.mark_comment_overdue(comment, by=clock())
    except Refused:
        return 0
    return 1
