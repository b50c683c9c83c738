"""Roll calls from paper on their way: what was sent back, to begin from; what the page shows."""

from typing import Any

from consultations import policy
from consultations.models import Actor, CouncilFile, CouncilFileState, Vote, VoteSheet
from consultations.models.council import TOTALS
from workflows import roll_calls
from workflows.roll_calls import Row

# The kind of roll call each act enters.
KINDS = {"record_vote": "vote", "correct_vote": "correction", "repeat_vote": "repeated"}


def returned(file: CouncilFile, kind: str) -> VoteSheet | None:
    """The last roll call of this kind, if it was sent back."""
    sheets = [one for one in file.vote_sheets.all() if one.kind == kind]
    last = sheets[-1] if sheets else None
    return last if last is not None and last.state == VoteSheet.State.RETURNED else None


def returned_of(file: CouncilFile, act: str | None) -> VoteSheet | None:
    """What was sent back, of the act whose form is shown."""
    kind = KINDS.get(act or "")
    return returned(file, kind) if kind else None


def initial(sheet: VoteSheet | None) -> dict[str, Any]:
    """What was entered, for the form in which it is entered anew; nothing is lost."""
    if sheet is None:
        return {}
    text = roll_calls.write([Row(*one) for one in sheet.called]) if sheet.called else ""
    given = {"held_on": sheet.held_on, "because": sheet.because, "source": "paper"}
    return given | {"text": text} | (sheet.declared or {})


def before(file: CouncilFile, kind: str) -> dict[str, Any]:
    """What was sent back, and the roll call that is to be replaced."""
    return initial(returned(file, kind)) | _standing(file)


def _standing(file: CouncilFile) -> dict[str, Any]:
    return {"standing": file.roll_call.pk} if file.roll_call else {}


def standing(file: CouncilFile, kind: str) -> dict[str, Any]:
    """What was sent back, else the roll call that stands: a correction changes a line of it."""
    sheet, call = returned(file, kind), file.roll_call
    if sheet is not None or call is None:
        return before(file, kind)
    rows = [Row(one.councillor, one.club, one.vote) for one in call.ballots.all()]
    declared = {name: getattr(call, name) for name in TOTALS.values()} if call.declared else {}
    text = roll_calls.write(rows) if rows else ""
    given = {"held_on": call.held_on, "source": call.source, "text": text, **declared}
    return given | _standing(file)


def shown(sheet: VoteSheet) -> list[tuple[Row, Any]]:
    """The list that was entered, with each vote in words."""
    return [(row, Vote(row.vote).label) for row in (Row(*one) for one in sheet.called)]


def facts(file: CouncilFile, viewer: Actor | None) -> dict[str, Any]:
    """What the page of the file says of a roll call that waits."""
    over = file.state == CouncilFileState.SENT_BACK
    sheet = None if over else file.waiting_sheet
    return {
        "sheet": sheet,
        "may_confirm": sheet is not None and policy.can(viewer, "council_file.confirm_vote", file),
        "may_return": sheet is not None and policy.can(viewer, "council_file.return_vote", file),
    }
