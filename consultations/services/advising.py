"""A department gives its opinion on a comment, or says that the comment is not its own."""

from django.utils.translation import gettext_lazy as _

from consultations.errors import Invalid, WrongState
from consultations.models import Actor, Advice, Comment, Department
from consultations.models.clock import now
from consultations.services.door import hold, one_action, pass_through, require
from consultations.text.said import says_something


def advise_comment(
    comment: Comment,
    *,
    text: str,
    recommended: str = "",
    seen_version: int | None = None,
    by: Actor,
) -> Comment:
    """Give the opinion of the department that has the comment; given anew, the former stays sealed.

    It binds nobody: the position is the unit's. Raises NotYours, Invalid, WrongState (somebody of
    the department was faster).
    """
    text = text.strip()
    if not says_something(text):
        raise Invalid(_("Write the opinion of your department."), "text")
    with one_action():
        comment = hold(comment)
        require(by, "comment.advise", comment)
        if seen_version is not None and seen_version != comment.version:
            raise WrongState
        outcomes = comment.consultation.draft.procedure.outcomes
        if recommended and not outcomes.filter(code=recommended).exists():
            raise Invalid(_("Choose the outcome."), "recommended")
        department = comment.department
        facts = {"advised_by": str(department), "recommended": recommended}
        comment = pass_through(comment, "advise", by=by, words={"advice": text}, facts=facts)
        given = {"author": by, "text": text, "recommended": recommended, "given_at": now()}
        Advice.objects.update_or_create(comment=comment, department=department, defaults=given)
    return comment


def decline_comment(
    comment: Comment, *, because: str, department: Department | None = None, by: Actor
) -> Comment:
    """Send it back to the unit («to nie nasze»), naming the `department` it belongs to, if known.

    Raises NotYours, Invalid, WrongState.
    """
    because = because.strip()
    if not says_something(because):
        raise Invalid(_("Say why the comment is not yours: the unit will read it."), "because")
    with one_action():
        comment = hold(comment)
        require(by, "comment.decline", comment)
        if department is not None and department.pk == comment.department_id:
            raise Invalid(_("This is your own department: choose another, or none."), "department")
        facts = {
            "declined_by": str(comment.department or ""),
            "declined_to": department.slug if department else "",
        }
        words = {"because": because}
        return pass_through(
            comment, "decline", by=by, words=words, facts=facts, belongs_to=department
        )
