"""The last instant, the days of the law, and the two nights on which Warsaw moves its clocks."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from consultations import calendar
from consultations.calendar import WARSAW
from consultations.errors import Invalid, NotOpen, TooLate
from consultations.models import Comment, Consultation
from consultations.models.clock import move_to, now
from consultations.services import comments
from consultations.services import consultations as rounds
from tests.world import World

MICROSECOND = timedelta(microseconds=1)


@pytest.fixture
def standing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Real time stands still, so that an instant can be met exactly."""
    instant = timezone.now()
    monkeypatch.setattr("consultations.models.clock.timezone.now", lambda: instant)


def closing(consultation: Consultation) -> datetime:
    assert consultation.closes_at is not None
    return consultation.closes_at


def test_a_comment_in_the_last_microsecond_is_in_time(world: World, standing: None) -> None:
    consultation = world.opened()
    move_to(closing(consultation) - MICROSECOND)
    assert world.comment(consultation).filed_at == closing(consultation) - MICROSECOND


def test_a_comment_at_the_closing_instant_is_too_late(world: World, standing: None) -> None:
    """Though nobody has closed the round yet: the instant decides, not the state."""
    consultation = world.opened()
    move_to(closing(consultation))
    with pytest.raises(TooLate):
        world.comment(consultation)
    assert (Comment.objects.count(), consultation.state) == (0, "open")


def test_a_comment_after_closing_is_too_late(world: World) -> None:
    consultation = world.closed(world.opened())
    with pytest.raises(TooLate):
        world.comment(consultation)


def test_no_comment_is_taken_before_the_opening(world: World) -> None:
    with pytest.raises(NotOpen):
        world.comment(world.announced())


def test_a_comment_can_be_withdrawn_until_the_last_microsecond(
    world: World, standing: None
) -> None:
    consultation = world.opened()
    first, second = (world.comment(consultation) for _ in range(2))
    move_to(closing(consultation) - MICROSECOND)
    assert comments.withdraw_comment(first, by=world.ngo).state == "withdrawn"
    move_to(closing(consultation))
    with pytest.raises(TooLate):
        comments.withdraw_comment(second, by=world.ngo)


def test_opening_and_closing_meet_their_instants_exactly(world: World, standing: None) -> None:
    consultation = world.announced()
    assert consultation.opens_at is not None
    move_to(consultation.opens_at)
    assert rounds.open_consultation(consultation, by=world.clock).state == "open"
    move_to(closing(consultation))
    assert rounds.close_consultation(consultation, by=world.clock).state == "closed"


@pytest.mark.parametrize(
    ("day", "hours", "end"),
    [
        (date(2026, 10, 24), 24, datetime(2026, 10, 24, 22, tzinfo=UTC)),
        (date(2026, 10, 25), 25, datetime(2026, 10, 25, 23, tzinfo=UTC)),
        (date(2026, 10, 26), 24, datetime(2026, 10, 26, 23, tzinfo=UTC)),
        (date(2027, 3, 27), 24, datetime(2027, 3, 27, 23, tzinfo=UTC)),
        (date(2027, 3, 28), 23, datetime(2027, 3, 28, 22, tzinfo=UTC)),
        (date(2027, 3, 29), 24, datetime(2027, 3, 29, 22, tzinfo=UTC)),
    ],
)
def test_a_day_ends_at_midnight_in_warsaw_on_every_night(
    day: date, hours: int, end: datetime
) -> None:
    length = calendar.end_of(day).astimezone(UTC) - calendar.start_of(day).astimezone(UTC)
    assert (calendar.end_of(day).astimezone(UTC), length) == (end, timedelta(hours=hours))


@pytest.mark.parametrize("first", [date(2026, 10, 5), date(2027, 3, 8)])
def test_a_round_over_the_night_of_the_clocks_still_ends_at_midnight(
    world: World, first: date
) -> None:
    """5–26 October 2026 holds the long night, 8–29 March 2027 the short one."""
    move_to(datetime.combine(first, datetime.min.time(), tzinfo=WARSAW) - timedelta(days=20))
    consultation = world.with_ways(world.drafted().rounds.get())
    notice = rounds.Notice(first, calendar.last_day(first, 21), "Cel", "Referat", "tel. 12")
    consultation = rounds.announce_consultation(consultation, notice, by=world.officer)
    consultation.refresh_from_db()
    ends = closing(consultation).astimezone(WARSAW)
    assert (ends.hour, ends.minute, consultation.last_day) == (0, 0, first + timedelta(days=21))


def test_twenty_one_days_do_not_count_the_opening_day() -> None:
    assert calendar.last_day(date(2020, 10, 2), 21) == date(2020, 10, 23)


@pytest.mark.parametrize(("shorter", "field"), [((1, 0), "first_day"), ((0, 1), "last_day")])
def test_a_term_one_day_too_short_is_refused(
    world: World, shorter: tuple[int, int], field: str
) -> None:
    """The control is every other test: `world` announces with the shortest terms allowed."""
    consultation = world.drafted().rounds.get()
    first, last = rounds.earliest_days(consultation)
    days = (first - timedelta(days=shorter[0]), last - timedelta(days=shorter[1]))
    with pytest.raises(Invalid) as refusal:
        rounds.announce_consultation(
            consultation, rounds.Notice(*days, "Cel", "Referat", "tel. 12"), by=world.officer
        )
    assert refusal.value.field == field


def test_the_notice_stands_for_seven_full_days(world: World) -> None:
    """On 1 September at 9:00: at the earliest 8 September, and then until the 29th."""
    assert rounds.earliest_days(world.drafted().rounds.get()) == (
        date(2026, 9, 8),
        date(2026, 9, 29),
    )


def test_the_demonstrations_clock_never_goes_back(world: World) -> None:
    before = now()
    move_to(before - timedelta(days=400))
    assert now() >= before


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 11, 10), True),
        (date(2026, 11, 11), False),
        (date(2026, 11, 14), False),
        (date(2026, 12, 24), False),
        (date(2026, 12, 28), True),
    ],
)
def test_working_days_know_polish_holidays(day: date, works: bool) -> None:  # noqa: FBT001 - a column
    assert calendar.is_working_day(day) is works
