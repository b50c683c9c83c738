"""One blow to the real server: what `make faults` does fifty times on each database."""

from pathlib import Path

import pytest

from tests.bench.scene import environment, set_up
from tests.bench.serving import Site
from tests.databases import POSTGRES
from tests.faults.blows import AT_LEAST, run
from tests.faults.trial import check


@pytest.mark.skipif(POSTGRES, reason="a server of its own, on SQLite; once is enough")
def test_after_kill_9_nothing_acknowledged_is_lost_doubled_or_untold(tmp_path: Path) -> None:
    env = environment(tmp_path)
    scene = set_up(env)
    verdict = check(env, run(Site(tmp_path, env), scene, tmp_path, kills=1))
    assert verdict.faults == []
    assert verdict.run.acknowledged >= verdict.run.least >= AT_LEAST
