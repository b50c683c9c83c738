"""Acts of the council that complete no step of the flow: when they are open, and their words."""

from django.utils.translation import gettext_lazy as _

from consultations import wording
from consultations.models import Actor, CouncilFile, CouncilFileState, DraftState
from workflows import steps
from workflows.steps import Step

ASIDE: dict[str, Step] = {
    "schedule_session": Step(
        "council_file.schedule",
        "schedule_session",
        wording.ACTS["council_file.schedule"],
        _("Put the draft on the agenda of a session"),
        (
            _("The number and day of the session stand on the page of the draft."),
            _("Another day can be set until the roll call is entered."),
        ),
        at_council=True,
    ),
    "send_back_draft": Step(
        "council_file.send_back",
        "send_back_draft",
        wording.ACTS["council_file.send_back"],
        _("Send the draft back to its sponsor"),
        (
            _("The reason becomes public."),
            _("The review of the draft begins again; this file of the council is closed."),
        ),
        at_council=True,
    ),
    "confirm_vote": Step(
        "council_file.confirm_vote",
        "confirm_vote",
        wording.ACTS["council_file.confirm_vote"],
        _("Compare the roll call with the minutes"),
        (_("The roll call counts once the totals you read in the minutes are those entered."),),
        at_council=True,
    ),
    "correct_vote": Step(
        "council_file.correct_vote",
        "correct_vote",
        wording.ACTS["council_file.correct_vote"],
        _("Correct a roll call that was entered wrongly"),
        (
            _("Both roll calls stay public, with your reason; the new one counts."),
            _("Until the decision is entered, the result and the next step follow the new one."),
        ),
        at_council=True,
    ),
    "repeat_vote": Step(
        "council_file.repeat_vote",
        "repeat_vote",
        wording.ACTS["council_file.repeat_vote"],
        _("Enter the vote the council took again (reasumpcja)"),
        (
            _("Both votes stay public, with the reason; the second one counts."),
            _("The result and the next step follow the second vote."),
        ),
        at_council=True,
    ),
    "record_publication": Step(
        "draft.record_publication",
        "record_publication",
        _("Record the publication"),
        _("Record where the resolution was published"),
        (_("Place, address and day stand on the page of the document."),),
        at_council=True,
    ),
}


def aside(file: CouncilFile, viewer: Actor | None) -> list[Step]:
    """The acts beside the road the viewer may do now, on the file the draft is in."""
    return [ASIDE[name] for name in _open(file) if steps.may(viewer, ASIDE[name])]


def _open(file: CouncilFile) -> list[str]:
    if file.state == CouncilFileState.VOTED:
        return _after_the_vote(file)
    if file.draft.state != DraftState.COUNCIL_VOTE:
        return []
    if file.state == CouncilFileState.NUMBERED:
        return ["schedule_session", "send_back_draft"]
    return ["send_back_draft"] if file.state == CouncilFileState.SUBMITTED else []


def _after_the_vote(file: CouncilFile) -> list[str]:
    """While a roll call waits for a second person, none is entered beside it."""
    state, waits = file.draft.state, file.waiting_sheet is not None
    publication = ["record_publication"] if state == DraftState.ADOPTED else []
    replacing = {
        DraftState.COUNCIL_VOTE: ["correct_vote", "repeat_vote"],
        DraftState.ADOPTED: ["correct_vote"],
        DraftState.REJECTED: ["correct_vote"],
    }
    return publication + ([] if waits else replacing.get(DraftState(state), []))
