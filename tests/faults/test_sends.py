"""Fifty equal sends of one form at once, over HTTP to the real server: one comment, one answer."""

import asyncio
import uuid
from collections import Counter
from pathlib import Path

from tests.bench.caller import Caller, Reply, here
from tests.bench.filing import form
from tests.bench.scene import Scene, environment, set_up
from tests.bench.serving import Site
from tests.databases import POSTGRES, WORKER, home
from tests.faults.clients import BUSY
from tests.servers import start_postgres

MANY = 50
Answers = Counter[tuple[int, str]]


async def send(caller: Caller, page: str, key: str) -> Reply:
    """Until the server has room for it: a browser says «try again», under the same key."""
    while True:
        reply = await caller.post(page, **form(caller.organisation, key))
        if reply.status != BUSY:
            return reply
        await asyncio.sleep(0.05)


async def at_once(site: Site, scene: Scene, keys: list[str]) -> Answers:
    """The same form by one person from fifty tabs, each send under its key; what came back."""
    page = f"/k/{scene.slug}/uwagi/nowa/?przepis={scene.key}"
    who = scene.members[0]
    tabs = [Caller(site.port, who.session, who.organisation) for _ in keys]
    with here(tabs) as callers:
        await callers[0].arrive(page)
        for one in callers[1:]:
            one.token, one.cookie = callers[0].token, callers[0].cookie
        pairs = zip(callers, keys, strict=True)
        replies = await asyncio.gather(*(send(one, page, key) for one, key in pairs))
    return Counter((one.status, one.location) for one in replies)


def test_fifty_sends_under_one_key_are_one_comment_and_fifty_equal_answers(tmp_path: Path) -> None:
    """And the control: fifty keys are fifty comments. On the database of this run of the suite."""
    mine = home() / f"sends-{WORKER or 'main'}"
    child, url = start_postgres(mine) if POSTGRES else (None, "")
    try:
        one, many = _answers(tmp_path, url)
    finally:
        if child:
            child.stop()
    assert (list(one.values()), [status for status, _place in one]) == ([MANY], [302])
    assert ({status for status, _place in many}, len(many)) == ({302}, MANY)
    numbers = {place.split("/uwagi/")[1].split("/")[0] for _status, place in (*one, *many)}
    assert numbers == {str(number) for number in range(1, MANY + 2)}


def _answers(folder: Path, url: str) -> tuple[Answers, Answers]:
    env = environment(folder, url)
    scene = set_up(env)
    site = Site(folder, env)
    site.start()
    try:
        same = asyncio.run(at_once(site, scene, [str(uuid.uuid4())] * MANY))
        other = asyncio.run(at_once(site, scene, [str(uuid.uuid4()) for _ in range(MANY)]))
    finally:
        site.stop()
    return same, other
