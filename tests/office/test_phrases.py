"""Saved phrases: kept for the unit, inserted with their fields filled, never sent half-filled."""

from typing import Any

import pytest
from django.urls import reverse

from consultations.errors import Invalid, NotYours, WrongState
from consultations.models import Answer, Comment, Entry, Phrase
from consultations.selectors.phrases import facts, offered
from consultations.services import answers, phrases
from tests.office.pages import address, as_, queue_of, text_of
from tests.world import World

KNOWN = "{numer}, {przepis}, {wydzial}, {organizacja}, {termin}"
TEXT = "Uwaga {numer} ({przepis}) organizacji {organizacja} nie dotyczy projektu."


@pytest.fixture
def phrase(world: World) -> Phrase:
    return phrases.add_phrase(name="Poza", text=TEXT, outcome="out_of_scope", by=world.officer)


@pytest.fixture
def comment(world: World) -> Comment:
    return world.admitted(world.opened())


def test_a_phrase_is_added_rewritten_and_archived_on_record(phrase: Phrase, world: World) -> None:
    again = phrases.edit_phrase(
        phrase, name="Poza zakresem", text="Krótko.", seen_version=0, by=world.second_officer
    )
    assert (again.name, again.text, again.version) == ("Poza zakresem", "Krótko.", 1)
    phrases.archive_phrase(phrase, by=world.officer)
    kinds = Entry.objects.filter(kind__contains="phrase").order_by("seq")
    assert [one.kind for one in kinds] == [
        *("office.add_phrase", "office.edit_phrase", "office.archive_phrase"),
    ]
    assert kinds[1].words.get(field="text_before").text == TEXT


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"name": " "}, "Give the phrase a name."),
        ({"text": "…"}, "Write the text of the phrase."),
        (
            {"text": "Pan {imie} z {adres}"},
            f"There is no such field: {{imie}}, {{adres}}. Fields you may use: {KNOWN}.",
        ),
        ({"outcome": "x"}, "Choose the outcome."),
        ({"name": "Poza"}, "There is a phrase of this name already."),
    ],
)
def test_what_is_wrong_is_said(
    phrase: Phrase, world: World, given: dict[str, str], words: str
) -> None:
    fields = {"name": "Inna", "text": "Tekst.", "outcome": ""} | given
    with pytest.raises(Invalid) as refusal:
        phrases.add_phrase(**fields, by=world.officer)
    assert str(refusal.value) == words


def test_only_the_unit_keeps_phrases(phrase: Phrase, world: World) -> None:
    for other in (world.expert, world.approver, world.ngo):
        with pytest.raises(NotYours):
            phrases.archive_phrase(phrase, by=other)
        assert as_(other).get(reverse("phrases")).status_code == 403


def test_two_officers_rewriting_one_phrase_lose_nothing(phrase: Phrase, world: World) -> None:
    place = reverse("edit_phrase", args=[phrase.pk])
    mine = {"name": "Poza", "text": "Moje słowa.", "outcome": "", "version": 0}
    phrases.edit_phrase(phrase, name="Poza", text="Jej słowa.", seen_version=0, by=world.officer)
    page = as_(world.second_officer).post(place, mine)
    assert page.status_code == 409
    assert "Jej słowa." in text_of(page)
    assert "Moje słowa." in page.content.decode()
    version = page.context["form"]["version"].value()
    assert as_(world.second_officer).post(place, mine | {"version": version}).status_code == 302
    with pytest.raises(WrongState):
        phrases.edit_phrase(phrase, name="X", text="Y", seen_version=0, by=world.officer)


def test_the_list_says_when_there_is_nothing(world: World) -> None:
    assert "No phrase is saved yet." in text_of(as_(world.officer).get(reverse("phrases")))


def test_a_refused_phrase_keeps_everything_typed(world: World) -> None:
    page = as_(world.officer).post(reverse("add_phrase"), {"name": "Nowa", "text": "{nic}"})
    assert page.status_code == 422
    assert 'value="Nowa"' in page.content.decode()
    assert "There is no such field: {nic}." in text_of(page)


def test_the_fields_of_a_phrase_are_filled_for_the_comment(
    phrase: Phrase, comment: Comment
) -> None:
    place = "§\u00a02 ust.\u00a01"
    assert [one.text for one in offered(comment)] == [
        f"Uwaga 1 ({place}) organizacji Fundacja Mosty nie dotyczy projektu."
    ]


def test_a_private_person_is_never_named(phrase: Phrase, world: World) -> None:
    private = world.admitted(world.opened(), organisation=None, by=world.outsider)
    assert "organizacja" not in facts(private)
    assert "{organizacja}" in offered(private)[0].text


def data(comment: Comment, **given: Any) -> dict[str, Any]:
    return {"reasons": "Dziękujemy.", "version": comment.version} | given


def test_without_scripts_a_button_inserts_it_and_nothing_typed_is_lost(
    phrase: Phrase, comment: Comment, world: World
) -> None:
    sent = data(comment, wstaw="1", phrase=phrase.pk, accepted_part="Część.")
    page = as_(world.officer).post(address("answer_comment", comment), sent)
    assert page.status_code == 200
    form = page.context["forms"]["answer"]
    assert form["reasons"].value().startswith("Dziękujemy.\n\nUwaga 1 (§")
    assert form["accepted_part"].value() == "Część."
    assert form["outcome"].value() == "out_of_scope"
    assert not Answer.objects.exists()
    assert "There is a problem" not in text_of(page)


def test_inserting_keeps_an_outcome_that_is_chosen(
    phrase: Phrase, comment: Comment, world: World
) -> None:
    sent = data(comment, wstaw="1", phrase=phrase.pk, outcome="rejected")
    page = as_(world.officer).post(address("answer_comment", comment), sent)
    assert page.context["forms"]["answer"]["outcome"].value() == "rejected"


def test_the_words_stand_on_the_page_for_scripts(
    phrase: Phrase, comment: Comment, world: World
) -> None:
    page = as_(world.officer).get(queue_of(comment, uwaga=1)).content.decode()
    assert 'data-text="Uwaga 1 (' in page
    phrases.archive_phrase(phrase, by=world.officer)
    assert "data-text" not in as_(world.officer).get(queue_of(comment, uwaga=1)).content.decode()


@pytest.mark.parametrize("field", ["reasons", "accepted_part"])
def test_an_answer_with_an_unfilled_field_is_refused(
    comment: Comment, world: World, field: str
) -> None:
    given: dict[str, Any] = {"outcome": "partly", "reasons": "Bo tak.", "accepted_part": "Część."}
    given[field] = "Do {termin} i {numer}."
    with pytest.raises(Invalid) as refusal:
        answers.answer_comment(comment, **given, by=world.officer)
    assert str(refusal.value) == "Fill in what stands in braces: {termin}, {numer}."
    page = as_(world.officer).post(address("answer_comment", comment), data(comment) | given)
    assert page.status_code == 422
    assert "Fill in what stands in braces" in text_of(page)
    assert not Answer.objects.exists()


def test_an_answer_with_a_phrase_is_counted(phrase: Phrase, comment: Comment, world: World) -> None:
    sent = data(comment, outcome="rejected", phrase=phrase.pk)
    assert as_(world.officer).post(address("answer_comment", comment), sent).status_code == 302
    phrase.refresh_from_db()
    assert phrase.used == 1
    assert Entry.objects.get(kind="comment.answer").leaf["facts"]["phrase"] == phrase.pk
