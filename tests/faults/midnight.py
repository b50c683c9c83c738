"""Comments filed around the last instant of a round: the logged instant decides, always.

Rounds end on ordinary days, on the nights on which Warsaw moves its clocks and on the days around
them; several people file at once, and the clock closes the round meanwhile. Time is made: every
look at the clock moves it on, so that all instants lie within a second of midnight however fast
the machine is.
"""

import itertools
import json
import threading
import time
import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from unittest import mock

from django.db import connections

from consultations.errors import TooLate
from consultations.models import Consultation, Entry, clock
from consultations.models.clock import move_to, now
from consultations.services import consultations as rounds
from consultations.services import drafts, filing
from tests.world import World, provision

WRITERS = 6
SPAN = timedelta(seconds=2)  # from a second before midnight to a second after
LOOKS = 4  # at the clock, for each comment, about
# The last days of the rounds; on 25 October 2026 and 28 March 2027 Warsaw moves its clocks.
DAYS = (
    *(date(2026, 10, day) for day in (22, 23, 24, 25, 26, 27)),
    date(2026, 12, 31),
    *(date(2027, 3, day) for day in (26, 27, 28, 29)),
    date(2027, 4, 15),
)
seen = threading.local()


@dataclass
class Made:
    """Time that moves on a step whenever somebody looks at it."""

    at: datetime = field(default_factory=lambda: datetime.now(UTC))
    step: timedelta = timedelta(0)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def now(self) -> datetime:
        with self.lock:
            self.at += self.step
            return self.at


@dataclass
class Sent:
    """What came of the sends: when some were refused, what broke."""

    refused: list[datetime] = field(default_factory=list)
    broke: list[str] = field(default_factory=list)


def look() -> datetime:
    """The instant the service takes, remembered for whoever is refused."""
    seen.instant = now()
    instant: datetime = seen.instant
    return instant


@contextmanager
def made_time() -> Iterator[Made]:
    """The clock of the demonstration runs on made time, and the service's looks are seen."""
    made = Made()
    with (
        mock.patch.object(clock, "timezone", SimpleNamespace(now=made.now)),
        mock.patch.object(filing, "now", look),
    ):
        yield made


def file_around(world: World, days: Iterable[date], many: int) -> list[str]:
    """A round for each of the last days, with so many comments each; gives every fault."""
    with made_time() as made:
        return [
            f"{one.last_day}: {fault}"
            for one in opened(world, list(days))
            for fault in faults(one, at_once(world, one, many, made), many)
        ]


def opened(world: World, days: list[date]) -> list[Consultation]:
    """Rounds with these last days, all open now."""
    planned = [world.with_ways(world.drafted(f"program-{day}").rounds.get()) for day in days]
    first, _last = rounds.earliest_days(planned[0])
    for one, day in zip(planned, days, strict=True):
        notice = rounds.Notice(first, day, "Poznać zdanie.", "Referat", "tel. 12")
        rounds.announce_consultation(one, notice, by=world.officer)
    found = list(Consultation.objects.filter(pk__in=[one.pk for one in planned]))
    assert found[0].opens_at is not None
    move_to(found[0].opens_at)
    for one in found:
        drafts.begin_consultation(
            rounds.open_consultation(one, by=world.clock).draft, by=world.clock
        )
    return sorted(found, key=lambda one: str(one.closes_at))


def at_once(world: World, consultation: Consultation, many: int, made: Made) -> Sent:
    """So many comments by several people, while the clock closes the round."""
    assert consultation.closes_at is not None
    sent, lock, left = Sent(), threading.Lock(), iter(range(many))
    where = provision(consultation)
    move_to(consultation.closes_at - SPAN / 2)
    made.step = SPAN / (many * LOOKS)

    def write() -> None:
        while (number := _next(left, lock)) is not None:
            said = filing.Said(where, world.organisation, "question", "", f"Powód {number}.")
            try:
                filing.file_comment(consultation, said, key=uuid.uuid4(), by=world.ngo)
            except TooLate:
                sent.refused.append(seen.instant)
            except Exception as error:  # noqa: BLE001 - every outcome is counted
                sent.broke.append(repr(error))
        connections.close_all()

    run([*[write] * WRITERS, lambda: close(consultation, world)])
    made.step = timedelta(0)
    return sent


def run(works: list[Callable[[], None]]) -> None:
    """All of them at once, until the last is done."""
    threads = [threading.Thread(target=one) for one in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def close(consultation: Consultation, world: World) -> None:
    """As the clock does: at the closing instant, by the time everybody sees."""
    while now() < consultation.closes_at:  # type: ignore[operator]
        time.sleep(0.02)
    rounds.close_consultation(consultation, by=world.clock)
    connections.close_all()


def _next(left: Iterator[int], lock: threading.Lock) -> int | None:
    with lock:
        return next(left, None)


def faults(consultation: Consultation, sent: Sent, many: int) -> list[str]:
    """Where verdict and logged instant do not agree; empty when they always do."""
    closes, found = consultation.closes_at, list(sent.broke)
    assert closes is not None
    filed = dict(consultation.comments.values_list("pk", "filed_at"))
    entries = Entry.objects.filter(kind="comment.file", comment__consultation=consultation)
    logged = [
        (one.seq, filed[one.comment_id or 0], json.loads(one.payload)["facts"]["filed_at"])
        for one in entries.order_by("seq")
    ]
    found += [f"entry {seq} says {fact}" for seq, at, fact in logged if _instant(fact) != at]
    found += [f"entry {seq} taken at {at}" for seq, at, _fact in logged if at >= closes]
    found += [f"refused at {at}" for at in sent.refused if at < closes]
    pairs = itertools.pairwise(logged)
    found += [f"entry {b[0]} is earlier than {a[0]}" for a, b in pairs if b[1] <= a[1]]
    ended = Entry.objects.get(kind="consultation.close", consultation=consultation).seq
    found += [f"entry {seq} after the closing" for seq, _at, _fact in logged if seq > ended]
    if len(logged) + len(sent.refused) != many or not (logged and sent.refused):
        found.append(f"{many} sent: {len(logged)} taken, {len(sent.refused)} refused")
    return found


def _instant(fact: str) -> datetime:
    return datetime.fromisoformat(fact)
