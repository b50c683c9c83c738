"""One stream of time: stories of many drafts in turn, the clock moved forward to each instant."""

import heapq
from collections.abc import Generator
from datetime import date, datetime, time, timedelta
from itertools import count

from consultations.calendar import WARSAW, is_working_day, local_day
from consultations.models.clock import move_to
from notifications.outbox import dispatch
from workflows.silence import waive_overdue_opinions
from workflows.tick import fire_due_timers

# A story yields the instant it waits for; what stands after the `yield` happens then.
Story = Generator[datetime, None, None]
OFFICE_OPENS, NOON, OFFICE_CLOSES = time(8, 0), time(13, 0), time(15, 30)


class Stage:
    """Plays stories beside each other, each act at its instant."""

    def __init__(self) -> None:
        self._waiting: list[tuple[datetime, int, Story]] = []
        self._order = count()

    def play(self, story: Story) -> None:
        """Run the story up to the next instant it waits for."""
        instant = next(story, None)
        if instant is not None:
            heapq.heappush(self._waiting, (instant, next(self._order), story))

    def run(self, until: datetime) -> None:
        """Play what happens up to this instant; then that is what time it is."""
        while self._waiting and self._waiting[0][0] <= until:
            instant, _order, story = heapq.heappop(self._waiting)
            pass_time(instant)
            self.play(story)
            dispatch()
        pass_time(until)


def pass_time(instant: datetime) -> None:
    """Move the clock; rounds open and close, and people are told.

    The parts of a tick and not `tick` itself: that never runs inside a transaction.
    """
    move_to(instant)
    if fire_due_timers() + waive_overdue_opinions():
        dispatch()


def at(day: str, clock: str = "9:00") -> datetime:
    """An instant in Warsaw: `at("2026-10-02", "14:20")`, with seconds that look lived in."""
    hour, minute = map(int, clock.split(":"))
    start = datetime.combine(date.fromisoformat(day), time(hour, minute), tzinfo=WARSAW)
    return start + timedelta(seconds=(hour * 37 + minute * 13 + start.day * 7) % 60)


def in_office(after: datetime, *, days: int = 0, minutes: int = 0) -> datetime:
    """When the office comes to it: the same day when it came before noon, else the next one.

    Then `days` working days more, and `minutes` into the morning (or the afternoon).
    """
    local = after.astimezone(WARSAW)
    soon = is_working_day(local.date()) and OFFICE_OPENS <= local.time() < NOON
    day = local.date() if soon else _working_day_after(local.date())
    for _day in range(days):
        day = _working_day_after(day)
    same_day = day == local_day(after)
    start = datetime.combine(day, NOON if same_day else OFFICE_OPENS, tzinfo=WARSAW)
    return start + timedelta(minutes=5 + minutes, seconds=(local.minute * 7 + minutes) % 60)


def _working_day_after(day: date) -> date:
    day += timedelta(days=1)
    while not is_working_day(day):
        day += timedelta(days=1)
    return day
