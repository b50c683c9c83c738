"""Acts that leave the road: prolonged, cancelled, sent back, withdrawn, corrected."""

import itertools
import threading
from datetime import timedelta

import pytest
from viewflow.workflow.lock import NoLock
from viewflow.workflow.models import Task

from consultations.errors import Invalid, NotYours, Unmet, WrongState
from consultations.models import ConsultationState, Draft, DraftState, Entry
from consultations.models.clock import move_to
from consultations.services import consultations as rounds
from consultations.services import council
from tests.workflows.races import race, race_of
from tests.workflows.walk import Walk, fresh, open_step, steps
from workflows import flows, services
from workflows.flow_check import mismatches
from workflows.flows import DraftingFlow
from workflows.models import DraftingProcess
from workflows.tick import fire_due_timers, tick

WHY = "Podano zły adres sali."


def record(draft: Draft) -> tuple[int, str, list[tuple[str, str]]]:
    """How long the trail is, where the draft stands, and every task of its flow."""
    draft.refresh_from_db()
    return Entry.objects.count(), str(draft.state), steps(draft)


def test_prolonging_an_open_round_sets_its_timer_at_once(walk: Walk) -> None:
    one = walk.opened()
    assert one.last_day is not None
    later = one.last_day + timedelta(days=7)
    done = services.prolong_consultation(one, last_day=later, because=WHY, by=walk.world.officer)
    timer = Task.objects.get(status="SCHEDULED")
    assert (done.last_day, timer.scheduled) == (later, done.closes_at)
    assert mismatches() == []


def test_a_prolonged_round_closes_on_its_new_day_only(walk: Walk) -> None:
    one = walk.opened()
    assert one.closes_at is not None
    assert one.last_day is not None
    later = one.last_day + timedelta(days=7)
    done = services.prolong_consultation(one, last_day=later, because=WHY, by=walk.world.officer)
    move_to(one.closes_at)
    assert (tick(), fresh(one).state) == (0, "open")
    assert done.closes_at is not None
    move_to(done.closes_at)
    assert (tick(), fresh(one).state) == (1, "closed")


def test_a_round_prolonged_before_it_opens_closes_on_its_new_day(walk: Walk) -> None:
    one = walk.announced()
    assert one.last_day is not None
    later = one.last_day + timedelta(days=7)
    done = services.prolong_consultation(one, last_day=later, because=WHY, by=walk.world.officer)
    assert open_step(one.draft) == "await_opening"
    assert done.opens_at is not None
    move_to(done.opens_at)
    tick()
    assert Task.objects.get(status="SCHEDULED").scheduled == done.closes_at


def test_what_is_refused_moves_no_timer(walk: Walk) -> None:
    one, world = walk.opened(), walk.world
    assert one.last_day is not None
    before = record(one.draft), Task.objects.get(status="SCHEDULED").scheduled
    for day, by, refusal in (
        (one.last_day, world.officer, Invalid),
        (one.last_day + timedelta(days=1), world.approver, NotYours),
    ):
        with pytest.raises(refusal):
            services.prolong_consultation(one, last_day=day, because=WHY, by=by)
    assert (record(one.draft), Task.objects.get(status="SCHEDULED").scheduled) == before


def test_cancelling_leads_back_to_the_text_and_to_another_round(walk: Walk) -> None:
    one = walk.announced()
    done = services.cancel_consultation(one, because=WHY, by=walk.world.officer)
    assert (done.state, done.cancelled_because) == (ConsultationState.CANCELLED, WHY)
    assert steps(one.draft)[-2:] == [("await_opening", "CANCELED"), ("prepare_text", "NEW")]
    following = one.draft.rounds.get(number=2)
    assert (following.state, following.slug) == ("planned", "program-2027-r2")
    assert mismatches() == []


def test_after_a_cancelled_round_the_next_one_is_announced_and_opens(walk: Walk) -> None:
    one = walk.announced()
    services.cancel_consultation(one, because=WHY, by=walk.world.officer)
    second = walk.announce(one.draft.rounds.get(number=2))
    assert second.opens_at is not None
    move_to(second.opens_at)
    tick()
    assert (fresh(one).state, fresh(second).state) == ("cancelled", "open")
    assert (open_step(one.draft), mismatches()) == ("await_closing", [])


def test_an_open_round_is_not_cancelled(walk: Walk) -> None:
    one = walk.opened()
    before = record(one.draft)
    with pytest.raises(WrongState):
        services.cancel_consultation(one, because=WHY, by=walk.world.officer)
    assert record(one.draft) == before


def test_cancelling_twice_is_refused_and_plans_one_round(walk: Walk) -> None:
    one = walk.announced()
    services.cancel_consultation(one, because=WHY, by=walk.world.officer)
    with pytest.raises(WrongState):
        services.cancel_consultation(one, because=WHY, by=walk.world.officer)
    assert one.draft.rounds.count() == 2


@pytest.mark.parametrize("stage", ["submitted", "numbered"])
def test_a_draft_sent_back_is_reviewed_again(walk: Walk, stage: str) -> None:
    file = getattr(walk, stage)()
    done = services.send_back_draft(file, because=WHY, by=walk.world.clerk)
    file.draft.refresh_from_db()
    assert (done.state, file.draft.state) == ("sent_back", DraftState.COMMENT_REVIEW)
    assert [name for name, status in steps(file.draft) if status == "CANCELED"] == [
        "give_print_number" if stage == "submitted" else "record_vote"
    ]
    assert (open_step(file.draft), mismatches()) == ("review_comments", [])


def test_a_draft_sent_back_comes_to_the_council_in_another_file(walk: Walk) -> None:
    file, world = walk.numbered(), walk.world
    services.send_back_draft(file, because=WHY, by=world.clerk)
    draft = services.finish_review(file.draft, by=world.officer)
    assert (open_step(draft), mismatches()) == ("submit_to_council", [])
    second = services.submit_to_council(draft, by=world.officer)
    services.give_print_number(second, print_number="512", by=world.clerk)
    assert (second.pk != file.pk, open_step(draft), mismatches()) == (True, "record_vote", [])


def test_a_vote_that_was_taken_is_not_sent_back(walk: Walk) -> None:
    file = walk.voted()
    before = record(file.draft)
    with pytest.raises(WrongState):
        services.send_back_draft(file, because=WHY, by=walk.world.clerk)
    assert record(file.draft) == before


STEPS = {
    "registered": "prepare_text",
    "closed": "review_comments",
    "reviewed": "submit_to_council",
    "submitted": "give_print_number",
    "numbered": "record_vote",
}


@pytest.mark.parametrize(("stage", "step"), STEPS.items())
def test_withdrawing_ends_the_road_from_every_stage(walk: Walk, stage: str, step: str) -> None:
    reached = getattr(walk, stage)()
    draft = getattr(reached, "draft", reached)
    done = services.withdraw_draft(draft, because=WHY, by=walk.world.officer)
    assert (done.state, done.withdrawn_because) == ("withdrawn", WHY)
    assert steps(draft)[-2:] == [(step, "CANCELED"), ("end", "DONE")]
    assert str(DraftingProcess.objects.get().status) == "DONE"
    assert mismatches() == []


@pytest.mark.parametrize("stage", ["announced", "opened"])
def test_a_draft_is_not_withdrawn_under_a_running_round(walk: Walk, stage: str) -> None:
    one = getattr(walk, stage)()
    before = record(one.draft)
    with pytest.raises((Unmet, WrongState)):
        services.withdraw_draft(one.draft, because=WHY, by=walk.world.officer)
    assert record(one.draft) == before


def test_correcting_the_notice_leaves_the_step_as_it_is(walk: Walk) -> None:
    one = walk.announced()
    before = steps(one.draft)
    done = services.correct_notice(
        one, changed={"contact": "tel. 13"}, because=WHY, by=walk.world.officer
    )
    assert (done.contact, steps(one.draft)) == ("tel. 13", before)


def test_a_turn_from_a_step_that_is_not_open_undoes_the_act(walk: Walk) -> None:
    file = walk.submitted()
    Task.objects.filter(status="NEW").update(status="CANCELED")
    before = record(file.draft)
    with pytest.raises(WrongState):
        services.send_back_draft(file, because=WHY, by=walk.world.clerk)
    file.refresh_from_db()
    assert (record(file.draft), file.state) == (before, "submitted")


def test_trouble_with_the_new_step_undoes_the_turn(
    walk: Walk, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = walk.announced()
    before = record(one.draft)
    monkeypatch.setattr(flows, "step_due", lambda _draft: "nothing")
    with pytest.raises(flows.OutOfStep):
        services.cancel_consultation(one, because=WHY, by=walk.world.officer)
    assert (record(one.draft), fresh(one).state, one.draft.rounds.count()) == (
        before,
        "announced",
        1,
    )


def test_the_check_names_a_file_sent_back_beside_the_flow(walk: Walk) -> None:
    """The control: without the turn the flow would ask for a vote on a file that is over."""
    file = walk.numbered()
    council.send_back_draft(file, because=WHY, by=walk.world.clerk)
    words = "(comment_review) calls for review_comments, its flow has record_vote"
    assert mismatches() == [f"draft {file.draft_id} {words}"]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_cancelling_and_opening_at_once_leave_one_of_both(walk: Walk) -> None:
    one, officer = walk.announced(), walk.world.officer
    assert one.opens_at is not None
    move_to(one.opens_at)

    def cancel() -> None:
        services.cancel_consultation(one, because=WHY, by=officer)

    race_of(cancel, fire_due_timers)
    expected = {"cancelled": "prepare_text", "open": "await_closing"}
    assert open_step(one.draft) == expected[str(fresh(one).state)]
    assert mismatches() == []


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_sending_back_and_numbering_at_once_leave_a_flow_that_fits(walk: Walk) -> None:
    file, clerk = walk.submitted(), walk.world.clerk

    def send_back() -> None:
        services.send_back_draft(file, because=WHY, by=clerk)

    def number() -> None:
        services.give_print_number(file, print_number="405", by=clerk)

    assert set(race_of(send_back, number)) == {"WrongState", "done"}
    assert Entry.objects.filter(kind="council_file.send_back").count() == 1
    assert (open_step(file.draft), mismatches()) == ("review_comments", [])


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_prolonging_a_round_that_is_being_closed_moves_nothing(walk: Walk) -> None:
    one, officer = walk.opened(), walk.world.officer
    assert one.closes_at is not None
    assert one.last_day is not None
    day = one.last_day + timedelta(days=7)
    move_to(one.closes_at)

    def prolong() -> None:
        services.prolong_consultation(one, last_day=day, because=WHY, by=officer)

    outcomes = race_of(prolong, fire_due_timers)
    assert (outcomes.count("done"), fresh(one).last_day) == (4, one.last_day)
    assert (open_step(one.draft), mismatches()) == ("review_comments", [])


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_eight_who_prolong_at_once_the_timer_has_the_day_of_the_round(walk: Walk) -> None:
    one, officer = walk.opened(), walk.world.officer
    assert one.last_day is not None
    days = iter(one.last_day + timedelta(days=ahead) for ahead in range(1, 9))

    def prolong() -> None:
        services.prolong_consultation(one, last_day=next(days), because=WHY, by=officer)

    race(prolong)
    assert Task.objects.get(status="SCHEDULED").scheduled == fresh(one).closes_at


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_eight_who_turn_at_once_one_opens_the_step(walk: Walk) -> None:
    assert _turn_at_once(walk, patience=0.5) == (1, 7)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_without_the_lock_one_turn_would_open_many_steps(
    walk: Walk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control of the test above."""
    monkeypatch.setattr(DraftingFlow, "lock_impl", NoLock())
    opened, _refused = _turn_at_once(walk, patience=30)
    assert opened > 1


def _turn_at_once(walk: Walk, *, patience: float) -> tuple[int, int]:
    """Eight times the turn alone, without a service whose own locks would hide what is tested.

    Whoever is inside waits for a second one as long as `patience` (seconds) lasts, so that two
    who can be inside together are, however slow the machine.
    """
    draft = walk.announced().draft
    first = rounds.cancel_consultation(draft.rounds.get(), because=WHY, by=walk.world.officer)
    node = DraftingFlow.instance.node("prepare_text")
    before = Task.objects.filter(flow_task=node).count()
    inside, two_inside = itertools.count(1), threading.Event()

    def act() -> None:
        if next(inside) > 1:
            two_inside.set()
        two_inside.wait(patience)

    def turn() -> None:
        services._turning(first.draft_id, "cancel_consultation", act)

    outcomes = race(turn)
    opened = Task.objects.filter(flow_task=node).count() - before
    return opened, outcomes.count("WrongState")
