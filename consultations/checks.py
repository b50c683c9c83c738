"""System checks: the guards in the database stand."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections

from consultations import triggers


def guards_stand(databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    """Every trigger of `consultations.triggers` is in each checked database, word for word."""
    found: list[CheckMessage] = []
    for alias in databases or ():
        connection = connections[alias]
        if "consultations_entry" not in connection.introspection.table_names():
            continue
        expected = {one.name for one in triggers.for_vendor(connection.vendor)}
        missing = sorted(expected - {name for name, _table in triggers.standing(connection)})
        found += _errors("missing in", missing, "uwaga.E001")
        found += _errors("changed in", triggers.drifted(connection), "uwaga.E002")
    return found


def _errors(what: str, names: Sequence[str], code: str) -> list[CheckMessage]:
    if not names:
        return []
    words = f"Guards {what} the database: {', '.join(names)}"
    return [Error(words, hint="Run: manage.py migrate", id=code)]


def register_all() -> None:
    """Called when the app is ready."""
    register(guards_stand, Tags.database)
