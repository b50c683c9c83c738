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
    "hold_first_reading",
    "hold_second_reading",
    "record_vote",
    "adopt",
    "reject",
)
# Timers on the border of a step: which one each belongs to. They are open beside it.
BESIDE = {"review_late": "review_comments"}
AT_COUNCIL = ("give_print_number", "hold_first_reading", "hold_second_reading", "record_vote")
TIMED = ("await_opening", "await_closing")
# Acts that leave the road: from which open steps, to which one ("end": the road is over).
TURNS = {
    "cancel_consultation": (("await_opening",), "prepare_text"),
    "consult_again": (("review_comments",), "prepare_text"),
    "decide_two_readings": (("record_vote",), "hold_first_reading"),
    "send_back_draft": (AT_COUNCIL, "review_comments"),
    "withdraw_draft": (
        (
            "prepare_text",
            "review_comments",
            "submit_to_council",
            *AT_COUNCIL,
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
    CouncilFileState.FIRST_READ: "hold_second_reading",
    CouncilFileState.READ: "record_vote",
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
    if file.state != CouncilFileState.VOTED:
        return before_the_vote(file)
    vote = file.roll_call
    return "adopt" if vote is not None and vote.carried else "reject"


def before_the_vote(file: CouncilFile) -> str:
    """The step of a file that came and is not voted on yet.

    One reading is part of the session at which the council votes: it is no step of its own.
    """
    state = CouncilFileState(file.state)
    if state == CouncilFileState.NUMBERED:
        return "hold_first_reading" if file.is_read_twice else "record_vote"
    return _BEFORE_THE_VOTE[state]
