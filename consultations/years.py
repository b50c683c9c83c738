"""Years of Kraków's annual programme, to be played again: what is known of them, and from where.

`known` marks what a public source says; the rest is an assumption, in the pattern of other years,
and docs/decisions.md says how far the result hangs on it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from consultations import calendar, plan
from consultations.plan import Alarm, Case, Step, Term

DAY = timedelta(days=1)
NEXT_WORKING_DAY = "delivered on the first working day after the consultation"
VOTES = "roll calls of the council in BIP, votes of 2024-2026"


@dataclass(frozen=True)
class Fact:
    """Something that happened: from `since` on it is known that `step` is on `day`."""

    step: Step
    day: date
    since: date
    source: str
    known: bool = False


@dataclass(frozen=True)
class Meeting:
    """A day on which the council met."""

    day: date
    source: str
    known: bool = False


@dataclass(frozen=True)
class Year:
    """One cycle: looked at every day from `begins` to the day of the decision."""

    begins: date
    deadline: date
    adopted: date
    resolution: str
    meetings: tuple[Meeting, ...]
    facts: tuple[Fact, ...]

    @property
    def assumptions(self) -> list[str]:
        """What is not known, in words."""
        said = [f"session on {one.day}: {one.source}" for one in self.meetings if not one.known]
        unknown = [one for one in self.facts if not one.known]
        return said + [f"{one.step} on {one.day}: {one.source}" for one in unknown]


@dataclass(frozen=True)
class Ring:
    """The alarm as it rang on one day."""

    day: date
    alarm: Alarm


def play(year: Year, terms: dict[str, Term]) -> Iterator[Ring]:
    """Look at the plan every day of the cycle, as the clock does; gives each time it rang."""
    day, late = year.begins, None
    sessions = tuple(one.day for one in year.meetings)
    while day <= year.adopted:
        known = {one.step: one.day for one in year.facts if one.since <= day}
        found = plan.alarm(Case(day, terms, year.deadline, sessions, known))
        if found is not None and (late is None or plan.is_worse(found, late)):
            yield Ring(day, found)
            late = found.late
        elif found is None:
            late = None
        day += DAY


def _notice(announced: date, last: date, source: str, *, known: bool = False) -> tuple[Fact, ...]:
    """The three days of a notice, known from its announcement on."""
    days = {Step.ANNOUNCE: announced, Step.OPEN: announced + 7 * DAY, Step.CLOSE: last}
    return tuple(Fact(step, day, announced, source, known) for step, day in days.items())


def _delivery(day: date) -> tuple[Fact, ...]:
    """The delivery to the public-benefit council, with the last day of its 14."""
    last = Fact(Step.OPINION, calendar.term_ends(day, 14), day, "the last of its 14 days")
    return Fact(Step.DELIVER, day, day, NEXT_WORKING_DAY), last


def _event(step: Step, day: date, source: str, *, known: bool = False) -> Fact:
    """Something known on the day it happens."""
    return Fact(step, day, day, source, known)


FRIDAYS = (
    "first Friday of October and three weeks, as 2-23 Oct 2020, 1-22 Oct 2021, 6-27 Oct 2023"
    " (krakow.pl 243002, dzielnica10.krakow.pl, obywatelski.krakow.pl 277235)"
)
A_WEEK_BEFORE = "submitted seven days before the session that took it"
IN_TERM = "on the last day of its term: the session that took the draft leaves no other"
FORTNIGHT = "every second Wednesday, as the known sessions of November 2024 (6 and 20)"

YEARS: dict[int, Year] = {
    # Resolution XXX/792/19 of 5 December 2019: bip.krakow.pl, dok_id 52019.
    2019: Year(
        begins=date(2019, 9, 2),
        deadline=date(2019, 11, 30),
        adopted=date(2019, 12, 5),
        resolution="XXX/792/19",
        meetings=(
            Meeting(date(2019, 11, 6), FORTNIGHT),
            Meeting(date(2019, 11, 20), FORTNIGHT),
            Meeting(date(2019, 12, 5), "the resolution itself", known=True),
        ),
        facts=(
            *_notice(date(2019, 9, 27), date(2019, 10, 25), FRIDAYS),
            *_delivery(date(2019, 10, 28)),
            _event(Step.SUBMIT, date(2019, 11, 28), A_WEEK_BEFORE),
            _event(Step.SESSION, date(2019, 12, 5), "the resolution itself", known=True),
        ),
    ),
    2024: Year(
        begins=date(2024, 9, 2),
        deadline=date(2024, 11, 30),
        adopted=date(2024, 11, 20),
        resolution="print number 405",
        meetings=tuple(
            Meeting(day, VOTES, known=True)
            for day in (date(2024, 11, 6), date(2024, 11, 20), date(2024, 12, 4))
        ),
        facts=(
            *_notice(date(2024, 9, 27), date(2024, 10, 25), FRIDAYS),
            *_delivery(date(2024, 10, 28)),
            _event(Step.ANSWERS, date(2024, 11, 8), IN_TERM),
            _event(Step.REPORT, date(2024, 11, 13), IN_TERM),
            _event(Step.SUBMIT, date(2024, 11, 13), A_WEEK_BEFORE),
            _event(Step.SESSION, date(2024, 11, 20), VOTES, known=True),
        ),
    ),
    2025: Year(
        begins=date(2025, 9, 1),
        deadline=date(2025, 11, 30),
        adopted=date(2025, 11, 19),
        resolution="print number 991",
        meetings=tuple(
            Meeting(day, VOTES, known=True)
            for day in (date(2025, 10, 29), date(2025, 11, 19), date(2025, 12, 3))
        ),
        facts=(
            *_notice(date(2025, 9, 26), date(2025, 10, 24), FRIDAYS),
            *_delivery(date(2025, 10, 27)),
            _event(Step.ANSWERS, date(2025, 11, 7), IN_TERM),
            _event(Step.REPORT, date(2025, 11, 12), IN_TERM),
            _event(Step.SUBMIT, date(2025, 11, 12), A_WEEK_BEFORE),
            _event(Step.SESSION, date(2025, 11, 19), VOTES, known=True),
        ),
    ),
}
