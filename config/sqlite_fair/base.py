"""SQLite with a queue: whoever wants to write waits for their turn, first come, first served.

SQLite itself waits by sleeping longer and longer, and newcomers overtake: under load one request
in twenty waits for a second. The queue stands in front of BEGIN IMMEDIATE within this process;
between processes SQLite's own lock still decides.
"""

import threading
import weakref
from collections import deque
from typing import Any

from django.db import OperationalError
from django.db.backends.sqlite3 import base

from config.sqlite_fair.kept import File, file_at, kept


class Turns:
    """One turn at a time, in the order of asking; `who` is any object, compared by identity."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._holder: object = None
        self._waiting: deque[tuple[object, threading.Event]] = deque()

    def take(self, who: object, seconds: float) -> bool:
        """Wait for the turn at most so long; whether it came."""
        come = threading.Event()
        with self._lock:
            if self._holder is None:
                self._holder = who
                return True
            self._waiting.append((who, come))
        return come.wait(seconds) or not self._gave_up(who, come)

    def _gave_up(self, who: object, come: threading.Event) -> bool:
        """Leave the queue, unless the turn came in the last moment."""
        with self._lock:
            if come.is_set():
                return False
            self._waiting.remove((who, come))
            return True

    def give_back(self, who: object) -> None:
        """Let the next one in; nothing when it is not the turn of `who`."""
        with self._lock:
            if self._holder is not who:
                return
            self._holder = None
            if self._waiting:
                self._holder, come = self._waiting.popleft()
                come.set()


_queues: dict[str, Turns] = {}
_making = threading.Lock()


def queue_of(name: object) -> Turns:
    """The queue of all connections of this process to one file."""
    with _making:
        return _queues.setdefault(str(name), Turns())


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection that takes its turn before it begins to write, and is kept when it is done."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._mark = object()
        self._turns: Turns | None = None
        self._file: File | None = None
        self._cursors: weakref.WeakSet[Any] = weakref.WeakSet()
        # A thread that dies in the middle must not keep everybody else waiting.
        weakref.finalize(self, _let_go, self._mark).atexit = False

    def _start_transaction_under_autocommit(self) -> None:
        turns = queue_of(self.settings_dict["NAME"])
        if not turns.take(self._mark, self.settings_dict["OPTIONS"].get("timeout", 5.0)):
            raise OperationalError("database is locked: the turn to write did not come in time")
        self._turns = turns
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self._end_turn()
            raise

    def _end_turn(self) -> None:
        if self._turns is not None:
            self._turns.give_back(self._mark)
            self._turns = None

    def _commit(self) -> None:
        super()._commit()  # type: ignore[misc]
        self._end_turn()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]
        finally:
            self._end_turn()

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """One that is kept, else a new one."""
        path = str(conn_params["database"])
        self._file = file_at(path)
        found = kept.take(self._file)
        if found is None:
            found = super().get_new_connection(conn_params)
            self._file = file_at(path)  # the first connection makes it
        return found

    def create_cursor(self, name: str | None = None) -> Any:
        """Cursors are remembered: one that was left half read would keep an old view open."""
        cursor = super().create_cursor(name)
        self._cursors.add(cursor)
        return cursor

    def _close(self) -> None:
        try:
            if not (self._is_whole() and kept.put(self.connection, self._file)):
                super()._close()  # type: ignore[misc]
        finally:
            self._end_turn()

    def _is_whole(self) -> bool:
        """Nothing is begun, nothing went wrong, and nothing is half read any more."""
        if self.connection is None or self.in_atomic_block or self.errors_occurred:
            return False
        try:
            for cursor in list(self._cursors):
                cursor.close()
        except base.Database.Error:  # type: ignore[attr-defined]  # the library's own
            return False
        return True


def _let_go(mark: object) -> None:
    for turns in list(_queues.values()):
        turns.give_back(mark)
