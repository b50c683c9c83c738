"""The sockets of this process: one channel for all of them, fan-out by hand, and one tail.

A socket only says «topic, number». The tail looks at the heads of record and outbox when the
doorbell rings and once a second besides, so that an act of another process is heard even where
the channel layer does not reach, or is down.
"""

import asyncio
import contextlib
import json
import logging
from collections.abc import Awaitable, Callable
from typing import Protocol

from channels.db import database_sync_to_async
from channels.layers import get_channel_layer

from notifications.counters import Counted, Heads
from notifications.ringing import GROUP, Message, ringer
from notifications.topics import Topic, look

LOOK_EVERY = 1.0  # seconds between looks when nobody rings
BREATH = 0.05  # seconds between looks at most: a burst of acts is one frame
FULL_LOOK_EVERY = 30  # looks: what a retried notice could have slipped past the heads
LISTEN_FOR = 600.0  # seconds after which the channel is made anew: membership of groups expires
CHECK_EVERY = 300.0  # seconds between checks that each socket may still listen
AFTER_ERROR = 1.0
AT_ONCE = 200  # sockets told before others get a turn
log = logging.getLogger(__name__)


class Listener(Protocol):
    """What the hub needs of a socket."""

    session: str
    topics: list[Topic]

    async def tell(self, topic: Topic, n: int, text: str, *, again: bool = False) -> None: ...
    async def may_still_listen(self) -> bool: ...
    async def drop(self) -> None: ...


def frame(topic: str, n: int) -> str:
    """All that ever goes out over a socket."""
    return json.dumps({"topic": topic, "n": n})


class Hub:
    """Who listens to what in this process."""

    def __init__(self) -> None:
        self._forget()

    def _forget(self) -> None:
        self.listeners: set[Listener] = set()
        self.by_topic: dict[Topic, set[Listener]] = {}
        self.sent: dict[Topic, int] = {}
        self.tasks: list[asyncio.Task[None]] = []
        self.counted: dict[int, Counted] = {}
        self.heads = Heads(0, 0)
        self.looks = 0
        self.rung = asyncio.Event()

    def join(self, listener: Listener) -> None:
        """Tell the listener from now on; the first one sets the tail going."""
        loop = asyncio.get_running_loop()
        if ringer.loop is not loop:
            self._forget()
        self.listeners.add(listener)
        for topic in listener.topics:
            self.by_topic.setdefault(topic, set()).add(listener)
        if not self.tasks:
            ringer.loop = loop
            steps = (self._listen, self._look, self._check)
            self.tasks = [loop.create_task(_for_ever(step)) for step in steps]

    def leave(self, listener: Listener) -> None:
        """Forget the listener; after the last one nothing runs any more."""
        if listener not in self.listeners:
            return
        self.listeners.discard(listener)
        for topic in listener.topics:
            self.by_topic[topic].discard(listener)
            if not self.by_topic[topic]:
                del self.by_topic[topic]
                self.sent.pop(topic, None)
        if not self.listeners:
            for task in self.tasks:
                task.cancel()
            ringer.loop = None
            self._forget()

    def is_further_than(self, seen: Heads) -> bool:
        """Whether a look has already passed what a new listener was read: it would not be told."""
        return self.heads.written > seen.written or self.heads.told > seen.told

    async def _listen(self) -> None:
        """Hear the doorbell, on a channel that is made anew before the layer forgets it."""
        layer = get_channel_layer()
        if layer is None:
            await asyncio.sleep(LISTEN_FOR)
            return
        channel = await layer.new_channel()
        await layer.group_add(GROUP, channel)
        self.rung.set()
        try:
            async with asyncio.timeout(LISTEN_FOR):
                while True:
                    await self._hear(await layer.receive(channel))
        except TimeoutError:
            log.debug("listening on a new channel")
        finally:
            await layer.group_discard(GROUP, channel)

    async def _hear(self, message: Message) -> None:
        if message["type"] == "kick":
            for listener in [one for one in self.listeners if one.session == message["session"]]:
                await self._drop(listener)
        else:
            self.rung.set()

    async def _look(self) -> None:
        """One look, when somebody rings or a second has passed."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(LOOK_EVERY):
                await self.rung.wait()
        self.rung.clear()
        full = self.looks % FULL_LOOK_EVERY == 0
        self.looks += 1
        read = database_sync_to_async(look)
        seen = await read(list(self.by_topic), self.counted, self.heads, full=full)
        self.heads, self.counted = seen.heads, seen.counted
        for topic, n in seen.numbers.items():
            if self.sent.get(topic) != n:
                await self._fan_out(topic, n, again=seen.restored)
        await asyncio.sleep(BREATH)

    async def _fan_out(self, topic: Topic, n: int, *, again: bool) -> None:
        listeners = list(self.by_topic.get(topic, ()))
        if listeners:
            self.sent[topic] = n
        text = frame(topic.name, n)
        for told, listener in enumerate(listeners, 1):
            try:
                await listener.tell(topic, n, text, again=again)
            except Exception as error:  # noqa: BLE001 - a socket that died is no business of others
                log.debug("a socket went away: %r", error)
                self.leave(listener)
            if told % AT_ONCE == 0:
                await asyncio.sleep(0)

    async def _check(self) -> None:
        """Drop the sockets of those who signed out, or lost what let them listen."""
        await asyncio.sleep(CHECK_EVERY)
        for listener in list(self.listeners):
            if not await listener.may_still_listen():
                await self._drop(listener)

    async def _drop(self, listener: Listener) -> None:
        self.leave(listener)
        with contextlib.suppress(Exception):
            await listener.drop()


async def _for_ever(step: Callable[[], Awaitable[None]]) -> None:
    """Again and again; what goes wrong is said, and tried again a little later."""
    while True:
        try:
            await step()
        except Exception as error:  # noqa: BLE001 - the database or the layer may be away for a while
            log.warning("%s: %r", step.__name__, error)
            await asyncio.sleep(AFTER_ERROR)


hub = Hub()
