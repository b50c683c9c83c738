"""The marks «looked at»: a person's own, not acts of the procedure, and not in the record."""

from consultations.models import Actor, Provision, TextVersion, Viewed


def mark_viewed(provision: Provision, version: TextVersion, *, by: Actor) -> None:
    """The person has looked at the provision as it stands in this version (or that it is gone)."""
    here = version.wordings.filter(provision=provision).first()
    Viewed.objects.update_or_create(actor=by, provision=provision, defaults={"wording": here})


def unmark_viewed(provision: Provision, *, by: Actor) -> None:
    """The person wants to look at it again."""
    Viewed.objects.filter(actor=by, provision=provision).delete()
