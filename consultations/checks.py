"""System checks: the guards in the database stand."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections

from consultations import triggers


def guards_stand(databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    """Every trigger of `consultations.triggers` is in each checked database."""
    found: list[CheckMessage] = []
    for alias in databases or ():
        connection = connections[alias]
        if "consultations_entry" not in connection.introspection.table_names():
            continue
        expected = {one.name for one in triggers.for_vendor(connection.vendor)}
        missing = sorted(expected - {name for name, _table in triggers.standing(connection)})
        if missing:
            hint = "Run: manage.py migrate"
            found.append(
                Error(
                    f"Guards missing in the database: {', '.join(missing)}",
                    hint=hint,
                    id="uwaga.E001",
                )
            )
    return found


def register_all() -> None:
    """Called when the app is ready."""
    register(guards_stand, Tags.database)
