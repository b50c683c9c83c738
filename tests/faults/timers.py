"""Hundreds of timers due at once, two workers and four web processes that all may fire them.

Each process has a loop of its own and races for the lease. Both workers are killed twice on the
way (kill -9) and started again; when one of them led, its lease runs out and another goes on. Then
the record says how often each round was opened and closed, and whether with its true instant.
"""

import json
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.bench.scene import ROOT
from tests.bench.serving import Site
from tests.processes import Child

WORKERS, WEBS = 2, 4
PATIENCE = 900.0  # seconds for all of it
KINDS = (
    *("consultation.open", "consultation.close"),
    *("draft.begin_consultation", "draft.begin_review"),
)


@dataclass
class Fired:
    """What was seen: timers, how long it took, how often the workers were killed, what is wrong."""

    timers: int
    seconds: float = 0.0
    killed: int = 0
    faults: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        said = (
            f"{self.timers} timers in {self.seconds:.0f} s, both workers killed {self.killed} times"
        )
        return "\n  ".join([f"{said}, {len(self.faults)} faults", *self.faults[:20]])


class Worker:
    """One `manage.py worker`; what died is started again by `start`, as a supervisor would."""

    def __init__(self, home: Path, number: int, env: Mapping[str, str]) -> None:
        self.log, self.env = home / f"worker-{number}.log", dict(env)
        self.child: Child | None = None

    def start(self) -> None:
        command = [sys.executable, str(ROOT / "manage.py"), "worker"]
        self.child = Child(command, log=self.log, env=self.env | {"PYTHONPATH": str(ROOT)})

    def kill(self) -> None:
        """kill -9."""
        assert self.child is not None
        self.child.process.kill()
        self.child.process.wait()

    def stop(self) -> None:
        if self.child:
            self.child.stop()


def run(home: Path, env: Mapping[str, str], *, rounds: int, kills: int) -> Fired:
    """Fill, start everything, kill both workers `kills` times on the way, and read the record."""
    _due({**env, "UWAGA_DEMO": "1"}, "fill", str(rounds))
    found = Fired(timers=2 * rounds)
    workers = [Worker(home, number, env) for number in range(WORKERS)]
    sites = [Site(_folder(home, number), env) for number in range(WEBS)]
    began = time.monotonic()
    try:
        for worker in workers:
            worker.start()
        for site in sites:
            site.start()
        _watch(env, workers, found, kills, until=began + PATIENCE)
    finally:
        for stop in [one.stop for one in workers] + [one.stop for one in sites]:
            stop()
    found.seconds = time.monotonic() - began
    found.faults += faults(_due(env, "count"), rounds)
    return found


def _watch(
    env: Mapping[str, str], workers: list[Worker], found: Fired, kills: int, *, until: float
) -> None:
    """Until no timer waits; the workers are killed whenever the next share of them is done."""
    while (waiting := _due(env, "count")["waiting"]) and time.monotonic() < until:
        share = found.timers * (found.killed + 1) // (kills + 1)
        if found.killed < kills and found.timers - waiting >= share:
            for worker in workers:
                worker.kill()
                worker.start()
            found.killed += 1
        time.sleep(1)


def faults(seen: Mapping[str, Any], rounds: int) -> list[str]:
    """Everything that was not done exactly once to each of so many drafts."""
    wrong = list(seen["faults"])
    if seen["waiting"]:
        wrong.append(f"{seen['waiting']} timers still wait")
    for kind in KINDS:
        often = {int(times): drafts for times, drafts in seen["often"].get(kind, {}).items()}
        if often != {1: rounds}:
            wrong.append(f"{kind}: {often} (times: drafts), wanted once to each of {rounds}")
    return wrong


def _folder(home: Path, number: int) -> Path:
    folder = home / f"web-{number}"
    folder.mkdir()
    return folder


def _due(env: Mapping[str, str], *words: str) -> Any:
    """What `tests.faults.due` prints, as JSON; it runs in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.due", *words],
        cwd=ROOT,
        env=dict(env),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{words} failed:\n{done.stdout}{done.stderr}")
    return json.loads(done.stdout.splitlines()[-1]) if done.stdout else None
