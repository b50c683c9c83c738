"""An expert reads of what is not public her own department's: on every road to a comment."""

from typing import Any

import pytest
from django.urls import reverse

from consultations.models import Actor, Comment, Department, Role, RunRow
from consultations.selectors import runs as selected
from consultations.services import comments, runs
from consultations.services.answer_rows import prepare_answers
from tests.office.pages import address, as_, proposed, text_of
from tests.world import World, staff


@pytest.fixture
def comment(world: World) -> Comment:
    """With the budget department, its answer proposed."""
    admitted = world.admitted(world.opened())
    comments.assign_comment(admitted, department=world.department, by=world.officer)
    return proposed(admitted, by=world.expert)


@pytest.fixture
def other(world: World) -> Actor:
    """An expert of another department."""
    return staff("zielen@urzad.test", Role.EXPERT, Department.objects.create(slug="zielen"))


@pytest.mark.parametrize("sent", [{}, {"wstaw": "1"}, {"outcome": "rejected", "reasons": "Nie."}])
def test_no_address_of_an_act_shows_it(comment: Comment, other: Actor, sent: Any) -> None:
    page = as_(other).post(address("answer_comment", comment), sent)
    assert page.status_code == 404
    assert "Zostaje." not in page.content.decode()


def test_a_sheet_shows_nothing_of_others(comment: Comment, other: Actor, world: World) -> None:
    names = ["No.", "Version", "Outcome", "Reasons of the answer"]
    rows = [(1, names), (2, [str(comment.number), "1", "not accepted", "Inaczej."])]
    run = prepare_answers(comment.consultation, "uwagi.xlsx", rows, by=other)
    assert RunRow.objects.get().code == "not_there"
    page = as_(other).get(reverse("run", args=[comment.consultation.slug, run.pk]))
    assert "Zostaje." not in text_of(page)
    theirs = prepare_answers(comment.consultation, "uwagi.xlsx", rows, by=world.expert)
    page = as_(world.expert).get(reverse("run", args=[comment.consultation.slug, theirs.pk]))
    assert "Zostaje." in text_of(page)  # the control: her own department's is read


def test_a_run_shows_no_more_than_the_desk_does_now(
    comment: Comment, other: Actor, world: World
) -> None:
    run = runs.keep_run(
        comment.consultation,
        "answer",
        [runs.Row(1, comment.number, comment, comment.version)],
        by=other,
    )
    line = selected.lines(run, list(run.rows.all()), other)[0]
    assert line.comment is None
    assert selected.lines(run, list(run.rows.all()), world.officer)[0].comment == comment
