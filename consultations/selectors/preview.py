"""How a change reads while it is being typed: within a length and a time, and nothing is kept."""

from dataclasses import dataclass

from consultations.models import CommentKind, Wording
from consultations.selectors.texts import words_of
from consultations.text.redline import Piece, redline
from consultations.text.typography import typo

LONGEST = 5_000  # characters of either wording
SECONDS = 0.15  # then the comparison is shown coarser


@dataclass(frozen=True)
class Preview:
    """What the reader sees: the pieces, or why there are none."""

    pieces: tuple[Piece, ...] = ()
    is_too_long: bool = False
    proposes_nothing: bool = False


def preview(wording: Wording | None, kind: str, proposed: str) -> Preview:
    """The present wording and what would become of it by this kind of comment.

    What is added stands after the provision, so it is compared with nothing.
    """
    before = words_of(wording).strip()
    after = "" if kind == CommentKind.DELETE else proposed.strip()
    if kind == CommentKind.ADD:
        before, after = "", "" if after == before else after
    if kind not in (CommentKind.CHANGE, CommentKind.DELETE, CommentKind.ADD) or before == after:
        return Preview(proposes_nothing=True)
    if max(len(before), len(after)) > LONGEST:
        return Preview(is_too_long=True)
    return Preview(redline(typo(before), typo(after), seconds=SECONDS))
