"""Signs of life of people at a comment: no act, no entry, nothing that lasts."""

from datetime import timedelta

from consultations.models import Actor, Comment, Consultation, Presence
from consultations.models.clock import now
from consultations.selectors.presence import TYPES
from consultations.services.door import require

FORGOTTEN = timedelta(minutes=5)


def look_at_comment(comment: Comment, *, typing: bool, by: Actor) -> Presence:
    """Remember that the person has the comment open now, and whether they type an answer."""
    require(by, "desk.see")
    instant = now()
    row, is_new = Presence.objects.get_or_create(
        comment=comment,
        actor=by,
        defaults={
            "seen_at": instant,
            "typing_since": instant if typing else None,
            "typing_at": instant if typing else None,
        },
    )
    if is_new:
        return row
    row.seen_at = instant
    if typing:
        lapsed = row.typing_at is None or instant - row.typing_at > TYPES
        row.typing_since = instant if lapsed else row.typing_since
        row.typing_at = instant
    row.save(update_fields=["seen_at", "typing_since", "typing_at"])
    return row


def stop_typing(consultation: Consultation, number: int, *, by: Actor) -> None:
    """The answer is sent: nobody waits for this person any more."""
    there = Presence.objects.filter(comment__consultation=consultation, comment__number=number)
    there.filter(actor=by).update(typing_since=None, typing_at=None)


def forget_presence() -> int:
    """A job of the tick: whoever gave no sign for some minutes is not there."""
    gone, _by_model = Presence.objects.filter(seen_at__lt=now() - FORGOTTEN).delete()
    return gone
