"""One run: a site under load is killed again and again, and comes to rest in the end."""

import asyncio
import json
import random
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.bench.caller import Caller, here
from tests.bench.filing import callers_of
from tests.bench.scene import Scene
from tests.bench.serving import Site
from tests.faults.clients import Crowd, Journal

AT_LEAST = 20  # acknowledgements before each blow
GRACE = 30.0  # seconds in which everybody must have been told: a dead leader's lease takes 10
PATIENCE = 60.0


@dataclass(frozen=True)
class Run:
    """What happened, for the report."""

    kills: int
    acknowledged: int
    least: int  # acknowledgements before a blow, since the blow before it
    cut: int
    told_after: float  # seconds after the last restart until nothing waited
    journal: Path


def run(site: Site, scene: Scene, home: Path, *, kills: int, forget_keys: bool = False) -> Run:
    """Start, load, kill and restart `kills` times, let it come to rest, write the journal."""
    journal = Journal(forget_keys=forget_keys)
    site.start()
    try:
        told_after, least = asyncio.run(_load(site, scene, journal, kills))
    finally:
        site.stop()
    written = home / "journal.json"
    written.write_text(json.dumps(asdict(journal) | {"slug": scene.slug}))
    if least < AT_LEAST:
        raise RuntimeError(f"a blow fell after {least} acknowledgements only")
    return Run(kills, len(journal.acknowledged), least, len(journal.cut), told_after, written)


async def _load(site: Site, scene: Scene, journal: Journal, kills: int) -> tuple[float, int]:
    """Gives how long it took to rest, and the fewest acknowledgements before a blow."""
    before: list[int] = []
    page = f"/k/{scene.slug}/uwagi/nowa/?przepis={scene.key}"
    crowd = Crowd(scene.slug, page, journal)
    with here(callers_of(site, scene)) as callers, here([Caller(site.port)]) as (observer,):
        for caller in callers:
            await caller.arrive(page)
        crowd.up.set()
        async with asyncio.TaskGroup() as group:
            for caller in callers:
                group.create_task(crowd.client(caller))
            for blow in range(kills):
                before += [await _blow(site, crowd, observer if blow % 2 else None)]
            crowd.over = True
        return await _rest(observer), min(before)


async def _blow(site: Site, crowd: Crowd, observer: Caller | None) -> int:
    """Kill and restart; with an observer the blow falls while notices are being written.

    Gives how many were acknowledged since the server was started, counted at the kill.
    """
    begun = len(crowd.journal.acknowledged)
    enough = begun + AT_LEAST
    until = time.monotonic() + PATIENCE
    while len(crowd.journal.acknowledged) < enough:
        if time.monotonic() > until:
            raise TimeoutError(f"{AT_LEAST} comments were not acknowledged in {PATIENCE} s")
        await asyncio.sleep(0.01)
    if observer:
        await _notices_are_written(observer)
    await asyncio.sleep(random.uniform(0, 0.7))  # noqa: S311 - a moment nobody chose
    acknowledged = len(crowd.journal.acknowledged) - begun
    site.kill()
    crowd.up.clear()
    await asyncio.to_thread(site.start)
    crowd.up.set()
    return acknowledged


async def _waiting(observer: Caller) -> int:
    return int((await observer.ask("GET", "/bench/waiting/")).body)


async def _notices_are_written(observer: Caller) -> None:
    """The number of entries nobody was told of gets smaller: the outbox is at work."""
    until, before = time.monotonic() + GRACE, 0
    while (now := await _waiting(observer)) >= before:
        if time.monotonic() > until:
            raise TimeoutError(f"the outbox was not at work within {GRACE} s")
        before = now
        await asyncio.sleep(0.02)
    observer.leave()


async def _rest(observer: Caller) -> float:
    """Until nothing waits, or the grace is over: then the checker will say so."""
    began = time.monotonic()
    while await _waiting(observer) and time.monotonic() < began + GRACE:
        await asyncio.sleep(0.1)
    return time.monotonic() - began
