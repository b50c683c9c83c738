"""What the database refuses about motions for two readings and about places of amendments."""

from consultations.models import AmendmentPlace, Entry, ReadingsMotion
from consultations.refusals import Refusal, changed, frozen, taken
from consultations.witnesses import fact, newest, says
from consultations.witnesses import words as sealed


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
            f"{decided} OR {taken(ReadingsMotion, _waiting())}",
        ),
        *_recorded(table),
    ]


def _waiting() -> str:
    """The partial key: of one file one motion waits."""
    return (
        "kept.council_file_id = NEW.council_file_id AND kept.decided_at IS NULL"
        " AND NEW.decided_at IS NULL"
    )


def _recorded(table: str) -> list[Refusal]:
    """Moved and decided as the newest entry of the log says, at its instant."""
    words = "a motion is moved and decided beside its entry in the log"
    of_file = "e.council_file_id = NEW.council_file_id"
    moved = newest(
        ["council_file.move_two_readings"],
        *(of_file, says("motion", "NEW.id"), says("moved_by", "NEW.moved_by")),
        *(says("backers", "NEW.backers"), "NEW.moved_at = e.at"),
        *(f"NEW.movers = {sealed('movers')}", f"NEW.reasons = {sealed('because')}"),
    )
    result = "CASE WHEN NEW.accepted THEN 'accepted' ELSE 'refused' END"
    decided = newest(
        ["council_file.decide_two_readings"],
        *(of_file, says("motion", "NEW.id"), f"{fact('decided')} = {result}"),
        "NEW.decided_at = e.at",
    )
    return [
        Refusal("readingsmotion_moved", table, "INSERT", words, f"NOT {moved}"),
        Refusal("readingsmotion_decided", table, "UPDATE", words, f"NOT {decided}"),
    ]
