"""The guard list: each condition is refused in words when it does not hold, and nothing moves."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import translation

from consultations import calendar
from consultations.calendar import local_day
from consultations.errors import Unmet
from consultations.models import (
    MACHINES,
    Amendment,
    Answer,
    Comment,
    Consultation,
    CouncilFile,
    DocumentKind,
    RollCall,
    amending,
    appealing,
    reading,
)
from consultations.models import due as days
from consultations.models import guards as listed
from consultations.models.clock import move_to, now
from consultations.models.machine import Guard, acts_of
from consultations.procedures import ELEMENTS
from consultations.services import (
    amendments,
    answers,
    appeals,
    comments,
    council,
    drafts,
    due,
    elements,
    leaving,
    opinions,
    readings,
    votes,
    ways,
)
from consultations.services import consultations as rounds
from consultations.services import documents as register
from consultations.services.causes import Because
from consultations.services.door import pass_through
from consultations.text.tree import NBSP
from tests.ground.attacks import lift
from tests.office.amending import amended
from tests.office.texting import comment_led, edit, in_review, published
from tests.world import World, provision_of, roll_call
from tests.writing.drafting import kept

MODULES = (listed, appealing, days, reading, amending)
EVERY = tuple(one for module in MODULES for one in vars(module).values())
GUARDS = {one.code: one for one in EVERY if isinstance(one, Guard)}


def announce_without_text(world: World) -> Consultation:
    document = register.add_document(
        slug="bez-tekstu", kind=DocumentKind.ANNUAL, title="Bez tekstu", by=world.officer
    )
    draft = drafts.register_draft(document, slug="bez-tekstu", title="Projekt", by=world.officer)
    consultation = draft.rounds.get()
    first, last = rounds.earliest_days(consultation)
    notice = rounds.Notice(first, last, "Cel", "Referat", "tel. 12")
    world.with_ways(consultation)
    return rounds.announce_consultation(consultation, notice, by=world.officer)


def announce_with_two_forms(world: World) -> Consultation:
    """A meeting and a form, but no third."""
    consultation = world.drafted().rounds.get()
    world.with_ways(consultation)
    ways.cancel_way(consultation.ways.get(kind="paper"), because="Nie ma.", by=world.officer)
    first, last = rounds.earliest_days(consultation)
    notice = rounds.Notice(first, last, "Cel", "Referat", "tel. 12")
    return rounds.announce_consultation(consultation, notice, by=world.officer)


def release_with_open_comments(world: World) -> Any:
    consultation = world.opened()
    world.comment(consultation)
    world.closed(consultation)
    return world.reported(consultation)


def release_in_the_minutes_of_grace(world: World) -> Any:
    consultation = world.opened()
    kept(world, consultation)
    return world.reported(world.closed(consultation))


def waive_early(world: World) -> Any:
    draft = world.closed(world.opened()).draft
    day = calendar.local_day(now())
    asked = opinions.request_opinion(draft, body="krdpp", delivered_on=day, by=world.officer)
    return opinions.waive_opinion(asked, by=world.clock)


def mark_early(world: World) -> Any:
    comment = world.admitted(world.opened())
    comment = comments.assign_comment(comment, department=world.department, by=world.officer)
    return due.mark_comment_overdue(comment, by=world.clock)


def submit_while_awaited(world: World) -> Any:
    draft = world.reviewed(world.closed(world.opened()))
    day = calendar.local_day(now())
    opinions.request_opinion(draft, body="krdpp", delivered_on=day, by=world.officer)
    return council.submit_to_council(draft, by=world.officer)


def take_back_at_will(world: World) -> Any:
    file = world.numbered(world.closed(world.opened()))
    return pass_through(file.draft, "take_back", by=world.clerk)


def finish_with(world: World, unanswered: int) -> Any:
    """Comments withdrawn, hidden and answered do not hold it up; these do."""
    consultation = world.opened()
    world.answered(world.admitted(consultation))
    comments.withdraw_comment(world.comment(consultation), by=world.ngo)
    comments.hide_comment(world.comment(consultation), because="Obraża.", by=world.officer)
    for _ in range(unanswered):
        world.comment(consultation)
    world.closed(consultation)
    if not unanswered:
        return world.reviewed(consultation)
    return drafts.finish_review(consultation.draft, by=world.officer)


def announce_without_elements(world: World) -> Consultation:
    consultation = world.with_ways(world.drafted().rounds.get())
    key = consultation.draft.provisions.earliest("pk").key
    placed = {code: [key] for code in ELEMENTS if code != "goals"}
    elements.place_elements(consultation.draft, placed, by=world.officer)
    first, last = rounds.earliest_days(consultation)
    notice = rounds.Notice(first, last, "Cel", "Referat", "tel. 12")
    return rounds.announce_consultation(consultation, notice, by=world.officer)


def accepted(world: World) -> Any:
    """A closed round whose one comment is accepted, with its change in the working version."""
    consultation, comment = in_review(world)
    edit(world, consultation.draft, "§ 2 ust. 1", "Termin wynosi 30 dni.", comment_led(comment))
    return consultation


def finish_with_working_version(world: World) -> Any:
    consultation = accepted(world)
    world.reported(consultation)
    return drafts.finish_review(consultation.draft, by=world.officer)


def finish_with_an_empty_acceptance(world: World) -> Any:
    consultation, _comment = in_review(world)
    published(world, consultation.draft)
    world.reported(consultation)
    return drafts.finish_review(consultation.draft, by=world.officer)


def finish_with_a_causeless_change(world: World) -> Any:
    consultation = accepted(world)
    edit(world, consultation.draft, "§ 1", "Program określa zasady.")
    published(world, consultation.draft)
    world.reported(consultation)
    return drafts.finish_review(consultation.draft, by=world.officer)


def approve_what_names_no_change(world: World) -> Any:
    comment = world.admitted(world.opened())
    answers.answer_comment(
        comment,
        outcome="accepted",
        reasons="Tak.",
        changed=[provision_of(comment).key],
        by=world.officer,
    )
    comment.changes.all().delete()
    return answers.approve_answer(comment, by=world.approver)


def approve_what_names_no_part(world: World) -> Any:
    """As an answer written before the part was asked for."""
    comment = world.admitted(world.opened())
    answers.answer_comment(
        comment,
        outcome="partly",
        reasons="Tak.",
        accepted_part="Zdanie pierwsze.",
        changed=[provision_of(comment).key],
        by=world.officer,
    )
    lift("answer_part")
    Answer.objects.update(accepted_part="")
    return answers.approve_answer(comment, by=world.approver)


def voted(world: World, votes_for: int) -> CouncilFile:
    return world.voted(world.numbered(world.closed(world.opened())), votes_for=votes_for)


def hidden(world: World) -> Comment:
    received = world.comment(world.opened())
    return comments.hide_comment(received, because="Reklama.", by=world.officer)


def finish_over_an_appeal(world: World) -> Any:
    appeal = appeals.appeal_comment(hidden(world), reasons="Nie.", by=world.ngo)
    return world.reviewed(world.closed(appeal.consultation))


def vote_without_quorum(world: World) -> CouncilFile:
    numbered = world.numbered(world.closed(world.opened()))
    called = roll_call(43)
    away = [council.Called(one.councillor, one.club, "absent") for one in called[21:]]
    return council.record_vote(
        numbered, called=[*called[:21], *away], held_on=local_day(now()), by=world.clerk
    )


def at_council(world: World, act: str) -> Any:
    """An act on a file that just got its print number."""
    numbered = world.numbered(world.closed(world.opened()))
    if act == "take_off_agenda":
        return readings.take_off_agenda(numbered, because="Bez opinii.", by=world.clerk)
    if act == "decide_two_readings":
        return readings.decide_two_readings(numbered, accepted=True, by=world.clerk)
    return readings.hold_first_reading(numbered, days_to_amend(), by=world.clerk)


def schedule_a_withdrawn_draft(world: World) -> Any:
    file = world.numbered(world.closed(world.opened()))
    drafts.withdraw_draft(file.draft, because="Nowa ustawa.", by=world.officer)
    return council.schedule_session(
        file, session_number="XXX", session_on=calendar.local_day(now()), by=world.clerk
    )


def days_to_amend() -> readings.Deadlines:
    return readings.Deadlines(now() + timedelta(days=2), now() + timedelta(days=5))


def moved(world: World) -> CouncilFile:
    """With a motion for two readings, not decided yet."""
    numbered = world.numbered(world.closed(world.opened()))
    motion = readings.Motion("president", 0, "", "Program na trzy lata.")
    return readings.move_two_readings(numbered, motion, by=world.clerk).council_file


def read_twice(world: World) -> CouncilFile:
    return readings.decide_two_readings(moved(world), accepted=True, by=world.clerk)


def second_reading_too_early(world: World) -> Any:
    file = readings.hold_first_reading(read_twice(world), days_to_amend(), by=world.clerk)
    return readings.hold_second_reading(file, by=world.clerk)


def to_amend(world: World) -> CouncilFile:
    return world.numbered(world.closed(world.opened()))


def voted_over(world: World, amendment: Amendment) -> CouncilFile:
    return world.voted(amendment.council_file)


def adopt_unmerged(world: World) -> Any:
    adopted = amendments.adopt_amendment(amended(world, to_amend(world)), by=world.clerk)
    return council.adopt_draft(
        voted_over(world, adopted).draft,
        resolution_number="XXX/1/26",
        adopted_on=local_day(now()),
        by=world.clerk,
    )


def adopt_while_a_sheet_waits(world: World) -> Any:
    file = voted(world, votes_for=40)
    again = votes.Vote(
        roll_call(3), calendar.local_day(now()), because="Radni zażądali reasumpcji."
    )
    votes.enter_vote(file, again, by=world.clerk, kind="repeated")
    return council.adopt_draft(
        file.draft,
        resolution_number="XXX/1/26",
        adopted_on=calendar.local_day(now()),
        by=world.clerk,
    )


def adopt_a_text_rewritten_after_the_vote(world: World) -> Any:
    """Begun before the vote on the unit's own cause, and published after it."""
    file, own = to_amend(world), Because("own", note="Tak zmieniamy sami.")
    edit(world, file.draft, "§ 2 ust. 1", "Termin wynosi 99 dni.", own)
    draft = world.voted(file).draft
    move_to(now() + timedelta(minutes=5))
    published(world, draft)
    return council.adopt_draft(
        draft, resolution_number="XXX/1/26", adopted_on=calendar.local_day(now()), by=world.clerk
    )


def amendment_of_a_closed_file(world: World) -> Any:
    filed = amended(world, to_amend(world))
    council.send_back_draft(filed.council_file, because="Do poprawy.", by=world.clerk)
    return amendments.adopt_amendment(filed, by=world.clerk)


MISSING: dict[str, tuple[Callable[[World], Any], str]] = {
    "text_ready": (
        announce_without_text,
        "The text of the draft has not been imported yet.",
    ),
    "time_to_open": (
        lambda world: rounds.open_consultation(world.announced(), by=world.clock),
        "The opening day has not come yet.",
    ),
    "time_to_close": (
        lambda world: rounds.close_consultation(world.opened(), by=world.clock),
        "The closing day is not over yet.",
    ),
    "consultation_open": (
        lambda world: drafts.begin_consultation(world.announced().draft, by=world.clock),
        "The consultation has not been opened.",
    ),
    "consultation_closed": (
        lambda world: drafts.begin_review(world.opened().draft, by=world.clock),
        "The consultation has not been closed.",
    ),
    "forms_planned": (
        announce_with_two_forms,
        (
            "3 forms of consultation are required, one of them an open meeting or workshop;"
            " 2 are planned."
        ),
    ),
    "elements_placed": (
        announce_without_elements,
        "A mandatory element is not tied to any provision: main goal and specific goals.",
    ),
    "no_working_version": (
        finish_with_working_version,
        "A working version of the text has not been published yet.",
    ),
    "accepted_have_changes": (
        finish_with_an_empty_acceptance,
        "1 accepted comment has changed nothing in the text: 1.",
    ),
    "changes_have_causes": (
        finish_with_a_causeless_change,
        f"1 change of the text has no cause: §{NBSP}1.",
    ),
    "names_its_change": (
        approve_what_names_no_change,
        "The comment is accepted, but the answer names no change of the text.",
    ),
    "names_its_part": (
        approve_what_names_no_part,
        "The comment is accepted in part, but the answer does not say in which.",
    ),
    "round_answered": (
        release_with_open_comments,
        "1 comment still has no published answer.",
    ),
    "appeal_open": (
        lambda world: appeals.restore_comment(hidden(world), by=world.approver),
        "There is no open appeal against hiding this comment.",
    ),
    "appeals_decided": (
        finish_over_an_appeal,
        "An appeal against hiding a comment is not decided: comment 1.",
    ),
    "grace_over": (
        release_in_the_minutes_of_grace,
        "Comments begun before the closing may be sent until 00:15.",
    ),
    "report_released": (
        lambda world: drafts.finish_review(world.closed(world.opened()).draft, by=world.officer),
        "The report has not been released by a second person.",
    ),
    "no_round_runs": (
        lambda world: drafts.withdraw_draft(
            world.announced().draft, because="Nowa ustawa.", by=world.officer
        ),
        "A consultation is announced or open: cancel it or let it close first.",
    ),
    "not_voted": (
        lambda world: drafts.withdraw_draft(
            voted(world, votes_for=40).draft, because="Nowa ustawa.", by=world.officer
        ),
        "The council has voted on the draft: it can no longer be withdrawn.",
    ),
    "formal_ground": (
        lambda world: leaving.leave_comment(
            world.comment(world.opened()), because="Nie podoba się.", by=world.officer
        ),
        "The comment has no formal fault: it is neither late nor unsigned nor incomplete.",
    ),
    "due_day_passed": (
        mark_early,
        "The day for the answer is not over yet, or its passing is recorded already.",
    ),
    "opinion_overdue": (waive_early, "The days for the opinion are not over yet."),
    "opinions_settled": (
        submit_while_awaited,
        "An opinion is still awaited: it must be given, or its days must pass.",
    ),
    "file_sent_back": (take_back_at_will, "The council has not sent the draft back."),
    "all_answered": (
        lambda world: finish_with(world, 2),
        (
            "2 comments still have no published answer. The report has not been released by a"
            " second person."
        ),
    ),
    "at_council": (
        schedule_a_withdrawn_draft,
        "The council no longer has the draft before it.",
    ),
    "on_agenda": (
        lambda world: at_council(world, "take_off_agenda"),
        "The draft is on no agenda.",
    ),
    "motion_waits": (
        lambda world: at_council(world, "decide_two_readings"),
        "No motion for two readings waits for a decision.",
    ),
    "motion_decided": (
        lambda world: readings.hold_reading(moved(world), by=world.clerk),
        "The council has not decided on the motion for two readings.",
    ),
    "read_once": (
        lambda world: readings.hold_reading(read_twice(world), by=world.clerk),
        "The draft has two readings: the first of them must be held.",
    ),
    "read_twice": (
        lambda world: at_council(world, "hold_first_reading"),
        "The draft has one reading: two are held by rule or on a motion.",
    ),
    "amending_over": (
        second_reading_too_early,
        "Amendments can be filed until 5 October 2026, 00:00: the second reading comes after.",
    ),
    "amendments_settled": (
        lambda world: voted_over(world, amended(world, to_amend(world))),
        "An amendment is neither adopted nor rejected nor withdrawn: no. 1.",
    ),
    "amendments_merged": (
        adopt_unmerged,
        "An adopted amendment is not in the text yet: no. 1.",
    ),
    "file_runs": (
        amendment_of_a_closed_file,
        "The council has voted on the draft or sent it back: its amendments stay as they are.",
    ),
    "vote_carried": (
        lambda world: council.adopt_draft(
            voted(world, votes_for=21).draft,
            resolution_number="XXX/1/26",
            adopted_on=local_day(now()),
            by=world.clerk,
        ),
        "The council has not adopted the draft by roll call.",
    ),
    "text_as_voted": (
        adopt_a_text_rewritten_after_the_vote,
        f"1 change made after the vote comes from no adopted amendment: §{NBSP}2 ust.{NBSP}1.",
    ),
    "no_sheet_waits": (
        adopt_while_a_sheet_waits,
        "A roll call entered from paper waits for a second person: it is decided first.",
    ),
    "vote_lost": (
        lambda world: council.reject_draft(voted(world, votes_for=22).draft, by=world.clerk),
        "The council has not rejected the draft by roll call.",
    ),
    "quorum": (
        vote_without_quorum,
        "The quorum was not present, so the vote does not count.",
    ),
}
# What no service can bring about: the database or the service itself refuses it earlier.
UNREACHED = {
    "dates_set": Consultation,
    "has_answer": object,
    "print_numbered": CouncilFile,
    "has_roll_call": CouncilFile,
}


@pytest.mark.parametrize("code", MISSING)
def test_a_condition_that_does_not_hold_is_refused_in_words(world: World, code: str) -> None:
    act, sentence = MISSING[code]
    with translation.override("en"), pytest.raises(Unmet) as refusal:
        act(world)
    assert refusal.value.guards[0].code == code
    assert str(refusal.value) == sentence


@pytest.mark.parametrize("code", UNREACHED)
def test_a_condition_nothing_can_reach_still_does_not_hold_on_a_bare_row(code: str) -> None:
    assert GUARDS[code](UNREACHED[code]()) is False


def test_every_guard_of_every_act_is_tried_here() -> None:
    declared = {guard.code for model in MACHINES for act in acts_of(model) for guard in act.guards}
    assert declared | {"opinions_settled"} == set(GUARDS) == set(MISSING) | set(UNREACHED)


def test_a_vote_without_quorum_leaves_no_roll_call(world: World) -> None:
    with pytest.raises(Unmet):
        vote_without_quorum(world)
    assert RollCall.objects.count() == 0


def test_the_quorum_is_half_of_all_seats_rounded_up(world: World) -> None:
    numbered = world.numbered(world.closed(world.opened()))
    called = roll_call(43)
    away = [council.Called(one.councillor, one.club, "absent") for one in called[22:]]
    council_file = council.record_vote(
        numbered, called=[*called[:22], *away], held_on=local_day(now()), by=world.clerk
    )
    assert council_file.roll_call is not None
    assert (council_file.state, council_file.roll_call.carried) == ("voted", True)


def test_a_hidden_and_a_withdrawn_comment_need_no_answer(world: World) -> None:
    """The control is `all_answered` above: the same road with two open comments is refused."""
    assert finish_with(world, 0).state == "council_vote"


def test_an_answer_that_is_approved_but_not_published_holds_the_review_up(world: World) -> None:
    consultation = world.opened()
    comment = answers.answer_comment(
        world.admitted(consultation), outcome="rejected", reasons="Bo tak.", by=world.officer
    )
    answers.approve_answer(comment, by=world.approver)
    with pytest.raises(Unmet):
        drafts.finish_review(world.closed(consultation).draft, by=world.officer)
    answers.publish_answer(comment, by=world.officer)
    assert world.reviewed(consultation).state == "council_vote"
