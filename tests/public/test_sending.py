"""«Do wysyłki»: approved answers with their letters, notes to authors, taking back."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from consultations.errors import NotYours, WrongState
from consultations.models import Comment, Consultation, CoveringNote, Entry, Sealed
from consultations.models.people import operator
from consultations.selectors.sending import told, waiting
from consultations.services import answers
from consultations.services.comments import number_comment_case
from consultations.services.erasing import erase_person
from consultations.services.following import follow
from consultations.services.sending import add_note
from tests.ground.attacks import lift
from tests.notifications.conftest import no_hurry
from tests.notifications.post import delivered
from tests.office.pages import as_, ask, proposed, text_of
from tests.world import World, provision, signatory, signed_in

__all__ = ["no_hurry"]
NOTE = "Dziękujemy za obszerne uzasadnienie."


@pytest.fixture
def approved(world: World) -> Comment:
    comment = proposed(world.admitted(world.opened()), by=world.second_officer)
    return answers.approve_answer(comment, by=world.approver)


def place(consultation: Consultation) -> str:
    return reverse("sending", args=[consultation.slug])


def post(comment: Comment, world: World, **given: Any) -> Any:
    number = comment.number
    sent = {"numer": number, f"{number}-note": NOTE, f"{number}-version": comment.version}
    return as_(world.officer).post(place(comment.consultation), sent | given)


def test_each_answer_stands_with_whom_it_tells_and_its_letter(
    approved: Comment, world: World
) -> None:
    signatory(world.organisation, signed_in("druga@mosty.test", "Druga Mostowa"))
    page = text_of(as_(world.officer).get(place(approved.consultation)))
    assert "1 approved answer waits to be published." in page
    assert "2 people with an account will be told." in page
    assert "The answer to comment 1: not accepted Good morning," in page
    assert "Reasons: Zostaje." in page
    assert "@" not in page.partition("1 approved answer")[2].partition("Personal data")[0]
    assert "/wysylka/" in ask(world.officer, approved.consultation).content.decode()


def test_nothing_waits_is_said(world: World) -> None:
    page = as_(world.officer).get(place(world.opened()))
    assert "No approved answer waits to be published." in text_of(page)


def test_the_note_goes_out_with_the_letter_and_nowhere_else(
    approved: Comment, world: World
) -> None:
    assert post(approved, world).status_code == 302
    assert f"{NOTE} Good morning," in text_of(as_(world.officer).get(place(approved.consultation)))
    answers.publish_answer(approved, by=world.officer)
    assert [one.to for one in delivered() if str(one.body).startswith(NOTE)] == [
        ["anna@mosty.test"]
    ]
    public = reverse("comment", args=[approved.consultation.slug, approved.number])
    for reader in (None, world.ngo):
        assert NOTE not in as_(reader).get(public).content.decode()


def test_who_follows_the_provision_is_counted_and_reads_no_note(
    approved: Comment, world: World
) -> None:
    reader = signed_in("czytelnik@poczta.test", "Czytelnik")
    follow(provision(approved.consultation, "§ 2").provision, by=reader)
    page = text_of(as_(world.officer).get(place(approved.consultation)))
    assert "2 people with an account will be told." in page
    assert "will notify 2 people." in page
    add_note(approved, note=NOTE, by=world.officer)
    answers.publish_answer(approved, by=world.officer)
    begins = {one.to[0]: str(one.body).startswith(NOTE) for one in delivered()}
    assert begins["anna@mosty.test"]
    assert not begins.get("czytelnik@poczta.test")


def test_those_on_the_page_are_published_through_a_run(approved: Comment, world: World) -> None:
    client = as_(world.officer)
    page = client.get(place(approved.consultation)).content.decode()
    where = reverse("prepare_run", args=[approved.consultation.slug])
    assert f'action="{where}"' in page
    sent = {"stan": "approved", "wszystkie": "publish"}
    assert "1 comment will get this." in text_of(client.post(where, sent, follow=True))


def test_a_note_on_the_second_page_comes_back_to_it(approved: Comment, world: World) -> None:
    sent = {"numer": approved.number, f"{approved.number}-note": NOTE}
    kept = sent | {f"{approved.number}-version": approved.version}
    answer = as_(world.officer).post(f"{place(approved.consultation)}?strona=2", kept)
    assert answer.headers["location"].endswith("?strona=2#uwaga-1")


def test_each_version_of_the_note_stays_sealed(approved: Comment, world: World) -> None:
    comment = add_note(approved, note=NOTE, by=world.officer)
    add_note(comment, note="", by=world.approver)
    add_note(comment, note="", by=world.approver)
    entries = Entry.objects.filter(kind="comment.add_note").order_by("seq")
    assert [
        one.words.filter(field="note").values_list("text", flat=True).first() for one in entries
    ] == [NOTE, None]
    assert CoveringNote.objects.get().text == ""


def test_whoever_was_slower_loses_nothing(approved: Comment, world: World) -> None:
    add_note(approved, note="Jej słowa.", by=world.second_officer)
    response = post(approved, world)
    assert response.status_code == 409
    assert NOTE in response.content.decode()
    assert CoveringNote.objects.get().text == "Jej słowa."


def test_a_note_is_written_only_while_the_answer_waits(approved: Comment, world: World) -> None:
    for by in (world.ngo, world.expert, world.clerk):
        with pytest.raises(NotYours):
            add_note(approved, note=NOTE, by=by)
        assert as_(by).get(place(approved.consultation)).status_code == 403
    answers.publish_answer(approved, by=world.officer)
    with pytest.raises(WrongState):
        add_note(approved, note=NOTE, by=world.officer)
    assert post(approved, world).status_code == 404


def test_a_head_of_unit_takes_an_answer_back_until_it_is_published(
    approved: Comment, world: World
) -> None:
    page = as_(world.approver).get(place(approved.consultation))
    assert "Take back the answer to comment 1" in text_of(page)
    assert "Take back the answer" not in text_of(
        as_(world.officer).get(place(approved.consultation))
    )
    address = reverse("send_back_answer", args=[approved.consultation.slug, 1])
    as_(world.approver).post(address, {"remark": "Jeszcze raz.", "stan": "approved"})
    assert Comment.objects.get().state == "admitted"
    assert list(waiting(world.officer, approved.consultation)) == []


def test_people_are_counted_at_a_constant_number_of_queries(
    approved: Comment, world: World, django_assert_num_queries: Any
) -> None:
    private = world.admitted(approved.consultation, organisation=None, by=world.outsider)
    answers.approve_answer(proposed(private, by=world.second_officer), by=world.approver)
    listed = list(waiting(world.officer, approved.consultation))
    with django_assert_num_queries(5):
        assert told(listed, world.officer) == {approved.pk: 1, private.pk: 1}


def test_a_private_persons_note_goes_when_she_is_erased(world: World) -> None:
    private = world.admitted(world.opened(), organisation=None, by=world.outsider)
    answers.approve_answer(proposed(private, by=world.officer), by=world.approver)
    add_note(private, note=NOTE, by=world.officer)
    answers.publish_answer(private, by=world.officer)
    erase_person(world.outsider, by=operator(), because="Wniosek z 3 listopada.")
    assert not CoveringNote.objects.exists()
    assert not Sealed.objects.filter(text=NOTE).exists()


def test_the_database_takes_no_note_past_the_record(approved: Comment, world: World) -> None:
    """The control: without the guards each passes."""
    other = world.admitted(approved.consultation)
    add_note(approved, note=NOTE, by=world.officer)
    number_comment_case(approved, case_number="RDO.1", by=world.officer)
    rows = CoveringNote.objects.filter(comment=approved)
    acts: dict[str, Any] = {
        "note_begin": lambda: CoveringNote.objects.create(comment=other, text="x"),
        "note_update": lambda: rows.update(text="Inna."),
        "note_delete": rows.delete,
    }
    for guard, act in acts.items():
        with pytest.raises(IntegrityError), transaction.atomic():
            act()
        lift(guard)
        act()
