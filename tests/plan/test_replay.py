"""Years played again: 2019 rings on 12 November and only then; years that fitted never ring."""

from dataclasses import replace
from datetime import date, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from consultations.management.commands.replay import delivered_terms
from consultations.plan import Step, Term
from consultations.years import YEARS, Fact, Meeting, Year, play

DAY = timedelta(days=1)
OF_2019 = YEARS[2019]
REASON = (
    "reason: a session can be on 2019-11-21 at the earliest; the last session in time,"
    " 2019-11-20, is missed by 1 day; the next one, 2019-12-05, is 5 days after 2019-11-30"
)


def rings(year: Year, **terms: Term) -> list[str]:
    return [one.day.isoformat() for one in play(year, delivered_terms() | terms)]


def said(year: int) -> str:
    out = StringIO()
    call_command("replay", year, stdout=out)
    return out.getvalue()


def without(year: Year, *steps: Step) -> Year:
    return replace(year, facts=tuple(one for one in year.facts if one.step not in steps))


def also(year: Year, *facts: Fact) -> Year:
    return replace(year, facts=(*year.facts, *facts))


def event(step: Step, day: date) -> Fact:
    return Fact(step, day, day, "test")


@pytest.mark.django_db
def test_2019_rings_on_12_november_with_its_reason(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        words = said(2019)
    assert words.splitlines()[:3] == [
        "alarm: 2019-11-12",
        REASON,
        "adopted: 2019-12-05 (XXX/792/19), 5 days late",
    ]
    assert words.count("alarm:") == 1
    assert "assumed: session on 2019-11-20" in words


@pytest.mark.parametrize("year", [2024, 2025])
def test_a_year_that_fits_never_rings(year: int) -> None:
    assert rings(YEARS[year]) == []
    assert said(year).startswith("it never rang")
    assert "alarm: " not in said(year)


@pytest.mark.parametrize("year", [2024, 2025])
def test_the_same_year_submitted_a_day_later_would_have_rung(year: int) -> None:
    """The control of the test above: the week before the session is the whole slack."""
    one = YEARS[year]
    submitted = next(fact.day for fact in one.facts if fact.step == Step.SUBMIT)
    late = without(one, Step.SUBMIT, Step.SESSION)
    assert rings(late) == [(submitted + DAY).isoformat()]


def test_a_year_nobody_knows_is_refused() -> None:
    with pytest.raises(CommandError):
        said(1999)


# -- how the day of 2019 hangs on what was assumed (docs/decisions.md) ----------------------------


def test_had_the_answers_been_ready_in_their_term_it_rings_two_days_later() -> None:
    assert rings(also(OF_2019, event(Step.ANSWERS, date(2019, 11, 8)))) == ["2019-11-14"]


@pytest.mark.parametrize("first", [date(2019, 9, 20), date(2019, 10, 1), date(2019, 10, 7)])
def test_any_opening_up_to_7_october_gives_the_same_day(first: date) -> None:
    notice = {Step.ANNOUNCE: -7, Step.OPEN: 0, Step.CLOSE: 21}
    moved = [Fact(one, first + n * DAY, first - 7 * DAY, "test") for one, n in notice.items()]
    delivered = max(first + 22 * DAY, date(2019, 10, 11))
    opinion = [
        Fact(Step.DELIVER, delivered, delivered, "test"),
        Fact(Step.OPINION, delivered + 14 * DAY, delivered, "test"),
    ]
    bare = without(OF_2019, *notice, Step.DELIVER, Step.OPINION)
    assert rings(also(bare, *moved, *opinion)) == ["2019-11-12"]


def test_without_a_notice_by_30_september_it_rings_on_1_october() -> None:
    days = (Step.ANNOUNCE, Step.OPEN, Step.CLOSE, Step.DELIVER, Step.OPINION)
    assert rings(without(OF_2019, *days))[0] == "2019-10-01"


def test_a_session_more_on_27_november_moves_it_by_a_week() -> None:
    more = replace(OF_2019, meetings=(*OF_2019.meetings, Meeting(date(2019, 11, 27), "test")))
    assert rings(more) == ["2019-11-19"]


@pytest.mark.parametrize(("days", "first"), [(0, "2019-11-19"), (14, "2019-09-24")])
def test_the_days_before_the_session_move_it_most(days: int, first: str) -> None:
    assert rings(OF_2019, submission_days=Term(days))[0] == first
