"""The pieces of the bench work: one short round, a few sockets. How fast is not asked here."""

import asyncio
from pathlib import Path

import pytest

from tests.bench import appending, desk, desk_groups, desk_run, fanout, filing, reporting
from tests.bench.__main__ import QUERIES_OF_FILING, QUERIES_OF_READING, _long_log, inside
from tests.bench.scene import environment, set_up
from tests.bench.serving import Site
from tests.databases import POSTGRES

SOCKETS = 20


@pytest.mark.skipif(POSTGRES, reason="a server of its own, on SQLite; once is enough")
def test_a_short_round_of_each_part_gives_its_figures(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fanout, "BREATH", 0.05)
    env = environment(tmp_path)
    scene = set_up(env)
    found = inside(env, scene, rounds=1)
    assert found["filing"] <= QUERIES_OF_FILING
    assert max(page["queries"] for page in found["pages"].values()) <= QUERIES_OF_READING
    site = Site(tmp_path, env)
    site.start()
    try:
        rounds = asyncio.run(filing.measure(site, scene, rounds=1, seconds=0.3))
        waits = asyncio.run(fanout.measure(site, scene, tmp_path, sockets=SOCKETS, rounds=1))
    finally:
        site.stop()
    assert (len(rounds.ratios), len(waits.ratios), waits.lost) == (1, 1, 0)
    assert len(filing.report("SQLite", rounds)) == 3
    assert len(fanout.report("in memory", waits, SOCKETS, fanout.TIMES_BARE)) == 2


@pytest.mark.skipif(POSTGRES, reason="a server of its own, on SQLite; once is enough")
def test_a_short_log_is_checked_and_a_loop_of_one_writer_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(appending, "WRITERS", 1)
    long, looped = tmp_path / "long", tmp_path / "loop"
    for folder in (long, looped):
        folder.mkdir()
    figures = list(_long_log(environment(long), entries=300))
    assert "faults: 0" in figures[0].words
    env = environment(looped)
    set_up(env)
    found = appending.loop(env, rounds=1, seconds=0.2)
    assert min(found[0]) > 0
    assert len(appending.report_loop("SQLite", found)) == 2


@pytest.mark.skipif(POSTGRES, reason="a server of its own, on SQLite; once is enough")
def test_two_officers_at_the_desk_give_a_figure_for_every_visit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk, "THOUGHT", (0.0, 0.05))
    monkeypatch.setattr(desk, "ALONE", 1)
    monkeypatch.setattr(desk_groups, "APART", 100)
    monkeypatch.setattr(desk_run, "LAST", 300)
    monkeypatch.setattr(desk_run, "MANY", 20)
    monkeypatch.setattr(desk_run, "LOOK_EVERY", 0.05)
    env = environment(tmp_path)
    scene = set_up(env, comments=300, officers=2)
    site = Site(tmp_path, env)
    site.start()
    try:
        waits = asyncio.run(desk.measure(site, scene, seconds=5))
    finally:
        site.stop()
    assert list(waits.alone) == list(desk.VISITS)
    figures = list(desk.report("SQLite", waits))
    assert list(waits.together) == list(desk.VISITS)
    assert len(figures) == len(waits.together) + 2
    assert len(waits.runs.seconds) == 1
    assert len(set(waits.runs.looks[0])) > 1  # its progress was seen
    assert waits.beside


@pytest.mark.skipif(POSTGRES, reason="a scratch database of its own, on SQLite; once is enough")
def test_every_writer_of_a_report_gives_its_figures(tmp_path: Path) -> None:
    env = environment(tmp_path)
    set_up(env, comments=40)
    figures = list(reporting.report(reporting.measure(env, tmp_path, 40)))
    assert len(figures) == 1 + 3 * len(reporting.WRITERS)
    once = [one for one in figures if one.what.endswith("every comment once")]
    assert [one.holds for one in once] == [True] * len(reporting.WRITERS)
