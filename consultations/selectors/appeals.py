"""Appeals against hiding: until when, by whom, and who may decide."""

from datetime import date, datetime, timedelta

from consultations import calendar, policy
from consultations.models import Actor, Comment, CommentState, DraftState
from consultations.models.clock import now

RULE = "appeal_days"
# While the draft is prepared for another round, those of the round before may still appeal.
IN_TIME = (DraftState.DRAFTING, DraftState.PUBLIC_CONSULTATION, DraftState.COMMENT_REVIEW)


def last_appeal_day(comment: Comment, instant: datetime) -> date | None:
    """The last day for an appeal against a hiding at this instant; None where none is set."""
    rules = {rule.key: rule.value for rule in comment.consultation.draft.procedure.rules.all()}
    if RULE not in rules:
        return None
    return calendar.local_day(instant) + timedelta(days=int(rules[RULE]))


def is_in_time(comment: Comment) -> bool:
    """Whether an appeal filed now would still be decided: its day is not over, nor the review."""
    if comment.consultation.draft.state not in IN_TIME:
        return False
    return comment.appeal_by is None or calendar.local_day(now()) <= comment.appeal_by


def may_appeal(comment: Comment, viewer: Actor | None) -> bool:
    """Whether the form is worth showing; the service decides."""
    hidden = comment.state == CommentState.HIDDEN and comment.appealed_at is None
    return hidden and is_in_time(comment) and policy.can(viewer, "comment.appeal", comment)
