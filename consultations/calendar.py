"""Days in Warsaw and instants in UTC: statutory terms, ends of days, holidays."""

from calendar import monthrange
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays

WARSAW = ZoneInfo("Europe/Warsaw")


def local_day(instant: datetime) -> date:
    """The Warsaw day in which `instant` (aware) lies."""
    return instant.astimezone(WARSAW).date()


def start_of(day: date) -> datetime:
    """The first instant of `day` in Warsaw."""
    return datetime.combine(day, time.min, tzinfo=WARSAW)


def end_of(day: date) -> datetime:
    """The first instant after `day` in Warsaw: what happens then is too late."""
    return start_of(day + timedelta(days=1))


def last_day(first: date, days: int) -> date:
    """The last day of a term of `days` that does not count its first day (2 Oct + 21 = 23 Oct)."""
    return first + timedelta(days=days)


def term_ends(first: date, days: int) -> date:
    """The last day of a statutory term of days: `first` does not count, and a Saturday or holiday
    at its end moves it to the next working day (Civil Code, art. 110, 111 § 2 and 115).
    """
    return working_days_from(last_day(first, days), 0)


def months_later(day: date, months: int) -> date:
    """The last day of a term of months: the same day of the month, or the month's last
    (Regulation 1182/71, art. 3 ust. 2 lit. c).
    """
    years, month = divmod(day.month - 1 + months, 12)
    first = date(day.year + years, month + 1, 1)
    return first.replace(day=min(day.day, monthrange(first.year, first.month)[1]))


@lru_cache(maxsize=8)
def _free_days(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("PL", years=year))


def working_days_from(day: date, days: int) -> date:
    """The working day so many working days after `day`, or before it when `days` is negative."""
    step = timedelta(days=1 if days >= 0 else -1)
    left = abs(days)
    while left or not is_working_day(day):
        day += step
        if left and is_working_day(day):
            left -= 1
    return day


def is_working_day(day: date) -> bool:
    """Neither a Saturday, a Sunday nor a statutory holiday in Poland."""
    return day.weekday() < 5 and day not in _free_days(day.year)
