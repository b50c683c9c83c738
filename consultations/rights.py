"""What the web application's own role may do on PostgreSQL, where another role owns the tables.

Triggers bind whoever writes; the owner could drop them. A role that owns nothing cannot, and has
no right to what no act of the application needs.
"""

from collections.abc import Iterator
from typing import Any

from django.db import models

from consultations.models import (
    MACHINES,
    Actor,
    Advice,
    Answer,
    Ballot,
    Checkpoint,
    Element,
    Entry,
    LogHead,
    Outcome,
    Phrase,
    Procedure,
    ProcedureProposal,
    RollCall,
    Rule,
    Sealed,
    VoteSheet,
)

READ, ADD, KEEP = ("SELECT",), ("SELECT", "INSERT"), ("SELECT", "INSERT", "UPDATE")
EVERYTHING = (*KEEP, "DELETE")
# `UPDATE (id)` lets a row be locked; keys that something points to cannot change.
LOCK = ("SELECT", "INSERT", "UPDATE (id)")
OF_MODELS: dict[type[models.Model], tuple[str, ...]] = {
    Entry: ADD,
    Sealed: (*ADD, "DELETE"),
    LogHead: ("SELECT", "UPDATE"),
    Actor: LOCK,
    **dict.fromkeys((Advice, Answer, Phrase), KEEP),
    RollCall: ADD,
    Ballot: ADD,
    VoteSheet: KEEP,
    Checkpoint: ADD,
    Procedure: LOCK,
    **dict.fromkeys((Rule, Outcome, Element), ADD),
    ProcedureProposal: KEEP,
    **dict.fromkeys(MACHINES, KEEP),
}
# Written by migrations alone.
OF_OTHERS = dict.fromkeys(
    (
        *("django_migrations", "django_content_type", "auth_permission", "auth_group"),
        "auth_group_permissions",
    ),
    READ,
)


def of_table(table: str) -> tuple[str, ...]:
    """The rights of the application's role on a table; all rows of what has no guard."""
    named = {model._meta.db_table: rights for model, rights in OF_MODELS.items()} | OF_OTHERS
    return named.get(table, EVERYTHING)


def grants(connection: Any, role: str) -> Iterator[str]:
    """The statements that give the role these rights and no others; the owner runs them."""
    name, quote = _quote(role), _quote
    schema, database = _one(connection, "SELECT current_schema(), current_database()")
    here = quote(schema)
    yield f"REVOKE CREATE ON SCHEMA {here} FROM PUBLIC, {name}"
    # a table of one's own, made for a session, would stand before those the guards look at
    yield f"REVOKE CREATE, TEMPORARY ON DATABASE {quote(database)} FROM PUBLIC, {name}"
    yield f"GRANT CONNECT ON DATABASE {quote(database)} TO {name}"
    yield f"GRANT USAGE ON SCHEMA {here} TO {name}"
    for things in ("TABLES", "SEQUENCES"):
        yield f"REVOKE ALL ON ALL {things} IN SCHEMA {here} FROM PUBLIC, {name}"
    yield f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA {here} TO {name}"
    for table in _tables(connection):
        yield f"GRANT {', '.join(of_table(table))} ON {here}.{quote(table)} TO {name}"


def owner(connection: Any) -> str:
    """Who owns the tables; whoever is connected where there are none yet."""
    sql = (
        "SELECT COALESCE((SELECT pg_get_userbyid(c.relowner) FROM pg_class c WHERE c.relname = %s"
        " AND pg_table_is_visible(c.oid)), current_user)"
    )
    return str(_one(connection, sql, Entry._meta.db_table)[0])


def is_owner(connection: Any) -> bool:
    """Whether the connected role may change tables and guards; on SQLite everybody may."""
    if connection.vendor != "postgresql":
        return True
    return bool(_one(connection, "SELECT pg_has_role(%s, 'USAGE')", owner(connection))[0])


def too_much(connection: Any, role: str) -> bool:
    """Whether the role is the owner, may become the owner, or is above all rights."""
    sql = "SELECT rolsuper OR pg_has_role(rolname, %s, 'MEMBER') FROM pg_roles WHERE rolname = %s"
    found = _one(connection, sql, owner(connection), role)
    return bool(found and found[0])


def exists(connection: Any, role: str) -> bool:
    return bool(_one(connection, "SELECT count(*) FROM pg_roles WHERE rolname = %s", role)[0])


def lacking(connection: Any) -> list[str]:
    """Tables on which the connected role has not the rights the application needs."""
    missing = []
    for table in _tables(connection):
        for right in of_table(table):
            one, _space, column = right.partition(" ")
            ask = "has_any_column_privilege" if column else "has_table_privilege"
            if not _one(connection, f"SELECT {ask}(%s, %s)", _quote(table), one)[0]:
                missing.append(table)
                break
    return missing


def _tables(connection: Any) -> list[str]:
    with connection.cursor() as cursor:
        return sorted(
            one.name for one in connection.introspection.get_table_list(cursor) if one.type == "t"
        )


def _one(connection: Any, sql: str, *values: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(sql, values or None)
        return cursor.fetchone()


def _quote(name: str) -> str:
    doubled = name.replace('"', '""')
    return f'"{doubled}"'
