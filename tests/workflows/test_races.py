"""Eight people at one step: one does it, seven are told; and what the lock has to do with it."""

import time
from typing import Any

import pytest
from viewflow.workflow.lock import NoLock, SelectForUpdateLock
from viewflow.workflow.models import Task

from consultations.models import Entry
from tests.workflows.races import race
from tests.workflows.walk import Walk, open_step
from workflows import flows, services
from workflows.flows import DraftingFlow

LOSERS = ["WrongState"] * 7


def test_the_flow_locks_its_process_and_waits_for_it() -> None:
    lock = DraftingFlow.lock_impl
    assert isinstance(lock, SelectForUpdateLock)
    assert (lock.nowait, lock.attempts) == (False, 1)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_eight_who_give_a_print_number_one_does(walk: Walk) -> None:
    file, clerk = walk.submitted(), walk.world.clerk
    given = race(lambda: services.give_print_number(file, print_number="405", by=clerk))
    assert given == [*LOSERS, "done"]
    assert Entry.objects.filter(kind="council_file.give_print_number").count() == 1
    assert open_step(file.draft) == "record_vote"


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_eight_who_complete_one_step_one_does(
    walk: Walk, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert _complete_at_once(walk, monkeypatch) == ([*LOSERS, "done"], 1)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_without_the_lock_one_step_would_be_completed_many_times(
    walk: Walk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control of the test above."""
    monkeypatch.setattr(DraftingFlow, "lock_impl", NoLock())
    outcomes, follow_ups = _complete_at_once(walk, monkeypatch)
    assert outcomes.count("done") > 1
    assert follow_ups > 1


def _complete_at_once(walk: Walk, monkeypatch: pytest.MonkeyPatch) -> tuple[list[str], Any]:
    """Eight times the step alone, without a service whose own locks would hide what is tested."""
    draft = walk.reviewed()
    monkeypatch.setattr(flows, "step_due", lambda _draft: "give_print_number")

    def complete() -> None:
        services._completing(draft.pk, "submit_to_council", lambda: time.sleep(0.2))

    outcomes = race(complete)
    made = Task.objects.filter(flow_task=DraftingFlow.instance.node("give_print_number"))
    return outcomes, made.count()
