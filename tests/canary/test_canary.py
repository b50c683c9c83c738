"""No word of a person reaches anybody but herself, those who run the round, and whom she let."""

import logging
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import models, transaction
from django.test import Client
from django.urls import reverse

from config.keeping import TABLE, personal
from consultations import wording
from consultations.models import Entry, UnsavedEdit, User
from consultations.models.people import operator
from consultations.selectors import people
from consultations.services.door import note
from notifications import outbox
from tests.canary import beside
from tests.canary.crawling import beginnings, found_by, words_in
from tests.canary.people import filled, listening_to_the_log
from tests.canary.words import Canaries
from tests.ground.walk import Places
from tests.lasting import lasting
from tests.notifications.post import delivered

pytestmark = pytest.mark.django_db
World = tuple[Canaries, Places]
READERS = ("", "bartek", "darek", "councillor")
# Columns of text that hold codes and keys of the program, never what somebody is or said.
CODES = {
    *(
        "User.password",
        "Notice.because",
        "Letter.because",
        "Letter.problem",
        "Entry.role",
        "Sealed.field",
    ),
    *("Preference.language", "Session.session_key", "EmailConfirmation.key", "Attachment.sha256"),
}
COPIES = {"CommentWords.said"}  # of words that have their own column


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[World]:
    """Filled once for all tests here; nothing of it stays in the database."""
    with lasting(django_db_blocker, tmp_path_factory) as patch:
        patch.setattr(outbox, "AT_A_STRETCH", 600.0)
        yield filled()


def texts() -> set[str]:
    """The personal columns that hold text a person wrote, or that says who she is."""
    held = (models.CharField, models.TextField)
    return {
        f"{model.__name__}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.local_concrete_fields
        if isinstance(field, held) and not field.choices
    } & (set(personal()) - CODES - COPIES)


def test_every_personal_text_holds_a_word(world: World) -> None:
    canaries, _there = world
    assert {one.column for one in canaries.words.values()} == texts()


def not_for(canaries: Canaries, name: str, found: Iterable[str]) -> set[str]:
    """The columns of words found that this reader should not read."""
    return canaries.columns(set(found) - canaries.may_read(name))


def found(world: World, name: str) -> dict[str, set[str]]:
    """What this person finds at each address, «» for a visitor; crawled once."""
    canaries, there = world
    if name not in canaries.found:
        canaries.found[name] = found_by(canaries.people.get(name), beginnings(there))
    return canaries.found[name]


def all_found(world: World, name: str) -> set[str]:
    return set().union(*found(world, name).values())


def leaks(canaries: Canaries, name: str, found: dict[str, set[str]]) -> dict[str, set[str]]:
    """By address, the columns this reader finds there and should not."""
    wrong = {address: not_for(canaries, name, words) for address, words in found.items()}
    return {address: columns for address, columns in wrong.items() if columns}


@pytest.mark.parametrize("name", READERS)
def test_nobody_finds_a_word_of_another(world: World, name: str) -> None:
    assert leaks(world[0], name, found(world, name)) == {}


def test_what_everybody_may_read_is_what_the_table_says(world: World) -> None:
    canaries, seen = world[0], all_found(world, "")
    public = {column for one in TABLE for column in one.public_columns}
    assert canaries.columns(seen) == (public & texts()) | {"User.name"}
    named = [word for word in seen if canaries.words[word].column == "User.name"]
    assert [word in str(canaries.people["nina"].user) for word in named] == [True]


def test_she_finds_all_of_hers(world: World) -> None:
    """The control of the crawl: what is hers is there, but for what has no shape."""
    canaries, seen = world[0], all_found(world, "ania")
    own = {word for word, one in canaries.words.items() if "ania" in one.readers}
    assert canaries.columns(own - seen) == {"Session.session_data"}
    assert not_for(canaries, "ania", seen) == set()


def test_those_who_run_it_find_whose_and_why(world: World) -> None:
    """The other control: the crawl sees the office's pages, too."""
    canaries, _there = world
    rounds = [reverse("queue", args=[f"kanarki-{one}"]) for one in ("pierwsze", "drugie")]
    edited = UnsavedEdit.objects.get().provision
    start = [
        reverse("edit_provision", args=["kanarki-drugie", edited.key]),
        *(f"{queue}?stan=all&uwaga={number}" for queue in rounds for number in range(1, 7)),
    ]
    seen = found_by(canaries.people["officer"], start, follow=False)
    columns = canaries.columns(set().union(*seen.values()))
    assert {
        *("User.name", "Comment.reasons", "Comment.hidden_because", "Comment.returned_because"),
        *("Sealed.text", "UnsavedEdit.text"),
    } <= columns


def test_no_letter_names_anybody_but_its_reader(world: World) -> None:
    canaries, _there = world
    by_address = {actor.user.email: name for name, actor in canaries.people.items()}
    assert len(canaries.letters) > 20
    wrong, own = [], 0
    for letter in canaries.letters:
        name = by_address.get(letter.to[0], beside.GUEST)
        found = words_in(f"{letter.subject}\n{letter.body}\n{letter.extra_headers}".encode())
        wrong += [(letter.subject, one) for one in not_for(canaries, name, found)]
        own += bool(found)
    assert (wrong, own > 2) == ([], True)


def test_no_entry_of_the_record_holds_a_word(world: World) -> None:
    payloads = list(Entry.objects.values_list("payload", flat=True))
    assert len(payloads) > 100
    assert [one for one in payloads if words_in(one.encode())] == []


# Planted leaks: each is found by the very search that found nothing.


def test_a_template_that_names_people_is_found(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def named(comment: Any, _close: Any, _known: Any) -> str:
        return str(User.objects.filter(actor=comment.filed_by_id).first() or "–")

    monkeypatch.setattr(people, "_name", named)
    page = reverse("comment", args=["kanarki-pierwsze", 1])
    seen = found_by(None, [page], follow=False)
    assert leaks(world[0], "", seen) == {page: {"User.name"}}


def test_a_file_that_names_people_is_found(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The CSV of the record, in which the role would be the person's address."""
    addresses = dict(User.objects.values_list("actor", "email"))
    roles = type("Roles", (dict,), {"get": lambda _self, _role, _other=None: _mail(addresses)})
    monkeypatch.setattr(wording, "ROLES", roles(wording.ROLES))
    file = reverse("journal_csv", args=["kanarki-pierwsze"])
    seen = found_by(None, [file], follow=False)
    assert leaks(world[0], "", seen) == {file: {"User.email"}}


def _mail(addresses: dict[int, str]) -> str:
    return next(one for one in addresses.values() if "kanarek" in one)


def test_an_entry_that_names_somebody_is_found(world: World) -> None:
    """Written and taken back: facts are never personal, and this one is."""
    said = world[0].people["bartek"].user.email
    with transaction.atomic():
        entry = note(None, "office.add_organisation", by=operator(), facts={"name": said})
        transaction.set_rollback(True)
    assert words_in(entry.payload.encode())


def acts(canaries: Canaries) -> list[str]:
    """What is logged while people sign in, search, read what is not theirs and ask."""
    client, before = Client(raise_request_exception=False), len(canaries.logged)
    address = canaries.people["ania"].user.email
    with listening_to_the_log(canaries):
        client.post(reverse("account_request_login_code"), {"email": address})
        client.get(reverse("search"), {"q": address})
        client.get(f"/k/kanarki-drugie/uwagi/1/?{address}")
        client.get(f"/{address}/")
        client.force_login(canaries.people["ania"].user)
        client.post(reverse("file_comment", args=["kanarki-drugie"]), {"reasons": address})
        client.get(reverse("own_data_file"))
        delivered()
    return canaries.logged[before:]


def test_no_line_of_the_log_holds_a_word(world: World) -> None:
    """An address somebody typed as a path is in Django's own warning, as in any server's log."""
    canaries, _there = world
    lines = [*canaries.logged, *acts(canaries)]
    assert len(lines) > 5
    assert [
        one for one in lines if words_in(one.encode()) and "Not Found: /kanarek" not in one
    ] == []


def test_a_line_of_the_log_that_names_somebody_is_found(world: World) -> None:
    canaries, _there = world
    with listening_to_the_log(canaries):
        logging.getLogger("consultations").debug("wrote to %s", canaries.people["ania"].user.email)
    assert words_in(canaries.logged.pop().encode())


def test_the_crawl_goes_through_every_address_and_looks_into_files(world: World) -> None:
    """The control of reaching: files of every kind were opened, and pages only links lead to."""
    seen = found(world, "")
    for end in (".csv", ".jsonl", ".docx", ".odt", ".pdf", ".tlog-proof", "checkpoint", ".txt"):
        assert any(address.endswith(end) for address in seen), end
    assert "/k/kanarki-pierwsze/uwagi/2/" in seen
