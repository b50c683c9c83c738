"""What an open page asks over HTTP when it has no socket: the same topics, the same policy."""

import pytest
from django.test import Client

from consultations.selectors.journal import desk_counter, public_counter
from notifications.outbox import dispatch
from tests.notifications.cast import Cast

K, DESK = "k:program-2027", "desk:program-2027"
REFUSAL = {"error": "Name one to twenty topics, such as k:address-of-a-consultation."}


def test_numbers_are_those_the_pages_show(cast: Cast, client: Client) -> None:
    cast.walk()
    dispatch()
    officer, draft = cast.world.officer, cast.world.opened("drugi").draft
    client.force_login(officer.user)
    own = f"inbox:{officer.pk}"
    answer = client.get(f"/na-zywo/?topics=k:drugi,desk:drugi,{own}").json()
    assert answer == {
        "k:drugi": public_counter(draft),
        "desk:drugi": desk_counter(draft),
        own: officer.inbox.latest,
    }


def test_whoever_was_never_told_anything_is_at_nought(cast: Cast, client: Client) -> None:
    client.force_login(cast.world.outsider.user)
    own = f"inbox:{cast.world.outsider.pk}"
    assert client.get(f"/na-zywo/?topics={own}").json() == {own: 0}


def test_a_visitor_hears_announced_consultations_and_nothing_else(
    cast: Cast, client: Client
) -> None:
    cast.world.announced()
    cast.world.drafted("drugi")
    asked = f"{K},k:drugi,k:nie-ma,{DESK},inbox:{cast.world.ngo.pk}"
    assert client.get(f"/na-zywo/?topics={asked}").json() == {K: 5}


@pytest.mark.parametrize(
    ("name", "heard"),
    [
        ("officer", ["k:drugi", DESK, "desk:drugi"]),
        ("expert", ["k:drugi", DESK, "desk:drugi"]),
        ("auditor", ["k:drugi", DESK, "desk:drugi"]),
        ("councillor", []),
        ("ngo", []),
    ],
)
def test_the_desk_is_heard_by_staff_alone(
    cast: Cast, client: Client, name: str, heard: list[str]
) -> None:
    cast.world.announced()
    cast.world.drafted("drugi")
    client.force_login(cast.people[name].user)
    asked = f"{K},k:drugi,{DESK},desk:drugi,inbox:{cast.world.approver.pk}"
    assert list(client.get(f"/na-zywo/?topics={asked}").json()) == [K, *heard]


@pytest.mark.parametrize(
    "asked",
    [
        "",
        "k:",
        "k:%3Cscript%3E",
        "inbox:x",
        "inbox:-1",
        "other:program-2027",
        "k:a,,k:b",
        "k:a b",
        "inbox:" + "9" * 40,
        "k:" + "a" * 200,
        ",".join(f"k:a{n}" for n in range(21)),
        "k:%F0%9F%92%A5",
        "%00",
    ],
)
def test_nonsense_is_refused_with_a_sentence(client: Client, db: None, asked: str) -> None:
    answer = client.get(f"/na-zywo/?topics={asked}", headers={"accept-language": "en"})
    assert (answer.status_code, answer.json()) == (400, REFUSAL)


def test_a_poll_is_never_kept_by_a_cache_and_never_posted(client: Client, db: None) -> None:
    answer = client.get("/na-zywo/?topics=k:nie-ma")
    assert (answer.json(), "no-store" in answer["Cache-Control"]) == ({}, True)
    assert client.post("/na-zywo/?topics=k:nie-ma").status_code == 405
