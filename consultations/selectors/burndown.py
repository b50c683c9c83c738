"""How many comments were still without an end at the close of each day, against the deadline.

Counted from the record, by the hour in the database and by the Warsaw day here: an entry that
brings a comment adds one, one that ends it (a published answer, withdrawn, hidden, left) takes one.
"""

import math
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from typing import Any

from django.db.models import Case, Count, F, Q, Value, When
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations import calendar
from consultations.models import Consultation, Entry
from consultations.models.clock import now
from consultations.models.comments import CLOSED_STATES
from consultations.selectors.due import review_ends
from consultations.selectors.workload import HOUR

MOST_DAYS = 60
PACE_OF = 7  # days
WIDTH, HEIGHT, FOOT = 720, 220, 24
CAME, ENDED, BACK = "came", "ended", "back"


@dataclass(frozen=True)
class Day:
    """The close of one day: what came, what ended, what remained."""

    day: date
    came: int
    ended: int
    left: int


@dataclass(frozen=True)
class Bar:
    """Where the bar of a day stands in the drawing."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class BurnDown:
    """The days with their bars, the deadline, and what the pace leads to."""

    days: list[Day]
    today: date
    deadline: date | None

    width, height = WIDTH, HEIGHT + FOOT

    @property
    def left(self) -> int:
        return self.days[-1].left if self.days else 0

    @cached_property
    def span(self) -> int:
        """How many days the drawing shows: up to the deadline where it lies ahead."""
        ahead = (self.deadline - self.today).days if self.deadline else 0
        return len(self.days) + min(max(ahead, 0), MOST_DAYS)

    @property
    def step(self) -> float:
        return WIDTH / max(self.span, 1)

    @property
    def bars(self) -> list[Bar]:
        most = max((one.left for one in self.days), default=0) or 1
        tall = [round(HEIGHT * one.left / most, 1) for one in self.days]
        return [
            Bar(round(place * self.step, 1), HEIGHT - height, round(self.step * 0.8, 1), height)
            for place, height in enumerate(tall)
        ]

    @property
    def deadline_x(self) -> float | None:
        """Where its day ends; None when it lies outside the drawing."""
        if self.deadline is None or not self.days:
            return None
        place = (self.deadline - self.days[0].day).days + 1
        return round(place * self.step, 1) if 0 <= place <= self.span else None

    @property
    def base(self) -> int:
        return HEIGHT

    @property
    def pace(self) -> float:
        """Comments that ended a day, over the last days before today and today."""
        last = [one for one in self.days if one.day > self.today - timedelta(days=PACE_OF)]
        return sum(one.ended for one in last) / PACE_OF

    @property
    def forecast(self) -> str:
        """What the pace leads to, in words; that there is none, where there is none."""
        if not self.days:
            return _("No comment has come yet.")
        if not self.left:
            return _("Every comment is answered.")
        if not self.pace:
            return _("No comment was answered in the last seven days, so no pace can be told.")
        days = math.ceil(self.left / self.pace)
        if days > 366:
            return _("At the pace of the last seven days it would take more than a year.")
        ready = self.today + timedelta(days=days)
        return self._against_the_deadline(ready)

    def _against_the_deadline(self, ready: date) -> str:
        day = date_format(ready, "j E Y")
        if self.deadline is None:
            words = _("At the pace of the last seven days all will be answered by %(day)s.")
            return words % {"day": day}
        over = (ready - self.deadline).days
        if over == 0:
            words = _(
                "At the pace of the last seven days all will be answered on the last day, %(day)s."
            )
        elif over > 0:
            words = ngettext(
                "At the pace of the last seven days all will be answered by %(day)s, %(days)d day"
                " after the deadline.",
                "At the pace of the last seven days all will be answered by %(day)s, %(days)d days"
                " after the deadline.",
                over,
            )
        else:
            words = ngettext(
                "At the pace of the last seven days all will be answered by %(day)s, %(days)d day"
                " before the deadline.",
                "At the pace of the last seven days all will be answered by %(day)s, %(days)d days"
                " before the deadline.",
                -over,
            )
        return words % {"day": day, "days": abs(over)}


def burn_down(consultation: Consultation) -> BurnDown:
    """One query for the record, two for the procedure's days."""
    today = calendar.local_day(now())
    counts: Counter[tuple[date, str]] = Counter()
    for hour, what, count in _by_hour(consultation):
        day = calendar.local_day(datetime.fromtimestamp(hour * 3600, UTC))
        counts[day, what] += count
    return BurnDown(_days(counts, today), today, review_ends(consultation))


def _by_hour(consultation: Consultation) -> Any:
    closed = [str(state) for state in CLOSED_STATES]
    ended = Q(to_state__in=closed) & ~Q(from_state__in=closed)
    back = Q(from_state__in=closed) & ~Q(to_state__in=closed)
    what = Case(
        When(kind="comment.file", then=Value(CAME)),
        When(ended, then=Value(ENDED)),
        default=Value(BACK),
    )
    told = Entry.objects.filter(Q(kind="comment.file") | ended | back)
    told = told.filter(comment__consultation=consultation).order_by()
    return (
        told.annotate(hour=F("t_us") / HOUR, what=what)
        .values_list("hour", "what")
        .annotate(Count("pk"))
    )


def _days(counts: Counter[tuple[date, str]], today: date) -> list[Day]:
    """Every day from the first comment on; of a long review the last ones."""
    if not counts:
        return []
    told = sorted(day for day, _what in counts)
    day, left, found = told[0], 0, []
    while day <= max(today, told[-1]):
        came = counts[day, CAME] + counts[day, BACK]
        ended = counts[day, ENDED]
        left += came - ended
        found.append(Day(day, came, ended, left))
        day += timedelta(days=1)
    return found[-MOST_DAYS:]
