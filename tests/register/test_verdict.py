"""Late or in time to the last instant, for every channel and on both nights the clocks change."""

import uuid
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from consultations.calendar import WARSAW, end_of
from consultations.errors import Invalid, TooLate
from consultations.models import Channel, Comment, CommentKind, Consultation, Entry
from consultations.models.clock import move_to
from consultations.selectors import replay
from consultations.services import consultations as rounds
from consultations.services import filing, verdict
from tests.ground.attacks import nothing_guards, sql
from tests.world import World

AUTUMN, SPRING = date(2026, 10, 25), date(2027, 3, 28)
LAST_DAYS = (date(2026, 10, 24), AUTUMN, date(2027, 3, 27), SPRING)
ARRIVING = [one for one in Channel if one != Channel.FORM]
SECOND, MICROSECOND = timedelta(seconds=1), timedelta(microseconds=1)


def until(world: World, last_day: date) -> Consultation:
    """An open round whose last day is this one."""
    consultation = rounds.prolong_consultation(
        world.opened(), last_day=last_day, because="Więcej czasu.", by=world.officer
    )
    assert consultation.closes_at == end_of(last_day)
    return consultation


def recorded(world: World, consultation: Consultation, channel: str, **came: Any) -> Comment:
    said = filing.Said(None, None, CommentKind.QUESTION, "", "Kiedy?", channel=channel, **came)
    return filing.file_comment(consultation, said, key=uuid.uuid4(), by=world.officer)


@pytest.mark.parametrize("last_day", LAST_DAYS, ids=str)
def test_what_arrives_in_the_last_instant_is_in_time_and_in_the_next_is_late(
    world: World, last_day: date
) -> None:
    consultation = until(world, last_day)
    closes_at = end_of(last_day)
    move_to(closes_at + timedelta(days=3))
    found = {
        (str(channel), step): recorded(
            world, consultation, channel, arrived_at=closes_at + step
        ).late
        for channel in ARRIVING
        for step in (-SECOND, -MICROSECOND, timedelta(0), SECOND)
    }
    assert found == {(channel, step): step >= timedelta(0) for channel, step in found}


@pytest.mark.parametrize("last_day", LAST_DAYS, ids=str)
@pytest.mark.parametrize(("step", "filed"), [(-MICROSECOND, True), (timedelta(0), False)])
def test_the_form_is_judged_by_the_instant_that_is_logged(
    world: World, monkeypatch: pytest.MonkeyPatch, last_day: date, step: timedelta, *, filed: bool
) -> None:
    consultation = until(world, last_day)
    instant = end_of(last_day) + step
    monkeypatch.setattr(filing, "now", lambda: instant)
    if filed:
        comment = world.comment(consultation)
        assert (comment.filed_at, comment.late, comment.arrived_at) == (instant, False, None)
    else:
        with pytest.raises(TooLate):
            world.comment(consultation)
    assert Comment.objects.count() == int(filed)


@pytest.mark.parametrize(
    ("hour", "fold"), [(1, 0), (2, 0), (2, 1), (23, 0)], ids=["1", "2 summer", "2 winter", "23"]
)
def test_an_hour_that_comes_twice_is_on_its_day(world: World, hour: int, fold: int) -> None:
    consultation = until(world, AUTUMN)
    move_to(end_of(AUTUMN) + timedelta(days=1))
    came = datetime(2026, 10, 25, hour, 30, fold=fold, tzinfo=WARSAW)
    assert recorded(world, consultation, "email", arrived_at=came.astimezone(UTC)).late is False


@pytest.mark.parametrize(("after", "late"), [(-1, False), (0, False), (1, True)])
def test_a_letter_is_judged_by_its_postmark_and_not_by_its_arrival(
    world: World, after: int, *, late: bool
) -> None:
    consultation = until(world, AUTUMN)
    move_to(end_of(AUTUMN) + timedelta(days=20))
    posted = AUTUMN + timedelta(days=after)
    came = end_of(AUTUMN) + timedelta(days=10)
    letter = recorded(world, consultation, "post", posted_on=posted, arrived_at=came)
    assert letter.late is late


def test_without_the_verdict_everything_is_in_time(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control of the tests above: they see when nobody decides."""
    consultation = until(world, AUTUMN)
    move_to(end_of(AUTUMN) + timedelta(days=3))
    monkeypatch.setattr(verdict, "_is_late", lambda *_: False)
    assert recorded(world, consultation, "email", arrived_at=end_of(AUTUMN)).late is False


def test_while_it_is_open_it_came_when_it_is_entered(world: World) -> None:
    comment = recorded(world, world.opened(), "phone")
    assert (comment.arrived_at, comment.late) == (comment.filed_at, False)


def test_afterwards_the_day_must_be_said(world: World) -> None:
    consultation = world.closed(world.opened())
    with pytest.raises(Invalid) as refusal:
        recorded(world, consultation, "email")
    assert refusal.value.field == "arrived_on"


def test_sent_twice_without_a_day_it_is_one_comment(world: World) -> None:
    consultation, key = world.opened(), uuid.uuid4()
    said = filing.Said(None, None, CommentKind.QUESTION, "", "Kiedy?", channel="email")
    both = [filing.file_comment(consultation, said, key=key, by=world.officer).pk for _turn in "ab"]
    assert both[0] == both[1]


def test_a_form_does_not_arrive(world: World) -> None:
    consultation = world.opened()
    with pytest.raises(Invalid):
        world.comment(consultation, arrived_at=consultation.opens_at)
    with pytest.raises(Invalid):
        world.comment(consultation, way=consultation.ways.get(kind="open_meeting"))


@pytest.mark.parametrize(
    "altered",
    ["late = NOT late", "unsigned = NOT unsigned", "arrived_at = filed_at", "posted_on = NULL"],
)
def test_the_record_says_how_it_came_and_a_replay_compares(world: World, altered: str) -> None:
    consultation = until(world, AUTUMN)
    move_to(end_of(AUTUMN) + timedelta(days=3))
    came = {"posted_on": AUTUMN, "arrived_at": end_of(AUTUMN)}
    recorded(world, consultation, "post", unsigned=True, **came)
    facts = Entry.objects.get(kind="comment.file").payload
    assert '"lacking":["unsigned"],"late":false' in facts
    assert list(replay.faults()) == []
    with nothing_guards():
        sql(f"UPDATE {{comment}} SET {altered}")  # noqa: S608 - of the test itself
        assert len(list(replay.faults())) == 1
