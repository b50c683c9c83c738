"""The guards that speak of amendments: all settled before the vote, all in the text before it ends.

They read through relations of the object they are given, so this module imports no model.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from consultations.models.machine import Guard

STATUTE = "statut gminy: poprawki i autopoprawki"


def _unsettled(council_file: Any) -> list[str]:
    return [str(one.number) for one in council_file.amendments.filter(state="filed")]


def _unsettled_words(numbers: list[str]) -> str:
    return ngettext(
        "An amendment is neither adopted nor rejected nor withdrawn: no. %(named)s.",
        "%(count)d amendments are neither adopted nor rejected nor withdrawn: no. %(named)s.",
        len(numbers),
    ) % {"count": len(numbers), "named": ", ".join(numbers)}


def _unmerged(draft: Any) -> list[str]:
    """The adopted amendments of the latest file of which something is not in the text yet."""
    last = draft.council_files.last()
    if last is None:
        return []
    waiting = last.amendments.filter(state="adopted", places__causes=None).distinct()
    return [str(one.number) for one in waiting]


def _unmerged_words(numbers: list[str]) -> str:
    return ngettext(
        "An adopted amendment is not in the text yet: no. %(named)s.",
        "%(count)d adopted amendments are not in the text yet: no. %(named)s.",
        len(numbers),
    ) % {"count": len(numbers), "named": ", ".join(numbers)}


AMENDMENTS_SETTLED = Guard(
    "amendments_settled",
    _unsettled_words,
    lambda council_file: not _unsettled(council_file),
    clears="amendments",
    legal_basis=STATUTE,
    names=_unsettled,
)
AMENDMENTS_MERGED = Guard(
    "amendments_merged",
    _unmerged_words,
    lambda draft: not _unmerged(draft),
    clears="amendments",
    legal_basis=STATUTE,
    names=_unmerged,
)


def _file_runs(amendment: Any) -> bool:
    over = str(amendment.council_file.state) in ("voted", "sent_back")
    return not over and str(amendment.council_file.draft.state) == "council_vote"


def _file_over_words(amendment: Any) -> Any:
    if str(amendment.council_file.draft.state) == "withdrawn":
        return _("The draft is withdrawn: its amendments stay as they are.")
    return _("The council has voted on the draft or sent it back: its amendments stay as they are.")


FILE_RUNS = Guard("file_runs", _file_over_words, _file_runs)
