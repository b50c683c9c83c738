"""What the clock does late says when it was due; and a day on the border of a step of people."""

from datetime import UTC, date, datetime, timedelta

import pytest
from viewflow.workflow.models import Task

from consultations.calendar import end_of
from consultations.models import Entry, Rule
from consultations.models.clock import move_to, now
from consultations.selectors import journal
from tests.workflows.walk import Walk, border, open_step
from workflows import flows, services
from workflows.flow_check import mismatches
from workflows.tick import tick


def _overdue() -> list[str]:
    found = Entry.objects.filter(kind="draft.mark_overdue").order_by("seq")
    return [journal.sentence(entry) for entry in found]


def test_after_three_days_of_standing_still_the_record_has_both_instants(walk: Walk) -> None:
    consultation = walk.opened()
    assert consultation.closes_at is not None
    found_at = move_to(consultation.closes_at + timedelta(days=3, hours=7))
    tick()
    entry = Entry.objects.get(kind="consultation.close")
    assert entry.at >= found_at
    facts = journal.facts_for(entry)
    assert datetime.fromisoformat(facts["due_at"]) == consultation.closes_at.astimezone(UTC)
    assert "It was due on 30 September 2026, 00:00; the clock caught up later." in journal.sentence(
        entry
    )


def test_what_the_clock_does_in_time_says_nothing_of_it(walk: Walk) -> None:
    walk.opened()
    assert "due" not in journal.sentence(Entry.objects.get(kind="consultation.open"))


def test_the_review_is_late_once_when_its_days_are_over(walk: Walk) -> None:
    walk.closed(answered=False)
    move_to(end_of(date(2026, 10, 13)) - timedelta(minutes=1))
    tick()
    assert _overdue() == []
    move_to(end_of(date(2026, 10, 13)))
    assert tick() >= 1
    tick()
    assert _overdue() == [
        "The review of comments was to end by 13 October 2026: Projekt program-2027."
    ]


def test_a_late_review_stays_the_open_step_and_can_be_finished(walk: Walk) -> None:
    draft = walk.closed().draft
    move_to(now() + timedelta(days=40))
    tick()
    assert (open_step(draft), mismatches()) == ("review_comments", [])
    services.finish_review(draft, by=walk.world.officer)
    assert (open_step(draft), mismatches()) == ("submit_to_council", [])


def test_the_timer_goes_with_the_step_it_hangs_on(walk: Walk) -> None:
    draft = walk.reviewed()
    assert border(draft) == [("review_late", "CANCELED")]
    move_to(now() + timedelta(days=40))
    tick()
    assert _overdue() == []


@pytest.mark.parametrize("act", ["withdraw", "send_back"])
def test_a_turn_of_the_road_takes_the_timer_with_it(walk: Walk, act: str) -> None:
    if act == "withdraw":
        draft = walk.closed().draft
        services.withdraw_draft(draft, because="Zmiana planów.", by=walk.world.officer)
        waiting = []
    else:
        file = walk.numbered()
        draft = file.draft
        services.send_back_draft(file, because="Do uzupełnienia.", by=walk.world.clerk)
        waiting = [("review_late", "SCHEDULED")]
    left = [one for one in border(draft) if one[1] == "SCHEDULED"]
    assert (left, mismatches()) == (waiting, [])


def test_a_draft_that_came_back_has_the_same_days_anew(walk: Walk) -> None:
    file = walk.numbered()
    move_to(datetime(2026, 12, 1, 9, 0, tzinfo=UTC))
    services.send_back_draft(file, because="Do uzupełnienia.", by=walk.world.clerk)
    timer = Task.objects.get(
        flow_task=flows.DraftingFlow.instance.node("review_late"), finished=None
    )
    assert timer.scheduled == end_of(date(2026, 12, 15))


def test_where_the_law_names_no_day_no_timer_is_set(
    walk: Walk, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert Rule.objects.filter(key="review_days").exists()
    monkeypatch.setattr(flows, "review_ends", lambda _: None)
    draft = walk.closed().draft
    assert (border(draft), open_step(draft)) == ([], "review_comments")
