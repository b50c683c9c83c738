"""Comments that were filed: admitted, assigned, completed, withdrawn, hidden."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext_lazy as _

from consultations import calendar
from consultations.errors import Invalid, TooLate
from consultations.models import (
    Actor,
    Comment,
    CommentState,
    Department,
)
from consultations.models.clock import now
from consultations.models.comments import MARKS
from consultations.selectors.appeals import last_appeal_day
from consultations.selectors.due import proposed_day
from consultations.services.door import hold, one_action, pass_through, require
from consultations.services.due import checked_day
from consultations.services.signing import check_still_here
from consultations.text.said import says_something


def admit_comment(comment: Comment, *, cleared: Sequence[str] = (), by: Actor) -> Comment:
    """Make the comment public and counted; `cleared` are formal faults that were put right."""
    facts = _cleared(cleared)
    return pass_through(comment, "admit", by=by, facts=facts, cleared=facts.get("cleared", ()))


def _cleared(marks: Sequence[str]) -> dict[str, list[str]]:
    known = [mark for mark in MARKS if mark in marks]
    return {"cleared": known} if known else {}


def assign_comment(
    comment: Comment, *, department: Department, due_on: date | None = None, by: Actor
) -> Comment:
    """Ask a department to answer by a day; without one by the day the procedure leads to."""
    day = checked_day(due_on) if due_on else proposed_day(comment.consultation)
    facts = {"department": department.slug, "passed_to": department.name}
    facts |= {"due_on": day.isoformat()} if day else {}
    return pass_through(comment, "assign", by=by, facts=facts, department=department, due_on=day)


def return_comment(
    comment: Comment, *, because: str, complete_by: date, lacking: Sequence[str] = (), by: Actor
) -> Comment:
    """Ask the author to complete the comment by a day; `lacking` are the faults to be marked.

    Raises NotYours, Invalid, WrongState.
    """
    reason = because.strip()
    if not says_something(reason):
        raise Invalid(_("Say what is missing: the author will read it."), "because")
    if complete_by < calendar.local_day(now()):
        raise Invalid(_("The day lies in the past."), "complete_by")
    marked = [mark for mark in MARKS if mark in lacking]
    return pass_through(
        comment,
        "return_for_completion",
        by=by,
        words={"because": reason},
        facts={"complete_by": complete_by.isoformat(), "lacking": marked},
        because=reason,
        complete_by=complete_by,
        lacking=marked,
    )


def complete_comment(
    comment: Comment, *, supplement: str, cleared: Sequence[str] = (), by: Actor
) -> Comment:
    """Add what was missing, until the day that was set; an officer says what it `cleared`.

    Raises NotYours, Invalid, TooLate.
    """
    added = supplement.strip()
    if not says_something(added):
        raise Invalid(_("Write what was missing."), "supplement")
    with one_action():
        comment = hold(comment)
        require(by, "comment.complete", comment)
        if cleared:
            require(by, "comment.record")
        check_still_here(by)
        if comment.state == CommentState.RETURNED and not comment.awaits_completion:
            raise TooLate(_("The day for completing the comment is over."))
        facts = _cleared(cleared)
        return pass_through(
            comment,
            "complete",
            by=by,
            words={"supplement": added},
            facts=facts,
            supplement=added,
            cleared=facts.get("cleared", ()),
        )


def number_comment_case(comment: Comment, *, case_number: str, by: Actor) -> Comment:
    """Enter the number of the city's records system (EZD). Raises NotYours, Invalid."""
    number = case_number.strip()
    if not says_something(number):
        raise Invalid(_("Enter the number of the records system."), "case_number")
    facts = {"case_number": number}
    return pass_through(comment, "number_case", by=by, facts=facts, case_number=number)


def withdraw_comment(comment: Comment, *, by: Actor) -> Comment:
    """Take one's comment back; it stays in the record. Only while comments are taken."""
    with one_action():
        if not comment.consultation.takes_comments_at(now()):
            raise TooLate(_("A comment can be withdrawn only until the closing day."))
        return pass_through(comment, "withdraw", by=by)


def hide_comment(comment: Comment, *, because: str, by: Actor) -> Comment:
    """Take a comment out of sight with a reason its author is told."""
    because = because.strip()
    if not says_something(because):
        raise Invalid(_("Say why the comment is hidden: its author will read it."), "because")
    appeal_by = last_appeal_day(comment, now())
    return pass_through(
        comment,
        "hide",
        by=by,
        words={"because": because},
        facts={"appeal_by": appeal_by.isoformat()} if appeal_by else {},
        because=because,
        appeal_by=appeal_by,
    )
