"""Talking back: the author rates a published answer, and files one reply to it."""

from django.utils.translation import gettext_lazy as _

from consultations.errors import Invalid, TooLate, WrongState
from consultations.models import Actor, Comment, CommentState, Rating, Reply
from consultations.models.clock import now
from consultations.selectors.replies import is_in_time
from consultations.services.door import hold, one_action, pass_through, require
from consultations.services.signing import check_still_here, signed
from consultations.text.said import says_something


def rate_answer(comment: Comment, *, rating: str, by: Actor) -> Comment:
    """Say how far the answer addresses the comment; may be changed until one replies.

    Raises NotYours, Invalid, WrongState, TooLate.
    """
    if rating not in Rating.values:
        raise Invalid(_("Choose how far the answer addresses your comment."), "rating")
    with one_action():
        comment, said = _held(comment, "comment.rate", by)
        if said.rating == rating:
            return comment
        facts = {"rating": rating, **signed(comment.organisation_id, by)}
        comment = pass_through(comment, "rate", by=by, facts=facts)
        said.rating, said.rated_at = rating, now()
        said.save()
    return comment


def reply_to_answer(comment: Comment, *, text: str, by: Actor) -> Comment:
    """File the one reply; the office reads it at once, everybody when the office has shown it.

    The same words once more give the same reply. Raises NotYours, Invalid, WrongState, TooLate.
    """
    text = text.strip()
    if not says_something(text):
        raise Invalid(_("Write your reply."), "text")
    with one_action():
        comment, said = _held(comment, "comment.reply", by, repeated=text)
        if said.text:
            return comment
        facts = signed(comment.organisation_id, by)
        comment = pass_through(comment, "reply", by=by, words={"reply": text}, facts=facts)
        said.text, said.replied_at = text, now()
        said.save()
    return comment


def show_reply(comment: Comment, *, by: Actor) -> Comment:
    """Let everybody read the reply beside the answer. Raises NotYours, WrongState."""
    with one_action():
        comment = hold(comment)
        require(by, "comment.show_reply", comment)
        said = Reply.objects.filter(comment=comment, shown_at=None).exclude(text="").first()
        if said is None:
            raise WrongState
        comment = pass_through(comment, "show_reply", by=by)
        said.shown_at = now()
        said.save()
    return comment


def _held(comment: Comment, action: str, by: Actor, repeated: str = "") -> tuple[Comment, Reply]:
    comment = hold(comment)
    require(by, action, comment)
    check_still_here(by)
    said = Reply.objects.filter(comment=comment).first() or Reply(comment=comment)
    if said.text and said.text != repeated:
        raise WrongState(_("You have replied already; one replies to an answer once."))
    if comment.state == CommentState.PUBLISHED and not said.text and not is_in_time(comment):
        raise TooLate(_("The days for rating the answer and replying to it are over."))
    return comment, said
