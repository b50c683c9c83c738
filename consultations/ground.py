"""The rows without which nothing works: log head, clock, operator, the delivered procedures."""

from consultations import procedures
from consultations.models import Actor, LogHead


def lay() -> None:
    """Write what is missing; safe to repeat."""
    LogHead.objects.get_or_create(pk=1)
    for kind in (Actor.Kind.CLOCK, Actor.Kind.OPERATOR):
        Actor.objects.get_or_create(kind=kind)
    procedures.load()
