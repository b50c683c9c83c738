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
# Acts that leave the road: from which open steps, to which one ("end": the road is over).
TURNS = {
    "cancel_consultation": (("await_opening",), "prepare_text"),
    "send_back_draft": (("give_print_number", "record_vote"), "review_comments"),
    "withdraw_draft": (
        (
            "prepare_text",
            "review_comments",
            "submit_to_council",
            "give_print_number",
            "record_vote",
        ),
        "end",
    ),
}
# A roll call that is corrected or taken again turns the result before it is entered: from which
# open step to this one. The picture does not draw it: the road itself is the same.
RESULT_TURNS = {"adopt": ("reject",), "reject": ("adopt",)}

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
    """A file that was sent back is over: the draft comes to the council in a new one."""
    if file is None or file.state == CouncilFileState.SENT_BACK:
        return "submit_to_council"
    state = CouncilFileState(file.state)
    if state in _BEFORE_THE_VOTE:
        return _BEFORE_THE_VOTE[state]
    vote = file.roll_call
    return "adopt" if vote is not None and vote.carried else "reject"
