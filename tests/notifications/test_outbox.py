"""The outbox tells once: whatever is interrupted, repeated, broken or done twice at a time."""

from collections.abc import Sequence
from datetime import timedelta

import pytest

from consultations.models import Entry
from consultations.models.clock import move_to, now
from notifications import letters, notices, outbox
from notifications.models import Dispatched, InboxHead, Notice
from notifications.outbox import TRY_AGAIN_AFTER, dispatch
from notifications.ringing import ring
from tests.notifications.cast import Cast, numbers_of
from workflows import jobs, loop


class Killed(BaseException):
    """Not an error the outbox could catch: the process is gone."""


def test_the_outbox_is_a_job_of_the_loop() -> None:
    assert jobs.registered().count(dispatch) == 1


def test_every_entry_is_marked_and_a_second_run_does_nothing(cast: Cast) -> None:
    cast.walk()
    assert dispatch() == Entry.objects.count()
    before = all_notices()
    assert dispatch() == 0
    assert all_notices() == before
    assert Dispatched.objects.filter(failed_at=None).count() == Entry.objects.count()


def test_numbers_begin_with_one_and_have_no_gaps(cast: Cast) -> None:
    cast.walk()
    dispatch()
    numbers = {name: numbers_of(actor) for name, actor in cast.people.items()}
    assert numbers == {name: list(range(1, len(own) + 1)) for name, own in numbers.items()}
    heads = dict(InboxHead.objects.values_list("actor", "latest"))
    counted = {actor.pk: len(numbers[name]) for name, actor in cast.people.items()}
    assert heads == {pk: many for pk, many in counted.items() if many}


def test_notices_come_in_the_order_of_the_record(cast: Cast) -> None:
    cast.walk()
    dispatch()
    mine = Notice.objects.filter(recipient=cast.world.ngo).order_by("number")
    order = list(mine.values_list("entry__seq", flat=True))
    assert order == sorted(order)


@pytest.mark.parametrize(("at", "lot"), [(1, 1), (5, 1), (9, 1), (2, 4), (3, 7)])
def test_a_process_killed_in_the_middle_is_resumed_and_tells_nothing_twice(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, at: int, lot: int
) -> None:
    cast.walk()
    monkeypatch.setattr(outbox, "LOT", lot)
    dispatch()
    undisturbed = all_notices()
    forget_everything()
    kill_at(monkeypatch, at)
    with pytest.raises(Killed):
        dispatch()
    assert 0 < Dispatched.objects.count() < Entry.objects.count()
    monkeypatch.undo()
    dispatch()
    assert all_notices() == undisturbed


def test_a_mark_set_before_and_apart_from_the_notices_would_lose_some(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control of the test above: mark and notices in two transactions."""
    cast.walk()
    dispatch()
    undisturbed = all_notices()
    forget_everything()
    monkeypatch.setattr(outbox, "tell_together", mark_then_tell)
    monkeypatch.setattr(outbox, "LOT", 1)
    kill_at(monkeypatch, 5, written=False)
    with pytest.raises(Killed):
        dispatch()
    monkeypatch.undo()
    dispatch()
    assert len(all_notices()) < len(undisturbed)


def test_one_broken_rule_keeps_no_later_notice_back(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    cast.walk()
    break_telling_of(monkeypatch, "comment.admit")
    assert dispatch() == Entry.objects.count() - len(admitted())
    assert cast.told()["comment.admit"] == set()
    assert cast.told()["comment.publish"] == {"ngo", "colleague"}
    assert [record.message for record in caplog.records if record.name == outbox.__name__] == [
        f"nobody could be told of entry {seq}; it will be tried again" for seq in admitted()
    ]


def test_what_failed_is_tried_again_after_a_while_and_then_told_once(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    cast.walk()
    break_telling_of(monkeypatch, "comment.admit")
    dispatch()
    monkeypatch.undo()
    assert dispatch() == 0
    move_to(now() + TRY_AGAIN_AFTER + timedelta(seconds=1))
    assert (dispatch(), dispatch()) == (len(admitted()), 0)
    assert cast.told()["comment.admit"] == {"ngo", "colleague", "outsider"}


def test_a_long_queue_is_left_to_the_next_tick_after_a_stretch(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    cast.walk()
    woken: list[bool] = []
    monkeypatch.setattr(outbox, "AT_A_STRETCH", -1.0)
    monkeypatch.setattr(outbox, "LOT", 1)
    monkeypatch.setattr(loop, "wake", lambda: woken.append(True))
    assert [dispatch() for _ in range(3)] == [1, 1, 1]
    assert woken == [True] * 3


def test_a_queue_of_several_pages_is_told_to_its_end(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    cast.walk()
    monkeypatch.setattr(outbox, "LOT", 4)
    assert dispatch() == Entry.objects.count()


def test_what_comes_while_the_last_lot_is_told_waits_for_the_next_tick(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    consultation = cast.world.opened()
    dispatch()
    told = notices.tell
    monkeypatch.setattr(outbox, "LOT", 3)
    monkeypatch.setattr(notices, "tell", lambda lot: (told(lot), cast.world.comment(consultation)))
    for _ in range(4):
        cast.world.comment(consultation)
    assert dispatch() == 3 + 2  # one came while the first lot was told, which was full
    assert Entry.objects.filter(dispatched=None).count() == 1


def test_people_beyond_one_statement_are_numbered_too(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notices, "AT_ONCE", 2)
    cast.walk()
    dispatch()
    assert cast.told()["council_file.record_vote"] == {
        "ngo",
        "councillor",
        "officer",
        "second_officer",
    }


def test_ringing_where_nobody_listens_is_no_trouble() -> None:
    ring()


def all_notices() -> list[tuple[object, ...]]:
    return list(
        Notice.objects.order_by("recipient", "number").values_list(
            "recipient", "number", "entry", "because"
        )
    )


def forget_everything() -> None:
    for model in (Notice, InboxHead, Dispatched):
        model.objects.all().delete()


def admitted() -> list[int]:
    """The places in the log of the entries whose telling is broken."""
    found = Entry.objects.filter(kind="comment.admit").order_by("seq")
    return list(found.values_list("seq", flat=True))


def kill_at(monkeypatch: pytest.MonkeyPatch, nth: int, *, written: bool = True) -> None:
    """The process ends at the nth lot of notices: written and not committed, or not written."""
    lots, number = [0], notices._number

    def number_and_die(told: letters.Told) -> int:
        lots[0] += 1
        many = number(told) if lots[0] != nth or written else 0
        if lots[0] == nth:
            raise Killed
        return many

    monkeypatch.setattr(notices, "_number", number_and_die)


def mark_then_tell(lot: Sequence[Entry]) -> int:
    for entry in lot:
        outbox._claim(entry)
    notices.tell(lot)
    return len(lot)


def break_telling_of(monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    tell = notices.tell

    def broken(entries: Sequence[Entry]) -> int:
        if any(entry.kind == kind for entry in entries):
            raise KeyError(kind)
        return tell(entries)

    monkeypatch.setattr(notices, "tell", broken)
