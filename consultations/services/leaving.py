"""Leaving a comment without consideration on a formal ground, and taking it up again.

Pozostawienie bez rozpatrzenia: the comment keeps its number, its author is told the reason.
"""

from django.utils.translation import gettext_lazy as _

from consultations.errors import Invalid
from consultations.models import Actor, Comment
from consultations.services.door import hold, one_action, pass_through
from consultations.text.said import says_something


def leave_comment(comment: Comment, *, because: str, by: Actor) -> Comment:
    """Leave it: late, unsigned, incomplete, or not completed in its days; the author is told why.

    Raises NotYours, Invalid, WrongState, Unmet (no formal ground).
    """
    reason = because.strip()
    if not says_something(reason):
        raise Invalid(_("Say why it is left: its author will read it."), "because")
    with one_action():
        comment = hold(comment)
        words, facts = {"because": reason}, {"grounds": comment.grounds}
        return pass_through(comment, "leave", by=by, words=words, facts=facts, because=reason)


def take_up_comment(comment: Comment, *, by: Actor) -> Comment:
    """Bring back what was left; its marks stay. Raises NotYours, WrongState."""
    return pass_through(comment, "take_up", by=by)
