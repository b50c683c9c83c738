"""What this layer keeps of a person, for the day she is erased."""

from consultations import erasers
from notifications.models import InboxHead, Letter, Notice, Preference


def register() -> None:
    """Called when the app is ready."""
    erasers.register("notices", lambda person: Notice.objects.filter(recipient=person))
    erasers.register("inbox", lambda person: InboxHead.objects.filter(actor=person))
    erasers.register("letters", lambda person: Letter.objects.filter(recipient=person))
    erasers.register("preferences", lambda person: Preference.objects.filter(actor=person))
