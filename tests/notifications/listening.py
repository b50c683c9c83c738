"""A socket of the real application, as a browser of this site would open it."""

import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from channels.db import database_sync_to_async
from channels.testing import WebsocketCommunicator
from django.conf import settings
from django.test import Client

from config.asgi import application
from consultations.models import Actor

PATIENCE = 5.0


def session_of(actor: Actor) -> str:
    """The key of a new session of this person."""
    client = Client()
    client.force_login(actor.user)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def socket(
    topics: str, *, session: str = "", origin: str | None = None, path: str = "/ws/"
) -> WebsocketCommunicator:
    headers = [(b"cookie", f"{settings.SESSION_COOKIE_NAME}={session}".encode())]
    if origin != "":
        headers.append((b"origin", (origin or settings.ORIGINS[0]).encode()))
    return WebsocketCommunicator(application, f"{path}?topics={topics}", headers=headers)


@asynccontextmanager
async def listening(
    topics: str, actor: Actor | None = None
) -> AsyncIterator[WebsocketCommunicator]:
    """An open socket, closed in the end."""
    session = await in_thread(session_of, actor) if actor else ""
    opened = socket(topics, session=session)
    opened.session = session
    connected, _code = await opened.connect(PATIENCE)
    assert connected
    try:
        yield opened
    finally:
        await opened.disconnect()


async def in_thread(work: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    """What is asked of the database, beside the event loop."""
    return await database_sync_to_async(work)(*args, **kwargs)


async def heard(opened: WebsocketCommunicator, patience: float = PATIENCE) -> dict[str, Any]:
    """The next frame."""
    frame: dict[str, Any] = json.loads(await opened.receive_from(patience))
    return frame


async def refused(opened: WebsocketCommunicator) -> int | None:
    """The code with which the socket is refused; None when it opened."""
    connected, code = await opened.connect(PATIENCE)
    if connected:
        await opened.disconnect()
        return None
    return int(code)


async def closed(opened: WebsocketCommunicator) -> int:
    """The code with which an open socket is closed from the other side."""
    said = await opened.receive_output(PATIENCE)
    assert said["type"] == "websocket.close"
    return int(said["code"])
