"""What the database refuses about covering notes."""

from consultations.models import Comment, CoveringNote
from consultations.refusals import Refusal, changed, taken
from consultations.voices import beside

TABLE, COMMENT = CoveringNote._meta.db_table, Comment._meta.db_table


def notes(erasing: str) -> list[Refusal]:
    """A note is written beside its entry only; it goes only with the author of the comment `c`."""
    version = f"(SELECT version FROM {COMMENT} WHERE id = NEW.comment_id)"  # noqa: S608 - names of our own
    written = f"EXISTS (SELECT 1 {beside('comment.add_note', 'NEW.comment_id', version)})"
    own = f"c.id = OLD.comment_id AND c.organisation_id IS NULL AND {erasing}"
    gone = f"EXISTS (SELECT 1 FROM {COMMENT} c WHERE {own})"  # noqa: S608 - names of our own
    words = "a covering note has its entry in the record"
    kept = changed(["id", "comment_id"])
    return [
        Refusal("note_begin", TABLE, "INSERT", words, f"NOT {written} OR {taken(CoveringNote)}"),
        Refusal("note_update", TABLE, "UPDATE", words, f"NOT {written} OR {kept}"),
        Refusal("note_delete", TABLE, "DELETE", words, f"NOT {gone}"),
        Refusal("note_truncate", TABLE, "TRUNCATE", words),
    ]
