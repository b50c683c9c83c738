"""Names of people: organisations are always named, private persons only to whom it concerns."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from consultations import policy
from consultations.models import Actor, Comment, User


def filer_name(comment: Comment, viewer: Actor | None) -> str:
    """Whose comment it is: the organisation, else «private person» to everybody else."""
    if comment.organisation:
        return comment.organisation.name
    if viewer is not None and (viewer.pk == comment.filed_by_id or reads_names(viewer)):
        return person_name(comment.filed_by)
    return _("private person")


def filer_names(comments: Sequence[Comment], viewer: Actor | None) -> dict[int, str]:
    """`filer_name` of each comment by its key: one query at most, none for a visitor."""
    private = [one for one in comments if one.organisation is None]
    readable = {
        one.filed_by_id
        for one in private
        if viewer is not None and (viewer.pk == one.filed_by_id or reads_names(viewer))
    }
    users = User.objects.filter(actor__in=readable) if readable else ()
    names = {user.actor_id: str(user) for user in users}
    hidden = _("private person")
    return {
        one.pk: one.organisation.name if one.organisation else _name(one, readable, names, hidden)
        for one in comments
    }


def _name(comment: Comment, readable: set[int], names: dict[int, str], hidden: str) -> str:
    if comment.filed_by_id not in readable:
        return hidden
    return names.get(comment.filed_by_id, "–")


def person_name(actor: Actor) -> str:
    """The name of a person for those who may read names; a dash when it was erased."""
    user = User.objects.filter(actor=actor).first()
    return str(user) if user else "–"


def reads_names(viewer: Actor | None) -> bool:
    """Only those who run the consultation or audit it read names of private persons."""
    return any(role in policy.roles_of(viewer) for role in policy.READS_ALL)
