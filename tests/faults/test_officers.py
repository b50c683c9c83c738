"""Officers who answer one comment at once: what `make faults` does with fifty, a hundred times."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bench.scene import WITHOUT_VERSIONS, environment, set_up
from tests.bench.serving import Site
from tests.databases import POSTGRES, WORKER, home
from tests.faults.officers import run
from tests.servers import start_postgres

OFFICERS, ROUNDS = 8, 3


@pytest.fixture
def url() -> Iterator[str]:
    """An empty database of the kind this run of the suite is for."""
    if not POSTGRES:
        yield ""
        return
    child, address = start_postgres(home() / f"officers-{WORKER or 'main'}")
    try:
        yield address
    finally:
        child.stop()


def test_one_answers_and_the_others_are_told_who_and_what(tmp_path: Path, url: str) -> None:
    """And the control, on comments of its own: without the version all answers are taken."""
    env = environment(tmp_path, url)
    scene = set_up(env, comments=2 * ROUNDS, officers=OFFICERS)
    found = run(Site(tmp_path, env), scene, numbers=range(1, ROUNDS + 1))
    assert found.faults == []
    assert (found.rounds, found.told) == (ROUNDS, ROUNDS * (OFFICERS - 1))
    blind = Site(tmp_path, env | {WITHOUT_VERSIONS: "1"})
    others = range(ROUNDS + 1, 2 * ROUNDS + 1)
    lost = run(blind, scene, numbers=others)
    wanted = {f"comment {number}: {OFFICERS} answers were taken" for number in others}
    assert wanted <= set(lost.faults)
