"""People: who signs for whom."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from consultations import calendar
from consultations.errors import Invalid, WrongState
from consultations.models import Actor, Role, RoleGrant, Substitution
from consultations.models.clock import now
from consultations.services.door import note, one_action, require

SUBSTITUTES = (Role.OFFICER, Role.APPROVER)


def substitute(
    *, absent: Actor, by_whom: Actor, days: tuple[date, date], by: Actor
) -> Substitution:
    """Let somebody sign for an absent head of unit. Raises NotYours, Invalid."""
    first, last = days
    if last < first:
        raise Invalid(_("The last day lies before the first."), "last_day")
    if last < calendar.local_day(now()):
        raise Invalid(_("These days are over."), "last_day")
    with one_action():
        require(by, "office.substitute")
        _check_people(absent, by_whom)
        made = Substitution.objects.create(
            absent=absent, substitute=by_whom, first_day=first, last_day=last
        )
        facts = {"first_day": first.isoformat(), "last_day": last.isoformat(), "id": made.pk}
        note(None, "office.substitute", by=by, facts=facts)
    return made


def _check_people(absent: Actor, by_whom: Actor) -> None:
    """Only a head of unit by her own role is replaced, by an officer or another head."""
    if absent == by_whom:
        raise Invalid(_("Choose somebody else as the substitute."), "substitute")
    held = RoleGrant.objects.filter(until=None)
    if not held.filter(actor=absent, role=Role.APPROVER).exists():
        raise Invalid(_("Only a head of unit has a substitute."), "absent")
    if not held.filter(actor=by_whom, role__in=SUBSTITUTES).exists():
        raise Invalid(_("The substitute is an officer or another head of unit."), "substitute")


def end_substitution(substitution: Substitution, *, by: Actor) -> Substitution:
    """End it at once: from now on the substitute signs for nobody. Raises NotYours, WrongState."""
    with one_action():
        require(by, "office.end_substitution")
        row = Substitution.objects.select_for_update().get(pk=substitution.pk)
        if row.ended_at is not None or row.last_day < calendar.local_day(now()):
            raise WrongState
        row.ended_at = now()
        row.save(update_fields=["ended_at"])
        note(None, "office.end_substitution", by=by, facts={"id": row.pk})
    return row
