"""A session the calendar lost, or of which nothing was entered, counts for no plan."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from consultations.models import CouncilFile, CouncilSession, Draft
from consultations.models.clock import now
from consultations.plan import Case, Step
from consultations.selectors import plan as read
from consultations.services import council, sessions
from tests.plan.test_watching import BECAUSE, alarms, november, on, session
from tests.workflows.test_desk import signed_in
from tests.workflows.walk import Walk
from workflows.planning import watch_plans

__all__ = ["november"]
OLD = date(2026, 11, 18)
ENGLISH = {"accept-language": "en"}


def on_agenda(walk: Walk) -> CouncilFile:
    return council.schedule_session(
        walk.numbered(), session_number="II", session_on=OLD, by=walk.world.clerk
    )


def lose(walk: Walk, rows: list[CouncilSession], how: str) -> None:
    sessions.cancel_session(rows[0], because=BECAUSE, by=walk.world.clerk)
    if how == "cancelled":
        sessions.cancel_session(rows[1], because=BECAUSE, by=walk.world.clerk)
        return
    day = date(2026, 12, 16)
    sessions.change_session(
        rows[1], number="IIa", day=day, place="", because=BECAUSE, by=walk.world.clerk
    )


def case_now() -> Case:
    return read.case_of(Draft.objects.get())


@pytest.mark.parametrize("how", ["cancelled", "moved"])
def test_a_session_lost_in_the_calendar_rings_and_the_clerk_chooses_another(
    walk: Walk, november: list[CouncilSession], how: str
) -> None:
    file, clerk = on_agenda(walk), walk.world.clerk
    watch_plans()
    assert alarms() == []
    lose(walk, november, how)
    watch_plans()
    assert [one["next_session"] for one in alarms()] == ["2026-12-02"]
    case = case_now()
    assert (OLD in case.sessions, case.on_agenda) == (False, False)
    ((_draft, many),) = read.cases_of(Draft.objects.all())
    assert many == case
    said = f"Session II was {how} in the calendar: choose another"
    desk = signed_in(clerk).get(reverse("council"), headers=ENGLISH)
    assert said in desk.content.decode()
    assert [one.step.url for one in desk.context["desk"].todos] == ["schedule_session"]
    assert desk.context["desk"].coming == []
    page = signed_in(clerk).get(reverse("council_file", args=[file.pk]), headers=ENGLISH)
    assert said in page.content.decode()
    assert page.context["step"].url == "schedule_session"
    file.refresh_from_db()
    assert file.session_on == OLD, "nothing is changed by itself"


@pytest.mark.parametrize("how", ["", "cancelled", "moved"])
def test_everybody_reads_what_became_of_the_session(
    walk: Walk, november: list[CouncilSession], how: str
) -> None:
    file = on_agenda(walk)
    if how:
        lose(walk, november, how)
    slug = file.draft.rounds.get().slug
    for page in ("roll_call", "consultation"):
        read_by_all = Client(headers=ENGLISH).get(reverse(page, args=[slug])).content.decode()
        assert (f"Session II was {how};" in read_by_all) == bool(how)
        assert ("18 November 2026" in read_by_all) == (not how)


def test_another_session_on_the_day_keeps_it(walk: Walk, november: list[CouncilSession]) -> None:
    on_agenda(walk)
    lose(walk, november, "cancelled")
    session(walk.world, OLD, "IIb")
    assert (OLD in case_now().sessions, case_now().on_agenda) == (True, True)


def test_a_session_of_which_nothing_is_entered_counts_for_two_working_days(
    walk: Walk, november: list[CouncilSession]
) -> None:
    on_agenda(walk)  # a Wednesday
    on(date(2026, 11, 20))
    assert (watch_plans(), case_now().fixed.get(Step.SESSION)) == (0, OLD)
    on(date(2026, 11, 23))
    assert (watch_plans(), case_now().fixed.get(Step.SESSION)) == (1, None)
    (rung,) = alarms()
    assert (rung["alarm_on"], rung["late"]) == ("2026-11-21", 2)
    assert now().date() == date(2026, 11, 23)


def test_a_vote_repeated_or_corrected_moves_a_plan() -> None:
    assert {"council_file.correct_vote", "council_file.repeat_vote"} <= set(read.MOVES)
