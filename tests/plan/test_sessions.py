"""The calendar refuses what cannot be, and everybody reads why a session was moved or cancelled."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from consultations.calendar import local_day
from consultations.errors import Invalid
from consultations.models import CouncilSession
from consultations.models.clock import now
from consultations.services import plan, sessions
from tests.office.pages import as_, text_of
from tests.plan.test_lost_sessions import on_agenda
from tests.plan.test_watching import BECAUSE, november, session
from tests.workflows.walk import Walk
from tests.world import World

__all__ = ["november"]


def change(one: CouncilSession, world: World, **other: object) -> CouncilSession:
    stands = {"number": one.number, "day": one.day, "place": one.place, "because": BECAUSE}
    return sessions.change_session(one, **(stands | other), by=world.clerk)  # type: ignore[arg-type]


def test_a_day_past_and_a_number_twice_are_refused(
    world: World, november: list[CouncilSession]
) -> None:
    yesterday = local_day(now()) - timedelta(days=1)
    past: list[Callable[[], Any]] = [
        lambda: session(world, yesterday, "X"),
        lambda: change(november[0], world, day=yesterday),
    ]
    for act in past:
        with pytest.raises(Invalid) as refused:
            act()
        assert refused.value.field == "day"
    twice: list[Callable[[], Any]] = [
        lambda: session(world, date(2026, 12, 9), "ii"),
        lambda: change(november[0], world, number="II"),
    ]
    for act in twice:
        with pytest.raises(Invalid) as refused:
            act()
        assert refused.value.field == "number"
    sessions.cancel_session(november[1], because=BECAUSE, by=world.clerk)
    session(world, date(2026, 12, 9), "II")
    session(world, date(2031, 12, 9), "II")


def test_a_change_of_nothing_and_a_book_of_a_reason_are_refused(
    walk: Walk, november: list[CouncilSession]
) -> None:
    world, one = walk.world, november[0]
    with pytest.raises(Invalid):
        change(one, world)
    change(one, world, place="Sala Kupiecka", because="a " * 500)
    draft, book = walk.drafted().draft, "ab " * 334
    for act in (
        lambda: change(one, world, place="", because=book),
        lambda: sessions.cancel_session(one, because=book, by=world.clerk),
        lambda: plan.move_day(
            draft, step="answers", day=date(2026, 11, 2), because=book, by=world.officer
        ),
    ):
        with pytest.raises(Invalid) as refused:
            act()
        assert refused.value.field == "because"


def test_the_reason_is_read_in_the_calendar_and_in_the_plans_it_concerned(
    walk: Walk, november: list[CouncilSession]
) -> None:
    file = on_agenda(walk)
    change(november[1], walk.world, day=date(2026, 11, 19))
    change(november[2], walk.world, day=date(2026, 12, 3), because="Sala w remoncie.")
    page = text_of(as_(None).get(reverse("sessions")))
    assert f"changed : {BECAUSE}" in page
    assert "changed : Sala w remoncie." in page
    slug = file.draft.rounds.get().slug
    told = text_of(as_(None).get(reverse("plan", args=[slug])))
    assert f"Reason: {BECAUSE}" in told
    assert "Sala w remoncie." not in told, "another session"
