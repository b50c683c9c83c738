"""PostgreSQL: every table as of one snapshot; restored in one transaction, or not at all.

No program of PostgreSQL's is needed, so none of the wrong version can be used: tables are read
and written by COPY, and made by the very migrations the backup names.
"""

import shutil
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, cast

from django.db import OperationalError, connection, transaction
from django.db.migrations.executor import MigrationExecutor

from config.backups import manifest
from config.backups.archive import CHUNK, Reading, Writing
from config.backups.manifest import Manifest, Unusable
from consultations import triggers

FOLDER = "rows/"
PATIENCE = "5s"
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY 1"
COLUMNS = (
    "SELECT c.relname, a.attname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid"
    " JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = current_schema()"
    " AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''"
    " ORDER BY 1, 2"
)
COUNTERS = (
    "SELECT c.relname || '.' || a.attname, s.last_value FROM pg_class q"
    " JOIN pg_depend d ON d.objid = q.oid AND d.deptype IN ('a', 'i') AND d.refobjsubid > 0"
    " JOIN pg_class c ON c.oid = d.refobjid"
    " JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = d.refobjsubid"
    " JOIN pg_sequences s ON s.schemaname = current_schema() AND s.sequencename = q.relname"
    " WHERE q.relkind = 'S' AND s.last_value IS NOT NULL ORDER BY 1"
)


def query(sql: str) -> Sequence[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cast("Sequence[tuple[Any, ...]]", cursor.fetchall())


def run(sql: str, values: Sequence[str | int] | None = None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def save(into: Writing, _room: Path) -> Manifest:
    """Put every table, as of one snapshot, into the backup; writers need not stop."""
    with transaction.atomic():
        run("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        tables = _tables()
        if "django_migrations" not in tables:
            raise Unusable("The database holds nothing yet: run manage.py migrate first.")
        about = manifest.begun("postgresql", query, tables)
        about.columns = _columns()
        about.counters = dict(query(COUNTERS))
        for table in tables:
            _write(into, table, about.columns[table])
    return about


def _tables() -> list[str]:
    return [name for (name,) in query(TABLES)]


def _columns() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for table, column in query(COLUMNS):
        found.setdefault(table, []).append(column)
    return found


def _names(names: Iterable[str]) -> str:
    return ", ".join(connection.ops.quote_name(name) for name in names)


def _write(into: Writing, table: str, columns: list[str]) -> None:
    sql = f"COPY (SELECT {_names(columns)} FROM {_names([table])} ORDER BY 1) TO STDOUT"  # noqa: S608 - names of tables
    with (
        into.part(f"{FOLDER}{table}.copy") as sink,
        connection.wrap_database_errors,
        connection.cursor() as cursor,
        cursor.copy(sql) as rows,
    ):
        for piece in rows:
            sink.write(piece)


def load(backup: Reading, settle: Callable[[], None]) -> None:
    """Empty or make the tables, fill them, let `settle` look at them: all of it or nothing."""
    with transaction.atomic():
        run(f"SET LOCAL lock_timeout = '{PATIENCE}'")
        try:
            _make_room(backup.about)
        except OperationalError as error:
            raise Unusable(IN_USE) from error
        run("SET CONSTRAINTS ALL DEFERRED")  # tables are filled in the order of their names
        _fill(backup)
        run("SET CONSTRAINTS ALL IMMEDIATE")  # or what is pending would keep migrations out
        settle()


IN_USE = "Somebody works in the database. Stop the server and try again."


def _make_room(about: Manifest) -> None:
    """Empty tables as the program that made the backup had them, without their guards."""
    triggers.drop(connection)
    tables = _tables()
    if not tables or sorted(query(manifest.APPLIED)) != about.migrations:
        if tables:
            run(f"DROP TABLE {_names(tables)} CASCADE")
        _migrate(about)
    if _columns() != about.columns:
        odd = sorted(set(_columns()) ^ set(about.columns)) or "columns"
        raise Unusable(f"The tables of the backup are not those of its migrations: {odd}")
    run(f"TRUNCATE {_names(_tables())} CASCADE")


def _migrate(about: Manifest) -> None:
    """Just so far as the program that made the backup."""
    executor = MigrationExecutor(connection)
    applied = set(about.migrations)
    nodes = executor.loader.graph.node_map
    last = [
        key
        for key in about.migrations
        if not any(c.key[0] == key[0] and c.key in applied for c in nodes[key].children)
    ]
    executor.migrate(last)


def _fill(backup: Reading) -> None:
    for table, columns in backup.about.columns.items():
        sql = f"COPY {_names([table])} ({_names(columns)}) FROM STDIN"
        with (
            backup.open(f"{FOLDER}{table}.copy") as source,
            connection.wrap_database_errors,
            connection.cursor() as cursor,
            cursor.copy(sql) as rows,
        ):
            shutil.copyfileobj(source, rows, CHUNK)
    for place, value in backup.about.counters.items():
        table, _dot, column = place.rpartition(".")
        run("SELECT setval(pg_get_serial_sequence(%s, %s), %s)", (f'"{table}"', column, value))
