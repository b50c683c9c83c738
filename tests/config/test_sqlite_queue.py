"""Who wants to write to SQLite waits in a queue: in order, not for ever, and nobody blocks it."""

import gc
import threading
import time
import weakref
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import OperationalError
from django.db.utils import ConnectionHandler

from config.sqlite_fair.base import Turns, queue_of

SHORT = 0.05
pytestmark = pytest.mark.django_db  # databases of these tests are files of their own


def test_turns_come_in_the_order_of_asking() -> None:
    turns, order = Turns(), list[int]()
    turns.take("first", SHORT)
    threads = [threading.Thread(target=take_and_note, args=(turns, n, order)) for n in range(5)]
    for waiting, thread in enumerate(threads, 1):
        thread.start()
        until(lambda waiting=waiting: len(turns._waiting) == waiting)
    turns.give_back("first")
    for thread in threads:
        thread.join()
    assert order == [0, 1, 2, 3, 4]


def test_who_waited_in_vain_leaves_the_queue() -> None:
    turns = Turns()
    turns.take("first", SHORT)
    assert turns.take("second", SHORT) is False
    turns.give_back("first")
    assert turns.take("third", SHORT) is True


def test_nobody_gives_back_the_turn_of_another() -> None:
    turns = Turns()
    turns.take("first", SHORT)
    turns.give_back("second")
    assert turns.take("third", SHORT) is False


@pytest.mark.parametrize("ending", ["commit", "rollback", "close"])
def test_a_transaction_holds_the_turn_to_its_end(tmp_path: Path, ending: str) -> None:
    one, other = connection(tmp_path), connection(tmp_path)
    begin(one)
    with pytest.raises(OperationalError, match="turn"):
        begin(other)
    getattr(one, ending)()
    begin(other)
    other.rollback()


def test_a_connection_that_vanishes_in_the_middle_lets_the_next_one_in(tmp_path: Path) -> None:
    vanish_in_the_middle(tmp_path)
    assert queue_of(tmp_path / "queue.sqlite3").take("next", SHORT) is True


def test_without_its_last_will_it_would_block_everybody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control of the test above."""
    monkeypatch.setattr(weakref, "finalize", lambda *_args: SimpleNamespace())
    vanish_in_the_middle(tmp_path)
    assert queue_of(tmp_path / "queue.sqlite3").take("next", SHORT) is False


def test_the_site_uses_the_queue_on_sqlite(settings: Any) -> None:
    engine = settings.DATABASES["default"]["ENGINE"]
    assert engine in ("config.sqlite_fair", "django.db.backends.postgresql")


def connection(folder: Path) -> Any:
    """A new connection to a file of this test, which waits a moment only."""
    options = {"transaction_mode": "IMMEDIATE", "timeout": SHORT}
    database = {
        "ENGINE": "config.sqlite_fair",
        "NAME": folder / "queue.sqlite3",
        "OPTIONS": options,
    }
    return ConnectionHandler({"default": database})["default"]


def begin(connection: Any) -> None:
    connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)


def vanish_in_the_middle(folder: Path) -> None:
    lost = connection(folder)
    begin(lost)
    assert queue_of(folder / "queue.sqlite3")._holder is lost._mark
    del lost
    gc.collect()


def take_and_note(turns: Turns, n: int, order: list[int]) -> None:
    assert turns.take(n, 10)
    order.append(n)
    turns.give_back(n)


def until(condition: Any) -> None:
    end = time.monotonic() + 5
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.001)
