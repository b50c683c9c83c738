"""What goes out with an approved answer: the covering note in its author's letter."""

from consultations.errors import WrongState
from consultations.models import Actor, Comment, CoveringNote
from consultations.services.door import hold, one_action, pass_through, require


def add_note(comment: Comment, *, note: str, seen_version: int | None = None, by: Actor) -> Comment:
    """Write, rewrite or empty the covering note of an approved answer, until it is published.

    Raises NotYours, WrongState (also when somebody was faster: `seen_version` is the version of
    the comment on the page).
    """
    text = note.strip()
    with one_action():
        comment = hold(comment)
        require(by, "comment.add_note", comment)
        if seen_version is not None and seen_version != comment.version:
            raise WrongState
        held = CoveringNote.objects.filter(comment=comment).first()
        stood = held or CoveringNote(comment=comment)
        if stood.text == text:
            return comment
        facts = {"emptied": not text}
        comment = pass_through(comment, "add_note", by=by, words={"note": text}, facts=facts)
        stood.text = text
        stood.save()
    return comment
