"""What the database refuses about opinions of departments."""

from consultations.models import Advice, Comment
from consultations.refusals import Refusal, changed, taken
from consultations.voices import beside

TABLE = Advice._meta.db_table


def advice() -> list[Refusal]:
    """An opinion is given, and given anew, beside its entry only; it is never deleted."""
    version = f"(SELECT version FROM {Comment._meta.db_table} WHERE id = NEW.comment_id)"  # noqa: S608 - names of our own
    entry = beside("comment.advise", "NEW.comment_id", version)
    given = f"EXISTS (SELECT 1 {entry} AND e.actor_id = NEW.author_id)"
    kept = changed(["id", "comment_id", "department_id"])
    words, gone = "an opinion has its entry in the record", "an opinion is never deleted"
    return [
        Refusal("advice_begin", TABLE, "INSERT", words, f"NOT {given} OR {taken(Advice)}"),
        Refusal("advice_update", TABLE, "UPDATE", words, f"NOT {given} OR {kept}"),
        Refusal("advice_delete", TABLE, "DELETE", gone),
        Refusal("advice_truncate", TABLE, "TRUNCATE", gone),
    ]
