"""Fifty officers answer one comment at once, round after round: one of them does, 49 are told.

Each sends the answer she wrote with the version of the comment that all of them had read, over
HTTP to the real server. Whoever was slower reads who was faster and what she answered.
"""

import asyncio
import html
import json
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from tests.bench.caller import Caller, Reply, here
from tests.bench.scene import ROOT, Scene
from tests.bench.serving import Site
from tests.faults.clients import BUSY

VERSION = re.compile(rb'name="version" value="([0-9]+)"')
CLASH = 409


class Sent(NamedTuple):
    """One officer's answer: who wrote it, its words, and what came back."""

    name: str
    reasons: str
    reply: Reply


@dataclass
class Race:
    """What was seen: rounds, who was told, and whatever went wrong."""

    rounds: int = 0
    told: int = 0  # officers who were told who was faster and what she answered
    faults: list[str] = field(default_factory=list)
    answered: dict[int, tuple[str, str]] = field(default_factory=dict)  # by comment: who, what

    def __str__(self) -> str:
        said = f"{self.rounds} rounds, {self.told} officers told who was faster and with what"
        return "\n  ".join([f"{said}; {len(self.faults)} faults", *self.faults[:20]])


def run(site: Site, scene: Scene, *, numbers: Sequence[int]) -> Race:
    """Start the server, race on these comments, and compare the record with what was said."""
    race = Race()
    site.start()
    try:
        asyncio.run(_rounds(site, scene, race, numbers))
    finally:
        site.stop()
    kept = answers_in(site.environment)
    race.faults += _compare(race, {number: kept.get(number, []) for number in numbers})
    return race


async def _rounds(site: Site, scene: Scene, race: Race, numbers: Sequence[int]) -> None:
    queue = f"/biuro/k/{scene.slug}/uwagi/"
    with here([Caller(site.port, one.session) for one in scene.officers]) as callers:
        for caller in callers:
            await caller.arrive(f"{queue}?uwaga={numbers[0]}")
        for number in numbers:
            page = await callers[number % len(callers)].ask("GET", f"{queue}?uwaga={number}")
            found = VERSION.search(page.body)
            if found is None:
                raise RuntimeError(f"comment {number} has no form of an answer: {page.status}")
            given = zip(scene.officers, callers, strict=True)
            sends = [
                _answer(caller, f"{queue}{number}/odpowiedz/", one.name, number, found[1].decode())
                for one, caller in given
            ]
            _judge(race, number, await asyncio.gather(*sends))


async def _answer(caller: Caller, address: str, name: str, number: int, version: str) -> Sent:
    """Until the server has room for it, as the page «try again» says."""
    reasons = f"Zostaje, odpowiada {name}, uwaga {number}."
    given = {"outcome": "rejected", "reasons": reasons, "version": version}
    while (reply := await caller.post(address, **given)).status == BUSY:
        await asyncio.sleep(0.05)
    return Sent(name, reasons, reply)


def _judge(race: Race, number: int, sent: Sequence[Sent]) -> None:
    race.rounds += 1
    winners = [one for one in sent if one.reply.status == 302]
    if len(winners) != 1:
        race.faults.append(f"comment {number}: {len(winners)} answers were taken")
        return
    winner = winners[0]
    race.answered[number] = (winner.name, winner.reasons)
    for one in sent:
        if one is winner:
            continue
        missing = _missing(one, winner)
        if missing:
            race.faults.append(f"comment {number}, {one.name}: {missing}")
        else:
            race.told += 1


def _missing(one: Sent, winner: Sent) -> str:
    """What the page of whoever was slower does not say, if anything."""
    if one.reply.status != CLASH:
        return f"answered {one.reply.status}"
    page = html.unescape(one.reply.body.decode())
    wanted = {"who": winner.name, "what": winner.reasons, "her own words": one.reasons}
    return ", ".join(f"not told {name}" for name, words in wanted.items() if words not in page)


def _compare(race: Race, kept: Mapping[int, list[tuple[str, str]]]) -> list[str]:
    """The record has one answer of each comment, and it is the one whose author was told so."""
    wanted = {number: [said] for number, said in race.answered.items()}
    return [
        f"comment {number}: the record has {said}"
        for number, said in kept.items()
        if said != wanted.get(number)
    ]


def answers_in(env: Mapping[str, str]) -> dict[int, list[tuple[str, str]]]:
    """By number of the comment each answer in the record, in order; read in a process."""
    command = [sys.executable, "-m", "tests.faults.answered"]
    done = subprocess.run(
        command, cwd=ROOT, env=dict(env), capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"the answers could not be read:\n{done.stdout}{done.stderr}")
    found = json.loads(done.stdout.splitlines()[-1])
    return {int(number): [(who, what) for who, what in said] for number, said in found.items()}
