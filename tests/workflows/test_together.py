"""Law and to-do list change together or not at all."""

from typing import Any

import pytest
from viewflow.workflow.models import Task
from viewflow.workflow.token import Token

from consultations.calendar import local_day
from consultations.errors import Invalid, NotYours, Unmet, WrongState
from consultations.models import Draft, Entry
from consultations.models.clock import now
from consultations.services.council import Called
from tests.workflows.walk import Walk, open_step, steps
from tests.world import roll_call
from workflows import flows, services


def record() -> tuple[int, list[tuple[int, str, int]]]:
    """How long the trail is, and where every draft stands."""
    drafts = Draft.objects.order_by("pk").values_list("pk", "state", "version")
    return Entry.objects.count(), list(drafts)


def test_an_unmet_guard_completes_no_step_and_leaves_no_entry(walk: Walk) -> None:
    consultation = walk.closed(answered=False)
    before = record(), steps(consultation.draft)
    with pytest.raises(Unmet):
        services.finish_review(consultation.draft, by=walk.world.officer)
    assert (record(), steps(consultation.draft)) == before


def test_whoever_may_not_completes_no_step(walk: Walk) -> None:
    file = walk.submitted()
    before = record(), steps(file.draft)
    with pytest.raises(NotYours):
        services.give_print_number(file, print_number="405", by=walk.world.officer)
    assert (record(), steps(file.draft)) == before


def test_a_roll_call_that_is_refused_leaves_nothing(walk: Walk) -> None:
    file = walk.numbered()
    before = record(), steps(file.draft)
    short: list[Called] = roll_call(40)[:-1]
    with pytest.raises(Invalid):
        services.record_vote(file, called=short, held_on=local_day(now()), by=walk.world.clerk)
    assert (record(), steps(file.draft)) == before


def test_a_step_that_is_not_open_undoes_what_the_service_did(walk: Walk) -> None:
    file = walk.submitted()
    Task.objects.filter(status="NEW").update(status="CANCELED")
    before = record()
    with pytest.raises(WrongState):
        services.give_print_number(file, print_number="405", by=walk.world.clerk)
    file.refresh_from_db()
    assert (record(), file.state, file.print_number) == (before, "submitted", "")


def test_trouble_in_the_next_step_undoes_the_act(
    walk: Walk, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = walk.submitted()
    before = record(), steps(file.draft)
    monkeypatch.setattr(flows, "step_due", lambda _draft: "nothing")
    with pytest.raises(flows.OutOfStep):
        services.give_print_number(file, print_number="405", by=walk.world.clerk)
    assert (record(), steps(file.draft)) == before


def test_the_fence_is_what_stops_it(walk: Walk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: a fence that lets everything through would leave a step nobody may do."""
    draft = walk.registered()
    with pytest.raises(flows.OutOfStep):
        _jump(draft, "review_comments")
    monkeypatch.setattr(flows, "step_due", lambda _draft: "review_comments")
    _jump(draft, "review_comments")
    assert steps(draft)[-1] == ("review_comments", "NEW")


def _jump(draft: Draft, node: str) -> None:
    """Create a step out of its turn, as a button of viewflow's own pages could."""
    flow: Any = flows.DraftingFlow
    task = Task.objects.filter(process__draftingprocess__draft=draft).latest("pk")
    begun = flow.instance.node("start").activation_class(task)
    with flow.lock(task.process_id):
        flow.instance.node(node)._create(begun, Token("start"))


def test_registering_twice_under_one_address_starts_one_flow(walk: Walk) -> None:
    draft = walk.registered()
    before = record()
    with pytest.raises(Invalid):
        services.register_draft(
            draft.document, slug="program-2027", title="Drugi", by=walk.world.officer
        )
    assert (record(), open_step(draft)) == (before, "prepare_text")


def test_rejecting_a_carried_draft_is_refused(walk: Walk) -> None:
    draft = walk.voted().draft
    with pytest.raises(Unmet):
        services.reject_draft(draft, by=walk.world.clerk)
    assert open_step(draft) == "adopt"


def test_adopting_a_lost_draft_is_refused(walk: Walk) -> None:
    draft = walk.voted(votes_for=20).draft
    with pytest.raises(Unmet):
        services.adopt_draft(
            draft, resolution_number="I/1/26", adopted_on=local_day(now()), by=walk.world.clerk
        )
    assert open_step(draft) == "reject"


def test_a_draft_goes_to_the_council_once(walk: Walk) -> None:
    draft = walk.reviewed()
    services.submit_to_council(draft, by=walk.world.officer)
    with pytest.raises(WrongState):
        services.submit_to_council(draft, by=walk.world.officer)
    assert draft.council_files.count() == 1
