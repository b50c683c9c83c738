"""What the database refuses about ratings of answers and replies to them."""

from consultations.models import Comment, Reply
from consultations.refusals import Refusal, changed, taken
from consultations.voices import beside

TABLE, COMMENT = Reply._meta.db_table, Comment._meta.db_table


def _said(kind: str) -> str:
    """The newest entry is of this kind, and of this version of the comment."""
    version = f"(SELECT version FROM {COMMENT} WHERE id = NEW.comment_id)"  # noqa: S608 - names of our own
    return f"EXISTS (SELECT 1 {beside(kind, 'NEW.comment_id', version)})"


def replies(erasing: str) -> list[Refusal]:
    """A rating changes until the reply; a reply is filed once, shown once, and never rewritten.

    `erasing` is the condition that the newest entry erases the author of the comment `c`.
    """
    rated = f"({changed(['rating', 'rated_at'])})"
    replied = f"({changed(['text', 'replied_at'])})"
    shown = f"({changed(['shown_at'])})"
    begun = f"NEW.shown_at IS NULL AND ({_said('comment.rate')} OR {_said('comment.reply')})"
    wrong = (
        f"{changed(['id', 'comment_id'])}"
        f" OR ({rated} AND (OLD.text <> '' OR NOT {_said('comment.rate')}))"
        f" OR ({replied} AND (OLD.text <> '' OR NOT {_said('comment.reply')}))"
        f" OR ({shown} AND (OLD.shown_at IS NOT NULL OR NOT {_said('comment.show_reply')}))"
    )
    own = f"c.id = OLD.comment_id AND c.organisation_id IS NULL AND {erasing}"
    gone = f"EXISTS (SELECT 1 FROM {COMMENT} c WHERE {own})"  # noqa: S608 - names of our own
    words = "a reply has its entry in the record and stays as it was filed"
    return [
        Refusal("reply_begin", TABLE, "INSERT", words, f"NOT ({begun}) OR {taken(Reply)}"),
        Refusal("reply_update", TABLE, "UPDATE", words, wrong),
        Refusal("reply_delete", TABLE, "DELETE", words, f"NOT {gone}"),
        Refusal("reply_truncate", TABLE, "TRUNCATE", words),
    ]
