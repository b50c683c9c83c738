"""Names of people: organisations are always named, private persons only to whom it concerns."""

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


def person_name(actor: Actor) -> str:
    """The name of a person for those who may read names; a dash when it was erased."""
    user = User.objects.filter(actor=actor).first()
    return str(user) if user else "–"


def reads_names(viewer: Actor | None) -> bool:
    """Only those who run the consultation or audit it read names of private persons."""
    return any(role in policy.roles_of(viewer) for role in policy.READS_ALL)
