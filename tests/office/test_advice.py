"""The opinion of a department: the unit's own reading, apart from the official position."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from consultations.errors import Invalid, NotYours, WrongState
from consultations.models import Advice, Answer, Comment, Department, Entry, Role
from consultations.models.clock import now
from consultations.selectors import report_table
from consultations.services import comments
from consultations.services.advising import advise_comment
from notifications.models import Notice
from notifications.outbox import dispatch
from tests.ground.attacks import lift
from tests.office.pages import address, as_, queue_of, text_of
from tests.report_files import write_report_files
from tests.world import World, staff

TEXT = "Budżet wytrzyma 25 dni, nie 30."


@pytest.fixture
def comment(world: World) -> Comment:
    """With the expert's department."""
    admitted = world.admitted(world.opened())
    return comments.assign_comment(admitted, department=world.department, by=world.officer)


@pytest.fixture
def advised(comment: Comment, world: World) -> Comment:
    return advise_comment(comment, text=TEXT, recommended="rejected", by=world.expert)


def test_an_expert_gives_the_opinion_and_the_unit_is_told(comment: Comment, world: World) -> None:
    sent = {"text": TEXT, "recommended": "rejected", "version": comment.version}
    page = as_(world.expert).post(address("advise_comment", comment), sent, follow=True)
    assert "Your opinion on comment 1 is with the unit." in text_of(page)
    given = Advice.objects.get()
    assert (given.text, given.recommended, given.author) == (TEXT, "rejected", world.expert)
    assert Comment.objects.get().state == "assigned"
    dispatch()
    told = Notice.objects.filter(entry__kind="comment.advise").values_list("recipient", flat=True)
    assert set(told) == {world.officer.pk, world.second_officer.pk}


def test_the_officer_reads_it_beside_the_form_and_takes_it_over(
    advised: Comment, world: World
) -> None:
    pane = text_of(as_(world.officer).get(queue_of(advised, uwaga=1)))
    assert f"Opinion of the department: Wydział Budżetu {TEXT} It recommends: not accepted." in pane
    advice = Advice.objects.get()
    sent = {"reasons": "Dziękujemy.", "version": advised.version, "przejmij": advice.pk}
    page = as_(world.officer).post(address("answer_comment", advised), sent)
    form = page.context["forms"]["answer"]
    assert form["reasons"].value() == f"Dziękujemy.\n\n{TEXT}"
    assert form["outcome"].value() == "rejected"
    assert not Answer.objects.exists()


def test_another_version_stands_in_its_place_and_the_former_stays_sealed(
    advised: Comment, world: World
) -> None:
    advise_comment(advised, text="Jednak 30.", by=world.expert)
    assert Advice.objects.get().text == "Jednak 30."
    entries = Entry.objects.filter(kind="comment.advise").order_by("seq")
    assert [one.words.get(field="advice").text for one in entries] == [TEXT, "Jednak 30."]


def test_whoever_was_slower_reads_the_other_opinion_and_loses_nothing(
    comment: Comment, world: World
) -> None:
    sent = {"text": "Moja.", "version": comment.version}
    colleague = staff("drugi-ekspert@urzad.test", Role.EXPERT, world.department)
    advise_comment(comment, text=TEXT, by=colleague)
    page = as_(world.expert).post(address("advise_comment", comment), sent)
    assert page.status_code == 409
    assert TEXT in text_of(page)
    assert "Moja." in page.content.decode()
    version = page.context["forms"]["advise"]["version"].value()
    again = as_(world.expert).post(address("advise_comment", comment), sent | {"version": version})
    assert again.status_code == 302
    assert Advice.objects.get().text == "Moja."


@pytest.mark.parametrize("text", ["", " …\u200b"])
def test_an_opinion_says_something(comment: Comment, world: World, text: str) -> None:
    with pytest.raises(Invalid):
        advise_comment(comment, text=text, by=world.expert)
    sent = {"text": text, "version": comment.version}
    assert as_(world.expert).post(address("advise_comment", comment), sent).status_code == 422


def test_only_the_department_that_has_it_gives_it(comment: Comment, world: World) -> None:
    other = staff("kultura@urzad.test", Role.EXPERT, Department.objects.create(slug="kultura"))
    for by in (other, world.officer, world.ngo):
        with pytest.raises(NotYours):
            advise_comment(comment, text=TEXT, by=by)


def test_once_the_answer_is_proposed_no_opinion_is_given(comment: Comment, world: World) -> None:
    world.answered(comment)
    with pytest.raises(WrongState):
        advise_comment(comment, text=TEXT, by=world.expert)


def test_nobody_outside_reads_it(advised: Comment, world: World) -> None:
    consultation = world.closed(world.answered(advised).consultation)
    world.reported(consultation)
    slug = consultation.slug
    write_report_files()
    places: tuple[tuple[str, list[Any]], ...] = (
        ("comment", [1]),
        ("report", []),
        ("report_file", ["csv"]),
        ("journal", []),
    )
    for name, more in places:
        for reader in (None, world.ngo):
            response: Any = as_(reader).get(reverse(name, args=[slug, *more]))
            assert TEXT not in b"".join(response).decode(), name
    other = staff("kultura@urzad.test", Role.EXPERT, Department.objects.create(slug="kultura"))
    for reader in (world.clerk, other):
        page = as_(reader).get(queue_of(advised, stan="all"))
        assert TEXT not in page.content.decode()


def test_the_internal_copy_of_the_report_shows_it(advised: Comment, world: World) -> None:
    _row, inside = next(iter(report_table.inside_rows(advised.consultation, world.officer)))
    assert inside.advice == f"Wydział Budżetu (not accepted): {TEXT}"


def test_the_database_takes_no_opinion_past_the_record(advised: Comment, world: World) -> None:
    """The control: without the guards each passes."""
    given = {"comment": advised, "author": world.expert, "text": "x", "given_at": now()}
    other = Department.objects.create(slug="kultura")
    acts: dict[str, Any] = {
        "advice_begin": lambda: Advice.objects.create(department=other, **given),
        "advice_update": lambda: Advice.objects.filter(department=world.department).update(
            text="Inna."
        ),
        "advice_delete": lambda: Advice.objects.all().delete(),
    }
    comments.number_comment_case(advised, case_number="RDO.1", by=world.officer)
    for guard, act in acts.items():
        with pytest.raises(IntegrityError), transaction.atomic():
            act()
        lift(guard)
        act()
