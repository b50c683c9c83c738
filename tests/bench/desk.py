"""The review desk with 25,000 comments while ten officers work: how long each page takes.

Over HTTP through the whole stack. Each officer goes through the same round of visits, a moment
of thought before each; every answer is a comment of her own. Whatever else must hold at the desk
is one more function in `VISITS`, and what runs beside the officers one more in `BESIDE`.
"""

import asyncio
import random
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable, Coroutine, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from tests.bench.caller import Caller, Reply, here
from tests.bench.figures import Figure, at_most
from tests.bench.scene import Scene
from tests.bench.serving import Site

COMMENTS, OFFICERS = 25_000, 10
SECONDS = 60.0
THOUGHT = (1.0, 3.0)  # seconds before each visit: quicker than anybody works
P95_MS = 300.0
ALONE = 5  # visits of each kind by one officer before the others come
RARE = "Termin wynosi {number} dni"  # in one comment; the other word is in all of them
COMMON = "weekendy"


@dataclass
class Officer:
    """One of the ten: her connection, the comment she is at, where the desk is."""

    caller: Caller
    queue: str
    provision: str
    numbers: Iterator[int]
    number: int = 1
    version: str = ""


async def read(officer: Officer, query: str) -> Reply:
    """The queue under this query; RuntimeError unless it comes."""
    reply = await officer.caller.ask("GET", officer.queue + query)
    if reply.status != 200:
        raise RuntimeError(f"{officer.queue}{query} answered {reply.status}")
    return reply


async def queue(officer: Officer) -> None:
    await read(officer, "")


async def by_provision(officer: Officer) -> None:
    await read(officer, f"?stan=admitted&przepis={officer.provision}")


async def by_department(officer: Officer) -> None:
    await read(officer, "?stan=open&wydzial=brak")


async def search_common(officer: Officer) -> None:
    await read(officer, f"?szukaj={COMMON}")


async def search_rare(officer: Officer) -> None:
    words = RARE.format(number=officer.number).replace(" ", "+")
    await read(officer, f"?szukaj={words}")


async def open_comment(officer: Officer) -> None:
    """The next of her comments beside the list."""
    officer.number = next(officer.numbers)
    page = (await read(officer, f"?uwaga={officer.number}")).body
    officer.version = page.partition(b'name="version" value="')[2].partition(b'"')[0].decode()


async def answer(officer: Officer) -> None:
    """The answer to the comment she has open."""
    given = {"outcome": "rejected", "reasons": f"Zostaje ({officer.number})."}
    address = f"{officer.queue}{officer.number}/odpowiedz/"
    reply = await officer.caller.post(address, **given, version=officer.version)
    if reply.status != 302:
        raise RuntimeError(f"{address} answered {reply.status}")


Visit = Callable[[Officer], Awaitable[None]]
# In their order; those that are named with a bound must come within P95_MS.
VISITS: dict[str, Visit] = {
    "queue page": queue,
    "filter, a provision": by_provision,
    "filter, no department": by_department,
    "search, a word of all": search_common,
    "search, a word of one": search_rare,
    "a comment beside the list": open_comment,
    "answering one": answer,
}
BOUND = tuple(VISITS)[:5]
# What else is at work meanwhile: started with the officers, and ended with them.
BESIDE: dict[str, Callable[[Site, Scene], Coroutine[Any, Any, None]]] = {}


@dataclass
class Waits:
    """Seconds of each visit: by one officer alone, and with all of them at work.

    `cost` is the server's processor time of the visits alone: other work on the machine, which
    waits tell of too, changes it little.
    """

    alone: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    cost: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    together: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))


async def measure(site: Site, scene: Scene, *, seconds: float = SECONDS) -> Waits:
    """One officer alone, then all of them for so long."""
    waits, address = Waits(), f"/biuro/k/{scene.slug}/uwagi/"
    callers = [Caller(site.port, one.session) for one in scene.officers]
    with here(callers):
        team = [
            Officer(caller, address, scene.key, count(1 + at, len(callers)))
            for at, caller in enumerate(callers)
        ]
        for one in team:
            await one.caller.arrive(f"{address}?uwaga=1")
        for _turn in range(ALONE):
            await _alone(site, team[0], waits)
        until = time.monotonic() + seconds
        beside: list[asyncio.Task[None]] = [
            asyncio.create_task(work(site, scene)) for work in BESIDE.values()
        ]
        await asyncio.gather(*(_work(one, waits.together, until) for one in team))
        for task in beside:
            task.cancel()
        ended = await asyncio.gather(*beside, return_exceptions=True)
    broken = [one for one in ended if isinstance(one, Exception)]
    if broken:
        raise broken[0]
    return waits


async def _alone(site: Site, officer: Officer, waits: Waits) -> None:
    for name, visit in VISITS.items():
        used = site.cpu_seconds()
        waits.alone[name].append(await _timed(visit, officer))
        waits.cost[name] += site.cpu_seconds() - used


async def _timed(visit: Visit, officer: Officer) -> float:
    began = time.monotonic()
    await visit(officer)
    return time.monotonic() - began


async def _work(officer: Officer, waits: dict[str, list[float]], until: float) -> None:
    await asyncio.sleep(random.uniform(0, THOUGHT[1]))  # noqa: S311 - they do not begin as one
    while time.monotonic() < until:
        for name, visit in VISITS.items():
            await asyncio.sleep(random.uniform(*THOUGHT))  # noqa: S311 - nobody works by the clock
            if time.monotonic() < until:
                waits[name].append(await _timed(visit, officer))


def report(name: str, waits: Waits) -> Iterator[Figure]:
    for what, found in waits.together.items():
        p50, p95 = _part(found, 0.5), _part(found, 0.95)
        alone = _part(waits.alone[what], 0.5)
        cost = waits.cost[what] / len(waits.alone[what]) * 1e3
        words = f"p50 {p50:.0f}, p95 {p95:.0f} ms of {len(found)}"
        words += f"; one officer alone {alone:.0f} ms, {cost:.0f} of them processor"
        said = f"desk of {COMMENTS:,}, {what}, {name}"
        yield at_most(said, p95, P95_MS, words) if what in BOUND else Figure(said, words)


def _part(found: Sequence[float], part: float) -> float:
    """The wait in milliseconds that this part of the visits does not exceed."""
    ordered = sorted(found)
    return ordered[min(int(len(ordered) * part), len(ordered) - 1)] * 1e3
