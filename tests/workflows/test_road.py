"""The whole road through the flow, and what each step leaves to do."""

from datetime import timedelta

import pytest
from viewflow.workflow.models import Task

from consultations.models.clock import move_to
from consultations.services.consultations import Notice, earliest_days
from tests.workflows.walk import Walk, fresh, open_step, steps
from workflows import services
from workflows.flow_check import mismatches
from workflows.flows import DraftingFlow
from workflows.models import DraftingProcess
from workflows.tick import tick

NODES = {
    "start": "START",
    "prepare_text": "HUMAN",
    "await_opening": "TIMER",
    "opening_due": "EXCLUSIVE_GATEWAY",
    "open": "FUNCTION",
    "await_closing": "TIMER",
    "closing_due": "EXCLUSIVE_GATEWAY",
    "close": "FUNCTION",
    "review_comments": "HUMAN",
    "review_late": "TIMER",
    "mark_review_late": "FUNCTION",
    "marked": "END",
    "submit_to_council": "HUMAN",
    "give_print_number": "HUMAN",
    "readings": "EXCLUSIVE_GATEWAY",
    "hold_first_reading": "HUMAN",
    "hold_second_reading": "HUMAN",
    "record_vote": "HUMAN",
    "carried": "EXCLUSIVE_GATEWAY",
    "adopt": "HUMAN",
    "reject": "HUMAN",
    "end": "END",
}


def test_names_of_nodes_stand_in_the_database_and_never_change() -> None:
    assert {node.name: node.task_type for node in DraftingFlow.instance.nodes()} == NODES


def test_the_road_to_adoption_is_walked_step_by_step(walk: Walk) -> None:
    draft = walk.adopted()
    assert [name for name, _status in steps(draft)] == [
        "start",
        "prepare_text",
        "await_opening",
        "opening_due",
        "open",
        "await_closing",
        "closing_due",
        "close",
        "review_comments",
        "submit_to_council",
        "give_print_number",
        "readings",
        "record_vote",
        "carried",
        "adopt",
        "end",
    ]
    assert {status for _name, status in steps(draft)} == {"DONE"}
    assert (draft.state, str(DraftingProcess.objects.get().status)) == ("adopted", "DONE")


def test_a_lost_vote_asks_for_the_rejection_and_ends_the_road(walk: Walk) -> None:
    file = walk.voted(votes_for=20)
    assert open_step(file.draft) == "reject"
    draft = services.reject_draft(file.draft, by=walk.world.clerk)
    assert (draft.state, steps(draft)[-1]) == ("rejected", ("end", "DONE"))


@pytest.mark.parametrize(
    ("stage", "step"),
    [
        ("registered", "prepare_text"),
        ("announced", "await_opening"),
        ("opened", "await_closing"),
        ("closed", "review_comments"),
        ("reviewed", "submit_to_council"),
        ("submitted", "give_print_number"),
        ("numbered", "record_vote"),
        ("voted", "adopt"),
    ],
)
def test_at_every_stage_exactly_one_step_is_open(walk: Walk, stage: str, step: str) -> None:
    reached = getattr(walk, stage)()
    assert open_step(getattr(reached, "draft", reached)) == step
    assert mismatches() == []


def test_a_timer_set_for_a_day_that_was_moved_since_is_set_anew(walk: Walk) -> None:
    consultation = walk.opened()
    assert consultation.closes_at is not None
    timer = Task.objects.filter(status="SCHEDULED")
    timer.update(scheduled=consultation.closes_at - timedelta(days=3))
    move_to(consultation.closes_at - timedelta(days=2))
    assert (tick(), fresh(consultation).state) == (1, "open")
    assert timer.get().scheduled == consultation.closes_at
    move_to(consultation.closes_at)
    assert (tick(), fresh(consultation).state) == (1, "closed")


def test_nobody_owns_a_task_so_that_erasing_a_person_leaves_the_flow_whole(walk: Walk) -> None:
    walk.adopted()
    tasks = DraftingProcess.objects.get().task_set
    assert list(tasks.exclude(owner=None)) == []


def test_two_drafts_go_their_roads_side_by_side(walk: Walk) -> None:
    consultation = walk.drafted("drugi")
    assert open_step(walk.opened("pierwszy").draft) == "await_closing"
    first, last = earliest_days(consultation)
    walk.world.with_ways(consultation)
    notice = Notice(first, last, "", "", "")
    services.announce_consultation(consultation, notice, by=walk.world.officer)
    assert open_step(consultation.draft) == "await_opening"
