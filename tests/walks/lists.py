"""Which acts a walk chooses from: what leads on from a state, and everything."""

from collections.abc import Callable

from tests.walks.acts import (
    add_session,
    admit,
    announce,
    answer,
    approve,
    ask_override,
    assign,
    begin_another,
    cancel,
    complete,
    consult_again,
    correct,
    discard_text,
    edit_text,
    enter_into_force,
    file_comment,
    finish_review,
    give_opinion,
    grant_override,
    hide,
    leave,
    let_time_pass,
    move_day,
    number_case,
    plan_ways,
    prepare_report,
    prolong,
    publish,
    publish_text,
    reach_the_next_instant,
    refuse_override,
    release_report,
    request_opinion,
    restore,
    return_for_completion,
    send_back_answer,
    stand_still,
    take_up,
    waive_opinion,
    watch_plan,
    withdraw_comment,
    withdraw_draft,
    withdraw_override,
)
from tests.walks.council_acts import (
    adopt,
    adopt_amendment,
    begin_reading,
    confirm_vote,
    correct_vote,
    decide_two_readings,
    enter_vote,
    file_amendment,
    give_print_number,
    hold_first_reading,
    hold_reading,
    hold_second_reading,
    merge_amendment,
    merge_without_change,
    move_two_readings,
    record_vote,
    reject,
    reject_amendment,
    repeat_vote,
    return_vote,
    schedule,
    send_back_draft,
    set_deadlines,
    submit,
    take_off_agenda,
    withdraw_amendment,
)
from tests.walks.scene import Scene

Act = Callable[[Scene, int], None]
OF_COMMENTS: tuple[Act, ...] = (
    *(admit, assign, answer, approve, publish, send_back_answer),
    *(return_for_completion, complete, leave, take_up, hide, restore, withdraw_comment),
)
OF_TEXT: tuple[Act, ...] = (edit_text, publish_text, discard_text)
OF_TIME: tuple[Act, ...] = (let_time_pass, stand_still, reach_the_next_instant)
SIDEWAYS: tuple[Act, ...] = (
    *(withdraw_draft, send_back_draft, cancel, number_case, take_off_agenda, consult_again),
    *(add_session, move_day, watch_plan, enter_into_force, withdraw_amendment, withdraw_override),
)
# What leads on from each state of the draft, so that a walk gets somewhere.
ONWARD: dict[str, tuple[Act, ...]] = {
    "drafting": (
        *(plan_ways, announce, announce, reach_the_next_instant, correct, prolong, edit_text),
        *(ask_override, grant_override, refuse_override, add_session),
    ),
    "public_consultation": (
        *(file_comment, file_comment, admit, admit, answer, approve, publish),
        *(prolong, correct, reach_the_next_instant),
    ),
    "comment_review": (
        *(admit, admit, answer, answer, approve, approve, publish, publish),
        *(prepare_report, release_report, publish_text, finish_review, finish_review),
        *(request_opinion, give_opinion, consult_again, move_day),
    ),
    "council_vote": (
        *(submit, submit, give_print_number, give_print_number, schedule, move_two_readings),
        *(decide_two_readings, begin_reading, hold_reading, hold_first_reading, set_deadlines),
        *(file_amendment, file_amendment, adopt_amendment, reject_amendment, merge_amendment),
        *(merge_without_change, publish_text, hold_second_reading, record_vote, enter_vote),
        *(confirm_vote, confirm_vote, return_vote, correct_vote, repeat_vote, adopt, adopt),
        *(reject, give_opinion, request_opinion, ask_override, grant_override, let_time_pass),
    ),
    "adopted": (begin_another,),
    "rejected": (begin_another,),
    "withdrawn": (
        *(begin_another, begin_another, schedule, begin_reading, hold_reading, file_amendment),
        *(adopt_amendment, move_two_readings, record_vote, enter_vote, confirm_vote),
    ),
}
EVERY: tuple[Act, ...] = tuple(
    dict.fromkeys(
        (*OF_COMMENTS, *OF_TEXT, *OF_TIME, *SIDEWAYS, waive_opinion, *sum(ONWARD.values(), ()))
    )
)
