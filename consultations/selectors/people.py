"""Names of people: organisations are always named, private persons only to whom it concerns."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from consultations import policy
from consultations.models import Actor, Comment, User


def filer_names(comments: Sequence[Comment], viewer: Actor | None) -> dict[int, str]:
    """Whose each comment is, by its key: the organisation, a person who agreed to be named, else
    «private person». One query at most, mostly none for a visitor.
    """
    private = [one for one in comments if one.organisation is None]
    close = {one.filed_by_id for one in private if _reads_name(one, viewer)}
    wanted = close | {one.filed_by_id for one in private if one.named}
    users = User.objects.filter(actor__in=wanted) if wanted else ()
    known = {user.actor_id: user for user in users}
    return {
        one.pk: one.organisation.name if one.organisation else _name(one, close, known)
        for one in comments
    }


def _reads_name(comment: Comment, viewer: Actor | None) -> bool:
    return viewer is not None and (viewer.pk == comment.filed_by_id or reads_names(viewer))


def _name(comment: Comment, close: set[int], known: dict[int, User]) -> str:
    """The login's address stands for a missing name only to those who read names anyway."""
    user = known.get(comment.filed_by_id)
    if comment.filed_by_id in close:
        return str(user or "–")
    return (user.name if user and comment.named else "") or _("private person")


def person_name(actor: Actor) -> str:
    """The name of a person for those who may read names; a dash when it was erased."""
    user = User.objects.filter(actor=actor).first()
    return str(user) if user else "–"


def reads_names(viewer: Actor | None) -> bool:
    """Only those who run the consultation or audit it read names of private persons."""
    return any(role in policy.roles_of(viewer) for role in policy.READS_ALL)
