"""A guest's link pressed by many at once; and what nobody may learn or read on the way."""

import json
import logging
import re
import threading
import uuid
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse

from consultations.models import Comment, Consultation, Entry, GuestComment, User, Wording
from consultations.models.people import operator
from consultations.services import guests
from consultations.services.erasing import erase_person
from notifications import guest_letters
from tests.notifications.post import Dead, Picky
from tests.public.guests import EMAIL, REASONS, letters, sent, token, typed, where
from tests.world import World

CONFIRM = reverse("confirm_guest_comment")
AT_ONCE = pytest.mark.django_db(transaction=True)
ENGLISH = {"accept-language": "en"}


def all_at_once(works: list[Any]) -> None:
    """Each in a thread with a connection of its own, behind one gate."""
    gate = threading.Barrier(len(works))

    def run(work: Any) -> None:
        gate.wait()
        try:
            work()
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[work]) for work in works]
    for one in threads:
        one.start()
    for one in threads:
        one.join()


@AT_ONCE
def test_twenty_presses_at_once_file_one_comment(world: World) -> None:
    guest = sent(world.opened())
    secret, found = token(guest), list[tuple[int, str]]()

    def press() -> None:
        answer: Any = Client().post(CONFIRM, {"token": secret})
        found.append((answer.status_code, answer.headers.get("Location", "")))

    all_at_once([press] * 20)
    assert set(found) == {(302, reverse("guest_comment", args=[secret]))}
    assert (Comment.objects.count(), User.objects.filter(email=EMAIL).count()) == (1, 1)
    assert Entry.objects.filter(kind="comment.file").count() == 1


@AT_ONCE
def test_without_a_key_of_its_own_each_press_would_file_one(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: what makes it one comment is the key that follows from the link."""
    monkeypatch.setattr(uuid, "uuid5", lambda *_seen: uuid.uuid4())
    guest = sent(world.opened())
    waiting = GuestComment.objects.get(pk=guest.pk)
    guests.confirm_guest_comment(guest)
    guests.confirm_guest_comment(waiting)
    assert Comment.objects.count() == 2


@AT_ONCE
def test_two_comments_of_one_new_address_at_once_open_one_login(world: World) -> None:
    consultation = world.opened()
    kept = [sent(consultation, reasons=f"Powód {n}.") for n in range(6)]
    all_at_once([lambda one=one: guests.confirm_guest_comment(one) for one in kept])
    assert (Comment.objects.count(), User.objects.filter(email=EMAIL).count()) == (6, 1)


@AT_ONCE
def test_a_form_sent_many_times_at_once_is_kept_once(world: World) -> None:
    form, page = typed(), where(world.opened())
    statuses: list[int] = []
    all_at_once([lambda: statuses.append(Client().post(page, form).status_code)] * 10)
    assert (set(statuses), GuestComment.objects.count()) == ({302}, 1)


def seen_by_a_guest(consultation: Consultation, email: str) -> list[tuple[int, str]]:
    """Every page on the way of this address up to the button, without what differs each time."""
    client: Client = Client()
    answers: list[Any] = []
    page = where(consultation)
    answers.append(client.post(page, typed(email=email), headers=ENGLISH))
    answers.append(client.get(answers[0].url, headers=ENGLISH))
    answers.append(client.post(answers[0].url, headers=ENGLISH))
    guest = GuestComment.objects.get(email=email)
    answers.append(client.get(reverse("guest_comment", args=[token(guest)]), headers=ENGLISH))
    said = [(one.status_code, one.content.decode()) for one in answers]
    vary = rf'value="[\w:.+-]{{20,}}"|/potwierdz/[\w-]+/|{re.escape(email)}'
    return [(status, re.sub(vary, "", text)) for status, text in said]


def test_no_page_tells_whether_an_address_has_an_account(world: World) -> None:
    consultation = world.opened()
    emails = (EMAIL, "obcy@poczta.test", "officer@urzad.test")
    ways = [seen_by_a_guest(consultation, email) for email in emails]
    assert ways[0] == ways[1] == ways[2]
    bodies = {re.sub(r"/potwierdz/\S+/", "", str(one.body)) for one in letters()}
    assert len(bodies) == 1


def test_the_comparison_sees_a_difference(world: World) -> None:
    """The control: another text is seen."""
    first = seen_by_a_guest(world.opened(), EMAIL)
    GuestComment.objects.filter(email=EMAIL).update(reasons="Inny.")
    guest = GuestComment.objects.get(email=EMAIL)
    page = Client().get(reverse("guest_comment", args=[token(guest)]), headers=ENGLISH)
    assert REASONS in first[3][1]
    assert REASONS not in page.content.decode()


def test_nothing_personal_stands_in_addresses_facts_or_logs(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    guest = sent(world.opened(), name="Gosia Gość")
    secret = token(guest)
    client = Client()
    client.get(reverse("guest_comment", args=[secret]))
    answer: Any = client.post(CONFIRM, {"token": secret})
    client.post(CONFIRM, {"token": "x"})
    entry = Entry.objects.get(kind="comment.file")
    said = json.dumps(json.loads(entry.payload)["facts"]) + caplog.text + answer.url
    assert not any(word in said for word in (EMAIL, "Gosia", REASONS))
    assert secret not in caplog.text


def test_a_refused_press_leaves_its_secret_in_no_log(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    """What is refused is logged with its address, so the secret is not in that address."""
    guest = sent(world.opened())
    Wording.objects.count()
    type(guest).objects.filter(pk=guest.pk).update(kind="x")
    assert Client().post(CONFIRM, {"token": token(guest)}).status_code == 422
    assert ("/potwierdz/" in caplog.text, token(guest) in caplog.text) == (True, False)


def test_a_letter_holds_nothing_of_what_was_typed(world: World) -> None:
    sent(world.opened(), name="Tanie kredyty")
    (letter,) = letters()
    said = letter.subject + letter.body + str(letter.extra_headers)
    assert not any(words in said for words in ("Tanie", REASONS, EMAIL))


def test_a_letter_that_did_not_go_is_tried_again(
    world: World, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    guest = sent(world.opened())
    working = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = f"{Dead.__module__}.{Dead.__qualname__}"
    assert letters() == []
    settings.EMAIL_BACKEND = working
    still = letters()
    GuestComment.objects.update(letter_due_at=guest.sent_at)
    assert (still, len(letters())) == ([], 1)
    assert letters() == []
    assert EMAIL not in caplog.text


def test_an_address_the_server_refuses_for_good_is_not_tried_again(
    world: World, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent(world.opened(), email="jan@mosty.test")
    settings.EMAIL_BACKEND = f"{Picky.__module__}.{Picky.__qualname__}"
    monkeypatch.setattr(guest_letters, "is_for_good", lambda _error: True)
    assert letters() == []
    assert GuestComment.objects.get().letter_due_at is None


def test_limits_are_for_the_address_and_for_the_e_mail_and_keep_what_was_typed(
    world: World, settings: Any
) -> None:
    cache.clear()
    settings.LIMITS = {"guest": "3/3600", "guest_email": "2/3600"}
    page = where(world.opened())
    client = Client()
    emails = [EMAIL, EMAIL, EMAIL.upper(), "inna@poczta.test"]
    answers = [client.post(page, typed(email=one), headers=ENGLISH) for one in emails]
    assert [one.status_code for one in answers] == [302, 302, 429, 429]
    refused = answers[2]
    assert REASONS in refused.content.decode()
    assert int(refused.headers["Retry-After"]) > 0
    assert GuestComment.objects.count() == 2
    cache.clear()


def test_an_erasing_takes_what_she_sent_and_the_links(world: World) -> None:
    consultation = world.opened()
    comment = guests.confirm_guest_comment(sent(consultation))
    sent(consultation, reasons="Czeka.")
    sent(consultation, email="inna@poczta.test")
    counts = erase_person(comment.filed_by, by=operator(), because="Wniosek.")
    assert counts["links of guests"] == 2
    assert [one.email for one in GuestComment.objects.all()] == ["inna@poczta.test"]
