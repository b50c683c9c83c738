"""How a roll call from paper stops waiting: decided by a person, or given back with its file."""

from typing import Any

from django.utils.translation import gettext as _

from consultations.models import Actor, CouncilFile, VoteSheet
from consultations.services.door import recorded_at


def decide(sheet: VoteSheet, state: str, by: Actor, remark: str) -> None:
    """Write down what became of it, once; the caller holds the file and has just recorded it."""
    sheet.state, sheet.decided_by, sheet.decided_at = state, by, recorded_at()
    sheet.remark = remark
    sheet.save(update_fields=["state", "decided_by", "decided_at", "remark"])


def over(council_file: CouncilFile | None) -> tuple[VoteSheet | None, dict[str, Any]]:
    """The sheet that waits beside a file that is over, and the facts for the entry of the act.

    Whoever ends the file need not be somebody who may send a roll call back, so it is told by the
    act itself. The caller holds the file.
    """
    sheet = council_file.waiting_sheet if council_file else None
    if sheet is None:
        return None, {}
    remark = _("The draft was withdrawn or sent back before another person compared it.")
    return sheet, {"sheet": sheet.pk, "remark": remark}


def give_back(sheet: VoteSheet | None, facts: dict[str, Any], *, by: Actor) -> None:
    """Nothing waits beside a file that is over; after the entry of the act with these facts."""
    if sheet is not None:
        decide(sheet, VoteSheet.State.RETURNED, by, facts["remark"])
