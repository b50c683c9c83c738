"""The verdict: the checker runs in a process of its own, on the database of the run."""

import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass

from tests.bench.scene import ROOT
from tests.faults.blows import Run

SHOWN = 20  # faults that are printed


@dataclass(frozen=True)
class Verdict:
    """The run and what the checker found."""

    run: Run
    faults: list[str]
    comments: int
    notices: int
    letters: int
    committed: int

    def __str__(self) -> str:
        one = self.run
        words = (
            f"{one.kills} kills, at least {one.least} acknowledged before each,"
            f" {one.acknowledged} in all, {one.cut} sends cut off, of"
            f" which {self.committed} had been committed; {self.comments} comments,"
            f" {self.notices} notices, {self.letters} letters; all told"
            f" {one.told_after:.1f} s after the end; {len(self.faults)} faults"
        )
        return "\n  ".join([words, *self.faults[:SHOWN]])


def around_midnight(env: Mapping[str, str], many: int) -> list[str]:
    """The faults of so many comments around midnight, on an empty database; in a process."""
    command = [sys.executable, "-m", "tests.faults.around", str(many)]
    done = subprocess.run(
        command,
        cwd=ROOT,
        env={**env, "UWAGA_DEMO": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"midnight failed:\n{done.stdout}{done.stderr}")
    return list(json.loads(done.stdout.splitlines()[-1]))


def check(env: Mapping[str, str], run: Run) -> Verdict:
    """Compare the database with the journal of the run."""
    command = [sys.executable, "-m", "tests.faults.check", str(run.journal)]
    done = subprocess.run(
        command, cwd=ROOT, env=dict(env), capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"the checker failed:\n{done.stdout}{done.stderr}")
    return Verdict(run=run, **json.loads(done.stdout.splitlines()[-1]))
