"""The plan of a draft: forward from today by the terms, back from the last session that is in time.

Pure: days in, days out, no database. A day here is a day in Warsaw. The steps hang together by
the procedure's terms (`LINKS`); what has happened, or is announced, is `fixed`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum

from consultations import calendar

DAY = timedelta(days=1)
WEEK, MONTH = 7, 31


class Step(StrEnum):
    """A day of the road, in its order."""

    ANNOUNCE = "announce"
    OPEN = "open"
    CLOSE = "close"
    DELIVER = "deliver"
    OPINION = "opinion"
    ANSWERS = "answers"
    REPORT = "report"
    SUBMIT = "submit"
    SESSION = "session"


# What an office does on a working day only.
OFFICE = (Step.ANNOUNCE, Step.DELIVER, Step.REPORT, Step.SUBMIT)


@dataclass(frozen=True)
class Term:
    """So many days, of the calendar or working ones."""

    days: int = 0
    working: bool = False


Terms = Mapping[str, Term]


@dataclass(frozen=True)
class Link:
    """`then` is possible only when the term `rule` and `more` days after `first` are over.

    A `statutory` term does not end on a free day (Civil Code, art. 115).
    """

    first: Step
    then: Step
    rule: str = ""
    more: int = 0
    statutory: bool = False

    def after(self, day: date, terms: Terms) -> date:
        """The earliest day of `then`, when `first` is on `day`."""
        found = _after(day, terms.get(self.rule, Term())) + self.more * DAY
        return on_working_day(found) if self.statutory else found

    def before(self, day: date, terms: Terms) -> date:
        """The latest day of `first` that still lets `then` be on `day`."""
        found = _before(day - self.more * DAY, terms.get(self.rule, Term()))
        while self.after(found, terms) > day:
            found -= DAY
        return found


# An opinion is asked for once the consultation is over, and its silence is known on the day after
# its last; answers and opinion go side by side.
LINKS = (
    Link(Step.ANNOUNCE, Step.OPEN, "notice_days"),
    Link(Step.OPEN, Step.CLOSE, "consultation_days"),
    Link(Step.CLOSE, Step.DELIVER, more=1),
    Link(Step.DELIVER, Step.OPINION, "opinion_days", statutory=True),
    Link(Step.CLOSE, Step.ANSWERS, "review_days"),
    Link(Step.ANSWERS, Step.REPORT, "signing_days"),
    Link(Step.REPORT, Step.SUBMIT),
    Link(Step.OPINION, Step.SUBMIT, more=1),
    Link(Step.SUBMIT, Step.SESSION, "submission_days"),
)
RULES = tuple(link.rule for link in LINKS if link.rule)


@dataclass(frozen=True)
class Case:
    """What the plan of one draft is made of."""

    today: date
    terms: Terms
    deadline: date | None = None
    sessions: tuple[date, ...] = ()
    fixed: Mapping[Step, date] = field(default_factory=dict)
    planned: Mapping[Step, date] = field(default_factory=dict)
    on_agenda: bool = False  # the session is no longer the plan's matter
    readings: int = 1  # how many sessions the draft still needs, the one of the vote included

    def on(self, day: date) -> "Case":
        """The same, looked at on another day."""
        return replace(self, today=day)


@dataclass(frozen=True)
class Days:
    """The day of each step; `ready` is the first on which the council could vote.

    `session` is the first session from then on; None when the calendar knows of none.
    """

    of: Mapping[Step, date]
    ready: date
    session: date | None


@dataclass(frozen=True)
class Alarm:
    """No session in time fits any more.

    `missed` is the last one to which it would have had to come, where there was one; `session`
    the first at which the council can vote, where the calendar knows one.
    """

    ready: date
    deadline: date
    missed: date | None
    session: date | None

    @property
    def missed_by(self) -> int:
        """By how many days the draft comes too late for the last session in time."""
        return (self.ready - (self.missed or self.deadline)).days

    @property
    def late(self) -> int:
        """How many days after the deadline the council can decide at the earliest."""
        return ((self.session or self.ready) - self.deadline).days


def _after(day: date, term: Term) -> date:
    if not term.working:
        return day + term.days * DAY
    return calendar.working_days_from(day, term.days) if term.days else day


def _before(day: date, term: Term) -> date:
    """The last day from which the term ends on `day` or sooner."""
    if not term.working:
        return day - term.days * DAY
    found = day
    while _after(found, term) > day:
        found -= DAY
    return found


def on_working_day(day: date) -> date:
    """The day itself, or the first working day after it."""
    return calendar.working_days_from(day, 0)


def _by_working_day(day: date) -> date:
    while not calendar.is_working_day(day):
        day -= DAY
    return day


def forward(case: Case, planned: Mapping[Step, date] | None = None) -> Days:
    """The earliest day of every step from today on, and not before the `planned` ones."""
    wanted, days = planned or {}, dict[Step, date]()
    for step in Step:
        if step == Step.SESSION:
            continue
        days[step] = case.fixed.get(step) or _earliest(case, step, days, wanted)
    ready = max(case.today, *_bounds(case, Step.SESSION, days))
    if Step.SESSION in case.fixed:
        voted = case.fixed[Step.SESSION]
        return Days({**days, Step.SESSION: voted}, ready, voted)
    after = max(ready, wanted.get(Step.SESSION, ready))
    possible = [one for one in case.sessions if one >= ready][case.readings - 1 :]
    session = next((one for one in possible if one >= after), None)
    return Days({**days, Step.SESSION: session or after}, ready, session)


def _bounds(case: Case, step: Step, days: Mapping[Step, date]) -> Iterable[date]:
    return (link.after(days[link.first], case.terms) for link in LINKS if link.then == step)


def _earliest(
    case: Case, step: Step, days: Mapping[Step, date], planned: Mapping[Step, date]
) -> date:
    day = max(case.today, planned.get(step, date.min), *_bounds(case, step, days))
    return on_working_day(day) if step in OFFICE else day


def as_planned(case: Case) -> Days:
    """The plan: the earliest days, moved to where somebody planned them."""
    return forward(case, case.planned)


def backward(case: Case) -> dict[Step, date]:
    """The last day of every step from which the draft still comes in time; empty without a goal."""
    goal, entry = last_session(case), last_entry(case)
    if goal is None or entry is None:
        return {}
    days = {Step.SESSION: entry}
    for step in reversed(Step):
        if step == Step.SESSION:
            continue
        limits = [link.before(days[link.then], case.terms) for link in LINKS if link.first == step]
        day = min(limits)
        days[step] = _by_working_day(day) if step in OFFICE else day
    return days | {Step.SESSION: goal}


def last_session(case: Case) -> date | None:
    """The last session in time; the deadline itself while the calendar does not reach it.

    None when the law sets no deadline, or the calendar reaches it and has no session in time.
    """
    if case.deadline is None or not reaches(case):
        return case.deadline
    in_time = [one for one in case.sessions if one <= case.deadline]
    return max(in_time, default=None)


def last_entry(case: Case) -> date | None:
    """The last session to which the draft must come: of two readings the one before the vote's.

    While the calendar does not reach the deadline, the readings stand on the days before it.
    """
    if case.deadline is None:
        return None
    if not reaches(case):
        return case.deadline - (case.readings - 1) * DAY
    in_time = [one for one in case.sessions if one <= case.deadline]
    return in_time[-case.readings] if len(in_time) >= case.readings else None


def reaches(case: Case) -> bool:
    """Whether the calendar goes as far as the deadline: else a session may still be called.

    It does when it knows a session after it, or one in the month before it.
    """
    limit = case.deadline
    return limit is not None and any((limit - one).days <= MONTH for one in case.sessions)


def alarm(case: Case) -> Alarm | None:
    """Whether no session in time fits any more, on the day of the case."""
    if case.deadline is None:
        return None
    earliest, goal = forward(case), last_entry(case)
    voted = case.fixed.get(Step.SESSION)
    ready, limit = (voted, case.deadline) if voted else (earliest.ready, goal)
    if limit is not None and ready <= limit:
        return None
    missed = goal if goal in case.sessions else None
    return Alarm(ready, case.deadline, missed, earliest.session)


def first_day(case: Case, not_before: date) -> date:
    """Of a case that rings today: since which day it does, looking back to `not_before`."""
    day = case.today
    while day > not_before and alarm(case.on(day - DAY)) is not None:
        day -= DAY
    return day


def is_worse(one: Alarm, late_before: int) -> bool:
    """Whether it has worsened since it last rang: a later session, or a week more without one."""
    least = late_before + (1 if one.session else WEEK)
    return one.late >= least
