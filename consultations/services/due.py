"""The day by which a department is to answer: moved by the unit, noticed by the clock."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from consultations import calendar
from consultations.errors import Invalid, WrongState
from consultations.models import Actor, Comment
from consultations.models.clock import now
from consultations.services.door import hold, one_action, pass_through, require


def checked_day(due_on: date) -> date:
    """The day itself; Invalid when nobody could keep it."""
    if due_on < calendar.local_day(now()):
        raise Invalid(_("The day lies in the past."), "due_on")
    if (due_on - calendar.local_day(now())).days > 366:
        raise Invalid(_("Enter a day within a year."), "due_on")
    return due_on


def set_comment_due(comment: Comment, *, due_on: date, by: Actor) -> Comment:
    """Give the department another day for its answer. Raises NotYours, Invalid, WrongState."""
    checked_day(due_on)
    with one_action():
        comment = hold(comment)
        require(by, "comment.set_due", comment)
        if comment.department_id is None:
            raise WrongState(_("The comment is with no department."))
        facts = {"due_on": due_on.isoformat()}
        return pass_through(comment, "set_due", by=by, facts=facts, due_on=due_on)


def mark_comment_overdue(comment: Comment, *, by: Actor) -> Comment:
    """Record that the day passed without an answer; once for each due day. Raises Unmet."""
    with one_action():
        comment = hold(comment)
        facts = {"due_on": comment.due_on.isoformat()} if comment.due_on else {}
        return pass_through(comment, "mark_overdue", by=by, facts=facts)
