"""The road of a draft: which one step its legal state calls for. The flow must agree with it."""

from consultations.models import (
    Consultation,
    ConsultationState,
    CouncilFile,
    CouncilFileState,
    Draft,
    DraftState,
)

HUMAN = (
    "prepare_text",
    "review_comments",
    "submit_to_council",
    "give_print_number",
    "record_vote",
    "adopt",
    "reject",
)
TIMED = ("await_opening", "await_closing")

_BY_STATE = {
    DraftState.PUBLIC_CONSULTATION: "await_closing",
    DraftState.COMMENT_REVIEW: "review_comments",
}
_BEFORE_THE_VOTE = {
    CouncilFileState.SUBMITTED: "give_print_number",
    CouncilFileState.NUMBERED: "record_vote",
}


def latest_round(draft: Draft) -> Consultation:
    """The round the draft is in, or was in last."""
    return draft.rounds.latest("number")


def step_due(draft: Draft) -> str | None:
    """The name of the node that must be open now; None when the road has ended."""
    state = DraftState(draft.state)
    if state == DraftState.DRAFTING:
        announced = latest_round(draft).state == ConsultationState.ANNOUNCED
        return "await_opening" if announced else "prepare_text"
    if state == DraftState.COUNCIL_VOTE:
        return _before_the_council(draft.council_files.last())
    return _BY_STATE.get(state)


def _before_the_council(file: CouncilFile | None) -> str:
    if file is None:
        return "submit_to_council"
    state = CouncilFileState(file.state)
    if state in _BEFORE_THE_VOTE:
        return _BEFORE_THE_VOTE[state]
    return "adopt" if file.roll_call.carried else "reject"
