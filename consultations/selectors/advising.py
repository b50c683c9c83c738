"""Opinions of departments as the desk reads them, and a comment sent back by one."""

from collections.abc import Sequence
from dataclasses import dataclass

from consultations import policy, wording
from consultations.models import Actor, Advice, Comment, CommentState, Sealed


@dataclass(frozen=True)
class Declined:
    """Which department sent the comment back, why, and whose it is, if she knew."""

    by: str
    because: str
    to: str


def advice(comment: Comment, viewer: Actor | None) -> list[Advice]:
    """The opinions this person reads: all for the office, the own one for a department."""
    seen = policy.visible(viewer, Advice.objects.filter(comment=comment))
    return list(seen.select_related("department"))


def is_declined(comment: Comment) -> bool:
    """Whether it waits for the unit because a department said that it is not its own."""
    return comment.declined_by_id is not None and comment.state == CommentState.ADMITTED


def declined(comment: Comment) -> Declined | None:
    """What the department said, for the pane of the unit."""
    if not is_declined(comment):
        return None
    said = Sealed.objects.filter(
        entry__comment=comment, entry__kind="comment.decline", field="because"
    )
    because = said.order_by("-entry__seq").values_list("text", flat=True).first() or ""
    return Declined(str(comment.declined_by), because, str(comment.declined_to or ""))


def in_words(comments: Sequence[Comment]) -> dict[int, str]:
    """The opinions on each comment in one text, for the internal copy of the report: one query."""
    said: dict[int, list[str]] = {}
    for one in Advice.objects.filter(comment__in=comments).select_related("department"):
        outcome = str(wording.OUTCOMES.get(one.recommended, one.recommended))
        head = f"{one.department} ({outcome})" if outcome else str(one.department)
        said.setdefault(one.comment_id, []).append(f"{head}: {one.text}")
    return {key: "\n".join(texts) for key, texts in said.items()}
