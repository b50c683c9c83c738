"""People: who signs for whom."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from consultations import calendar
from consultations.errors import Invalid
from consultations.models import Actor, Substitution
from consultations.models.clock import now
from consultations.services.door import note, one_action


def substitute(
    *, absent: Actor, by_whom: Actor, days: tuple[date, date], by: Actor
) -> Substitution:
    """Let somebody sign for an absent head of unit. Raises NotYours, Invalid."""
    first, last = days
    if last < first:
        raise Invalid(_("The last day lies before the first."), "last_day")
    if last < calendar.local_day(now()):
        raise Invalid(_("These days are over."), "last_day")
    if absent == by_whom:
        raise Invalid(_("Choose somebody else as the substitute."), "substitute")
    with one_action():
        made = Substitution.objects.create(
            absent=absent, substitute=by_whom, first_day=first, last_day=last
        )
        facts = {"first_day": first.isoformat(), "last_day": last.isoformat(), "id": made.pk}
        note(None, "office.substitute", by=by, facts=facts)
    return made
