"""Garbage at every address, from every role: a plain refusal, never an error, never a trace.

Each request meets the same world: what it did is rolled back before the next.
"""

import logging
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path, resolve, reverse

from config.urls import urlpatterns
from consultations.access import access
from consultations.models import Actor, LogHead
from tests.databases import POSTGRES
from tests.ground.filled import forms_of
from tests.ground.garbage import VALUES, Sent, garbage, names_in, spoilt
from tests.ground.test_policy import TABLE
from tests.ground.walk import Address, Places, addresses, body_of
from tests.world import World

EVERY = {one.name: one for one in addresses(urlpatterns)}
pytestmark = pytest.mark.django_db
ROLES = ("ngo", "officer", "approver", "expert", "clerk")
TRACES = ("Traceback", "Exception", "django.", "psycopg", "sqlite3", "object at 0x")
TABLES = [
    model._meta.db_table
    for label in ("consultations", "notifications", "workflows", "viewflow")
    for model in apps.get_app_config(label).get_models()
    if model.__name__ != "Lease"  # the demonstration's clock takes it
]


ALL = os.environ.get("UWAGA_GARBAGE") == "all"  # as `make proof` sends it
SHARE = 1 if ALL else 8 if POSTGRES else 4  # of the garbage for an address, one in so many
MOST = 240 if ALL else 12 if POSTGRES else 24  # spoilt forms sent for one form
# What an address may write that is no act of the record.
LEGAL = {
    "demo_clock": {  # the jobs of the loop run when it is set
        *("consultations_commentsketch", "consultations_sketch", "consultations_sketchband"),
        *("consultations_reportcopy", "consultations_reportfile", "consultations_reportpiece"),
    },
    "account_signup": {"consultations_actor", "consultations_user"},
    "mark_viewed": {"consultations_viewed"},
    "follow": {"consultations_watch"},
    "unfollow": {"consultations_watch"},
    "keep_unsaved": {"consultations_unsavededit"},
    "upload_sheet": {"consultations_intake"},
    "ask_report_files": {"consultations_reportcopy"},
    "drop_sheet": {"consultations_intake"},
    "presence": {"consultations_presence"},
    "save_view": {"consultations_savedview"},
    "write_note": {"consultations_draftmark"},
    "mark_draft_seen": {"consultations_draftmark"},
    "delete_view": {"consultations_savedview"},
    "prepare_run": {"consultations_run", "consultations_runrow"},
    "upload_answers": {"consultations_run", "consultations_runrow"},
    "keep_draft": {"consultations_commentdraft"},
    "file_comment": {"consultations_commentdraft", "consultations_guestcomment"},
    "delete_draft": {
        *("consultations_commentdraft", "consultations_attachment"),
        "consultations_attachmentcontent",
    },
}


@pytest.fixture(autouse=True)
def in_silence() -> Iterator[None]:
    """Thousands of warnings about what is wanted here."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def counts() -> dict[str, int]:
    """How many rows each table of ours has, in one statement."""
    each = " UNION ALL ".join(f"SELECT '{table}', COUNT(*) FROM {table}" for table in TABLES)  # noqa: S608 - ours
    with connection.cursor() as cursor:
        cursor.execute(each)
        return dict(cursor.fetchall())


def visitors(world: World) -> dict[str, Actor | None]:
    return {"visitor": None, **{role: getattr(world, role) for role in ROLES}}


def client_of(actor: Actor | None) -> Client:
    client = Client(raise_request_exception=False)
    if actor is not None:
        client.force_login(actor.user)
    return client


@dataclass(frozen=True)
class Standing:
    """What stood before each of the requests: rows by table, entries of the log."""

    rows: dict[str, int]
    size: int


def standing() -> Standing:
    return Standing(counts(), LogHead.objects.get().size)


def faults(client: Client, url: str, sent: Sent, before: Standing) -> list[str]:
    """What is wrong with the answer to one request; nothing of it stays."""
    with transaction.atomic():
        response = sent.to(client, url)
        text = body_of(response).decode("utf-8", "replace")
        after, grown = counts(), LogHead.objects.get().size - before.size
        transaction.set_rollback(True)
    status, found = response.status_code, []
    if status >= 500:
        found.append(f"broke: {status}")
    changed = {name for name, count in after.items() if before.rows[name] != count}
    if changed - LEGAL.get(resolve(url.partition("?")[0]).url_name or "", set()) and (
        status >= 400 or not grown
    ):
        found.append(f"changed without an act: {sorted(changed)}")
    if status >= 400 and sent.method != "HEAD" and not says_why(text):
        found.append(f"{status} says nothing: {text[:80]!r}")
    return [f"{sent.what}: {one}" for one in found]


def says_why(text: str) -> bool:
    """A sentence for a person, and no inside of the program."""
    plain = unescape(re.sub(r"<[^>]+>", " ", text))
    return bool(re.search(r"\w+ \w+", plain)) and not any(trace in text for trace in TRACES)


def may_enter(address: Address, role: str) -> bool:
    return role in TABLE[address.access]


@pytest.mark.parametrize("name", EVERY)
def test_no_garbage_breaks_an_address(there: Places, name: str) -> None:
    """Those who may enter share it; the others, who are stopped at the door, send a tenth each."""
    url = reverse(name, kwargs=there.arguments(EVERY[name]))
    entering = sum(may_enter(EVERY[name], role) for role in visitors(there.world))
    wrong = []
    for turn, (role, actor) in enumerate(visitors(there.world).items()):
        client = client_of(actor)
        names = names_in(body_of(client.get(url)).decode("utf-8", "replace"))
        step = entering if may_enter(EVERY[name], role) else 10
        step, before = step * SHARE, standing()  # the page itself may remember a preference
        for sent in list(garbage(names))[turn % step :: step]:
            wrong += [f"{role}, {one}" for one in faults(client, url, sent, before)]
    assert wrong == []


@pytest.mark.parametrize("name", EVERY)
def test_one_spoilt_field_breaks_no_form(there: Places, name: str) -> None:
    """Every form on the page, filled well but for one field; sent by the first who may enter."""
    url = reverse(name, kwargs=there.arguments(EVERY[name]))
    client = client_of(actor_for(there.world, EVERY[name]))
    page = body_of(client.get(url)).decode("utf-8", "replace")
    wrong, before = [], standing()
    for form in forms_of(page):
        target = form.action or url
        if name == "home" or target not in on_every_page():
            for sent in thinned(list(spoilt(form.fields))):
                wrong += [f"to {target}, {one}" for one in faults(client, target, sent, before)]
    assert wrong == []


def on_every_page() -> set[str]:
    """Where the forms of the frame around each page lead: sent from one page they are sent."""
    names = ("set_language", "account_logout", "demo_clock", "demo_people", "search")
    return {reverse(name) for name in names}


def thinned(every: list[Sent]) -> list[Sent]:
    """Spread over fields and values alike: the step has no factor in common with the values.

    A form of many fields is one form; what a database has to do with it is little.
    """
    step = max(1, len(every) // MOST)
    while step > 1 and len(VALUES) % step == 0:
        step += 1
    return every[::step]


def test_a_well_filled_form_is_an_act(there: Places) -> None:
    """The control: what is filled as a person would is taken, so the spoilt ones come near it."""
    client = client_of(there.world.officer)
    url = reverse("add_document")
    form = forms_of(body_of(client.get(url)).decode())[-1]
    before = LogHead.objects.get().size
    assert client.post(url, form.fields | {"slug": "nowy"}).status_code == 302
    assert LogHead.objects.get().size == before + 1


ODD_ARGUMENTS: dict[str, list[Any]] = {
    "slug": ["nie-ma-takiej", "a" * 500, "0"],
    "number": [0, 99, 2**31, 2**63, 10**40],
    **{
        key: [0, 99999, 2**31, 2**63, 10**40]
        for key in (
            *("pk", "way", "opinion", "substitution", "seq", "version", "old", "new", "cause"),
            *("goal", "intake", "asked", "attachment", "organisation", "mandate", "phrase", "view"),
            *("run", "override", "proposal", "procedure", "session", "amendment", "place"),
        )
    },
    "document_kind": ["nie-ma-takiego", "a" * 500],
    "guard": ["nie-ma-takiego", "a" * 500],
    "token": ["nie-ma-takiej", "a" * 500],
    "kind": ["exe", "a" * 500],
    "ending": ["exe", "a" * 500],
    "part": [0, 99999, 2**31, 2**63, 10**40],
    "key": ["00000000-0000-0000-0000-000000000000"],
    "draft": ["00000000-0000-0000-0000-000000000000"],
}


@pytest.mark.parametrize("name", [name for name, one in EVERY.items() if one.arguments])
def test_an_address_of_nothing_is_not_found(there: Places, name: str) -> None:
    address = EVERY[name]
    client = client_of(actor_for(there.world, address))
    right = there.arguments(address)
    found = {
        f"{argument}={str(odd)[:20]}": status_of(client, name, right | {argument: odd})
        for argument in address.arguments
        for odd in ODD_ARGUMENTS[argument]
    }
    assert found == dict.fromkeys(found, 404)


def status_of(client: Client, name: str, arguments: dict[str, Any]) -> int:
    """Of what the address answers to: GET, or POST where it has no page."""
    url = reverse(name, kwargs=arguments)
    response = client.get(url)
    if response.status_code == 405:
        response = client.post(url)
    body_of(response)
    return response.status_code


def actor_for(world: World, address: Address) -> Actor | None:
    """Somebody who may enter."""
    people = visitors(world)
    return next(actor for role, actor in people.items() if may_enter(address, role))


@access("public")
def broken(_request: HttpRequest) -> HttpResponse:
    raise ZeroDivisionError


@access("public")
def silent(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("", status=409)


@access("public")
def greedy(_request: HttpRequest) -> HttpResponse:
    """Writes without an act."""
    Actor.objects.create()
    return HttpResponse("Done.")


class Planted:
    """Views with the faults these tests look for."""

    urlpatterns = (
        *urlpatterns,
        *(path(f"{view.__name__}/", view) for view in (broken, silent, greedy)),
    )
    handler500 = "config.views.server_error"


@pytest.mark.parametrize(
    ("view", "fault"),
    [
        ("broken", "broke: 500"),
        ("silent", "409 says nothing: ''"),
        ("greedy", "changed without an act: ['consultations_actor']"),
    ],
)
def test_the_look_for_faults_sees_a_planted_one(
    there: Places, settings: Any, view: str, fault: str
) -> None:
    """The control."""
    settings.ROOT_URLCONF = Planted
    sent = Sent("a form", body=b"a=1")
    assert faults(client_of(None), f"/{view}/", sent, standing()) == [f"a form: {fault}"]


def test_a_form_from_another_site_is_refused_in_words(there: Places) -> None:
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.force_login(there.world.officer.user)
    response = client.post(reverse("add_document"), {"title": "x"})
    assert (response.status_code, says_why(response.content.decode())) == (403, True)


@pytest.mark.parametrize(
    "sent",
    [one for one in garbage(["reasons"]) if one.method == "POST"],
    ids=lambda one: one.what.replace(" ", "_"),
)
def test_garbage_without_the_key_of_the_form_is_refused(there: Places, sent: Sent) -> None:
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.force_login(there.world.officer.user)
    response = sent.to(client, reverse("add_document"))
    assert response.status_code in {400, 403}
    assert says_why(response.content.decode())
