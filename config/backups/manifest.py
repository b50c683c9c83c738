"""What a backup says of itself: which program, which migrations, where the record ends, hashes."""

import hashlib
import json
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.conf import settings

FORMAT = 1
NAME = "manifest.json"
Query = Callable[[str], Sequence[tuple[Any, ...]]]


class Unusable(Exception):
    """A backup that cannot be restored here; the words say why."""


@dataclass(frozen=True)
class Head:
    """Where the record ends: the number of the last entry, and SHA-256 of what it says."""

    size: int = 0
    sha256: str = ""

    def __str__(self) -> str:
        return f"the last entry is {self.size}, SHA-256 {self.sha256}" if self else "no entries"

    def __bool__(self) -> bool:
        return bool(self.size)


@dataclass
class Manifest:
    """`rows` counts each table; `columns` and `counters` are PostgreSQL's; `parts` names files."""

    database: str
    version: str = ""
    made_at: str = ""
    format: int = FORMAT
    head: Head = field(default_factory=Head)
    migrations: list[tuple[str, str]] = field(default_factory=list)
    rows: dict[str, int] = field(default_factory=dict)
    columns: dict[str, list[str]] = field(default_factory=dict)
    counters: dict[str, int] = field(default_factory=dict)
    parts: dict[str, dict[str, Any]] = field(default_factory=dict)

    def text(self) -> str:
        return json.dumps(asdict(self), indent=1, sort_keys=True)


def begun(vendor: str, query: Query, tables: Sequence[str]) -> Manifest:
    """The manifest of a database as it stands, before there are parts."""
    return Manifest(
        database=vendor,
        version=version(),
        made_at=datetime.now(UTC).isoformat(timespec="seconds"),
        head=head(query, tables),
        migrations=sorted((app, name) for app, name in query(APPLIED)),
        rows=count(query, tables),
    )


APPLIED = "SELECT app, name FROM django_migrations"
ENTRY = "consultations_entry"
LAST = "SELECT seq, payload FROM consultations_entry ORDER BY seq DESC LIMIT 1"


def head(query: Query, tables: Sequence[str]) -> Head:
    """Where the record ends."""
    for seq, payload in query(LAST) if ENTRY in tables else ():
        return Head(seq, hashlib.sha256(payload.encode()).hexdigest())
    return Head()


def count(query: Query, tables: Sequence[str]) -> dict[str, int]:
    """How many rows each table holds."""
    return {one: query(f'SELECT COUNT(*) FROM "{one}"')[0][0] for one in sorted(tables)}  # noqa: S608 - names of tables


def version() -> str:
    """Of the program that runs."""
    text = (settings.BASE_DIR / "pyproject.toml").read_text(encoding="utf-8")
    return str(tomllib.loads(text)["project"]["version"])


def read(text: bytes) -> Manifest:
    """The manifest of a file; Unusable when it is no manifest of ours."""
    try:
        given = json.loads(text)
        if given["format"] > FORMAT:
            raise Unusable(newer(given.get("version", "?")))
        given["head"] = Head(**given["head"])
        given["migrations"] = [(app, name) for app, name in given["migrations"]]
        return Manifest(**given)
    except (ValueError, TypeError, KeyError) as error:
        raise Unusable("The file is not a backup of this program.") from error


def newer(by: str) -> str:
    return (
        f"The backup was made by a newer program ({by}; this one is {version()})."
        " Install that one and restore there."
    )
