"""How a trigger asks the log: does its newest entry say what is about to be written?

An act writes its entry first and its row after it, so the newest entry is that of the act. In SQL,
`e` is that entry; its facts are compared as text, which both databases read out of it alike.
"""

from collections.abc import Iterable

from consultations.models import Entry, LogHead, Sealed
from consultations.refusals import either

ENTRY, HEAD, SEALED = Entry._meta.db_table, LogHead._meta.db_table, Sealed._meta.db_table


def newest(kinds: Iterable[str], *conditions: str) -> str:
    """The newest entry is of one of these kinds, and each condition on it holds."""
    listed = ", ".join(f"'{kind}'" for kind in kinds)
    found = " AND ".join((f"e.kind IN ({listed})", *conditions))
    return f"EXISTS (SELECT 1 FROM {ENTRY} e WHERE e.seq = {_last()} AND {found})"  # noqa: S608 - names of our own


def _last() -> str:
    return f"(SELECT size FROM {HEAD} WHERE id = 1)"  # noqa: S608 - names of our own


def fact(name: str) -> str:
    """A fact of the entry as text; NULL where it says none."""
    return either(
        f"CAST(json_extract(e.payload, '$.facts.{name}') AS TEXT)",
        f"(e.payload::json #>> '{{facts,{name}}}')",
    )


def says(name: str, value: str) -> str:
    """The entry has this fact with this value (a piece of SQL)."""
    return f"{fact(name)} = '' || {value}"


def words(name: str) -> str:
    """The words the entry seals under a name; empty where there are none."""
    row = f"SELECT s.text FROM {SEALED} s WHERE s.entry_id = e.id AND s.field = '{name}'"  # noqa: S608 - names of our own
    return f"COALESCE(({row}), '')"
