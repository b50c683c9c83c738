"""What open pages are told while people act: topics and numbers, never a word of anybody."""

from contextlib import AsyncExitStack
from typing import Any

import pytest

from consultations.services.comments import admit_comment
from notifications import hub
from notifications.outbox import dispatch
from tests.canary.crawling import words_in
from tests.canary.people import joined, said
from tests.canary.words import Canaries
from tests.notifications.listening import in_thread, listening
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)
SLUG = "program-2027"
LISTEN = 3.0  # seconds for the tail to have looked at everything


async def frames(world: World) -> list[str]:
    """Everything heard by a visitor, by another person and by the office while people file."""
    canaries = Canaries()
    ania = await in_thread(joined, canaries, "ania")
    bartek = await in_thread(joined, canaries, "bartek")
    consultation = await in_thread(world.opened)
    async with AsyncExitStack() as opened:
        ears = [
            await opened.enter_async_context(listening(topics, who))
            for topics, who in (
                (f"k:{SLUG}", None),
                (f"k:{SLUG},inbox:{bartek.pk}", bartek),
                (f"desk:{SLUG},inbox:{world.officer.pk}", world.officer),
            )
        ]
        comment = await in_thread(
            world.comment, consultation, by=ania, named=True, **said(canaries, "ania")
        )
        await in_thread(admit_comment, comment, by=world.officer)
        await in_thread(dispatch)
        return [one for ear in ears for one in await all_heard(ear)]


async def all_heard(ear: Any) -> list[str]:
    heard: list[str] = []
    while not await ear.receive_nothing(LISTEN, 0.05):
        heard.append(await ear.receive_from(LISTEN))
    return heard


async def test_no_frame_holds_a_word(world: World) -> None:
    heard = await frames(world)
    assert len(heard) > 3
    assert [one for one in heard if words_in(one.encode())] == []


async def test_a_frame_that_names_somebody_is_found(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: a frame that says who acted."""
    frame = hub.frame
    monkeypatch.setattr(hub, "frame", lambda topic, n: f"{frame(topic, n)} kanarek0x")
    assert any(words_in(one.encode()) for one in await frames(world))
