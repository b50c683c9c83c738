"""Following: whoever follows a document, a draft or a provision hears of what becomes of it."""

from consultations.models import Actor, Document, Draft, Provision, Watch


def follow(thing: Document | Draft | Provision, *, by: Actor) -> None:
    """Follow it; following twice is following once."""
    Watch.objects.bulk_create([Watch(actor=by, **_which(thing))], ignore_conflicts=True)


def unfollow(thing: Document | Draft | Provision, *, by: Actor) -> None:
    """Follow it no more."""
    Watch.objects.filter(actor=by, **_which(thing)).delete()


def _which(thing: Document | Draft | Provision) -> dict[str, Document | Draft | Provision]:
    return {thing._meta.model_name or "": thing}
