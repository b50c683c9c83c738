"""SQLite: a consistent copy of the file under writes; a restored file takes the old one's place."""

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.db import connection

from config.backups import manifest
from config.backups.archive import CHUNK, Reading, Writing, folder_to_disk, to_disk
from config.backups.manifest import Manifest, Unusable

PART = "database.sqlite3"
TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
BESIDE = ("", "-wal", "-shm", "-journal")
PATIENCE = 2.0  # seconds, for whoever has the file open


def file() -> Path:
    return Path(str(connection.settings_dict["NAME"]))


def save(into: Writing, room: Path) -> Manifest:
    """Put a copy of the database, as of one instant, into the backup; writers need not stop."""
    if not file().exists():
        raise Unusable(f"There is no database yet at {file()}.")
    with tempfile.TemporaryDirectory(dir=room) as folder:
        copy = Path(folder) / PART
        about = _copy(copy)
        into.file(PART, copy)
    return about


def _copy(to: Path) -> Manifest:
    with (
        closing(sqlite3.connect(file())) as source,
        closing(sqlite3.connect(to, isolation_level=None)) as copy,
    ):
        source.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE").fetchall()  # one file, whole by itself
        found = copy.execute("PRAGMA integrity_check").fetchall()
        if found != [("ok",)]:
            raise Unusable(f"The database itself is damaged: {found[0][0]}")
        tables = [name for (name,) in copy.execute(TABLES)]
        if not tables:
            raise Unusable("The database holds nothing yet: run manage.py migrate first.")
        return manifest.begun("sqlite", lambda sql: copy.execute(sql).fetchall(), tables)


def load(backup: Reading, settle: Callable[[], None]) -> None:
    """Prepare a file beside the database, let `settle` look at it, then swap the two."""
    fresh = file().with_name(f".{file().name}.restoring")
    try:
        _unpack(backup, fresh)
        with _instead(fresh):
            settle()
            _look_over()
        _swap(fresh, file())
    finally:
        for ending in BESIDE:
            fresh.with_name(fresh.name + ending).unlink(missing_ok=True)


def _unpack(backup: Reading, to: Path) -> None:
    with backup.open(PART) as source, to.open("wb") as target:
        to.chmod(0o600)
        shutil.copyfileobj(source, target, CHUNK)
    if os.geteuid() == 0:  # the server, which is not root, must be able to open it
        folder = to.parent.stat()
        os.chown(to, folder.st_uid, folder.st_gid)


@contextmanager
def _instead(other: Path) -> Iterator[None]:
    """Django's connection leads to another file, which is whole by itself at the end."""
    name = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = str(other)
    try:
        yield
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA journal_mode = DELETE")
    finally:
        connection.close()
        connection.settings_dict["NAME"] = name


def _look_over() -> None:
    with connection.cursor() as cursor:
        for question in ("integrity_check", "foreign_key_check"):
            cursor.execute(f"PRAGMA {question}")
            found = [row for row in cursor.fetchall() if row != ("ok",)]
            if found:
                raise Unusable(f"The restored database fails its {question}: {found[0]}")


def _swap(fresh: Path, old: Path) -> None:
    """Take the place of the old file while nobody has it open."""
    with fresh.open("rb+") as stream:
        to_disk(stream)
    with _alone(old):
        fresh.replace(old)
        folder_to_disk(old.parent)


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Nobody else has the database open: only then may it leave its write-ahead log."""
    if not path.exists():
        for ending in BESIDE:  # a log without its database must not meet another one
            path.with_name(path.name + ending).unlink(missing_ok=True)
        yield
        return
    with closing(sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)) as held:
        try:
            held.execute("PRAGMA journal_mode = DELETE").fetchall()
            held.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            raise Unusable(IN_USE) from error
        yield


IN_USE = "Another program has the database open. Stop the server and try again."
