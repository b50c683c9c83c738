"""Appeals against hiding a comment: filed once by its author, decided by another person."""

from django.utils.translation import gettext_lazy as _

from consultations.errors import Invalid, TooLate, WrongState
from consultations.models import Actor, Comment, CommentState
from consultations.models.clock import now
from consultations.selectors.appeals import is_in_time
from consultations.services.door import hold, one_action, pass_through, require
from consultations.services.signing import check_still_here
from consultations.text.said import says_something


def appeal_comment(comment: Comment, *, reasons: str, by: Actor) -> Comment:
    """Ask that another person looks at the hiding. Raises NotYours, Invalid, WrongState, TooLate.

    The same words once more give the same appeal: the button was pressed twice.
    """
    reasons = reasons.strip()
    if not says_something(reasons):
        raise Invalid(_("Say why the comment should not be hidden."), "reasons")
    with one_action():
        comment = hold(comment)
        require(by, "comment.appeal", comment)
        check_still_here(by)
        if comment.state == CommentState.HIDDEN and comment.appealed_at is not None:
            if comment.appeal_reasons == reasons:
                return comment
            raise WrongState(_("You have appealed already; one appeals against a hiding once."))
        if comment.state == CommentState.HIDDEN and not is_in_time(comment):
            raise TooLate(_("The days for an appeal are over."))
        words = {"appeal": reasons}
        return pass_through(comment, "appeal", by=by, words=words, reasons=reasons, at=now())


def restore_comment(comment: Comment, *, by: Actor) -> Comment:
    """The appeal is right: the comment is received again. Raises NotYours, WrongState, Unmet."""
    return pass_through(comment, "restore", by=by, at=now())


def uphold_hiding(comment: Comment, *, because: str, by: Actor) -> Comment:
    """The comment stays hidden, for a reason its author reads.

    Raises NotYours, Invalid, WrongState, Unmet.
    """
    because = because.strip()
    if not says_something(because):
        raise Invalid(_("Say why the comment stays hidden: its author will read it."), "because")
    words = {"because": because}
    return pass_through(comment, "uphold", by=by, words=words, because=because, at=now())
