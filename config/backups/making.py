"""A backup, made and then read back: what cannot be read is no backup."""

from pathlib import Path
from types import ModuleType

from django.db import connection

from config.backups import archive, on_postgresql, on_sqlite
from config.backups.manifest import Manifest, Unusable

ON: dict[str, ModuleType] = {"sqlite": on_sqlite, "postgresql": on_postgresql}


def engine() -> ModuleType:
    return ON[connection.vendor]


def make(path: Path) -> Manifest:
    """Write a backup of everything the site holds into a new file. Raises Unusable."""
    if path.exists():
        raise Unusable(f"{path} is there already. Give the new backup a name of its own.")
    if not path.parent.is_dir():
        raise Unusable(f"There is no folder {path.parent}.")
    with archive.writing(path) as into:
        into.finish(engine().save(into, path.parent))
    with archive.reading(path) as backup:
        return backup.about
