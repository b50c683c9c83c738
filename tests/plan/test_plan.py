"""The plan by itself, over days: terms, working days, sessions before and after the deadline."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest

from consultations import calendar, plan
from consultations.plan import Case, Link, Step, Term

TERMS = {
    "notice_days": Term(7),
    "consultation_days": Term(21),
    "review_days": Term(14),
    "signing_days": Term(2, working=True),
    "opinion_days": Term(14),
    "submission_days": Term(7),
}
DEADLINE = date(2026, 11, 30)
SESSIONS = (date(2026, 11, 4), date(2026, 11, 18), date(2026, 12, 2))
DAY = timedelta(days=1)


def case(
    today: date,
    *,
    deadline: date | None = DEADLINE,
    sessions: tuple[date, ...] = SESSIONS,
    fixed: Mapping[Step, date] | None = None,
    planned: Mapping[Step, date] | None = None,
) -> Case:
    return Case(today, TERMS, deadline, sessions, fixed or {}, planned or {})


def year(number: int) -> list[date]:
    first = date(number, 1, 1)
    return [first + n * DAY for n in range((date(number + 1, 1, 1) - first).days)]


def test_forward_goes_by_the_terms_and_working_days() -> None:
    days = plan.forward(case(date(2026, 9, 1)))
    assert days.of == {
        Step.ANNOUNCE: date(2026, 9, 1),
        Step.OPEN: date(2026, 9, 8),
        Step.CLOSE: date(2026, 9, 29),
        Step.DELIVER: date(2026, 9, 30),
        Step.OPINION: date(2026, 10, 14),
        Step.ANSWERS: date(2026, 10, 13),
        Step.REPORT: date(2026, 10, 15),
        Step.SUBMIT: date(2026, 10, 15),
        Step.SESSION: date(2026, 11, 4),
    }
    assert (days.ready, days.session) == (date(2026, 10, 22), date(2026, 11, 4))


def test_backward_gives_the_last_day_of_every_step() -> None:
    """11 November is a holiday: the draft is submitted on the 10th, not eight days before."""
    assert plan.backward(case(date(2026, 9, 1))) == {
        Step.SESSION: date(2026, 11, 18),
        Step.SUBMIT: date(2026, 11, 10),
        Step.REPORT: date(2026, 11, 10),
        Step.OPINION: date(2026, 11, 9),
        Step.DELIVER: date(2026, 10, 26),
        Step.ANSWERS: date(2026, 11, 8),
        Step.CLOSE: date(2026, 10, 25),
        Step.OPEN: date(2026, 10, 4),
        Step.ANNOUNCE: date(2026, 9, 25),
    }


@pytest.mark.parametrize("number", [2024, 2026, 2027, 2028])
def test_every_day_of_a_year_backward_is_the_last_from_which_forward_comes_in_time(
    number: int,
) -> None:
    """Leap days, both clock changes, every holiday: what is possible on one day and no later."""
    for goal in year(number):
        looked = Case(date.min + 400 * DAY, TERMS, goal, (goal,))
        last = plan.backward(looked)[Step.ANNOUNCE]
        assert calendar.is_working_day(last)
        assert plan.alarm(looked.on(last)) is None
        following = plan.on_working_day(last + DAY)
        assert plan.alarm(looked.on(following)) is not None, goal


def test_of_each_link_before_is_the_inverse_of_after() -> None:
    for link in plan.LINKS:
        for day in year(2028):
            last = link.before(day, TERMS)
            assert link.after(last, TERMS) <= day < link.after(last + DAY, TERMS)


def test_a_link_that_goes_back_by_a_fixed_number_of_days_is_no_inverse() -> None:
    """The control: three calendar days for two working ones are wrong around a holiday."""
    signing = Link(Step.ANSWERS, Step.REPORT, "signing_days")
    wrong = [d for d in year(2026) if signing.before(d, TERMS) != d - 3 * DAY]
    assert wrong


def test_no_step_comes_before_what_it_waits_for() -> None:
    for today in year(2028):
        days = plan.forward(case(today, deadline=None, sessions=())).of
        assert all(
            a <= b
            for a, b in pairwise(
                [
                    days[s]
                    for s in (
                        Step.ANNOUNCE,
                        Step.OPEN,
                        Step.CLOSE,
                        Step.ANSWERS,
                        Step.REPORT,
                        Step.SUBMIT,
                        Step.SESSION,
                    )
                ]
            )
        )
        assert days[Step.CLOSE] < days[Step.DELIVER] < days[Step.OPINION] < days[Step.SUBMIT]
        assert all(calendar.is_working_day(days[step]) for step in plan.OFFICE)


@pytest.mark.parametrize("changed", [date(2026, 3, 29), date(2026, 10, 25)])
def test_a_night_of_23_or_25_hours_is_a_day_like_any_other(changed: date) -> None:
    before, after = changed - 4 * DAY, changed + 3 * DAY
    assert Link(Step.SUBMIT, Step.SESSION, "submission_days").after(before, TERMS) == after


def test_a_term_over_the_leap_day_counts_it() -> None:
    link = Link(Step.ANNOUNCE, Step.OPEN, "notice_days")
    assert link.after(date(2028, 2, 25), TERMS) == date(2028, 3, 3)
    assert link.after(date(2027, 2, 25), TERMS) == date(2027, 3, 4)


def test_what_an_office_does_waits_for_a_working_day() -> None:
    christmas = plan.forward(case(date(2026, 12, 25), deadline=None))
    assert christmas.of[Step.ANNOUNCE] == date(2026, 12, 28)
    assert plan.on_working_day(date(2026, 11, 11)) == date(2026, 11, 12)


def test_a_planned_day_moves_everything_after_it_and_nothing_before() -> None:
    at = case(date(2026, 9, 1), planned={Step.ANSWERS: date(2026, 11, 2)})
    before, moved = plan.forward(at).of, plan.as_planned(at)
    assert moved.of[Step.CLOSE] == before[Step.CLOSE]
    assert moved.of[Step.REPORT] == date(2026, 11, 4)
    assert moved.session == date(2026, 11, 18)


def test_what_happened_counts_instead_of_the_shortest_term() -> None:
    announced = {
        Step.ANNOUNCE: date(2026, 9, 1),
        Step.OPEN: date(2026, 9, 20),
        Step.CLOSE: date(2026, 11, 2),
    }
    days = plan.forward(case(date(2026, 9, 2), fixed=announced))
    assert days.of[Step.CLOSE] == date(2026, 11, 2)
    assert plan.alarm(case(date(2026, 9, 2), fixed=announced)) is not None


# -- the alarm -----------------------------------------------------------------------------------


def rings_on(days: list[date], **case_of: object) -> list[date]:
    return [day for day in days if plan.alarm(case(day, **case_of)) is not None]  # type: ignore[arg-type]


def test_it_rings_first_on_the_day_after_the_last_one_that_fits() -> None:
    """25 September is a Friday; on Saturday no office announces any more before Monday."""
    assert rings_on(year(2026))[0] == date(2026, 9, 26)


def test_it_says_what_is_missed_and_when_the_council_can_decide() -> None:
    found = plan.alarm(case(date(2026, 9, 28)))
    assert found is not None
    assert (found.ready, found.missed, found.session) == (
        date(2026, 11, 19),
        date(2026, 11, 18),
        date(2026, 12, 2),
    )
    assert (found.missed_by, found.late) == (1, 2)


def test_a_session_between_the_last_one_and_the_deadline_silences_it() -> None:
    more = (*SESSIONS, date(2026, 11, 26))
    assert plan.alarm(case(date(2026, 9, 28), sessions=more)) is None


def test_without_a_calendar_the_deadline_itself_is_the_goal() -> None:
    assert rings_on(year(2026), sessions=())[0] > date(2026, 9, 26)
    found = plan.alarm(case(date(2026, 11, 1), sessions=()))
    assert found is not None
    assert (found.missed, found.session) == (None, None)
    assert found.late == (found.ready - DEADLINE).days == found.missed_by


def test_a_calendar_that_ends_long_before_the_deadline_does_not_ring_either() -> None:
    """Only the next session is entered: the ones of November will be called in time."""
    early = (date(2026, 9, 2), date(2026, 10, 7))
    assert plan.last_session(case(date(2026, 9, 21), sessions=early)) == DEADLINE
    assert rings_on(year(2026), sessions=early) == rings_on(year(2026), sessions=())


@pytest.mark.parametrize(
    ("last", "goal"), [(date(2026, 10, 29), DEADLINE), (date(2026, 10, 30), date(2026, 10, 30))]
)
def test_a_session_in_the_month_before_counts_as_the_last_one(last: date, goal: date) -> None:
    assert plan.last_session(case(date(2026, 9, 1), sessions=(last,))) == goal


def test_a_calendar_that_goes_beyond_the_deadline_and_has_none_in_time_rings() -> None:
    assert plan.alarm(case(date(2026, 3, 1), sessions=(date(2026, 12, 2),))) is not None


def test_a_session_on_the_very_deadline_is_in_time() -> None:
    assert plan.alarm(case(date(2026, 9, 28), sessions=(DEADLINE,))) is None
    assert plan.alarm(case(date(2026, 9, 28), sessions=(DEADLINE + DAY,))) is not None


def test_a_kind_of_document_without_a_deadline_never_rings() -> None:
    assert not rings_on(year(2026), deadline=None)
    assert plan.backward(case(date(2026, 9, 1), deadline=None)) == {}


TWICE = (date(2026, 10, 21), date(2026, 11, 4), date(2026, 11, 18), date(2026, 12, 2))


def test_two_readings_need_two_sessions() -> None:
    twice = replace(case(date(2026, 9, 1), sessions=TWICE), readings=2)
    days, last = plan.forward(twice), plan.backward(twice)
    assert (days.ready, days.session) == (date(2026, 10, 22), date(2026, 11, 18))
    assert (last[Step.SESSION], last[Step.SUBMIT]) == (date(2026, 11, 18), date(2026, 10, 28))
    assert plan.alarm(twice) is None


def test_they_let_the_alarm_ring_a_session_earlier() -> None:
    twice = replace(case(date(2026, 9, 1), sessions=TWICE), readings=2)
    first = next(day for day in year(2026) if plan.alarm(twice.on(day)) is not None)
    assert first == plan.backward(twice)[Step.ANNOUNCE] + DAY < rings_on(year(2026))[0]
    found = plan.alarm(twice.on(date(2026, 9, 22)))
    assert found is not None
    assert (found.missed, found.session) == (date(2026, 11, 4), date(2026, 12, 2))


def test_one_session_in_time_is_not_enough_for_two_readings() -> None:
    alone = replace(case(date(2026, 3, 2), sessions=SESSIONS[1:]), readings=2)
    assert plan.alarm(alone) is not None
    assert plan.alarm(replace(alone, readings=1)) is None


def test_a_vote_in_time_ends_it_and_one_too_late_is_told() -> None:
    in_time, late = {Step.SESSION: DEADLINE}, {Step.SESSION: DEADLINE + 5 * DAY}
    assert plan.alarm(case(date(2026, 12, 1), fixed=in_time)) is None
    found = plan.alarm(case(date(2026, 12, 5), fixed=late))
    assert found is not None
    assert found.late == 5


def test_it_worsens_with_a_later_session_or_by_a_week_without_one() -> None:
    known = plan.alarm(case(date(2026, 9, 28)))
    unknown = plan.alarm(case(date(2026, 10, 30), sessions=()))
    assert known is not None
    assert unknown is not None
    assert [plan.is_worse(known, late) for late in (known.late - 1, known.late)] == [True, False]
    assert [plan.is_worse(unknown, unknown.late - days) for days in (6, 7)] == [False, True]


def test_a_machine_that_stood_still_names_the_true_first_day() -> None:
    looked = case(date(2026, 10, 5))
    assert plan.first_day(looked, date(2026, 9, 1)) == date(2026, 9, 26)
    assert plan.first_day(looked, date(2026, 10, 2)) == date(2026, 10, 2)
