"""How a roll call from paper stops waiting: decided by a person, or given back with its file."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from consultations.models import Actor, CouncilFile, VoteSheet
from consultations.models.clock import now


def decide(sheet: VoteSheet, state: str, by: Actor, remark: str) -> None:
    """Write down what became of it, once; the caller holds the file."""
    sheet.state, sheet.decided_by, sheet.decided_at, sheet.remark = state, by, now(), remark
    sheet.save(update_fields=["state", "decided_by", "decided_at", "remark"])


def give_back(council_file: CouncilFile | None, *, by: Actor) -> dict[str, Any]:
    """Nothing waits beside a file that is over; gives the fact for the entry of the act.

    Whoever ends the file need not be somebody who may send a roll call back, so it is told by the
    act itself. The caller holds the file.
    """
    sheet = council_file.waiting_sheet if council_file else None
    if sheet is None:
        return {}
    remark = _("The draft was withdrawn or sent back before another person compared it.")
    decide(sheet, VoteSheet.State.RETURNED, by, str(remark))
    return {"sheet": sheet.pk}
