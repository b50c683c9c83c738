"""The guards that speak of appeals against hiding a comment."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from consultations.models.machine import Guard


def _open_appeals(draft: Any) -> list[str]:
    """Of every round, the earlier ones first."""
    rounds = draft.rounds.order_by("number")
    return [str(one.number) for each in rounds for one in each.comments.with_open_appeal()]


def _with_open_appeal(draft: Any) -> Any:
    """The earliest round that still has one."""
    rounds = draft.rounds.order_by("number")
    return next((one for one in rounds if one.comments.with_open_appeal().exists()), None)


def _in_words(numbers: list[str]) -> str:
    return ngettext(
        "An appeal against hiding a comment is not decided: comment %(named)s.",
        "%(count)d appeals against hiding comments are not decided: comments %(named)s.",
        len(numbers),
    ) % {"count": len(numbers), "named": ", ".join(numbers)}


APPEAL_OPEN = Guard(
    "appeal_open",
    _("There is no open appeal against hiding this comment."),
    lambda comment: comment.has_open_appeal,
)
APPEALS_DECIDED = Guard(
    "appeals_decided",
    _in_words,
    lambda draft: not _open_appeals(draft),
    clears="queue?stan=appeals",
    names=_open_appeals,
    place=_with_open_appeal,
)
