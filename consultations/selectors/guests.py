"""What a guest sent, by the link in her letter."""

from datetime import datetime

from django.db.models import Q, QuerySet

from consultations.models import Actor, GuestComment, User
from consultations.models.clock import now
from consultations.models.guests import hash_of
from consultations.selectors.consultations import takes_comments
from consultations.selectors.grace import takes_begun


def by_token(token: str) -> GuestComment | None:
    """What the link leads to; None for a secret there is none of, or whose days are over."""
    found = GuestComment.objects.select_related(
        "consultation__draft__document",
        "consultation__draft__procedure",
        "consultation__text_version",
        "wording__provision",
        "comment",
    ).filter(token_hash=hash_of(token))
    guest = found.first()
    if guest is None or (guest.comment is None and guest.expires_at <= now()):
        return None
    return guest


def of_person(person: Actor) -> QuerySet[GuestComment]:
    """What came from her address and waits, and the links that lead to comments of hers."""
    emails = User.objects.filter(actor=person).values("email")
    return GuestComment.objects.filter(Q(comment__filed_by=person) | Q(email__in=emails)).order_by(
        "pk"
    )


def may_be_confirmed(guest: GuestComment, instant: datetime) -> bool:
    """Whether pressing the button would file it: while comments are taken, and some minutes more
    for what was sent in time.
    """
    consultation = guest.consultation
    if takes_comments(consultation, instant):
        return True
    return takes_begun(consultation, guest.sent_at, instant)
