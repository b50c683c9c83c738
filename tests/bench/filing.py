"""Comments a second through the whole stack, beside a bare INSERT served by the same process."""

import asyncio
import statistics
import time
import uuid
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from functools import partial

from tests.bench.caller import Caller, here
from tests.bench.figures import Figure, Spread, at_least, spread
from tests.bench.scene import REASONS, Scene
from tests.bench.serving import Site

FLOOR, AIM = 0.4, 0.6
Send = Callable[[Caller], Awaitable[None]]


def form(organisation: int, key: str = "") -> dict[str, str]:
    """What a member sends: a question on one provision in the name of her organisation."""
    return {
        "key": key or str(uuid.uuid4()),
        "in_name_of": str(organisation),
        "kind": "question",
        "proposed_wording": "",
        "reasons": REASONS,
    }


def callers_of(site: Site, scene: Scene) -> list[Caller]:
    return [Caller(site.port, one.session, one.organisation) for one in scene.members]


async def send_form(path: str, answer: str, caller: Caller) -> None:
    """One POST; RuntimeError unless the answer leads where it should."""
    reply = await caller.post(path, **form(caller.organisation))
    if reply.status != 302 or not reply.location.startswith(answer):
        raise RuntimeError(f"{path} answered {reply.status} {reply.location}")


@dataclass
class Rounds:
    """Rates and waits of both sides, round by round."""

    filed: list[float] = field(default_factory=list)
    inserted: list[float] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)
    drains: list[float] = field(default_factory=list)
    cost: list[tuple[float, float]] = field(default_factory=list)  # CPU ms: filing, INSERT

    @property
    def ratios(self) -> list[float]:
        return [a / b for a, b in zip(self.filed, self.inserted, strict=True)]


async def measure(site: Site, scene: Scene, *, rounds: int, seconds: float) -> Rounds:
    """Take turns: the bare INSERT, then the form; before the INSERT everything comes to rest."""
    with here(callers_of(site, scene)) as callers:
        return await _turns(site, scene, callers, rounds, seconds)


async def _turns(
    site: Site, scene: Scene, callers: Sequence[Caller], rounds: int, seconds: float
) -> Rounds:
    page = f"/k/{scene.slug}/uwagi/nowa/?przepis={scene.key}"
    for caller in callers:
        await caller.arrive(page)
    insert = partial(send_form, "/bench/insert/", "/")
    file = partial(send_form, page, f"/k/{scene.slug}/uwagi/")
    await asyncio.gather(*(insert(caller) for caller in callers))
    await asyncio.gather(*(file(caller) for caller in callers))
    found = Rounds()
    for _round in range(rounds):
        await rest(callers[0])
        await _letters_are_away(callers[0])
        cpu = [site.cpu_seconds()]
        rate, inserted = await _rate(callers, insert, seconds)
        found.inserted.append(rate)
        cpu.append(site.cpu_seconds())
        rate, filed = await _rate(callers, file, seconds)
        found.filed.append(rate)
        found.waits += filed
        found.drains.append(await rest(callers[0]))
        cpu.append(site.cpu_seconds())
        found.cost.append(
            ((cpu[2] - cpu[1]) / len(filed) * 1e3, (cpu[1] - cpu[0]) / len(inserted) * 1e3)
        )
    return found


async def _rate(callers: Sequence[Caller], send: Send, seconds: float) -> tuple[float, list[float]]:
    """Every caller sends as soon as it has its answer; answers a second and their waits."""
    waits: list[float] = []
    began = time.monotonic()

    async def one(caller: Caller) -> None:
        while (at := time.monotonic()) < began + seconds:
            await send(caller)
            waits.append(time.monotonic() - at)

    await asyncio.gather(*(one(caller) for caller in callers))
    return len(waits) / (time.monotonic() - began), waits


async def rest(caller: Caller) -> float:
    """Wait until everybody has been told of everything; gives the seconds it took."""
    began = time.monotonic()
    while (await caller.ask("GET", "/bench/waiting/")).body != b"0":
        await asyncio.sleep(0.05)
    return time.monotonic() - began


async def _letters_are_away(caller: Caller) -> None:
    """Letters of the last filings must not slow down the limit."""
    while (await caller.ask("GET", "/bench/letters/")).body != b"0":
        await asyncio.sleep(0.1)


def report(name: str, found: Rounds) -> list[Figure]:
    ratio = spread(found.ratios)
    waits = sorted(found.waits)
    p50, p95 = statistics.median(waits), waits[int(len(waits) * 0.95)]
    rates = f"{_rates(spread(found.filed))} against {_rates(spread(found.inserted))} a second"
    more = f"p50 {p50 * 1e3:.0f}, p95 {p95 * 1e3:.0f} ms; notices {spread(found.drains)} s later"
    filing, insert = (spread(side) for side in zip(*found.cost, strict=True))
    return [
        at_least(f"filing / one INSERT, {name}", ratio.median, FLOOR, f"{ratio}   aim {AIM}"),
        Figure("", f"{rates}; {more}"),
        Figure("", f"processor: {filing} ms with its notices, against {insert} ms"),
    ]


def _rates(found: Spread) -> str:
    return f"{found.median:.0f} ({found.least:.0f}–{found.greatest:.0f})"
