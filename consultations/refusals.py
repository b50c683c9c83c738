"""How the database is told to refuse: one trigger for each refusal, on SQLite and PostgreSQL."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from django.db import models


class Refusal:
    """One refusal: on `event` of `table`, when `condition` holds, say `words`.

    `only` names the one database that can say it.
    """

    def __init__(
        self,
        name: str,
        table: str,
        event: str,
        words: str,
        condition: str = "",
        *,
        only: str = "",
    ) -> None:
        self.name, self.table, self.event = f"uw_{name}", table, event
        self.words, self.condition = words, condition
        self.only = "postgresql" if event == "TRUNCATE" else only

    def sqlite(self) -> str:
        """The trigger's text, which SQLite keeps as it was given."""
        when = f"WHEN {_chosen(self.condition, 1)} " if self.condition else ""
        return (
            f"CREATE TRIGGER {self.name} BEFORE {self.event} ON {self.table} {when}"
            f"BEGIN SELECT RAISE(ABORT, '{self.words}'); END"
        )

    def body(self) -> str:
        """The text of the trigger's function, which PostgreSQL keeps as it was given."""
        refuse = f"RAISE EXCEPTION '{self.words}' USING ERRCODE = '23001';"
        if self.condition:
            refuse = f"IF {_chosen(self.condition, 2)} THEN {refuse} END IF;"
        back = {"DELETE": "RETURN OLD;", "TRUNCATE": "RETURN NULL;"}.get(self.event, "RETURN NEW;")
        return f"BEGIN {refuse} {back} END"

    def postgresql(self) -> list[str]:
        """Function and trigger; ALWAYS, so that a replica's session does not pass either."""
        each = "STATEMENT" if self.event == "TRUNCATE" else "ROW"
        when = f"BEFORE {self.event} ON {self.table} FOR EACH {each}"
        head = f"CREATE OR REPLACE FUNCTION {self.name}() RETURNS trigger"
        return [
            f"{head} AS $${self.body()}$$ LANGUAGE plpgsql",
            f"CREATE TRIGGER {self.name} {when} EXECUTE FUNCTION {self.name}()",
            f"ALTER TABLE {self.table} ENABLE ALWAYS TRIGGER {self.name}",
        ]


EITHER = re.compile("⟦(.*?)¦(.*?)⟧", re.DOTALL)


def either(sqlite: str, postgresql: str) -> str:
    """A piece of a condition that the two databases say differently."""
    return f"⟦{sqlite}¦{postgresql}⟧"


def _chosen(condition: str, database: int) -> str:
    return EITHER.sub(lambda found: found[database], condition)


def frozen(name: str, model: type[models.Model], words: str) -> list[Refusal]:
    """Rows that are never changed, deleted, or pushed out by another with the same key."""
    table = model._meta.db_table
    return [
        Refusal(f"{name}_update", table, "UPDATE", words),
        Refusal(f"{name}_delete", table, "DELETE", words),
        Refusal(f"{name}_truncate", table, "TRUNCATE", words),
        Refusal(f"{name}_replace", table, "INSERT", words, taken(model)),
    ]


def taken(model: type[models.Model], *also: str) -> str:
    """A row with one of the new row's keys is there: INSERT OR REPLACE would delete it, and
    SQLite fires no delete trigger for that unless the connection asks for it.
    """
    same = [" AND ".join(f"kept.{name} = NEW.{name}" for name in key) for key in keys(model)]
    found = " OR ".join(f"({one})" for one in [*same, *also])
    return f"EXISTS (SELECT 1 FROM {model._meta.db_table} kept WHERE {found})"  # noqa: S608 - names of our own


def keys(model: type[models.Model]) -> Iterator[tuple[str, ...]]:
    """The columns of every unconditional key of a table."""
    meta: Any = model._meta
    for field in meta.concrete_fields:
        if field.unique:
            yield (field.column,)
    for one in meta.constraints:
        if isinstance(one, models.UniqueConstraint) and one.fields and one.condition is None:
            yield tuple(meta.get_field(name).column for name in one.fields)


def changed(columns: Iterable[str]) -> str:
    """One of the columns gets another value; a key taken over by UPDATE OR REPLACE among them."""
    return " OR ".join(f"NEW.{name} IS DISTINCT FROM OLD.{name}" for name in columns)
