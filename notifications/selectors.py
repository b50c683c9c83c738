"""What a person has been told."""

from dataclasses import dataclass

from consultations.models import Actor


@dataclass(frozen=True)
class Bell:
    """The bell of the header: the topic of the inbox, its latest number, how many are unread."""

    topic: str
    latest: int
    unread: int


def bell(actor: Actor) -> Bell:
    return Bell(f"inbox:{actor.pk}", 0, 0)
