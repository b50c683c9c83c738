"""A comment returned for completion: who may, until when, and what becomes of it."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from consultations.calendar import end_of
from consultations.models import Comment
from consultations.models.clock import move_to
from consultations.services import comments
from tests.office.pages import address, as_, ask, fresh, queue_of, rows_of, text_of
from tests.world import World

LAST = date(2026, 9, 20)


@pytest.fixture
def returned(world: World) -> Comment:
    """A comment of the organisation, to be completed by 20 September."""
    comment = world.comment(world.opened())
    return comments.return_comment(
        comment, because="Nie wiadomo, w czyim imieniu.", complete_by=LAST, by=world.officer
    )


def complete(comment: Comment, actor: Any, supplement: str = "W imieniu zarządu.") -> Any:
    return as_(actor).post(address("complete_comment", comment), {"supplement": supplement})


def test_the_author_reads_why_and_completes_it(world: World, returned: Comment) -> None:
    page = as_(world.ngo).get(address("complete_comment", returned))
    assert "What is missing: Nie wiadomo, w czyim imieniu." in text_of(page)
    response = complete(returned, world.ngo)
    assert response.headers["location"] == address("comment", returned)
    comment = fresh(returned)
    assert (comment.state, comment.supplement) == ("received", "W imieniu zarządu.")
    assert comment.reasons == "Piszemy oferty po pracy."


def test_the_office_enters_a_completion_that_came_on_paper(world: World, returned: Comment) -> None:
    pane = as_(world.officer).get(queue_of(returned, uwaga=1))
    assert pane.context["detail"].acts == {"complete", "hide", "number_case"}
    assert "Returned because: Nie wiadomo, w czyim imieniu." in text_of(pane)
    response = complete(returned, world.officer)
    assert response.headers["location"] == queue_of(returned, uwaga=1) + "#uwaga"
    assert fresh(returned).state == "received"


@pytest.mark.parametrize("role", ["outsider", "councillor", "expert", "clerk"])
def test_nobody_else_even_finds_it(world: World, returned: Comment, role: str) -> None:
    assert complete(returned, getattr(world, role)).status_code == 404
    assert fresh(returned).state == "returned"


@pytest.mark.parametrize("role", ["approver", "auditor"])
def test_who_only_reads_it_completes_nothing(world: World, returned: Comment, role: str) -> None:
    assert complete(returned, getattr(world, role)).status_code == 403
    assert fresh(returned).state == "returned"


def test_an_empty_completion_comes_back_with_the_form(world: World, returned: Comment) -> None:
    assert complete(returned, world.ngo, "…").status_code == 422
    assert fresh(returned).state == "returned"


def test_the_last_day_is_in_time_and_the_next_is_not(world: World, returned: Comment) -> None:
    move_to(end_of(LAST))
    response = complete(returned, world.ngo, "Za późno.")
    assert response.status_code == 409
    assert "The day for completing the comment is over." in text_of(response)
    assert response.context["form"]["supplement"].value() == "Za późno."
    assert fresh(returned).state == "returned"


def test_until_the_end_of_its_last_day_it_can_be_completed(world: World, returned: Comment) -> None:
    move_to(end_of(LAST) - timedelta(minutes=1))
    assert complete(returned, world.ngo).status_code == 302


def test_a_returned_comment_blocks_the_report_until_its_day_is_over(
    world: World, returned: Comment
) -> None:
    world.comment(returned.consultation)
    assert returned.consultation.comments.unanswered().count() == 2
    assert rows_of(ask(world.officer, returned.consultation, stan="returned")) == [1]
    move_to(end_of(LAST))
    assert returned.consultation.comments.unanswered().count() == 1
    page = text_of(ask(world.officer, returned.consultation, stan="returned"))
    assert "its day is over" in page


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"because": "", "complete_by": "2026-09-20"}, "because"),
        ({"because": "…", "complete_by": "2026-09-20"}, "because"),
        ({"because": "Brak podpisu.", "complete_by": ""}, "complete_by"),
        ({"because": "Brak podpisu.", "complete_by": "2026-09-01"}, "complete_by"),
        ({"because": "Brak podpisu.", "complete_by": "x"}, "complete_by"),
    ],
)
def test_returning_needs_a_reason_and_a_day_ahead(
    world: World, given: dict[str, str], field: str
) -> None:
    comment = world.comment(world.opened())
    response = as_(world.officer).post(address("return_comment", comment), given)
    assert response.status_code == 422
    assert list(response.context["wrong"].errors) == [field]
    assert fresh(comment).state == "received"


def test_what_was_added_is_read_on_the_desk_and_in_the_report(
    world: World, returned: Comment
) -> None:
    consultation = returned.consultation
    complete(returned, world.ngo)
    world.answered(comments.admit_comment(fresh(returned), by=world.officer))
    world.reported(world.closed(consultation))
    for page in (queue_of(returned, uwaga=1, stan="all"), address_of_report(returned)):
        assert "W imieniu zarządu." in text_of(as_(world.officer).get(page))


def address_of_report(comment: Comment) -> str:
    return reverse("report", args=[comment.consultation.slug])


# -- the number of the records system -----------------------------------------------------------


def test_a_case_number_stands_on_the_desk_and_is_found_by_the_search(world: World) -> None:
    comment = world.comment(world.opened())
    given = {"case_number": "DS-01.5520.7.2026", "stan": "received"}
    response = as_(world.officer).post(address("number_comment_case", comment), given)
    assert response.headers["location"] == queue_of(comment, stan="received", uwaga=1) + "#uwaga"
    assert "case DS-01.5520.7.2026" in text_of(as_(world.officer).get(queue_of(comment, uwaga=1)))
    assert rows_of(ask(world.officer, comment.consultation, szukaj="ds-01.5520")) == [1]
    assert "5520" not in text_of(as_(world.ngo).get(address("comment", comment)))


def test_a_number_without_a_digit_or_letter_is_refused(world: World) -> None:
    comment = world.comment(world.opened())
    for number in ("", "–"):
        response = as_(world.officer).post(
            address("number_comment_case", comment), {"case_number": number}
        )
        assert response.status_code == 422
    assert fresh(comment).case_number == ""
