"""What the database refuses about groups of comments."""

from consultations.models import Comment, CommentGroup, Entry, LogHead
from consultations.refusals import Refusal, changed, taken

COMMENT, GROUP = Comment._meta.db_table, CommentGroup._meta.db_table
ENTRY, HEAD = Entry._meta.db_table, LogHead._meta.db_table


def _newest(kind: str, comment: str) -> str:
    """The newest entry of the record is of this kind, about this comment."""
    newest = f"e.seq = (SELECT size FROM {HEAD} WHERE id = 1)"  # noqa: S608 - names of our own
    about = f"e.kind = '{kind}' AND e.comment_id = {comment}"
    return f"EXISTS (SELECT 1 FROM {ENTRY} e WHERE {newest} AND {about})"  # noqa: S608 - names of our own


def groups() -> list[Refusal]:
    """A comment joins and leaves beside an entry; where anybody is, the lead is a member."""
    return [*_members(), *_rows()]


def _members() -> list[Refusal]:
    lead_in = f"SELECT 1 FROM {COMMENT} c WHERE c.id = g.lead_id AND c.group_id = g.id"  # noqa: S608 - names of our own
    into = (
        f"EXISTS (SELECT 1 FROM {GROUP} g WHERE g.id = NEW.group_id"  # noqa: S608 - names of our own
        " AND g.consultation_id = NEW.consultation_id"
        f" AND (g.lead_id = NEW.id OR EXISTS ({lead_in})))"
    )
    joins = f"OLD.group_id IS NULL AND {into} AND {_newest('comment.join_group', 'NEW.id')}"
    others = f"SELECT 1 FROM {COMMENT} c WHERE c.group_id = g.id AND c.id <> OLD.id"  # noqa: S608 - names of our own
    leading = (
        f"EXISTS (SELECT 1 FROM {GROUP} g WHERE g.id = OLD.group_id AND g.lead_id = OLD.id"  # noqa: S608 - names of our own
        f" AND EXISTS ({others}))"
    )
    gone = f"NEW.group_id IS NULL AND NOT {leading}"
    leaves = f"{gone} AND {_newest('comment.leave_group', 'NEW.id')}"
    moved = f"({changed(['group_id'])}) AND NOT ({joins}) AND NOT ({leaves})"
    words = "a group has its lead in it, and the record says who joins and leaves"
    return [
        Refusal("comment_group", COMMENT, "UPDATE", words, moved),
        Refusal("comment_alone", COMMENT, "INSERT", words, "NEW.group_id IS NOT NULL"),
    ]


def _rows() -> list[Refusal]:
    of_round = "c.id = NEW.lead_id AND c.consultation_id = NEW.consultation_id"
    free = f"EXISTS (SELECT 1 FROM {COMMENT} c WHERE {of_round} AND c.group_id IS NULL)"  # noqa: S608 - names of our own
    member = f"EXISTS (SELECT 1 FROM {COMMENT} c WHERE c.id = NEW.lead_id AND c.group_id = NEW.id)"  # noqa: S608 - names of our own
    kept = changed(["id", "consultation_id", "made_by_id", "made_at"])
    led = _newest("comment.lead_group", "NEW.lead_id")
    anybody = f"EXISTS (SELECT 1 FROM {COMMENT} c WHERE c.group_id = OLD.id)"  # noqa: S608 - names of our own
    words, gone = "the lead of a group is one of its comments", "a group with comments stays"
    return [
        Refusal("group_begin", GROUP, "INSERT", words, f"NOT {free} OR {taken(CommentGroup)}"),
        Refusal("group_lead", GROUP, "UPDATE", words, f"{kept} OR NOT {member} OR NOT {led}"),
        Refusal("group_delete", GROUP, "DELETE", gone, anybody),
        Refusal("group_truncate", GROUP, "TRUNCATE", gone),
    ]
