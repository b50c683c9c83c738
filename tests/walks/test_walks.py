"""Any sequence of acts leaves state = open step = record; what is refused changes nothing.

A sample in the suite; `make proof` takes a thousand walks of fifty steps (`UWAGA_WALKS`).
"""

import os
from collections import Counter
from dataclasses import replace
from random import Random
from typing import Any

import pytest
from django_fsm import TransitionNotAllowed
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from consultations.models import Draft
from consultations.models.machine import Act, Stateful, find_act
from consultations.services import door, drafts
from tests.walks.scene import Nothing, Scene
from tests.walks.walker import Step, undone, walk
from tests.workflows.walk import Walk
from tests.world import World
from workflows import jobs, services
from workflows.silence import waive_overdue_opinions

PARTS = 4
WALKS = int(os.environ.get("UWAGA_WALKS", "16")) // PARTS
SEED = int(os.environ.get("UWAGA_WALKS_SEED", "2026"))
LENGTH = 50
# Where a walk begins: each stage of the road is begun from as often as any other.
STAGES = (
    *("drafted", "announced", "opened", "closed", "reviewed"),
    *("submitted", "numbered", "numbered", "voted"),
)


@pytest.fixture(autouse=True)
def clock_of_the_site(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tick waives opinions, and does nothing of other layers."""
    monkeypatch.setattr(jobs, "_jobs", [waive_overdue_opinions])


def steps_of(dice: Random) -> list[Step]:
    """Seven in ten lead on; one in five is tried by somebody who has strayed in."""
    return [
        Step(
            onward=dice.random() < 0.7,
            which=dice.randrange(1000),
            stranger=dice.randrange(40),
            how=dice.randrange(1000),
        )
        for _ in range(LENGTH)
    ]


def go(world: World, dice: Random) -> Counter[str]:
    with undone():
        reached = getattr(Walk(world), dice.choice(STAGES))()
        draft: Draft = getattr(reached, "draft", reached)
        return walk(world, draft, steps_of(dice))


@pytest.mark.parametrize("part", range(PARTS))
def test_any_walk_leaves_one_truth_in_three_places(world: World, part: int) -> None:
    seen = Counter[str]()

    @seed(SEED + part)
    @settings(
        max_examples=WALKS,
        deadline=None,
        phases=[Phase.generate],  # a shorter walk is another walk: the whole one is printed
        suppress_health_check=list(HealthCheck),
        database=None,
    )
    @given(dice=st.randoms(use_true_random=True))
    def walks(dice: Random) -> None:
        seen.update(go(world, dice))

    walks()
    assert seen.total() >= WALKS * LENGTH
    assert {name.partition(": ")[2] for name in seen} > {"done", "not_yours", "wrong_state"}


# Controls: one guard is taken out, and the walks find it.


def _no_step(*_: Any) -> None:
    """A step of the flow that is not completed."""


def _first_fault(world: World) -> str:
    """What the first of forty walks that fails says; nothing when none does."""
    for number in range(40):
        try:
            go(world, Random(number))  # noqa: S311 - dice, not secrets
        except (AssertionError, TransitionNotAllowed) as fault:
            return str(fault)
    return ""


def test_a_step_that_is_not_completed_is_found(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.walks.test_walks.STAGES", ("drafted",))
    monkeypatch.setattr(services, "_complete", _no_step)
    assert "calls for" in _first_fault(world)


def test_a_door_that_does_not_look_at_the_state_is_found(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def from_anywhere(row: Stateful, name: str) -> Act:
        field: Any = type(row).state.field
        states = tuple(str(state) for state, _words in field.choices)
        return replace(find_act(row, name), sources=states, guards=())

    monkeypatch.setattr(door, "find_act", from_anywhere)
    assert "Can't switch from state" in _first_fault(world)


def test_half_an_act_is_found(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def number_case(s: Scene, n: int) -> None:
        drafts.number_draft_case(s.draft, case_number=f"OR.{n}", by=s.world.officer)
        raise Nothing

    monkeypatch.setattr("tests.walks.walker.EVERY", (number_case,))
    assert "something changed all the same" in _first_fault(world)
