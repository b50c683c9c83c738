"""The loop: wakes at once, hears other processes, leads alone, ends cleanly."""

import os
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection
from django.utils import timezone

from consultations.models import Consultation, LogHead
from consultations.models.clock import move_to
from tests.processes import Child
from tests.workflows.races import race
from tests.workflows.walk import Walk
from workflows import jobs, loop
from workflows.leases import TTL, Leader
from workflows.loop import Loop
from workflows.models import Lease
from workflows.tick import tick

NEVER = 3600.0
SOON = 10.0
MANAGE = Path(__file__).resolve().parents[2] / "manage.py"


@contextmanager
def job(work: Callable[[], int]) -> Iterator[None]:
    """A job that every tick runs, for the time of the test."""
    jobs.register(work)
    try:
        yield
    finally:
        jobs._jobs.remove(work)


@contextmanager
def running() -> Iterator[None]:
    one = Loop()
    thread = threading.Thread(target=one.run)
    thread.start()
    try:
        yield
    finally:
        one.stop()
        thread.join(30)


class Counter:
    """A job that counts its runs and lets a test wait for one."""

    def __init__(self) -> None:
        self.ran, self.again = 0, threading.Event()

    def __call__(self) -> int:
        self.ran += 1
        self.again.set()
        return 1


@pytest.mark.django_db
def test_jobs_run_with_every_tick_and_a_broken_one_stops_nobody(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def broken() -> int:
        raise RuntimeError("no")

    counter = Counter()
    with job(broken), job(counter):
        assert (tick(), tick()) == (1, 1)
    assert counter.ran == 2
    assert [record.message.partition(" failed")[2] for record in caplog.records] == [
        "; the next tick tries again"
    ]


def test_registering_a_job_twice_is_once() -> None:
    counter = Counter()
    with job(counter):
        jobs.register(counter)
        assert jobs.registered().count(counter) == 1


@pytest.mark.django_db(transaction=True)
def test_an_act_of_this_process_wakes_the_loop_at_once(
    walk: Walk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loop, "TICK_EVERY", NEVER)
    monkeypatch.setattr(loop, "LOOK_EVERY", NEVER)
    counter = Counter()
    loop._awake.clear()
    with job(counter), running():
        assert counter.again.wait(0.3) is False
        walk.registered()
        assert counter.again.wait(SOON) is True


@pytest.mark.django_db(transaction=True)
def test_an_entry_of_another_process_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loop, "TICK_EVERY", NEVER)
    monkeypatch.setattr(loop, "LOOK_EVERY", 0.02)
    counter = Counter()
    with job(counter), running():
        assert counter.again.wait(SOON) is True
        counter.again.clear()
        _another_process_writes()
        assert counter.again.wait(SOON) is True


def _another_process_writes() -> None:
    head = LogHead.objects.get(pk=1)
    LogHead.objects.filter(pk=1).update(size=head.size + 1, last_t_us=head.last_t_us + 1)


@pytest.mark.django_db(transaction=True)
def test_the_loop_gives_its_lease_back() -> None:
    counter = Counter()
    with job(counter), running():
        assert counter.again.wait(SOON) is True
        assert Lease.objects.count() == 1
    assert Lease.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_the_loop_goes_on_after_trouble_and_tells_it_once(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    troubles = iter([OperationalError("gone"), RuntimeError("worse")])
    again = threading.Event()

    def tick_after_trouble() -> int:
        for trouble in troubles:
            raise trouble
        again.set()
        return tick()

    monkeypatch.setattr(loop, "tick", tick_after_trouble)
    monkeypatch.setattr(loop, "TICK_EVERY", 0.01)
    with running():
        assert again.wait(SOON) is True
    assert [record.message for record in caplog.records] == ["the loop stumbled and goes on"]


@pytest.mark.django_db
def test_only_one_leads_until_its_lease_runs_out() -> None:
    first, second = Leader(), Leader()
    assert (first.leads(), second.leads(), first.leads()) == (True, False, True)
    Lease.objects.update(expires=timezone.now() - timedelta(seconds=1))
    first._renew_at = 0.0
    assert (second.leads(), first.leads()) == (True, False)
    second.step_down()
    assert first.leads() is True


@pytest.mark.django_db
def test_a_follower_does_nothing() -> None:
    counter = Counter()
    with job(counter):
        assert Leader().leads() is True
        assert (tick(Leader()), counter.ran) == (0, 0)


@pytest.mark.django_db
def test_a_lease_in_its_first_half_asks_the_database_nothing(
    django_assert_num_queries: Callable[..., object],
) -> None:
    leader = Leader()
    assert leader.leads() is True
    with django_assert_num_queries(0):  # type: ignore[attr-defined]
        assert leader.leads() is True
    assert TTL > loop.TICK_EVERY * 2


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_eight_that_race_for_the_lease_one_leads() -> None:
    leading: list[bool] = []
    assert race(lambda: leading.append(Leader().leads())) == ["done"] * 8
    assert leading.count(True) == 1


@pytest.mark.django_db
def test_the_tick_command_ticks_once_and_leaves_the_lease(
    capsys: pytest.CaptureFixture[str],
) -> None:
    counter = Counter()
    with job(counter):
        call_command("tick")
        assert (capsys.readouterr().out, Lease.objects.count()) == ("1\n", 0)
        assert Leader().leads() is True
        call_command("tick")
    assert capsys.readouterr().out == "Another worker leads; nothing to do.\n"
    assert counter.ran == 1


@pytest.mark.django_db(transaction=True)
def test_a_worker_opens_the_round_and_ends_cleanly_when_asked(walk: Walk, tmp_path: Path) -> None:
    consultation = walk.announced()
    assert consultation.opens_at is not None

    move_to(consultation.opens_at)
    worker = Child(
        [sys.executable, MANAGE, "worker"],
        log=tmp_path / "worker.log",
        env={**os.environ, "DATABASE_URL": _url()},
    )
    worker.wait_until(lambda: _state(consultation.pk) == "open", "the worker")
    worker.stop()
    assert (worker.process.returncode, worker.tail()) == (0, "")
    assert Lease.objects.count() == 0


def _state(pk: int) -> str:

    return str(Consultation.objects.get(pk=pk).state)


def _url() -> str:
    """The test's own database, as another process is told of it."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return f"{os.environ['DATABASE_URL'].rpartition('/')[0]}/{name}"
