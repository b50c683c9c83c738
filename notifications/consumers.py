"""The one-way socket: it says that there is something newer, and takes no orders."""

from importlib import import_module
from typing import Any
from urllib.parse import parse_qs

from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncWebsocketConsumer
from django.conf import settings
from django.contrib.auth import get_user
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest

from consultations.access import access
from consultations.models import Actor
from notifications.hub import frame, hub
from notifications.ringing import mark_of
from notifications.topics import MOST, NAME, Topic, allowed, opening

NOT_ALLOWED = 4403
NO_ORDERS = 4405


@access("public")
class Live(AsyncWebsocketConsumer):  # type: ignore[misc] # channels carries no types
    """`/ws/?topics=a,b`: every topic is checked by policy, here and again every few minutes."""

    channel_layer_alias = None  # the hub has the one channel of the process

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        self.topics: list[Topic] = []
        self.told: dict[Topic, int] = {}
        try:
            await super().__call__(scope, receive, send)
        finally:
            hub.leave(self)

    async def connect(self) -> None:
        """Join, then say how far each topic is: read again if the hub is already further."""
        self.key = self.scope["session"].session_key
        self.session = mark_of(self.key)
        self.names = _names(self.scope["query_string"])
        read = database_sync_to_async(opening)
        self.topics, seen = await read(_actor(self.scope["user"]), self.names)
        if not self.topics:
            await self.close(NOT_ALLOWED)
            return
        await self.accept()
        hub.join(self)
        found = seen.numbers
        if hub.is_further_than(seen.heads):
            found = (await read(_actor(self.scope["user"]), self.names))[1].numbers
        for topic, n in found.items():
            await self.tell(topic, n, frame(topic.name, n))

    async def tell(self, topic: Topic, n: int, text: str, *, again: bool = False) -> None:
        """Send the frame unless a newer one has gone out; `again` also a smaller number."""
        if again or n > self.told.get(topic, -1):
            self.told[topic] = n
            await self.send(text_data=text)

    async def may_still_listen(self) -> bool:
        """Whether whoever is signed in with this session may still hear all of it."""
        now_allowed: list[Topic] = await database_sync_to_async(self._allowed_now)()
        return now_allowed == self.topics

    def _allowed_now(self) -> list[Topic]:
        request = HttpRequest()
        request.session = _session(self.key)
        return allowed(_actor(get_user(request)), self.names)

    async def drop(self) -> None:
        await self.close(NOT_ALLOWED)

    async def receive(self, **_said: Any) -> None:
        await self.close(NO_ORDERS)

    async def disconnect(self, code: int) -> None:  # noqa: ARG002 - Channels' signature
        hub.leave(self)


@access("public")
class Nowhere(AsyncWebsocketConsumer):  # type: ignore[misc] # channels carries no types
    """An address without a socket: refused, instead of an error in the server's log."""

    channel_layer_alias = None

    async def connect(self) -> None:
        await self.close(NOT_ALLOWED)


def _names(query: bytes) -> list[str]:
    """The well-formed names of the query, the first few of them."""
    wanted = parse_qs(query.decode("ascii", "ignore"), max_num_fields=10).get("topics", [""])[0]
    names = dict.fromkeys(name for name in wanted.split(",") if NAME.fullmatch(name))
    return list(names)[:MOST]


def _actor(user: Any) -> Actor | None:
    return user.actor if user.is_authenticated else None


def _session(key: str | None) -> SessionBase:
    store = import_module(settings.SESSION_ENGINE).SessionStore
    session: SessionBase = store(key)
    return session
