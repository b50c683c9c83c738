"""Acts of the council that complete no step of the flow: when they are open, and their words."""

from django.utils.translation import gettext_lazy as _

from consultations import wording
from consultations.models import Actor, CouncilFile, CouncilFileState, DraftState
from consultations.models.council import BEFORE_THE_VOTE
from consultations.models.reading import MOTION_WAITS
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
    "take_off_agenda": Step(
        "council_file.take_off_agenda",
        "take_off_agenda",
        wording.ACTS["council_file.take_off_agenda"],
        _("Take the draft off the agenda"),
        (
            _("The reason becomes public."),
            _("The draft keeps its print number and waits for another session."),
        ),
        at_council=True,
    ),
    "move_two_readings": Step(
        "council_file.move_two_readings",
        "move_two_readings",
        wording.ACTS["council_file.move_two_readings"],
        _("File a motion for two readings"),
        (
            _("The motion with its reasons becomes public."),
            _("Reading and vote wait until the council has decided on it."),
        ),
        at_council=True,
    ),
    "decide_two_readings": Step(
        "council_file.decide_two_readings",
        "decide_two_readings",
        wording.ACTS["council_file.decide_two_readings"],
        _("Record what the council decided on the motion for two readings"),
        (_("Accepted, it changes the road: two readings, with days for amendments between them."),),
        at_council=True,
    ),
    "begin_reading": Step(
        "council_file.begin_reading",
        "begin_reading",
        wording.ACTS["council_file.begin_reading"],
        _("Begin the reading"),
        (_("From then on the sponsor files no amendments of its own."),),
        at_council=True,
    ),
    "hold_reading": Step(
        "council_file.hold_reading",
        "hold_reading",
        wording.ACTS["council_file.hold_reading"],
        _("Close the reading before the vote"),
        (
            _("From then on nobody files amendments, and nobody moves for two readings."),
            _("Unless it is recorded now, it is recorded together with the roll call."),
        ),
        at_council=True,
    ),
    "set_deadlines": Step(
        "council_file.set_deadlines",
        "set_deadlines",
        wording.ACTS["council_file.set_deadlines"],
        _("Set other last instants for amendments"),
        (_("The new instants become public; one that has passed is not moved."),),
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
    if file.state == CouncilFileState.SUBMITTED:
        return ["send_back_draft"]
    if file.state not in BEFORE_THE_VOTE:
        return []
    off = ["take_off_agenda"] if file.session_on else []
    return ["schedule_session", *off, *_readings(file), "send_back_draft"]


def _readings(file: CouncilFile) -> list[str]:
    if file.state == CouncilFileState.FIRST_READ:
        return ["set_deadlines"]
    if file.state != CouncilFileState.NUMBERED:
        return []
    if MOTION_WAITS(file):
        return ["decide_two_readings"]
    begin = [] if file.reading_began_at else ["begin_reading"]
    return begin if file.is_read_twice else ["move_two_readings", *begin, "hold_reading"]


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
