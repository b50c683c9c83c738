"""Every deadline fires once, with its true instant, on the days that make clocks stumble."""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest

from consultations import calendar
from consultations.calendar import WARSAW, end_of, start_of
from consultations.models import Entry
from consultations.models.clock import move_to
from consultations.models.people import clock
from consultations.services import opinions
from tests.workflows.walk import Walk, fresh
from tests.world import World
from workflows import jobs
from workflows.flow_check import mismatches
from workflows.silence import waive_overdue_opinions
from workflows.tick import tick

DEADLINES = ("consultation.open", "consultation.close", "draft.mark_overdue", "opinion.waive")


@dataclass(frozen=True)
class Night:
    """Announced on a day, so that the consultation closes at the end of another."""

    announced: date
    closes: date
    hours: int  # how long the last day is


# 7 days of notice and 21 of consultation lie between the two.
NIGHTS = {
    "clocks go forward after the last day": Night(date(2027, 2, 27), date(2027, 3, 27), 24),
    "clocks go forward on the last day": Night(date(2027, 2, 28), date(2027, 3, 28), 23),
    "clocks go back after the last day": Night(date(2026, 9, 26), date(2026, 10, 24), 24),
    "clocks go back on the last day": Night(date(2026, 9, 27), date(2026, 10, 25), 25),
    "leap day": Night(date(2028, 2, 1), date(2028, 2, 29), 24),
    "a holiday on the last day": Night(date(2026, 10, 14), date(2026, 11, 11), 24),
    "the last day of the year": Night(date(2026, 12, 3), date(2026, 12, 31), 24),
}
STOPS = {
    "runs": timedelta(0),
    "wakes three days later": timedelta(days=3),
    "wakes a month later": timedelta(days=31),
}


@pytest.fixture(params=NIGHTS)
def night(request: pytest.FixtureRequest) -> Night:
    return NIGHTS[request.param]


def walk_to(night: Night) -> Walk:
    world = World()
    move_to(datetime.combine(night.announced, datetime.min.time(), WARSAW) + timedelta(hours=9))
    return Walk(world)


def due(kind: str) -> list[datetime]:
    """When each act of this kind was due, as its entry says."""
    found = []
    for entry in Entry.objects.filter(kind=kind).order_by("seq"):
        facts = json.loads(entry.payload)["facts"]
        said = facts.get("due_at")
        found.append(
            datetime.fromisoformat(said) if said else end_of(date.fromisoformat(facts["due_on"]))
        )
    return found


@pytest.mark.django_db
@pytest.mark.parametrize("stop", STOPS)
def test_every_deadline_fires_once_with_its_true_instant(night: Night, stop: str) -> None:
    """The clock jumps from deadline to deadline, or past all of them while the machine is down."""
    jobs.register(waive_overdue_opinions)
    walk = walk_to(night)
    consultation = walk.announced()
    opens, closes = consultation.opens_at, consultation.closes_at
    assert opens is not None
    assert closes == end_of(night.closes)
    move_to(opens + STOPS[stop])
    tick()
    move_to(max(closes, opens + STOPS[stop]))
    tick()
    draft = fresh(consultation).draft
    delivered = calendar.local_day(closes)
    if STOPS[stop]:
        move_to(end_of(delivered))
    opinion = opinions.request_opinion(
        draft, body="krdpp", delivered_on=delivered, by=walk.world.officer
    )
    assert opinion.due_at is not None
    review_ends = end_of(night.closes + timedelta(days=14))
    for instant in sorted((review_ends, opinion.due_at)):
        move_to(instant + STOPS[stop])
        tick()
    tick()
    assert {kind: due(kind) for kind in DEADLINES} == {
        "consultation.open": [opens.astimezone(UTC)],
        "consultation.close": [closes.astimezone(UTC)],
        "draft.mark_overdue": [review_ends],
        "opinion.waive": [opinion.due_at.astimezone(UTC)],
    }
    assert mismatches() == []


@pytest.mark.django_db
def test_the_last_day_is_as_long_as_it_is_in_warsaw(night: Night) -> None:
    last = end_of(night.closes).astimezone(UTC) - start_of(night.closes).astimezone(UTC)
    assert last == timedelta(hours=night.hours)


@pytest.mark.parametrize(
    ("delivered", "last"),
    [
        (date(2026, 10, 28), date(2026, 11, 12)),  # the 14th day is 11 November, a holiday
        (date(2026, 10, 31), date(2026, 11, 16)),  # a Saturday
        (date(2026, 11, 1), date(2026, 11, 16)),  # a Sunday
        (date(2026, 11, 2), date(2026, 11, 16)),  # a Monday
        (date(2028, 2, 15), date(2028, 2, 29)),  # leap day
    ],
)
def test_a_statutory_term_does_not_end_on_a_free_day(delivered: date, last: date) -> None:
    assert calendar.term_ends(delivered, 14) == last


@pytest.mark.django_db
def test_silence_on_a_holiday_is_not_a_waiver_yet(walk: Walk) -> None:
    consultation = walk.closed()
    move_to(end_of(date(2026, 10, 27)) + timedelta(hours=9))
    opinion = opinions.request_opinion(
        consultation.draft, body="krdpp", delivered_on=date(2026, 10, 28), by=walk.world.officer
    )
    jobs.register(waive_overdue_opinions)
    move_to(end_of(date(2026, 11, 11)))
    tick()
    opinion.refresh_from_db()
    assert opinion.state == "awaited"
    move_to(end_of(date(2026, 11, 12)))
    tick()
    opinion.refresh_from_db()
    assert opinion.state == "waived"
    assert clock().pk == Entry.objects.get(kind="opinion.waive").actor_id
