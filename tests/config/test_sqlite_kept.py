"""A server keeps its connections to SQLite; none that is spoilt, half read or of another file."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError

from config.sqlite_fair import base
from config.sqlite_fair.kept import Kept
from tests.config.test_sqlite_queue import begin, connection

pytestmark = pytest.mark.django_db  # databases of these tests are files of their own


@pytest.fixture(autouse=True)
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Kept]:
    keeping = Kept()
    keeping.most = 2
    monkeypatch.setattr(base, "kept", keeping)
    yield keeping
    keeping.close()


@pytest.fixture
def one(tmp_path: Path) -> Any:
    made = connection(tmp_path)
    with made.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode = WAL")
        cursor.execute("CREATE TABLE t (n INTEGER PRIMARY KEY)")
    return made


def inside(made: Any) -> Any:
    """The connection of the library, opened when there is none."""
    made.ensure_connection()
    return made.connection


def test_what_was_closed_is_taken_again(one: Any, tmp_path: Path) -> None:
    first = inside(one)
    one.close()
    assert inside(connection(tmp_path)) is first


def test_outside_a_server_nothing_is_kept(one: Any, tmp_path: Path, server: Kept) -> None:
    server.most = 0
    first = inside(one)
    one.close()
    assert inside(connection(tmp_path)) is not first


def test_two_at_once_never_share_one(one: Any, tmp_path: Path) -> None:
    one.close()
    assert inside(connection(tmp_path)) is not inside(connection(tmp_path))


def test_no_more_are_kept_than_were_asked_for(one: Any, tmp_path: Path, server: Kept) -> None:
    several = [one, *(connection(tmp_path) for _ in range(3))]
    for made in several:
        made.ensure_connection()
    for made in several:
        made.close()
    assert [len(idle) for idle in server._idle.values()] == [2]


def test_one_in_the_middle_of_a_transaction_is_closed(one: Any, tmp_path: Path) -> None:
    first = inside(one)
    begin(one)
    one.cursor().execute("INSERT INTO t VALUES (1)")
    one.close()
    with connection(tmp_path).cursor() as cursor:
        assert cursor.connection is not first
        assert cursor.execute("SELECT n FROM t").fetchall() == []


def test_one_that_has_erred_is_closed(one: Any, tmp_path: Path) -> None:
    first = inside(one)
    with pytest.raises(OperationalError), one.cursor() as cursor:
        cursor.execute("SELECT n FROM nowhere")
    one.close()
    assert inside(connection(tmp_path)) is not first


def test_one_that_no_longer_checks_keys_is_closed(one: Any, tmp_path: Path) -> None:
    first = inside(one)
    one.disable_constraint_checking()
    one.close()
    assert inside(connection(tmp_path)) is not first


def test_what_was_left_half_read_shows_no_old_view(one: Any, tmp_path: Path) -> None:
    assert _seen_after_half_a_reading(one, tmp_path) == 4


def test_without_the_closing_of_cursors_it_would(
    one: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control of the test above."""
    monkeypatch.setattr(one, "_cursors", set[Any]())
    monkeypatch.setattr(
        type(one), "create_cursor", super(base.DatabaseWrapper, one).create_cursor.__func__
    )
    assert _seen_after_half_a_reading(one, tmp_path) == 3


def _seen_after_half_a_reading(one: Any, folder: Path) -> int:
    with one.cursor() as cursor:
        cursor.execute("INSERT INTO t VALUES (1), (2), (3)")
    left = one.create_cursor()
    left.execute("SELECT n FROM t")
    left.fetchone()
    first = inside(one)
    one.close()
    other = connection(folder)
    taken = inside(other)
    assert taken is first
    writer = connection(folder)
    with writer.cursor() as cursor:
        cursor.execute("INSERT INTO t VALUES (4)")
    with other.cursor() as cursor:
        (seen,) = cursor.execute("SELECT COUNT(*) FROM t").fetchone()
    return int(seen)


def test_a_new_file_in_the_place_of_the_old_gets_a_new_connection(one: Any, tmp_path: Path) -> None:
    first = inside(one)
    one.close()
    for file in tmp_path.iterdir():
        file.rename(file.with_name(f"old-{file.name}"))
    assert inside(connection(tmp_path)) is not first


def test_at_the_end_the_file_is_whole_by_itself(one: Any, tmp_path: Path, server: Kept) -> None:
    one.close()
    assert (tmp_path / "queue.sqlite3-wal").exists()
    server.close()
    assert not (tmp_path / "queue.sqlite3-wal").exists()
