"""What time it is. In a demonstration the clock is stored and only ever moves forward."""

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class DemoClock(models.Model):
    """The demonstration's time: `shown` at the real instant `set_at`, running on from there."""

    shown = models.DateTimeField()
    set_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.shown.isoformat()


def now() -> datetime:
    """The present instant, by the demonstration's clock where there is one."""
    real = timezone.now()
    if not settings.DEMO:
        return real
    stored = DemoClock.objects.filter(pk=1).first()
    return real if stored is None else stored.shown + max(real - stored.set_at, timedelta(0))


def move_to(instant: datetime) -> datetime:
    """Move the demonstration's clock forward to `instant`; a step back is ignored."""
    if not settings.DEMO:
        raise RuntimeError("the clock moves only in a demonstration")
    stored = DemoClock.objects.filter(pk=1).exists()
    later = max(instant, now()) if stored else instant
    DemoClock.objects.update_or_create(pk=1, defaults={"shown": later, "set_at": timezone.now()})
    return later
