"""Reading one's notices: they are marked, never deleted."""

from consultations.models import Actor
from consultations.models.clock import now
from notifications.models import Notice


def read_notice(notice: Notice) -> None:
    """Mark the notice as read; the first reading stays."""
    Notice.objects.filter(pk=notice.pk, read_at=None).update(read_at=now())


def read_all(*, upto: int, by: Actor) -> int:
    """Mark all notices up to this number, and none that came after the page was drawn."""
    unread = Notice.objects.filter(recipient=by, read_at=None, number__lte=upto)
    return unread.update(read_at=now())
