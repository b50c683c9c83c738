"""Kill -9 of the real server in the middle of a run: it goes on, and no row is done twice."""

from pathlib import Path

import pytest

from tests.bench.answering import inside
from tests.bench.scene import environment, set_up
from tests.bench.serving import Site
from tests.databases import POSTGRES

MANY, LEAST = 400, 20


@pytest.mark.skipif(POSTGRES, reason="a server of its own, on SQLite; once is enough")
def test_killed_in_the_middle_it_goes_on_and_does_each_row_once(tmp_path: Path) -> None:
    env = environment(tmp_path)
    set_up(env, comments=MANY)
    site = Site(tmp_path, env)
    site.start()
    try:
        run = inside(env, "begin", MANY)["run"]
        middle = inside(env, "wait", run, LEAST)
        site.kill()
        stopped = inside(env, "wait", run, 1)
        site.start()
        ended = inside(env, "wait", run)
    finally:
        site.stop()
    assert LEAST <= middle["done"] <= stopped["done"] < MANY
    assert stopped["done"] == stopped["acts"]  # each row stands with its act, neither alone
    assert (ended["done"], ended["acts"], ended["comments"]) == (MANY, MANY, MANY)
