"""What the clock does: opening and closing, once, at the right instant, however late the tick."""

from datetime import timedelta
from typing import Any

import pytest
from viewflow.workflow.lock import NoLock
from viewflow.workflow.models import Task

from consultations.errors import TooLate
from consultations.models import Entry
from consultations.models.clock import move_to, now
from consultations.services import consultations as rounds
from tests.workflows.races import race
from tests.workflows.walk import Walk, fresh, open_step, steps
from workflows.flows import DraftingFlow
from workflows.tick import fire_due_timers, tick


def closings() -> int:
    return Entry.objects.filter(kind="consultation.close").count()


def test_the_round_opens_with_the_first_instant_of_its_day(walk: Walk) -> None:
    consultation = walk.announced()
    assert consultation.opens_at is not None
    move_to(consultation.opens_at - timedelta(minutes=1))
    assert (tick(), fresh(consultation).state) == (0, "announced")
    move_to(consultation.opens_at)
    assert (tick(), fresh(consultation).state) == (1, "open")


def test_the_round_closes_once_at_the_end_of_its_day(walk: Walk) -> None:
    consultation = walk.opened()
    assert consultation.closes_at is not None
    move_to(consultation.closes_at - timedelta(minutes=1))
    assert (tick(), closings()) == (0, 0)
    move_to(consultation.closes_at)
    assert (tick(), closings()) == (1, 1)
    assert (tick(), closings()) == (0, 1)
    assert fresh(consultation).draft.state == "comment_review"


def test_a_tick_that_is_weeks_late_does_all_in_order(walk: Walk) -> None:
    consultation = walk.announced()
    assert consultation.closes_at is not None
    move_to(consultation.closes_at + timedelta(days=9))
    assert (tick(), tick()) == (2, 0)
    kinds = Entry.objects.order_by("seq").values_list("kind", flat=True)
    assert list(kinds)[-4:] == [
        "consultation.open",
        "draft.begin_consultation",
        "consultation.close",
        "draft.begin_review",
    ]


def test_a_comment_after_the_closing_instant_is_refused_before_any_tick(walk: Walk) -> None:
    consultation = walk.opened()
    assert consultation.closes_at is not None
    move_to(consultation.closes_at)
    with pytest.raises(TooLate):
        walk.world.comment(consultation)
    assert (fresh(consultation).state, consultation.comments.count()) == ("open", 0)


def test_what_one_timer_causes_is_one_action_of_the_clock(walk: Walk) -> None:
    walk.opened()
    entries = Entry.objects.filter(kind__in=["consultation.open", "draft.begin_consultation"])
    assert len(set(entries.values_list("action", flat=True))) == 1
    assert {entry.role for entry in entries} == {"clock"}


def test_trouble_leaves_the_timer_for_the_next_tick_and_no_words_in_the_task(
    walk: Walk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    consultation = walk.opened()
    assert consultation.closes_at is not None
    move_to(consultation.closes_at)

    def fail(*_: Any, **__: Any) -> None:
        raise RuntimeError("disk full")

    with monkeypatch.context() as patch:
        patch.setattr(rounds, "close_consultation", fail)
        assert (tick(), tick(), closings()) == (0, 0, 0)
    assert open_step(consultation.draft) == "await_closing"
    assert set(map(str, Task.objects.values_list("data", flat=True))) == {"{}"}
    assert len(caplog.records) == 1
    assert (tick(), closings()) == (1, 1)


def test_one_broken_draft_does_not_hold_up_the_others(
    walk: Walk, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken, sound = walk.announced("pierwszy"), walk.announced("drugi")
    assert sound.opens_at is not None
    move_to(sound.opens_at)
    open_consultation = rounds.open_consultation

    def fail_once(consultation: Any, **by: Any) -> Any:
        if consultation.pk == broken.pk:
            raise RuntimeError("broken")
        return open_consultation(consultation, **by)

    monkeypatch.setattr(rounds, "open_consultation", fail_once)
    assert tick() == 1
    assert (open_step(broken.draft), open_step(sound.draft)) == ("await_opening", "await_closing")


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_ticks_at_once_close_once_and_in_silence(
    walk: Walk, caplog: pytest.LogCaptureFixture
) -> None:
    consultation = walk.opened()
    assert consultation.closes_at is not None
    move_to(consultation.closes_at)
    assert race(fire_due_timers) == ["done"] * 8
    assert (closings(), caplog.records) == (1, [])
    assert [name for name, _ in steps(consultation.draft)].count("closing_due") == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_without_the_lock_ticks_at_once_would_clash(
    walk: Walk, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control of the test above."""
    consultation = walk.opened()
    assert consultation.closes_at is not None
    move_to(consultation.closes_at)
    monkeypatch.setattr(DraftingFlow, "lock_impl", NoLock())
    race(fire_due_timers)
    assert caplog.records != []
    assert now() >= consultation.closes_at
