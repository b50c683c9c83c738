"""A person asks for her data to be erased: decided in time, told by letter, then done."""

import json
from datetime import date, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from config.erasing import erase_accepted
from consultations import calendar, policy
from consultations.errors import Invalid, NotYours, WrongState
from consultations.models import Actor, Comment, Entry, ErasureRequest, Role, User
from consultations.models.clock import move_to, now
from consultations.services import requests
from consultations.services.erasing import erase_person, find
from notifications import letters, post, rules
from notifications.models import Letter, Notice, Preference
from notifications.outbox import dispatch
from tests.notifications.conftest import no_hurry
from tests.notifications.post import delivered
from tests.world import World, staff
from workflows import keeping
from workflows.duties import duties

__all__ = ["no_hurry"]
GROUND = "Dane nie są już potrzebne."


@pytest.fixture
def asked(world: World) -> ErasureRequest:
    return requests.ask_erasure(by=world.outsider)


def test_asking_again_is_the_same_request_and_it_is_due_in_a_month(world: World) -> None:
    first = requests.ask_erasure(by=world.outsider)
    assert requests.ask_erasure(by=world.outsider).pk == first.pk
    assert first.due_on == date(2026, 10, 1)
    assert Entry.objects.filter(kind="person.ask_erasure").count() == 1


@pytest.mark.parametrize(
    ("day", "months", "due"),
    [
        (date(2027, 1, 31), 1, date(2027, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
    ],
)
def test_a_month_ends_on_the_same_day_or_the_last(day: date, months: int, due: date) -> None:
    assert calendar.months_later(day, months) == due


def test_the_database_keeps_one_running_request_and_a_reason(asked: ErasureRequest) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        ErasureRequest.objects.create(actor=asked.actor, asked_at=now(), due_on=asked.due_on)
    with pytest.raises(IntegrityError), transaction.atomic():
        ErasureRequest.objects.filter(pk=asked.pk).update(state="refused")


def test_only_a_head_decides_and_never_on_herself(world: World, asked: ErasureRequest) -> None:
    for by in (world.officer, world.outsider, world.auditor, world.clock):
        with pytest.raises(NotYours):
            requests.accept_erasure(asked, because=GROUND, by=by)
    own = requests.ask_erasure(by=world.approver)
    with pytest.raises(NotYours):
        requests.accept_erasure(own, because=GROUND, by=world.approver)
    second = staff("druga@urzad.test", Role.APPROVER)
    assert requests.accept_erasure(own, because=GROUND, by=second).state == "accepted"


@pytest.mark.parametrize("because", [" – ", "Obcy Obcowski prosi", "obcy@poczta.test"])
def test_the_reason_says_something_and_names_nobody(
    world: World, asked: ErasureRequest, because: str
) -> None:
    for decide in (requests.accept_erasure, requests.refuse_erasure):
        with pytest.raises(Invalid):
            decide(asked, because=because, by=world.approver)


def test_taken_back_everything_stays_and_it_can_be_asked_for_anew(
    world: World, asked: ErasureRequest
) -> None:
    requests.accept_erasure(asked, because=GROUND, by=world.approver)
    assert requests.take_back_erasure(by=world.outsider).state == "taken_back"
    assert erase_accepted() == 0
    with pytest.raises(WrongState):
        requests.take_back_erasure(by=world.outsider)
    with pytest.raises(WrongState):
        requests.accept_erasure(asked, because=GROUND, by=world.approver)
    assert requests.ask_erasure(by=world.outsider).pk != asked.pk


def test_a_refusal_is_read_by_letter_and_on_the_page(
    world: World, asked: ErasureRequest, client: Client
) -> None:
    Preference.objects.create(actor=world.outsider, emails=False, language="pl")
    requests.refuse_erasure(asked, because="Trwa spór sądowy.", by=world.approver)
    sent = [one for one in delivered() if one.to == ["obcy@poczta.test"]]
    assert ["Trwa spór sądowy." in one.body for one in sent] == [True]
    client.force_login(world.outsider.user)
    assert "Trwa spór sądowy." in client.get(reverse("own_data")).content.decode()
    assert User.objects.filter(actor=world.outsider).exists()


@pytest.mark.django_db(transaction=True)
def test_the_letter_goes_before_the_address_does(world: World) -> None:
    """Not told yet, nor sent: nothing is erased; then all of it, by the clock."""
    world.comment(world.opened(), organisation=None, by=world.outsider)
    asked = requests.ask_erasure(by=world.outsider)
    delivered()
    requests.accept_erasure(asked, because=GROUND, by=world.approver)
    assert erase_accepted() == 0
    dispatch()
    assert erase_accepted() == 0
    sent = [one.to for one in delivered()]
    assert sent == [["obcy@poczta.test"]]
    assert erase_accepted() == 1
    last = Entry.objects.latest("seq")
    assert (last.kind, last.role) == ("person.erase", "clock")
    assert not any(find(world.outsider).counts().values())
    assert not ErasureRequest.objects.exists()
    assert Comment.objects.get().is_erased


@pytest.mark.django_db(transaction=True)
def test_a_letter_nobody_takes_does_not_keep_the_data(world: World) -> None:
    asked = requests.ask_erasure(by=world.outsider)
    requests.accept_erasure(asked, because=GROUND, by=world.approver)
    dispatch()
    Letter.objects.update(due_at=None, failed_at=now(), tries=post.TRIES)
    assert erase_accepted() == 1


def test_if_the_job_did_not_wait_she_would_never_be_told(
    world: World, asked: ErasureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control of the order."""
    requests.accept_erasure(asked, because=GROUND, by=world.approver)
    monkeypatch.setattr("config.erasing._is_told", lambda _request: True)
    monkeypatch.setattr("config.erasing.wipe", lambda: "")
    assert erase_accepted() == 1
    assert delivered() == []


def test_the_clock_erases_nobody_whose_request_was_not_accepted(
    world: World, asked: ErasureRequest
) -> None:
    with pytest.raises(NotYours):
        erase_person(world.outsider, by=world.clock, because=GROUND)
    with pytest.raises(NotYours):
        erase_person(world.ngo, by=world.clock, because=GROUND)
    assert policy.can(world.clock, "person.erase")


def test_what_she_may_not_switch_off_are_the_answers_to_her_request() -> None:
    assert set(letters.OWED) == {kind for kind in letters.LETTERS if rules.asker in _to(kind)}


def _to(kind: str) -> tuple[Any, ...]:
    return letters.LETTERS[kind].to


def test_heads_are_reminded_once_before_the_last_day(world: World, asked: ErasureRequest) -> None:
    assert keeping.remind_of_erasures() == 0
    alarm = calendar.start_of(asked.due_on - timedelta(days=settings.ERASURE_ALARM_DAYS))
    move_to(alarm)
    assert (keeping.remind_of_erasures(), keeping.remind_of_erasures()) == (1, 0)
    dispatch()
    told = Notice.objects.filter(entry__kind="person.remind_erasure")
    assert [one.recipient for one in told] == [world.approver]
    assert [one.to for one in delivered()] == [["approver@urzad.test"]]


def test_no_entry_holds_her_name(world: World, asked: ErasureRequest) -> None:
    requests.refuse_erasure(asked, because=GROUND, by=world.approver)
    for entry in Entry.objects.filter(kind__startswith="person."):
        assert json.loads(entry.payload)["facts"]["person"] == world.outsider.pk
        assert "bcow" not in entry.payload + str(list(entry.words.values_list("text")))


# The pages.


def at(client: Client, who: Actor, address: str, data: dict[str, str] | None = None) -> Any:
    client.force_login(who.user)
    english = {"accept-language": "en"}
    if data is None:
        return client.get(address, headers=english)
    return client.post(address, data, headers=english)


def test_she_asks_once_she_has_confirmed_and_may_take_it_back(world: World, client: Client) -> None:
    ask = reverse("ask_erasure")
    assert "What stays" in at(client, world.outsider, ask).content.decode()
    assert at(client, world.outsider, ask, {}).status_code == 422
    assert not ErasureRequest.objects.exists()
    assert at(client, world.outsider, ask, {"understood": "on"}).status_code == 302
    assert "by 1 October 2026" in at(client, world.outsider, reverse("own_data")).content.decode()
    assert at(client, world.outsider, reverse("take_back_erasure"), {}).status_code == 302
    assert at(client, world.outsider, reverse("take_back_erasure"), {}).status_code == 409


def test_the_desk_shows_what_waits_what_would_go_and_takes_a_reason(
    world: World, asked: ErasureRequest, client: Client
) -> None:
    assert [one.url for one in duties(world.approver)] == [
        reverse("erasure_request", args=[asked.pk])
    ]
    listed = at(client, world.approver, reverse("erasure_requests")).content.decode()
    assert ("Obcy Obcowski" in listed, "30 days left" in listed) == (True, True)
    one = at(client, world.approver, reverse("erasure_request", args=[asked.pk]))
    assert one.context["counts"] == [
        ("Account, with address and name", 1),
        ("Requests for erasure", 1),
    ]
    accept = reverse("accept_erasure", args=[asked.pk])
    refused = at(client, world.approver, accept, {"because": "Obcowski prosi."})
    assert (refused.status_code, "Obcowski prosi." in refused.content.decode()) == (422, True)
    assert at(client, world.approver, accept, {"because": GROUND}).status_code == 302
    assert at(client, world.approver, accept, {"because": GROUND}).status_code == 409
    assert duties(world.approver) == []


def test_a_day_that_is_past_is_said_loudly(
    world: World, asked: ErasureRequest, client: Client
) -> None:
    move_to(calendar.end_of(asked.due_on))
    page = at(client, world.approver, reverse("erasure_request", args=[asked.pk]))
    assert "decide at once" in page.content.decode()
    assert "<b>past</b>" in at(client, world.approver, reverse("erasure_requests")).content.decode()


@pytest.mark.parametrize(
    ("because", "names"),
    [("Ponieważ trwa spór.", False), ("Ewa cofnęła zgodę.", True), ("Wniosek Nowakowej.", True)],
)
def test_a_short_name_inside_a_word_names_nobody(
    world: World, asked: ErasureRequest, because: str, *, names: bool
) -> None:
    User.objects.filter(actor=asked.actor).update(name="Ewa Nowak")
    if names:
        with pytest.raises(Invalid):
            requests.accept_erasure(asked, because=because, by=world.approver)
    else:
        assert requests.accept_erasure(asked, because=because, by=world.approver).because == because
