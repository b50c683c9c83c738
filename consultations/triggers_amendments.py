"""What the database refuses about motions for two readings and about places of amendments."""

from consultations.models import AmendmentPlace, Entry, ReadingsMotion
from consultations.refusals import Refusal, changed, frozen, taken


def amendments() -> list[Refusal]:
    """Both stay as they were filed; a motion is decided once, places come with their amendment."""
    return [*_places(), *_motions()]


def _places() -> list[Refusal]:
    words = "an amendment stays as it was filed"
    *rest, replace = frozen("amendmentplace", AmendmentPlace, words)
    entry = Entry._meta.db_table
    late = f"EXISTS (SELECT 1 FROM {entry} e WHERE e.amendment_id = NEW.amendment_id)"  # noqa: S608 - names of our own
    replace.condition = f"{late} OR {replace.condition}"
    return [*rest, replace]


def _motions() -> list[Refusal]:
    words, table = (
        "a motion stays as it was filed, and is decided once",
        ReadingsMotion._meta.db_table,
    )
    lasting = changed(
        str(one.column)
        for one in ReadingsMotion._meta.concrete_fields
        if one.name not in ("decided_at", "accepted")
    )
    decided = "NEW.decided_at IS NOT NULL"
    again = f"OLD.decided_at IS NOT NULL OR {lasting}"
    return [
        Refusal("readingsmotion_update", table, "UPDATE", words, again),
        Refusal("readingsmotion_delete", table, "DELETE", words),
        Refusal("readingsmotion_truncate", table, "TRUNCATE", words),
        Refusal(
            "readingsmotion_replace",
            table,
            "INSERT",
            words,
            f"{decided} OR {taken(ReadingsMotion)}",
        ),
    ]
