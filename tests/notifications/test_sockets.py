"""The one-way socket: who may open it, what it says, what it never says."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from channels.routing import URLRouter
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import transaction
from django.test import Client
from django.urls import reverse

from config.asgi import application
from consultations import policy
from consultations.models import Draft, RoleGrant
from consultations.selectors.journal import desk_counter, public_counter
from consultations.services.comments import admit_comment
from notifications import hub as hubs
from notifications.consumers import NO_ORDERS, NOT_ALLOWED, Live
from notifications.hub import hub
from notifications.outbox import dispatch
from notifications.routing import sockets
from notifications.topics import opening
from tests.notifications.cast import Cast
from tests.notifications.listening import (
    closed,
    heard,
    in_thread,
    listening,
    refused,
    session_of,
    socket,
)
from tests.world import BEGINNING

pytestmark = pytest.mark.django_db(transaction=True)
SLUG = "program-2027"
K, DESK = f"k:{SLUG}", f"desk:{SLUG}"


def every_consumer() -> list[Any]:
    return [route.callback.consumer_class for route in sockets]


def test_every_route_of_a_socket_declares_its_policy() -> None:
    declared = [getattr(consumer, "access", None) for consumer in every_consumer()]
    assert [action in policy.ACTIONS for action in declared] == [True] * len(sockets)


def test_these_are_all_the_routes_the_application_has() -> None:
    inner = application.application_mapping["websocket"].application
    while not isinstance(inner, URLRouter):
        inner = inner.inner
    assert inner.routes == sockets


async def test_a_foreign_origin_is_refused(cast: Cast) -> None:
    await in_thread(cast.world.opened)
    assert await refused(socket(K)) is None
    for origin in ("https://elsewhere.test", "http://localhost:9999", "null", ""):
        connected, _code = await socket(K, origin=origin).connect()
        assert (origin, connected) == (origin, False)


async def test_an_address_without_a_socket_is_refused(cast: Cast) -> None:
    assert await refused(socket(K, path="/ws/other/")) == NOT_ALLOWED


@pytest.mark.parametrize("topics", ["", "k:nie-ma", "nonsense", DESK, "inbox:1", "k:,,,", "%00"])
async def test_a_visitor_with_no_topic_that_is_hers_is_refused(cast: Cast, topics: str) -> None:
    await in_thread(cast.world.opened)
    assert await refused(socket(topics)) == NOT_ALLOWED


async def test_the_inbox_of_another_is_refused(cast: Cast) -> None:
    session = await in_thread(session_of, cast.world.outsider)
    other, own = f"inbox:{cast.world.ngo.pk}", f"inbox:{cast.world.outsider.pk}"
    assert await refused(socket(other, session=session)) == NOT_ALLOWED
    assert await refused(socket(own, session=session)) is None


async def test_a_consultation_nobody_announced_is_heard_by_staff_alone(cast: Cast) -> None:
    await in_thread(cast.world.drafted)
    session = await in_thread(session_of, cast.world.ngo)
    assert await refused(socket(K, session=session)) == NOT_ALLOWED
    async with listening(K, cast.world.expert) as opened:
        assert await heard(opened) == {"topic": K, "n": 0}


@pytest.mark.parametrize("name", ["ngo", "outsider", "councillor"])
async def test_the_desk_is_heard_by_staff_alone(cast: Cast, name: str) -> None:
    await in_thread(cast.world.opened)
    session = await in_thread(session_of, cast.people[name])
    assert await refused(socket(DESK, session=session)) == NOT_ALLOWED


async def test_forbidden_topics_are_dropped_and_the_others_heard(cast: Cast) -> None:
    await in_thread(received, cast)
    n = await in_thread(now_at, public_counter)
    async with listening(f"{DESK},k:nie-ma,inbox:{cast.world.ngo.pk},{K}") as opened:
        assert await heard(opened) == {"topic": K, "n": n}
        assert await opened.receive_nothing()


async def test_who_connects_is_told_how_far_each_topic_is(cast: Cast) -> None:
    officer = cast.world.second_officer
    await in_thread(admitted_and_told, cast)
    n = [await in_thread(now_at, count) for count in (public_counter, desk_counter)]
    async with listening(f"{K},{DESK},inbox:{officer.pk}", officer) as opened:
        assert [await heard(opened) for _ in range(3)] == [
            {"topic": K, "n": n[0]},
            {"topic": DESK, "n": n[1]},
            {"topic": f"inbox:{officer.pk}", "n": 2},
        ]


async def test_a_committed_act_is_heard_and_the_frame_says_only_topic_and_number(
    cast: Cast,
) -> None:
    comment = await in_thread(received, cast)
    n = await in_thread(now_at, public_counter)
    async with listening(K) as opened:
        assert await heard(opened) == {"topic": K, "n": n}
        await in_thread(admit_comment, comment, by=cast.world.officer)
        frame = await heard(opened)
        assert frame == {"topic": K, "n": n + 1}
        assert list(frame) == ["topic", "n"]


async def test_an_act_between_reading_and_joining_is_not_missed(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    comment = await in_thread(received, cast)
    async with listening(K) as early:
        before = await heard(early)
        an_act_while_opening(monkeypatch, lambda: admit_comment(comment, by=cast.world.officer))
        async with listening(K) as late:
            assert await heard(early) == {"topic": K, "n": before["n"] + 1}
            assert await heard(late) == {"topic": K, "n": before["n"] + 1}


async def test_without_reading_again_the_late_one_would_be_behind(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control of the test above."""
    comment = await in_thread(received, cast)
    monkeypatch.setattr(hub, "is_further_than", lambda _heads: False)
    async with listening(K) as early:
        before = await heard(early)
        an_act_while_opening(monkeypatch, lambda: admit_comment(comment, by=cast.world.officer))
        async with listening(K) as late:
            assert await heard(late) == before
            assert await late.receive_nothing(1.5)


async def test_what_is_not_public_rings_the_desk_alone(cast: Cast) -> None:
    consultation = await in_thread(cast.world.opened)
    async with listening(K) as public, listening(DESK, cast.world.officer) as desk:
        await heard(public)
        before = await heard(desk)
        await in_thread(cast.world.comment, consultation)
        assert await heard(desk) == {"topic": DESK, "n": before["n"] + 1}
        assert await public.receive_nothing(0.3)


async def test_a_notice_rings_the_inbox_of_whoever_was_told(cast: Cast) -> None:
    comment = await in_thread(received, cast)
    ngo, outsider = cast.world.ngo, cast.world.outsider
    async with listening(f"inbox:{ngo.pk}", ngo) as mine:
        before = await heard(mine)
        async with listening(f"inbox:{outsider.pk}", outsider) as others:
            assert await heard(others) == {"topic": f"inbox:{outsider.pk}", "n": 0}
            await in_thread(admit_comment, comment, by=cast.world.officer)
            await in_thread(dispatch)
            assert await heard(mine) == {"topic": f"inbox:{ngo.pk}", "n": before["n"] + 1}
            assert await others.receive_nothing(0.3)


async def test_an_act_that_is_rolled_back_is_not_heard(cast: Cast) -> None:
    consultation = await in_thread(cast.world.opened)
    async with listening(DESK, cast.world.officer) as opened:
        await heard(opened)
        await in_thread(act_and_roll_back, cast, consultation)
        assert await opened.receive_nothing(0.3)


@pytest.mark.parametrize(
    "order",
    [{"text_data": '{"topics": "desk:program-2027"}'}, {"text_data": "x"}, {"bytes_data": b"x"}],
)
async def test_no_order_is_taken_over_the_socket(cast: Cast, order: dict[str, Any]) -> None:
    await in_thread(cast.world.opened)
    async with listening(K) as opened:
        await heard(opened)
        await opened.send_to(**order)
        assert await closed(opened) == NO_ORDERS


async def test_signing_out_closes_the_sockets_of_this_session_only(cast: Cast) -> None:
    ngo = cast.world.ngo
    topic = f"inbox:{ngo.pk}"
    async with listening(topic, ngo) as here, listening(topic, ngo) as elsewhere:
        await heard(here)
        await heard(elsewhere)
        await in_thread(sign_out, here.session)
        assert await closed(here) == NOT_ALLOWED
        assert await elsewhere.receive_nothing(0.3)


async def test_who_lost_the_role_is_dropped_at_the_next_check(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hubs, "CHECK_EVERY", 0.1)
    await in_thread(cast.world.opened)
    officer, ngo = cast.world.second_officer, cast.world.ngo
    async with listening(f"{K},{DESK}", officer) as desk, listening(K, ngo) as public:
        await heard(desk)
        await heard(desk)
        await heard(public)
        assert await desk.receive_nothing(0.4)
        await in_thread(RoleGrant.objects.filter(actor=officer).update, until=BEGINNING)
        assert await closed(desk) == NOT_ALLOWED
        assert await public.receive_nothing(0.3)


async def test_a_session_that_ended_by_itself_is_dropped_at_the_next_check(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hubs, "CHECK_EVERY", 0.1)
    ngo = cast.world.ngo
    async with listening(f"inbox:{ngo.pk}", ngo) as opened:
        await heard(opened)
        await in_thread(Session.objects.all().delete)
        assert await closed(opened) == NOT_ALLOWED


async def test_after_the_last_socket_nothing_runs_any_more(cast: Cast) -> None:
    await in_thread(cast.world.opened)
    async with listening(K) as opened:
        await heard(opened)
        tasks = list(hub.tasks)
        assert len(tasks) == 3
    assert (hub.listeners, hub.by_topic, hub.tasks) == (set(), {}, [])


def an_act_while_opening(monkeypatch: pytest.MonkeyPatch, act: Callable[[], object]) -> None:
    """As soon as a socket has read its numbers somebody acts; the hub looks before it joins."""
    read, accept, once = opening, Live.accept, iter([act])

    def read_then_act(*args: Any) -> Any:
        found = read(*args)
        for one in once:
            one()
        return found

    async def accept_slowly(self: Any) -> None:
        await asyncio.sleep(0.8)
        await accept(self)

    monkeypatch.setattr("notifications.consumers.opening", read_then_act)
    monkeypatch.setattr(Live, "accept", accept_slowly)


def now_at(count: Callable[[Draft], int]) -> int:
    """How far the one draft of this test is, as its pages count."""
    return count(Draft.objects.get())


def received(cast: Cast) -> Any:
    comment = cast.world.comment(cast.world.opened())
    dispatch()
    return comment


def admitted_and_told(cast: Cast) -> Any:
    comment = admit_comment(received(cast), by=cast.world.officer)
    dispatch()
    return comment


def act_and_roll_back(cast: Cast, consultation: Any) -> None:
    with transaction.atomic():
        cast.world.comment(consultation)
        transaction.set_rollback(True)


def sign_out(session: str) -> None:
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = session
    assert client.post(reverse("account_logout")).status_code == 302
