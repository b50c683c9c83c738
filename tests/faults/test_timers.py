"""A few of the thousand timers that `make faults` fires with two workers and four web processes."""

from pathlib import Path
from typing import Any

import pytest

from tests.bench.scene import environment
from tests.databases import POSTGRES, WORKER, home
from tests.faults.timers import KINDS, faults, run
from tests.servers import start_postgres

ROUNDS = 6


@pytest.mark.skipif(not POSTGRES, reason="several processes on one database: PostgreSQL")
def test_each_timer_fires_once_with_its_true_instant(tmp_path: Path) -> None:
    child, url = start_postgres(home() / f"timers-{WORKER or 'main'}")
    try:
        found = run(tmp_path, environment(tmp_path, url), rounds=ROUNDS, kills=1)
    finally:
        child.stop()
    assert (found.faults, found.timers) == ([], 2 * ROUNDS)


def test_what_happened_twice_or_never_or_still_waits_is_a_fault() -> None:
    """The control of the count."""
    often: dict[str, dict[str, int]] = {kind: {"1": 3} for kind in KINDS}
    once: dict[str, Any] = {"waiting": 0, "faults": [], "often": often}
    assert faults(once, 3) == []
    twice = once | {"often": often | {"consultation.open": {"1": 2, "2": 1}}}
    assert faults(twice, 3) == [
        "consultation.open: {1: 2, 2: 1} (times: drafts), wanted once to each of 3"
    ]
    never = once | {"often": often | {"consultation.close": {"1": 2}}}
    assert len(faults(never, 3)) == 1
    assert faults(once | {"waiting": 2}, 3) == ["2 timers still wait"]
