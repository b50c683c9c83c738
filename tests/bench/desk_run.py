"""One answer for many comments, given over HTTP as an officer gives it, while others work."""

import asyncio
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.bench.caller import Caller
from tests.bench.figures import Figure, at_most

MANY = 500
LAST = 25_000  # the comments answered are the last ones: nobody else is at them
SECONDS = 10.0
EVERY = 20.0  # seconds from the beginning of one to the beginning of the next
LOOK_EVERY = 0.5
PATIENCE = 120.0
SAID = {"outcome": "rejected", "reasons": "Zostaje 21 dni: to minimum ustawy."}
MARK = re.compile(rb'name="widziane" value="([^"]*)"')
PROGRESS = re.compile(rb'<progress class="uw-progress" value="(\d+)"')


@dataclass
class Runs:
    """Seconds of each, how far each was at every look, and whether one is running now."""

    seconds: list[float] = field(default_factory=list)
    looks: list[list[int]] = field(default_factory=list)
    running: bool = False


async def answer_many(caller: Caller, queue: str, runs: Runs, more: Callable[[], bool]) -> None:
    """One after the other as long as there is `more`; the one that runs then is waited for."""
    await caller.arrive(f"{queue}?uwaga=1")
    last = LAST
    while more():
        began = time.monotonic()
        await _answer(caller, queue, range(last - MANY + 1, last + 1), runs)
        last -= MANY
        while more() and time.monotonic() < began + EVERY:
            await asyncio.sleep(LOOK_EVERY / 5)


async def _answer(caller: Caller, queue: str, numbers: range, runs: Runs) -> None:
    chosen = " ".join(map(str, numbers))
    desk = queue.replace("/uwagi/", "/razem/")
    prepared = await _posted(caller, desk, czynnosc="answer", uwaga=chosen)
    page = await _posted(caller, prepared, **SAID)
    preview = await caller.ask("GET", page)
    mark = MARK.search(preview.body)
    if mark is None:
        raise RuntimeError(f"{page} asks for no confirmation")
    began = time.monotonic()
    runs.running = True
    runs.looks.append([])
    try:
        await _posted(caller, f"{page}wykonaj/", widziane=mark[1].decode())
        await _followed(caller, page, runs.looks[-1], until=began + PATIENCE)
    finally:
        runs.running = False
    runs.seconds.append(time.monotonic() - began)


async def _followed(caller: Caller, page: str, looks: list[int], until: float) -> None:
    while time.monotonic() < until:
        shown = (await caller.ask("GET", page)).body
        if b"data-running" not in shown:
            if b"uw-notice--success" not in shown:
                raise RuntimeError(f"{page} did not answer every comment")
            return
        looks += [int(one) for one in PROGRESS.findall(shown)]
        await asyncio.sleep(LOOK_EVERY)
    raise RuntimeError(f"{page} did not end in {PATIENCE:.0f} s")


async def _posted(caller: Caller, address: str, **fields: str) -> str:
    reply = await caller.post(address, **fields)
    if reply.status != 302:
        raise RuntimeError(f"{address} answered {reply.status}")
    return reply.location


def report(said: str, runs: Runs) -> Figure:
    """The slowest of them against the bound."""
    looks = ", ".join(str(len(set(one))) for one in runs.looks)
    times = ", ".join(f"{one:.1f}" for one in runs.seconds)
    words = f"{times} s; different progress seen {looks} times"
    return at_most(said, max(runs.seconds), SECONDS, words)
