"""The outbox: every entry of the record becomes numbered notices, exactly once.

It works on the entries that no `Dispatched` row marks, so a crash or a missed signal loses
nothing; the row is inserted first and commits with the notices, so nothing is told twice.
Keys of entries ascend in the order of commits (the door's last lock), and nobody goes on before
the entries in hand are marked: what is later than the last marked one is all there is to do.
What waits is told in lots, a transaction each; when a lot fails, each entry of it apart.
"""

import logging
import time
from collections.abc import Iterator, Sequence
from datetime import timedelta

from django.db import InterfaceError, OperationalError, transaction
from django.db.models import Max

from consultations.models import Entry
from consultations.models.clock import now
from notifications import notices, ringing
from notifications.models import Dispatched, Letter
from workflows import loop

log = logging.getLogger(__name__)
LOT = 50  # entries told in one transaction
AT_A_STRETCH = 2.0  # seconds
TRY_AGAIN_AFTER = timedelta(minutes=10)


def dispatch() -> int:
    """Tell of every entry not told yet, oldest first; gives how many.

    After AT_A_STRETCH the rest is left to the next tick, which is asked to come at once, so that
    a long queue keeps no deadline waiting.
    """
    told, until = 0, time.monotonic() + AT_A_STRETCH
    for lot in _waiting():
        told += _tell(lot)
        if time.monotonic() > until:
            loop.wake()
            break
    if told:
        ringing.ring()
    return told


def tell_the_past() -> None:
    """Tell of everything recorded so far in the inboxes alone: nobody gets letters of old news."""
    while dispatch():
        pass
    Letter.objects.filter(sent_at=None).delete()


def tell_together(entries: Sequence[Entry]) -> int:
    """Tell of new entries in one transaction; IntegrityError when one of them is marked."""
    with transaction.atomic():
        Dispatched.objects.bulk_create(Dispatched(entry=entry) for entry in entries)
        notices.tell(entries)
    return len(entries)


def tell_once(entry: Entry) -> bool:
    """Tell of the entry in one transaction; False when somebody has already done it."""
    with transaction.atomic():
        if not _claim(entry):
            return False
        notices.tell([entry])
        return True


def _waiting() -> Iterator[list[Entry]]:
    """What failed a while ago, one by one, then what is newer than the last entry marked.

    A lot that is not full is the last: what comes while it is told waits for the next tick, so
    that under load many are told together.
    """
    failed = Dispatched.objects.filter(failed_at__lt=now() - TRY_AGAIN_AFTER)
    for mark in failed.select_related("entry__comment__wording").order_by("failed_at")[:LOT]:
        yield [mark.entry]
    entries = Entry.objects.select_related("comment__wording").order_by("pk")
    last = Dispatched.objects.aggregate(last=Max("pk"))["last"] or 0
    lot: list[Entry] = list(entries.filter(pk__gt=last)[:LOT])
    while lot:
        yield lot
        full = len(lot) == LOT
        lot = list(entries.filter(pk__gt=lot[-1].pk)[:LOT]) if full else []


def _tell(lot: Sequence[Entry]) -> int:
    """The lot at one stroke; each apart when another outbox was faster, or one rule is broken."""
    try:
        return tell_together(lot)
    except (OperationalError, InterfaceError):
        raise
    except Exception:  # noqa: BLE001 - whose mistake it was is found, and said, one by one
        return sum(_tell_or_mark(entry) for entry in lot)


def _claim(entry: Entry) -> bool:
    """Mark the entry; a second outbox waits here for the first, and finds the mark."""
    _row, new = Dispatched.objects.get_or_create(entry=entry)
    failed = Dispatched.objects.filter(entry=entry, failed_at__isnull=False)
    return new or failed.update(failed_at=None) == 1


def _tell_or_mark(entry: Entry) -> bool:
    """A mistake in one rule must not keep back the notices of all later entries."""
    try:
        return tell_once(entry)
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        log.exception("nobody could be told of entry %s; it will be tried again", entry.seq)
        _mark_failed(entry)
        return False


def _mark_failed(entry: Entry) -> None:
    instant = now()
    Dispatched.objects.get_or_create(entry=entry, defaults={"failed_at": instant})
    failed = Dispatched.objects.filter(entry=entry, failed_at__isnull=False)
    failed.update(failed_at=instant)
