"""What the database refuses about appeals against hiding a comment."""

from consultations.models import Comment, Entry
from consultations.refusals import Refusal, changed

TABLE, ENTRY = Comment._meta.db_table, Entry._meta.db_table


def appeals() -> list[Refusal]:
    """An appeal is filed once against a hiding, and decided by neither who hid nor who filed."""
    decides = "NEW.appeal_decided_at IS NOT NULL AND OLD.appeal_decided_at IS NULL"
    back = "OLD.state = 'hidden' AND NEW.state = 'received'"
    unasked = f"{back} AND (OLD.appealed_at IS NULL OR NOT ({decides}))"
    said = "OLD.appealed_at IS NOT NULL AND NEW.appealed_at IS NOT NULL"
    redecided = f"OLD.appeal_decided_at IS NOT NULL AND ({changed(['appeal_decided_at'])})"
    twice = f"{said} AND ({changed(['appealed_at'])} OR {redecided})"
    another = "an appeal is decided by another person"
    once = "one appeals against a hiding once"
    return [
        Refusal("appeal_decided", TABLE, "UPDATE", another, f"{decides} AND {_by_who_may_not()}"),
        Refusal("appeal_asked", TABLE, "UPDATE", "nobody appealed against it", unasked),
        Refusal("appeal_once", TABLE, "UPDATE", once, twice),
    ]


def _by_who_may_not() -> str:
    """The entry of this version was written by who hid the comment last, or by who filed it."""
    hidings = f"SELECT MAX(seq) FROM {ENTRY} WHERE comment_id = NEW.id AND kind = 'comment.hide'"  # noqa: S608 - names of our own
    hid = f"(SELECT h.actor_id FROM {ENTRY} h WHERE h.seq = ({hidings}))"  # noqa: S608 - names of our own
    return (
        f"EXISTS (SELECT 1 FROM {ENTRY} e WHERE e.comment_id = NEW.id"  # noqa: S608 - names of our own
        f" AND e.object_version = NEW.version AND e.actor_id IN ({hid}, NEW.filed_by_id))"
    )
