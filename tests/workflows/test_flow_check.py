"""The check finds every draft whose flow does not fit its stage."""

import pytest
from django.core.management import call_command
from viewflow.workflow.models import Task

from consultations.services import drafts
from tests.workflows.walk import Walk
from workflows import flow_check
from workflows.flow_check import mismatches


def test_an_honest_road_has_nothing_to_find(walk: Walk, capsys: pytest.CaptureFixture[str]) -> None:
    walk.adopted("pierwszy")
    walk.opened("drugi")
    call_command("check_flows")
    assert capsys.readouterr().out == "Every flow fits the stage of its draft.\n"


def test_a_stage_that_changed_beside_the_flow_is_named(
    walk: Walk, capsys: pytest.CaptureFixture[str]
) -> None:
    draft = walk.closed().draft
    drafts.finish_review(draft, by=walk.world.officer)
    with pytest.raises(SystemExit) as ended:
        call_command("check_flows")
    assert ended.value.code == 1
    assert capsys.readouterr().out == (
        f"draft {draft.pk} (council_vote) calls for submit_to_council,"
        " its flow has review_comments\n"
    )


def test_a_step_that_went_missing_is_named(walk: Walk) -> None:
    draft = walk.registered()
    Task.objects.filter(status="NEW").update(status="DONE")
    assert mismatches() == [
        f"draft {draft.pk} (drafting) calls for prepare_text, its flow has nothing"
    ]


def test_a_step_in_error_is_named(walk: Walk) -> None:
    draft = walk.registered()
    Task.objects.filter(status="NEW").update(status="ERROR")
    words = "calls for prepare_text, its flow has prepare_text in error"
    assert mismatches() == [f"draft {draft.pk} (drafting) {words}"]


def test_a_draft_without_a_flow_is_named(walk: Walk) -> None:
    draft = walk.world.drafted()
    assert mismatches() == [f"draft {draft.pk} (drafting) has no flow"]


def test_the_tick_checks_once_an_hour(
    walk: Walk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    draft = walk.world.drafted()
    monkeypatch.setattr(flow_check._Last, "at", -flow_check.HOUR)
    flow_check.once_an_hour()
    flow_check.once_an_hour()
    assert [record.message for record in caplog.records] == [
        f"draft {draft.pk} (drafting) has no flow"
    ]
