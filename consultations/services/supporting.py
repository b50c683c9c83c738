"""Supporting another's comment («Popieram»), and taking it back, while comments are taken."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from consultations import policy
from consultations.errors import Invalid, NotYours, TooLate, WrongState
from consultations.models import Actor, Comment, Organisation, Support
from consultations.models.clock import now
from consultations.selectors.consultations import takes_comments
from consultations.services.door import hold, note, one_action, require
from consultations.services.signing import check_still_here, signed


def support_comment(comment: Comment, *, organisation: Organisation | None, by: Actor) -> Support:
    """Support it for oneself, or in the name of an organisation one may sign for; once each.

    Raises NotYours, WrongState for one that is not public, TooLate, Invalid when done already.
    """
    with one_action():
        row = _held(comment, "comment.support", organisation, by)
        if not row.is_public:
            raise WrongState
        if _standing(row, organisation, by).exists():
            raise Invalid(_("You support this comment already."))
        note(row, "comment.support", by=by, facts=_facts(row, organisation, by))
        return Support.objects.create(comment=row, actor=by, organisation=organisation, at=now())


def stop_supporting(comment: Comment, *, organisation: Organisation | None, by: Actor) -> None:
    """Take the support back. Raises NotYours, TooLate, Invalid when there is none."""
    with one_action():
        row = _held(comment, "comment.stop_supporting", organisation, by)
        standing = _standing(row, organisation, by)
        if not standing.exists():
            raise Invalid(_("You do not support this comment."))
        note(row, "comment.stop_supporting", by=by, facts=_facts(row, organisation, by))
        standing.update(ended_at=now())


def _held(comment: Comment, act: str, organisation: Organisation | None, by: Actor) -> Comment:
    row = hold(comment)
    require(by, act, row)
    check_still_here(by)
    if organisation and not _may_lend(organisation, by):
        raise NotYours(_("You cannot support comments in the name of this organisation."))
    if not takes_comments(row.consultation, now()):
        raise TooLate(_("Comments can be supported only until the closing day."))
    return row


def _may_lend(organisation: Organisation, by: Actor) -> bool:
    """Whether somebody signs for the organisation now, and it is known to be what it says."""
    mandate = policy.mandate_to_sign(by, organisation.pk)
    return mandate is not None and mandate.organisation.is_verified


def _standing(row: Comment, organisation: Organisation | None, by: Actor) -> QuerySet[Support]:
    """The one support there can be: of the organisation, whoever gave it, or one's own."""
    own = {"organisation": organisation} if organisation else {"organisation": None, "actor": by}
    return row.supports.filter(ended_at=None, **own)


def _facts(row: Comment, organisation: Organisation | None, by: Actor) -> dict[str, object]:
    body = organisation.pk if organisation else None
    return {"number": row.number, "organisation": body, **signed(body, by)}
