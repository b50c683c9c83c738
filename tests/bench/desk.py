"""The review desk with 25,000 comments while ten officers work: how long each page takes.

Over HTTP through the whole stack. Each officer goes through the same round of visits, a moment
of thought before each; every answer is a comment of her own. Meanwhile another officer gives one
answer to 500, again and again. What else must hold at the desk is one more function in `VISITS`.
"""

import asyncio
import random
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count

from tests.bench import desk_groups, desk_run
from tests.bench import desk_visits as visits
from tests.bench.caller import Caller, here
from tests.bench.desk_run import Runs
from tests.bench.desk_visits import Officer
from tests.bench.figures import Figure, at_most
from tests.bench.scene import Scene
from tests.bench.serving import Site

COMMENTS, OFFICERS = 25_000, 10
SECONDS = 60.0
THOUGHT = (1.0, 3.0)  # seconds before each visit: quicker than anybody works
P95_MS = 300.0
ALONE = 5  # visits of each kind by one officer before the others come

Visit = Callable[[Officer], Awaitable[None]]
# In their order; those that are named with a bound must come within P95_MS.
VISITS: dict[str, Visit] = {
    "queue page": visits.queue,
    "filter, a provision": visits.by_provision,
    "filter, no department": visits.by_department,
    "search, a word of all": visits.search_common,
    "search, a word of one": visits.search_rare,
    "a comment beside the list": visits.open_comment,
    "groups, what is proposed": desk_groups.proposed,
    "groups, the similar ones": desk_groups.similar,
    "groups, one made": desk_groups.made,
    "groups, one taken apart": desk_groups.taken_apart,
    "answering one": visits.answer,
}
BOUND = tuple(name for name in VISITS if name.startswith(("queue", "filter", "search", "groups")))


@dataclass
class Waits:
    """Seconds of each visit: by one officer alone, and with all of them at work.

    `cost` is the server's processor time of the visits alone: other work on the machine, which
    waits tell of too, changes it little. `beside` are those of the bound visits that began while
    one answer was being given to many.
    """

    alone: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    cost: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    together: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    beside: list[float] = field(default_factory=list)
    runs: Runs = field(default_factory=Runs)


async def measure(site: Site, scene: Scene, *, seconds: float = SECONDS) -> Waits:
    """One officer alone, then all of them for so long."""
    waits, address = Waits(), f"/biuro/k/{scene.slug}/uwagi/"
    callers = [Caller(site.port, one.session) for one in scene.officers]
    with here([head := Caller(site.port, scene.officer), *callers]):
        team = [
            Officer(caller, address, scene.key, count(1 + at, len(callers)))
            for at, caller in enumerate(callers)
        ]
        for one in team:
            await one.caller.arrive(f"{address}?uwaga=1")
        for _turn in range(ALONE):
            await _alone(site, team[0], waits)
        until = time.monotonic() + seconds
        await asyncio.gather(
            desk_run.answer_many(head, address, waits.runs, lambda: time.monotonic() < until),
            *(_work(one, waits, until) for one in team),
        )
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


async def _work(officer: Officer, waits: Waits, until: float) -> None:
    await asyncio.sleep(random.uniform(0, THOUGHT[1]))  # noqa: S311 - they do not begin as one
    while time.monotonic() < until:
        for name, visit in VISITS.items():
            await asyncio.sleep(random.uniform(*THOUGHT))  # noqa: S311 - nobody works by the clock
            if time.monotonic() < until:
                beside = waits.runs.running and name in BOUND
                waits.together[name].append(wait := await _timed(visit, officer))
                waits.beside += [wait] if beside else []


def report(name: str, waits: Waits) -> Iterator[Figure]:
    for what, found in waits.together.items():
        p50, p95 = _part(found, 0.5), _part(found, 0.95)
        alone = _part(waits.alone[what], 0.5)
        cost = waits.cost[what] / len(waits.alone[what]) * 1e3
        words = f"p50 {p50:.0f}, p95 {p95:.0f} ms of {len(found)}"
        words += f"; one officer alone {alone:.0f} ms, {cost:.0f} of them processor"
        said = f"desk of {COMMENTS:,}, {what}, {name}"
        yield at_most(said, p95, P95_MS, words) if what in BOUND else Figure(said, words)
    yield desk_run.report(
        f"desk of {COMMENTS:,}, one answer for {desk_run.MANY}, {name}", waits.runs
    )
    if waits.beside:
        p50, p95 = _part(waits.beside, 0.5), _part(waits.beside, 0.95)
        words = f"p50 {p50:.0f}, p95 {p95:.0f} ms of {len(waits.beside)}"
        yield at_most(f"the bound visits beside it, {name}", p95, P95_MS, words)


def _part(found: Sequence[float], part: float) -> float:
    """The wait in milliseconds that this part of the visits does not exceed."""
    ordered = sorted(found)
    return ordered[min(int(len(ordered) * part), len(ordered) - 1)] * 1e3
