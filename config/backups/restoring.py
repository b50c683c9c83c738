"""A backup comes back: refused in words while anything is wrong, then all of it or nothing."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from config.backups import archive, making, manifest
from config.backups.manifest import Manifest, Unusable
from consultations.checks import guards_stand

Say = Callable[[str], None]


def restore(path: Path, *, replace: bool, say: Say) -> Manifest:
    """Put a backup in the place of what stands, brought up to date. Raises Unusable."""
    with archive.reading(path) as backup:
        _refuse_foreign(backup.about)
        _refuse_running()
        _make_room(replace=replace, say=say)
        making.engine().load(backup, lambda: _settle(backup.about))
        return backup.about


def _refuse_foreign(about: Manifest) -> None:
    if about.database != connection.vendor:
        raise Unusable(
            f"The backup is of {about.database}, this site runs on {connection.vendor}:"
            " set DATABASE_URL to a database of the same kind."
        )
    known = set(MigrationLoader(None, ignore_no_migrations=True).disk_migrations)
    unknown = sorted(set(about.migrations) - known)
    if unknown:
        raise Unusable(f"{manifest.newer(about.version)} Unknown here: {'.'.join(unknown[0])}.")


def _refuse_running() -> None:
    """A server or worker holds a lease it renews every few seconds, by the machine's clock."""
    if "workflows_lease" not in _tables():
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT owner FROM workflows_lease WHERE expires > %s", [timezone.now()])
        running = cursor.fetchone()
    if running:
        raise Unusable(
            f"A server is at work on this database ({running[0]}). Stop every server and worker,"
            " wait ten seconds, and try again."
        )


def _make_room(*, replace: bool, say: Say) -> None:
    """What stands is saved first; without `replace` a record is not touched at all."""
    tables = _tables()
    if tables and manifest.ENTRY not in tables:
        raise Unusable("This database holds tables of another program. Use one of its own.")
    stands = _what_stands(tables)
    if not stands:
        return
    if not replace:
        raise Unusable(f"This database holds a record: {stands}. Use --replace to replace it.")
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f")
    saved = Path(settings.VAR_DIR) / f"before-restore-{stamp}.zip"
    making.make(saved)
    say(f"What stood here was saved: {saved}")


def _what_stands(tables: Sequence[str]) -> str:
    """In words, what a restore would replace; nothing for an empty database."""
    people = _count("consultations_user", tables)
    entries = _count(manifest.ENTRY, tables)
    return f"{entries} entries, {people} people" if people or entries else ""


def _count(table: str, tables: Sequence[str]) -> int:
    return int(_query(f"SELECT COUNT(*) FROM {table}")[0][0]) if table in tables else 0  # noqa: S608 - ours


def _settle(about: Manifest) -> None:
    """Everything came; then the migrations made since, the guards, and a look at the record."""
    _expect("rows", manifest.count(_query, _tables()), about.rows)
    _expect_head(about)
    if "workflows_lease" in about.rows:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM workflows_lease")  # of a server that is no longer there
    call_command("migrate", verbosity=0, interactive=False)
    _expect_head(about)
    missing = guards_stand(["default"])
    if missing:
        raise Unusable(f"After the restore the guards do not stand: {missing[0].msg}")


def _expect_head(about: Manifest) -> None:
    _expect("record", manifest.head(_query, _tables()), about.head)


def _expect(what: str, found: object, said: object) -> None:
    if found != said:
        raise Unusable(f"The {what} of the backup came out as {found}, its manifest says {said}.")


def _tables() -> list[str]:
    return connection.introspection.table_names()


def _query(sql: str) -> Sequence[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return list(cursor.fetchall())
