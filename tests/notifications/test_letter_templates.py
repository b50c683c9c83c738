"""The office words its letters: every letter, its fields, the preview, a clash without loss."""

import json
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from consultations.models import Entry
from notifications.letters import LETTERS, words_of, words_of_file
from notifications.models import LetterTemplate
from tests.world import World

KIND, LANGUAGE = "comment.return_for_completion", "pl"
BODY = "Uwaga {number} ({place}): prosimy uzupełnić do {complete_by}. {because}"


@pytest.fixture
def desk(world: World, client: Client) -> Any:
    """`desk(data)`: the page of the letter to the officer, in English; `data` posts."""
    client.force_login(world.officer.user)
    url = reverse("letter_templates", query={"list": KIND, "jezyk": LANGUAGE})

    def open_it(data: dict[str, Any] | None = None) -> Any:
        english = {"accept-language": "en"}
        if data is None:
            return client.get(url, headers=english)
        return client.post(url, data, headers=english)

    return open_it


def typed(**other: Any) -> dict[str, Any]:
    return {"subject": "Prosimy o {number}", "body": BODY, "version": 0} | other


def test_every_letter_is_listed_in_every_language_and_opens(world: World, client: Client) -> None:
    client.force_login(world.officer.user)
    page = client.get(reverse("letter_templates")).content.decode()
    for kind in LETTERS:
        for language, _name in settings.LANGUAGES:
            assert f"?list={kind}&amp;jezyk={language}" in page
            query = {"list": kind, "jezyk": language}
            opened = client.get(reverse("letter_templates", query=query))
            assert opened.status_code == 200
            names = {one.name for one in opened.context["names"]}
            assert names == {f"{{{name}}}" for name in LETTERS[kind].names}
    assert client.get(reverse("letter_templates", query={"list": "x"})).status_code == 404


def test_the_office_page_leads_to_the_letters(world: World, client: Client) -> None:
    client.force_login(world.officer.user)
    assert f'href="{reverse("letter_templates")}"' in client.get(reverse("office")).content.decode()


def test_a_preview_shows_examples_and_saves_nothing(desk: Any) -> None:
    page = desk(typed(preview="1"))
    assert page.status_code == 200
    assert page.context["preview"].subject == "Prosimy o 41"
    assert "{" not in page.context["preview"].body
    assert LetterTemplate.objects.count() == 0


def test_what_is_saved_is_in_force_and_on_record(world: World, desk: Any) -> None:
    assert desk(typed()).status_code == 302
    assert words_of(KIND, LANGUAGE).body == BODY
    entry = Entry.objects.get(kind="office.edit_letter")
    assert json.loads(entry.payload)["facts"] == {"letter": KIND, "language": LANGUAGE}
    stood = dict(entry.words.values_list("field", "text"))
    assert stood["body_before"] == words_of_file(KIND, LANGUAGE).body
    assert "reworded by the office" in desk().content.decode()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"body": BODY + " {haslo}"}, "There is no such field in this letter: {haslo}."),
        ({"subject": "{reasons}"}, "There is no such field in this letter: {reasons}."),
        ({"body": "Do {complete_by}."}, "The text must hold: {because}."),
        ({"body": ""}, "A letter needs a subject and a text."),
    ],
)
def test_a_letter_that_cannot_be_sent_is_refused_and_kept(
    desk: Any, wrong: dict[str, str], said: str
) -> None:
    for more in ({}, {"preview": "1"}):
        page = desk(typed() | wrong | more)
        assert page.status_code == 422
        assert said in page.content.decode()
        name, value = next(iter(wrong.items()))
        assert page.context["form"][name].value() == value
    assert LetterTemplate.objects.count() == 0


def test_whoever_was_slower_sees_both_texts_and_loses_nothing(desk: Any) -> None:
    desk(typed())
    page = desk(typed(body=BODY + " Dziękujemy."))
    assert page.status_code == 409
    assert "The words that stand now" in page.content.decode()
    assert page.context["form"]["body"].value() == BODY + " Dziękujemy."
    assert words_of(KIND, LANGUAGE).body == BODY
    # knowingly once more, with the version the page now holds
    again = page.context["form"]["version"].value()
    assert desk(typed(body=BODY + " Dziękujemy.", version=again)).status_code == 302
    assert words_of(KIND, LANGUAGE).body == BODY + " Dziękujemy."


def test_a_hostile_letter_stays_text(desk: Any) -> None:
    page = desk(typed(body=BODY + "<script>x</script> {{ request }}", preview="1"))
    assert "<script>x" not in page.content.decode()
    assert "&lt;script&gt;x" in page.content.decode()
