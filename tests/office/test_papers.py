"""What comes after the closing day: recorded whenever it comes, in time or late by its own day."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from consultations.calendar import start_of
from consultations.models import Comment, Consultation, Procedure, Rule
from consultations.models.clock import move_to
from consultations.selectors.papers import last_paper_day
from tests.law import by_hand
from tests.office.pages import as_, queue_of, text_of
from tests.office.test_recording import letter, place
from tests.world import World


@pytest.fixture
def closed(world: World) -> Consultation:
    return world.closed(world.opened())


def days(consultation: Consultation, after: int) -> date:
    assert consultation.last_day is not None
    return consultation.last_day + timedelta(days=after)


def send(world: World, consultation: Consultation, **given: Any) -> Any:
    sent = letter(consultation, **{name: str(value) for name, value in given.items()})
    return as_(world.officer).post(place(consultation), sent)


@pytest.mark.parametrize(("posted", "late"), [(-3, False), (0, False), (1, True)])
def test_a_letter_counts_by_its_postmark_whenever_it_comes(
    world: World, closed: Consultation, posted: int, *, late: bool
) -> None:
    move_to(start_of(days(closed, 40)))
    assert send(world, closed, posted_on=days(closed, posted)).status_code == 302
    comment = Comment.objects.get()
    assert (comment.posted_on, comment.state, comment.late) == (
        *(days(closed, posted), "received", late),
    )
    page = text_of(as_(world.officer).get(queue_of(comment, uwaga=1)))
    assert ("postmark" in page, "after the last day for comments" in page) == (True, late)


@pytest.mark.parametrize(("came", "late"), [(0, False), (1, True)])
@pytest.mark.parametrize("channel", ["email", "epuap", "fax", "in_person", "phone", "post"])
def test_the_rest_counts_by_the_day_it_came(
    world: World, closed: Consultation, channel: str, came: int, *, late: bool
) -> None:
    move_to(start_of(days(closed, 9)))
    given = {"channel": channel, "arrived_on": days(closed, came)}
    assert send(world, closed, **given).status_code == 302
    assert Comment.objects.get().late is late


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"posted_on": 40}, "posted_on"),
        ({"posted_on": -400}, "posted_on"),
        ({"posted_on": 0, "channel": "email"}, "posted_on"),
        ({"arrived_on": 40}, "arrived_on"),
        ({"arrived_on": -400}, "arrived_on"),
        ({"posted_on": 1, "arrived_on": 0}, "arrived_on"),
        ({}, "arrived_on"),
    ],
    ids=[
        *("posted in the future", "posted last year", "an e-mail with a postmark"),
        *("came in the future", "came last year", "came before it was posted", "no day"),
    ],
)
def test_a_day_that_cannot_be_is_refused_at_its_field(
    world: World, closed: Consultation, given: dict[str, Any], field: str
) -> None:
    move_to(start_of(days(closed, 2)))
    said = {n: days(closed, v) if isinstance(v, int) else v for n, v in given.items()}
    response = send(world, closed, **said)
    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])
    assert response.context["form"]["reasons"].value() == "Bo poczta idzie długo."
    assert not Comment.objects.exists()


def test_what_comes_after_the_report_is_recorded_and_the_report_stays(
    world: World, closed: Consultation
) -> None:
    world.reported(closed)
    move_to(start_of(days(closed, 30)))
    assert send(world, closed, posted_on=days(closed, 0)).status_code == 302
    assert Comment.objects.get().late is False
    report = as_(None).get(reverse("report", args=[closed.slug]))
    assert report.context["totals"].received == 0


def test_letters_posted_in_time_are_waited_for_as_long_as_the_procedure_says(
    world: World, closed: Consultation
) -> None:
    assert last_paper_day(closed) == days(closed, 7)
    by_hand()
    procedure = Procedure.objects.create(
        kind="annual_programme", number=9, valid_from=date(2030, 1, 1)
    )
    Rule.objects.create(
        procedure=procedure, key="notice_days", value="7", unit="days", legal_basis="x"
    )
    closed.draft.procedure = procedure
    assert last_paper_day(closed) is None


def test_while_the_consultation_is_open_a_letter_may_name_its_postmark(world: World) -> None:
    consultation = world.opened()
    assert send(world, consultation, posted_on="2026-09-07").status_code == 302
    assert send(world, consultation).status_code == 302
    assert [one.posted_on for one in Comment.objects.all()] == [date(2026, 9, 7), None]
