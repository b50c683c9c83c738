"""Enrolling: who holds which role, and the departments.

The operator does it, by commands on the server: nobody gives a role to herself on a page.
"""

from django.utils.translation import gettext_lazy as _

from consultations.errors import Invalid
from consultations.models import (
    Actor,
    Department,
    Role,
    RoleGrant,
)
from consultations.models.clock import now
from consultations.services.door import note, one_action, require


def grant_role(
    actor: Actor, role: str, *, department: Department | None = None, by: Actor
) -> RoleGrant:
    """Give a role from now on. Raises NotYours, Invalid."""
    if role == Role.EXPERT and department is None:
        raise Invalid(_("Say for which department the expert answers."), "department")
    if role != Role.EXPERT and department is not None:
        raise Invalid(_("Only an expert belongs to a department here."), "department")
    with one_action():
        require(by, "office.grant_role")
        if _held(actor, role) is not None:
            raise Invalid(_("The person holds this role already. Revoke it first."), "role")
        grant = RoleGrant.objects.create(actor=actor, role=role, department=department, since=now())
        note(None, "office.grant_role", by=by, facts=_facts(grant))
    return grant


def revoke_role(actor: Actor, role: str, *, by: Actor) -> RoleGrant:
    """End a role now; what was done in it stays. Raises NotYours, Invalid."""
    with one_action():
        require(by, "office.revoke_role")
        grant = _held(actor, role)
        if grant is None:
            raise Invalid(_("The person does not hold this role."), "role")
        grant.until = now()
        grant.save(update_fields=["until"])
        note(None, "office.revoke_role", by=by, facts=_facts(grant))
    return grant


def _held(actor: Actor, role: str) -> RoleGrant | None:
    """The grant that runs; the actor's row is locked, so that two commands do not cross."""
    Actor.objects.select_for_update().get(pk=actor.pk)
    return RoleGrant.objects.filter(actor=actor, role=role, until=None).first()


def _facts(grant: RoleGrant) -> dict[str, object]:
    """The role is not called «role»: that names, in every entry, in which one somebody acted."""
    department = grant.department.slug if grant.department else None
    return {"person": grant.actor_id, "held_role": grant.role, "department": department}


def add_department(*, slug: str, name: str, by: Actor) -> Department:
    """A department comments can be passed to. Raises NotYours, Invalid."""
    with one_action():
        require(by, "office.add_department")
        if Department.objects.filter(slug=slug).exists():
            raise Invalid(_("There is a department with this short name already."), "slug")
        department = Department.objects.create(slug=slug, name=name)
        note(None, "office.add_department", by=by, facts={"department": slug, "name": name})
    return department
