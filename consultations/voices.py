"""Guards of the database over corrections, names taken away, and support."""

from consultations.models import Answer, Comment, Entry, LogHead, Sealed, Support
from consultations.refusals import Refusal, changed, taken

COMMENT, SUPPORT = Comment._meta.db_table, Support._meta.db_table
SAYS = ("reasons", "proposed_wording")


def beside(kind: str, comment: str, version: str) -> str:
    """The newest entry of the log, if it is of this kind and about this version of the comment."""
    newest = f"e.seq = (SELECT size FROM {LogHead._meta.db_table} WHERE id = 1)"
    about = f"e.comment_id = {comment} AND e.object_version = {version}"
    return f"FROM {Entry._meta.db_table} e WHERE e.kind = '{kind}' AND {about} AND {newest}"


def corrected(emptied: str) -> list[Refusal]:
    """What was said changes only beside the author's correction, into its sealed words, and not
    once there is an answer; a name is taken away beside its entry and never put back.

    `emptied` is the condition of an erasing.
    """
    sealed = f"SELECT s.text FROM {Sealed._meta.db_table} s WHERE s.entry_id = e.id"
    own = " AND ".join(
        f"COALESCE(({sealed} AND s.field = '{name}'), '') = NEW.{name}" for name in SAYS
    )
    entry = beside("comment.correct", "NEW.id", "NEW.version")
    answer = f"SELECT 1 FROM {Answer._meta.db_table} a WHERE a.comment_id = NEW.id"
    anew = f"(EXISTS (SELECT 1 {entry} AND {own}) AND NOT EXISTS ({answer}))"
    said = f"({changed(['kind', *SAYS])}) AND NOT {emptied} AND NOT {anew}"
    unnamed = f"EXISTS (SELECT 1 {beside('comment.stop_naming', 'NEW.id', 'NEW.version')})"
    named = f"({changed(['named'])}) AND (NEW.named OR NOT {unnamed})"
    only = "what was said changes only by a correction"
    never = "a name is taken away and never put back"
    return [
        Refusal("comment_words", COMMENT, "UPDATE", only, said),
        Refusal("comment_named", COMMENT, "UPDATE", never, named),
    ]


def supports(erasing: str) -> list[Refusal]:
    """A support begins and ends beside its entry; a person's own goes when she is erased.

    `erasing` is the condition that the newest entry erases the actor of the row.
    """
    version = f"(SELECT version FROM {COMMENT} WHERE id = NEW.comment_id)"
    entry = beside("comment.support", "NEW.comment_id", version)
    begun = f"EXISTS (SELECT 1 {entry} AND e.actor_id = NEW.actor_id)"
    ended = f"EXISTS (SELECT 1 {beside('comment.stop_supporting', 'NEW.comment_id', version)})"
    kept = changed(["id", "comment_id", "actor_id", "organisation_id", "at"])
    begins = f"NEW.ended_at IS NOT NULL OR NOT {begun} OR {taken(Support)}"
    ends = f"{kept} OR OLD.ended_at IS NOT NULL OR NEW.ended_at IS NULL OR NOT {ended}"
    goes = f"OLD.organisation_id IS NULL AND {erasing}"
    words = "a support has its entry in the record"
    return [
        Refusal("support_begin", SUPPORT, "INSERT", words, begins),
        Refusal("support_update", SUPPORT, "UPDATE", words, ends),
        Refusal("support_delete", SUPPORT, "DELETE", words, f"NOT ({goes})"),
        Refusal("support_truncate", SUPPORT, "TRUNCATE", words),
    ]
