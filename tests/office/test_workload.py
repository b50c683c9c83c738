"""Workload: who waits for whom since when, and the comments left day by day, from the record."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from consultations import calendar
from consultations.models import Consultation
from consultations.models.clock import move_to, now
from consultations.selectors.burndown import BurnDown, Day, burn_down
from consultations.selectors.workload import Load, workload
from consultations.services import answers, comments
from tests.office.pages import as_, ask, proposed, rows_of, text_of
from tests.world import World


@pytest.fixture
def desk(world: World) -> Consultation:
    """1 received, 2 admitted, 3 with a department, 4 proposed, 5 approved, 6 published."""
    consultation = world.opened()
    made = [world.comment(consultation) for _turn in range(6)]
    move_to(now() + timedelta(hours=30))
    for comment in made[1:]:
        comments.admit_comment(comment, by=world.officer)
    comments.assign_comment(made[2], department=world.department, by=world.officer)
    move_to(now() + timedelta(days=1))
    for comment in made[3:]:
        proposed(comment, by=world.second_officer)
    for comment in made[4:]:
        answers.approve_answer(comment, by=world.approver)
    answers.publish_answer(made[5], by=world.officer)
    return consultation


def load(consultation: Consultation, what: str) -> Load:
    return next(one for one in workload(consultation) if one.what == what)


def test_each_role_has_its_row_with_what_waits(desk: Consultation, world: World) -> None:
    assert [(one.who, one.what, one.count, one.overdue) for one in workload(desk)] == [
        ("civic dialogue unit", "to admit", 1, 0),
        ("civic dialogue unit", "to answer or pass on", 1, 0),
        ("Wydział Budżetu", "to answer", 1, 0),
        ("head of unit", "to sign", 1, 0),
        ("civic dialogue unit", "to publish", 1, 0),
    ]


def test_since_is_the_last_step_of_the_oldest_and_the_median_is_of_what_is_done(
    desk: Consultation,
) -> None:
    filed = desk.comments.get(number=1).entries.get()
    assert load(desk, "to admit").since == filed.at
    admitted = desk.comments.get(number=2).entries.get(kind="comment.admit").at
    assert load(desk, "to answer or pass on").since == admitted
    assert (load(desk, "to admit").hours, load(desk, "to admit").took) == (30, "30 h")
    assert load(desk, "to answer").took == "nothing done yet"
    assert load(desk, "to sign").hours == 0


def test_each_number_leads_to_just_those_comments(desk: Consultation, world: World) -> None:
    found = {
        one.what: rows_of(as_(world.officer).get(one.url)) for one in workload(desk) if one.count
    }
    assert found == {
        "to admit": [1],
        "to answer or pass on": [2],
        "to answer": [3],
        "to sign": [4],
        "to publish": [5],
    }


def test_overdue_is_counted_for_its_department(desk: Consultation, world: World) -> None:
    due: Any = desk.comments.get(number=3).due_on
    move_to(calendar.end_of(due))
    assert load(desk, "to answer").overdue == 1
    page = as_(world.officer).get(reverse("workload", args=[desk.slug]))
    assert "1 is overdue." in text_of(page)


def test_the_page_is_for_those_who_read_everything(desk: Consultation, world: World) -> None:
    url = reverse("workload", args=[desk.slug])
    assert [
        as_(one).get(url).status_code for one in (world.officer, world.approver, world.auditor)
    ] == [200, 200, 200]
    assert as_(world.expert).get(url).status_code == 403
    assert reverse("workload", args=[desk.slug]) not in ask(world.expert, desk).content.decode()


def test_the_number_of_queries_does_not_grow(desk: Consultation, world: World) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            as_(world.officer).get(reverse("workload", args=[desk.slug]))
        return len(captured)

    cost()
    before = cost()
    for _turn in range(5):
        proposed(world.admitted(desk), by=world.second_officer)
    assert cost() == before


# -- the burn-down ------------------------------------------------------------------------------


def test_each_day_closes_with_what_the_record_says(desk: Consultation, world: World) -> None:
    burn = burn_down(desk)
    first = calendar.local_day(desk.comments.get(number=1).filed_at)
    assert [(one.day, one.came, one.ended, one.left) for one in burn.days] == [
        (first, 6, 0, 6),
        (first + timedelta(days=1), 0, 0, 6),
        (first + timedelta(days=2), 0, 1, 5),
    ]
    assert burn.left == desk.comments.unanswered().count() == 5


def test_what_comes_back_counts_again(desk: Consultation, world: World) -> None:
    hidden = comments.hide_comment(desk.comments.get(number=1), because="Obraża.", by=world.officer)
    assert burn_down(desk).left == 4
    comments_page = as_(world.officer).get(reverse("workload", args=[desk.slug]))
    assert "The same numbers stand in the table" in comments_page.content.decode()
    assert hidden.state == "hidden"


def burn(left: int, ended: int, deadline: date | None = date(2026, 11, 6)) -> BurnDown:
    """Seven days up to 1 November, so many ended in all, so many left."""
    today = date(2026, 11, 1)
    days = [Day(today - timedelta(days=6 - n), 0, 0, left + ended) for n in range(6)]
    return BurnDown([*days, Day(today, 0, ended, left)], today, deadline)


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (BurnDown([], date(2026, 11, 1), None), "No comment has come yet."),
        (burn(0, 7), "Every comment is answered."),
        (burn(5, 0), "so no pace can be told."),
        (burn(7, 7), "by November 8, 2026, 2 days after the deadline."),
        (burn(4, 7), "by November 5, 2026, 1 day before the deadline."),
        (burn(5, 7), "on the last day, November 6, 2026."),
        (burn(7, 7, None), "all will be answered by November 8, 2026."),
        (burn(9999, 1), "more than a year"),
    ],
)
def test_the_forecast_says_what_the_pace_leads_to(found: BurnDown, words: str) -> None:
    said = found.forecast.replace("8 November 2026", "November 8, 2026")
    said = said.replace("5 November 2026", "November 5, 2026")
    assert words in said.replace("6 November 2026", "November 6, 2026")


def test_the_bars_stay_in_the_drawing_with_the_deadline() -> None:
    one = burn(7, 7)
    assert all(bar.x + bar.width <= one.width for bar in one.bars)
    assert max(bar.height for bar in one.bars) == one.base
    assert one.deadline_x == one.width
