"""The rows without which nothing works: the log's head, the clock, the delivered procedures."""

from consultations import procedures
from consultations.models import Actor, LogHead


def lay() -> None:
    """Write what is missing; safe to repeat."""
    LogHead.objects.get_or_create(pk=1)
    Actor.objects.get_or_create(kind=Actor.Kind.CLOCK)
    procedures.load()
