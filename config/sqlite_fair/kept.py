"""Connections to SQLite that are kept between requests, as the pool does for PostgreSQL.

Opening one reads the whole schema with its triggers: some fifteen milliseconds of every request.
Only the server keeps any (`config.serving`). A connection is kept as it was opened, with nothing
begun and nothing still being read, and taken again only for the very file it was opened for.
"""

import os
import threading
from collections import defaultdict
from pathlib import Path
from typing import Any, NamedTuple

Connection = Any  # of whichever library of SQLite there is

IN_A_SERVER = 16


class File(NamedTuple):
    """A file as this process opened it."""

    process: int
    path: str
    device: int
    inode: int


class Kept:
    """Idle connections, by process and file; a fork or a new file in its place begins anew."""

    def __init__(self) -> None:
        self.most = 0  # idle ones of one file
        self._lock = threading.Lock()
        self._idle: dict[File, list[Connection]] = defaultdict(list)

    def take(self, file: File | None) -> Connection | None:
        """One that is idle, the last one first; None when there is none."""
        with self._lock:
            return self._idle[file].pop() if file and self._idle.get(file) else None

    def put(self, connection: Connection, file: File | None) -> bool:
        """Keep it when it is as it was opened for this file; False when it is to be closed."""
        if file is None or file.process != os.getpid() or not _as_opened(connection):
            return False
        with self._lock:
            if len(self._idle[file]) >= self.most:
                return False
            self._idle[file].append(connection)
            return True

    def close(self) -> None:
        """Keep nothing from now on; the last connection that is closed tidies the file up."""
        with self._lock:
            self.most = 0
            idle, self._idle = self._idle, defaultdict(list)
        for file, connections in idle.items():
            for one in connections if file.process == os.getpid() else ():
                one.close()


def file_at(path: str) -> File | None:
    """What stands at this path now; None for a database in memory."""
    try:
        found = Path(path).stat()
    except OSError:
        return None
    return File(os.getpid(), path, found.st_dev, found.st_ino)


def _as_opened(connection: Connection) -> bool:
    if connection.in_transaction:
        return False
    (checked,) = connection.execute("PRAGMA foreign_keys").fetchone()
    return bool(checked)


kept = Kept()
