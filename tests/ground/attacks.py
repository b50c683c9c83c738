"""An attack on the record: an act the database must refuse, and the guards that refuse it.

Each attack is tried three times: with every guard it must be refused; with all others lifted
still; with its own lifted it must succeed, or the test could not fail.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from consultations import triggers
from consultations.ledger.verify import leaf_hash
from tests.databases import POSTGRES

Act = Callable[[Any], object]
TABLES = {
    str(model._meta.model_name): model._meta.db_table
    for model in apps.get_app_config("consultations").get_models()
}


@dataclass(frozen=True)
class Attack:
    """`act` on the scene is refused by `guards` (names without `uw_`), one of which says `words`.

    `checks` are constraints that refuse it instead; `needs` names the only database on which the
    act can be tried.
    """

    name: str
    act: Act
    guards: tuple[str, ...] = ()
    checks: tuple[str, ...] = ()
    needs: str = ""

    def is_refused(self, scene: Any) -> bool:
        """Whether the database refuses the act; nothing of it stays either way."""
        try:
            with transaction.atomic():
                self.act(scene)
                transaction.set_rollback(True)
        except IntegrityError:
            return True
        return False

    def lift(self) -> None:
        """Take away what refuses it."""
        lift(*self.guards)
        if connection.vendor == "sqlite" and self.checks:
            sql("PRAGMA ignore_check_constraints = ON")
        elif self.checks:
            sql("SET CONSTRAINTS ALL IMMEDIATE")
            for name in self.checks:
                table = sql_value(
                    "SELECT conrelid::regclass FROM pg_constraint WHERE conname = %s", name
                )
                sql(f"ALTER TABLE {table} DROP CONSTRAINT {name}")


def stands(attack: Attack, scene: Any) -> tuple[bool, bool, bool]:
    """Whether it is refused: by everything, by its own guards alone, and without them."""
    everything = attack.is_refused(scene)
    lift(*others(attack))
    alone = attack.is_refused(scene)
    attack.lift()
    return everything, alone, attack.is_refused(scene)


REFUSED_BY_ITS_GUARD = (True, True, False)
MOVE_ON = "UPDATE {loghead} SET size = size + 1, last_t_us = last_t_us + 1"


def each(*attacks: Attack) -> list[Any]:
    """Parameters for `pytest.mark.parametrize`, without those this database cannot try."""
    here = "postgresql" if POSTGRES else "sqlite"
    return [
        pytest.param(one, id=one.name.replace(" ", "_"))
        for one in attacks
        if one.needs in {"", here}
    ]


def sql(statement: str, *values: Any) -> int:
    """Run a statement as somebody with a database client would; gives the rows it touched.

    Tables are named like their models: `{comment}`.
    """
    with connection.cursor() as cursor:
        cursor.execute(statement.format(**TABLES), values or None)
        return int(cursor.rowcount)


def sql_value(statement: str, *values: Any) -> Any:
    """The first value of the first row."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)
        return cursor.fetchone()[0]


def lift(*guards: str) -> None:
    """Drop guards for the rest of the test; the test's own transaction puts them back."""
    wanted = {f"uw_{guard}" for guard in guards}
    standing = [(name, table) for name, table in triggers.standing(connection) if name in wanted]
    if connection.vendor == "postgresql" and standing:
        drops = [f"DROP TRIGGER {name} ON {table}" for name, table in standing]
        sql("; ".join(["SET CONSTRAINTS ALL IMMEDIATE", *drops]))
    elif connection.vendor == "sqlite":
        for name, _table in standing:
            sql(f"DROP TRIGGER {name}")


@contextmanager
def nothing_guards() -> Iterator[None]:
    """As whoever owns the database can make it: every guard is away, and comes back."""
    if connection.vendor == "postgresql":
        sql("SET CONSTRAINTS ALL IMMEDIATE")
    triggers.drop(connection)
    try:
        yield
    finally:
        triggers.install(connection)


def others(attack: Attack) -> list[str]:
    """The other guards on the tables the attack's own guards stand on."""
    own = {f"uw_{guard}" for guard in attack.guards}
    standing = triggers.standing(connection)
    tables = {table for name, table in standing if name in own}
    names = [name for name, table in standing if table in tables and name not in own]
    return [name.removeprefix("uw_") for name in names]


def truncate(table: str) -> int:
    """PostgreSQL's way to empty a table without touching its rows."""
    sql("SET CONSTRAINTS ALL IMMEDIATE")
    return sql(f"TRUNCATE {table} CASCADE")


def as_replica() -> int:
    """As a replica's session, in which ordinary triggers do not fire (PostgreSQL)."""
    return sql("SET LOCAL session_replication_role = replica")


def as_foreign_client() -> None:
    """As a client that never asked SQLite for recursive triggers: REPLACE then deletes silently."""
    sql("PRAGMA recursive_triggers = OFF")


def replace(table: str, row: Any, **changes: str) -> int:
    """INSERT OR REPLACE a copy of the row, as a client that knows nothing of our triggers."""
    as_foreign_client()
    columns = [field.column for field in row._meta.concrete_fields]
    copied = ", ".join(changes.get(name, name) for name in columns)
    into = f"INSERT OR REPLACE INTO {table} ({', '.join(columns)})"
    return sql(f"{into} SELECT {copied} FROM {table} WHERE id = %s", row.pk)  # noqa: S608 - ours


def forge(scene: Any, *, bump: bool = True, **changes: Any) -> None:
    """Insert an entry like the newest, as its next one, but for the changes."""
    entry = scene.newest
    if bump:
        sql(MOVE_ON)
    entry.pk, entry.seq, entry.t_us = None, entry.seq + 1, entry.t_us + 1
    entry.case_seq = (entry.case_seq or 0) + 1
    for name, value in changes.items():
        setattr(entry, name, value)
    if "nodes" not in changes:
        entry.nodes = leaf_hash(entry.payload.encode())
    entry.save(force_insert=True)
