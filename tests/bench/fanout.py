"""From commit to the last of many sockets, beside a bare broadcast in memory to as many."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path

from tests.bench.caller import Caller, here
from tests.bench.figures import Figure, at_most, spread
from tests.bench.filing import callers_of, rest, send_form
from tests.bench.listening import Crowd
from tests.bench.scene import ROOT, Scene
from tests.bench.serving import Bare, Site

TIMES_BARE, TIMES_BARE_VALKEY = 6, 8
BREATH = 0.5  # seconds between rounds
WARM_UP = 2  # rounds that are not counted


@dataclass
class Waits:
    """Seconds from commit (or call) to the last socket, round by round."""

    site: list[float] = field(default_factory=list)
    websockets: list[float] = field(default_factory=list)
    daphne: list[float] = field(default_factory=list)
    lost: int = 0

    @property
    def ratios(self) -> list[float]:
        return [a / b for a, b in zip(self.site, self.websockets, strict=True)]


async def measure(site: Site, scene: Scene, home: Path, *, sockets: int, rounds: int) -> Waits:
    """All three crowds listen at once and are told in turns."""
    with (
        Bare(home, ["-m", "tests.bench.broadcast"], ROOT) as fast,
        Bare(
            home, ["-m", "daphne", "-b", "127.0.0.1", "tests.bench.broadcast:bare", "-p"], ROOT
        ) as slow,
    ):
        crowds = [
            Crowd(site.port, f"/ws/?topics=k:{scene.slug}"),
            Crowd(fast.port, "/"),
            Crowd(slow.port, "/"),
        ]
        try:
            return await _turns(site, scene, crowds, sockets, rounds)
        finally:
            for crowd in crowds:
                crowd.disperse()
            await asyncio.sleep(0.2)


async def _turns(site: Site, scene: Scene, crowds: list[Crowd], sockets: int, rounds: int) -> Waits:
    with here([callers_of(site, scene)[0], Caller(site.port, scene.officer)]) as (member, officer):
        await _something_to_admit(scene, member, officer, rounds + WARM_UP)
        return await _told_in_turns(scene, officer, crowds, sockets, rounds)


async def _told_in_turns(
    scene: Scene, officer: Caller, crowds: list[Crowd], sockets: int, rounds: int
) -> Waits:
    ours, fast, slow = crowds
    await ours.gather(sockets, first_frames=1)
    await fast.gather(sockets, first_frames=0)
    await slow.gather(sockets, first_frames=0)
    await rest(officer)
    found = Waits()
    for _round in range(rounds + WARM_UP):
        found.websockets.append(await _told(fast, lambda: _say(fast)))
        found.daphne.append(await _told(slow, lambda: _say(slow)))
        found.site.append(await _told(ours, lambda: _admit(officer, scene)))
        await rest(officer)
    for waits in (found.site, found.websockets, found.daphne):
        del waits[:WARM_UP]
    found.lost = sum(crowd.lost for crowd in crowds)
    return found


async def _something_to_admit(scene: Scene, member: Caller, officer: Caller, many: int) -> None:
    """The member files comments; the officer, who will admit them, has the token of a form."""
    page = f"/k/{scene.slug}/uwagi/nowa/?przepis={scene.key}"
    for caller in (member, officer):
        await caller.arrive(page)
    for _comment in range(many):
        await send_form(page, f"/k/{scene.slug}/uwagi/", member)


async def _told(crowd: Crowd, tell: Callable[[], Awaitable[float | None]]) -> float:
    """Seconds from the instant `tell` names, or the frame itself, to the last socket."""
    await asyncio.sleep(BREATH)
    crowd.expect()
    began = await tell()
    last = await crowd.complete()
    return last - (float(crowd.last.decode()) if began is None else began)


async def _say(crowd: Crowd) -> None:
    crowd.listeners[0].say(b"tell")


async def _admit(officer: Caller, scene: Scene) -> float:
    reply = await officer.post(f"/bench/admit/{scene.slug}/")
    if reply.status != 200:
        raise RuntimeError(f"nothing was admitted: {reply.status}")
    return float(json.loads(reply.body)["committed"])


def report(name: str, found: Waits, sockets: int, bound: float) -> list[Figure]:
    ratio = spread(found.ratios)
    words = ", ".join(
        f"{who} {spread([wait * 1e3 for wait in waits])}"
        for who, waits in (
            ("site", found.site),
            ("websockets", found.websockets),
            ("bare daphne", found.daphne),
        )
    )
    beside = spread([a / b for a, b in zip(found.site, found.daphne, strict=True)])
    return [
        at_most(f"commit to the last of {sockets} / bare, {name}", ratio.median, bound, str(ratio)),
        Figure("", f"ms: {words}; {beside} times bare daphne; {found.lost} sockets lost"),
    ]
