"""The tail and the doorbell: what is heard without a ring, and what a dead layer may not break."""

import asyncio
import time
from typing import Any, NoReturn

import pytest
from channels.layers import get_channel_layer

from consultations.models import Draft, Entry
from consultations.policy import PUBLIC_KINDS as PUBLIC
from consultations.selectors.journal import desk_counter, public_counter
from consultations.services.comments import admit_comment
from notifications import hub as hubs
from notifications import ringing
from notifications.counters import Counted, Heads, count_on, heads
from notifications.models import Dispatched, InboxHead
from notifications.outbox import dispatch
from notifications.ringing import ringer
from notifications.topics import Topic, look
from tests.notifications.cast import Cast
from tests.notifications.listening import heard, in_thread, listening

SLUG = "program-2027"
K, DESK = f"k:{SLUG}", f"desk:{SLUG}"
live = pytest.mark.django_db(transaction=True)


@live
async def test_an_act_of_another_process_is_heard_within_seconds(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another process rings its own layer: here nobody rings at all."""
    comment = await in_thread(received, cast)
    nobody_rings(monkeypatch)
    async with listening(K) as opened:
        before = await heard(opened)
        began = time.monotonic()
        await in_thread(admit_comment, comment, by=cast.world.officer)
        assert await heard(opened) == {"topic": K, "n": before["n"] + 1}
        assert time.monotonic() - began < 4


@live
async def test_without_the_tail_it_would_not_be_heard(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control of the test above."""
    comment = await in_thread(received, cast)
    nobody_rings(monkeypatch)
    monkeypatch.setattr(hubs, "LOOK_EVERY", 3600.0)
    async with listening(K) as opened:
        await heard(opened)
        await looked()
        await in_thread(admit_comment, comment, by=cast.world.officer)
        assert await opened.receive_nothing(2.5)


@live
async def test_a_notice_another_process_wrote_is_heard_too(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    comment = await in_thread(received, cast)
    nobody_rings(monkeypatch)
    ngo = cast.world.ngo
    async with listening(f"inbox:{ngo.pk}", ngo) as opened:
        before = await heard(opened)
        await in_thread(admit_comment, comment, by=cast.world.officer)
        await in_thread(dispatch)
        assert await heard(opened) == {"topic": f"inbox:{ngo.pk}", "n": before["n"] + 1}


@live
async def test_a_ring_is_heard_long_before_the_next_look(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hubs, "LOOK_EVERY", 3600.0)
    comment = await in_thread(received, cast)
    async with listening(K) as opened:
        before = await heard(opened)
        await looked()
        await in_thread(admit_comment, comment, by=cast.world.officer)
        assert await heard(opened, 2.0) == {"topic": K, "n": before["n"] + 1}


@live
async def test_a_burst_of_acts_is_told_by_few_frames_of_which_the_last_is_true(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hubs, "BREATH", 0.3)
    consultation = await in_thread(cast.world.opened)
    async with listening(DESK, cast.world.officer) as opened:
        before = await heard(opened)
        await in_thread(file_many, cast, consultation, 30)
        frames = [before["n"]]
        while frames[-1] < before["n"] + 30:
            frames.append((await heard(opened))["n"])
        assert frames == sorted(set(frames))
        assert len(frames) < 15


@live
async def test_a_layer_that_fails_breaks_no_act_and_the_tail_still_hears(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    comment = await in_thread(received, cast)
    monkeypatch.setattr(type(get_channel_layer()), "group_send", broken, raising=False)
    async with listening(K) as opened:
        before = await heard(opened)
        admitted = await in_thread(admit_comment, comment, by=cast.world.officer)
        assert admitted.state == "admitted"
        assert await heard(opened) == {"topic": K, "n": before["n"] + 1}


@live
async def test_a_layer_that_hangs_never_delays_the_act(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    consultation = await in_thread(cast.world.opened)
    monkeypatch.setattr(type(get_channel_layer()), "group_send", hanging, raising=False)
    monkeypatch.setattr(ringing, "PATIENCE", 0.2)
    async with listening(DESK, cast.world.officer) as opened:
        await heard(opened)
        assert await in_thread(seconds_of, ringing.ring) < 0.1
        await in_thread(cast.world.comment, consultation)


@live
async def test_a_database_that_fails_once_does_not_end_the_tail(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    comment = await in_thread(received, cast)
    nobody_rings(monkeypatch)
    monkeypatch.setattr(hubs, "AFTER_ERROR", 0.05)
    failures = iter([True, True])
    monkeypatch.setattr(hubs, "look", lambda *a, **k: fail_or(failures, look, *a, **k))
    async with listening(K) as opened:
        before = await heard(opened)
        await in_thread(admit_comment, comment, by=cast.world.officer)
        assert await heard(opened) == {"topic": K, "n": before["n"] + 1}


@live
async def test_a_database_put_back_is_told_although_the_number_is_smaller(cast: Cast) -> None:
    ngo = cast.world.ngo
    await in_thread(received, cast)
    async with listening(f"inbox:{ngo.pk}", ngo) as opened:
        assert (await heard(opened))["n"] == 2
        await looked()
        await in_thread(InboxHead.objects.filter(actor=ngo).update, latest=1)
        hubs.hub.heads = Heads(10**9, 10**9)  # what the hub remembers of the time before
        assert await heard(opened) == {"topic": f"inbox:{ngo.pk}", "n": 1}


@live
async def test_a_channel_made_anew_still_hears(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hubs, "LISTEN_FOR", 0.1)
    monkeypatch.setattr(hubs, "LOOK_EVERY", 3600.0)
    comment = await in_thread(received, cast)
    async with listening(K) as opened:
        before = await heard(opened)
        await asyncio.sleep(0.5)
        await in_thread(admit_comment, comment, by=cast.world.officer)
        assert await heard(opened) == {"topic": K, "n": before["n"] + 1}


@pytest.mark.postgres
@live
async def test_a_process_without_sockets_rings_through_valkey(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As `manage.py worker` does: no loop of sockets in the process, a layer beyond it."""
    monkeypatch.setattr(hubs, "LOOK_EVERY", 3600.0)
    comment = await in_thread(received, cast)
    async with listening(K) as opened:
        before = await heard(opened)
        await looked()
        ringer.loop = None
        await in_thread(admit_comment, comment, by=cast.world.officer)
        assert await heard(opened) == {"topic": K, "n": before["n"] + 1}
        ringer.loop = asyncio.get_running_loop()


def test_counting_on_gives_what_the_pages_count(cast: Cast) -> None:
    cast.walk()
    cast.world.opened("drugi")
    drafts = {draft.pk: draft for draft in Draft.objects.all()}
    whole = {pk: Counted(public_counter(d), desk_counter(d)) for pk, d in drafts.items()}
    assert count_on(dict.fromkeys(drafts, Counted())) == whole
    assert count_on({pk: half_of(draft) for pk, draft in drafts.items()}) == whole
    assert count_on(whole) == whole
    assert count_on({}) == {}


def test_a_look_reads_no_numbers_when_the_heads_have_not_moved(cast: Cast) -> None:
    draft = cast.world.opened().draft
    topic, at = Topic(K, "k", draft.pk), heads()
    assert look([topic], {}, at, full=False).numbers == {}
    assert look([topic], {}, Heads(0, 0), full=False).numbers == {topic: public_counter(draft)}
    assert look([topic], {}, at, full=True).numbers == {topic: public_counter(draft)}


def test_heads_move_with_the_record_and_with_the_outbox(cast: Cast) -> None:
    assert heads() == Heads(0, 0)
    cast.world.opened()
    assert heads() == Heads(Entry.objects.count(), 0)
    dispatch()
    assert heads() == Heads(Entry.objects.count(), Dispatched.objects.latest("pk").pk)


def received(cast: Cast) -> Any:
    comment = cast.world.comment(cast.world.opened())
    dispatch()
    return comment


def file_many(cast: Cast, consultation: Any, many: int) -> None:
    for _ in range(many):
        cast.world.comment(consultation)


def half_of(draft: Draft) -> Counted:
    """What was counted when half of the record was there."""
    half = desk_counter(draft) // 2
    early = draft.trail.filter(case_seq__lte=half)
    return Counted(early.filter(pk__in=draft.trail.filter(kind__in=PUBLIC)).count(), half)


async def looked() -> None:
    """The look that follows the first socket has been taken; from now on there is no other."""
    while hubs.hub.looks < 1:
        await asyncio.sleep(0.01)
    await asyncio.sleep(0.2)


def nobody_rings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ringer, "post", lambda _message: None)


async def broken(*_args: object) -> NoReturn:
    raise ConnectionError("Valkey is down")


async def hanging(*_args: object) -> None:
    await asyncio.sleep(3600)


def fail_or(failures: Any, work: Any, *args: Any, **kwargs: Any) -> Any:
    if next(failures, False):
        raise ConnectionError("the database is away")
    return work(*args, **kwargs)


def seconds_of(work: Any) -> float:
    began = time.monotonic()
    work()
    return time.monotonic() - began
