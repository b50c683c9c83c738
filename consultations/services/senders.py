"""Whose a comment is that came another way: an account found by the address that was given."""

from django.utils.translation import gettext_lazy as _

from consultations.errors import Invalid
from consultations.models import Actor, Mandate, Organisation, User


def sender_of(email: str, organisation: Organisation | None) -> Actor | None:
    """The account of this address; None when there is none. The address itself is not kept.

    Raises Invalid: for an organisation only a member of it may speak.
    """
    user = User.objects.filter(email__iexact=email).select_related("actor").first()
    if user is None:
        return None
    running = Mandate.objects.running().filter(actor=user.actor)
    if organisation and not running.filter(organisation=organisation).exists():
        raise Invalid(_("This person may not speak for the organisation."), "email")
    return user.actor
