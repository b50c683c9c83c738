"""Letters that come after the closing day: they count by their postmark, for some days."""

from datetime import date, timedelta
from typing import Any

import pytest

from consultations.calendar import start_of
from consultations.models import Comment, Consultation, Procedure, Rule
from consultations.models.clock import move_to
from consultations.selectors.papers import last_paper_day
from tests.office.pages import as_, queue_of, text_of
from tests.office.test_recording import letter, place
from tests.world import World


@pytest.fixture
def closed(world: World) -> Consultation:
    return world.closed(world.opened())


def days(consultation: Consultation, after: int) -> date:
    assert consultation.last_day is not None
    return consultation.last_day + timedelta(days=after)


def send(world: World, consultation: Consultation, posted: date | str, **given: Any) -> Any:
    sent = letter(consultation, posted_on=str(posted), **given)
    return as_(world.officer).post(place(consultation), sent)


def test_a_letter_posted_on_the_last_day_is_taken_for_seven_days(
    world: World, closed: Consultation
) -> None:
    assert last_paper_day(closed) == days(closed, 7)
    move_to(start_of(days(closed, 7)))
    assert send(world, closed, days(closed, 0)).status_code == 302
    comment = Comment.objects.get()
    assert (comment.posted_on, comment.state) == (days(closed, 0), "received")
    assert "postmark" in text_of(as_(world.officer).get(queue_of(comment, uwaga=1)))
    move_to(start_of(days(closed, 8)))
    late = send(world, closed, days(closed, 0))
    assert (late.status_code, Comment.objects.count()) == (409, 1)


@pytest.mark.parametrize(
    ("posted", "channel", "status"),
    [(1, "post", 422), (40, "post", 422), (0, "email", 422), (None, "post", 409)],
    ids=["after the last day", "in the future", "no letter", "no postmark"],
)
def test_nothing_else_is_taken_after_the_closing_day(
    world: World, closed: Consultation, posted: int | None, channel: str, status: int
) -> None:
    move_to(start_of(days(closed, 2)))
    day = "" if posted is None else days(closed, posted)
    response = send(world, closed, day, channel=channel)
    assert response.status_code == status
    assert response.context["form"]["reasons"].value() == "Bo poczta idzie długo."
    assert not Comment.objects.exists()


def test_once_the_report_is_released_no_letter_comes_into_it(
    world: World, closed: Consultation
) -> None:
    world.reported(closed)
    assert send(world, closed, days(closed, 0)).status_code == 409
    assert not Comment.objects.exists()


def test_a_procedure_without_the_rule_gives_no_days(world: World, closed: Consultation) -> None:
    procedure = Procedure.objects.create(
        kind="annual_programme", number=9, valid_from=date(2030, 1, 1)
    )
    Rule.objects.create(
        procedure=procedure, key="forms", value="3", unit="forms", legal_basis="uchwała"
    )
    closed.draft.procedure = procedure
    assert last_paper_day(closed) is None


def test_while_the_consultation_is_open_a_letter_may_name_its_postmark(world: World) -> None:
    consultation = world.opened()
    assert send(world, consultation, "2026-09-07").status_code == 302
    assert send(world, consultation, "").status_code == 302
    assert [one.posted_on for one in Comment.objects.all()] == [date(2026, 9, 7), None]
