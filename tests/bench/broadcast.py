"""The limit of fan-out: a bare broadcast in memory, without Django, database or topics.

`python -m tests.bench.broadcast PORT` serves by the library `websockets`; `bare` is the smallest
ASGI application that does the same, for daphne (`python -m daphne tests.bench.broadcast:bare`).
Whatever one socket says makes the instant of the broadcast go out to all of them.
"""

import asyncio
import sys
import time
from typing import Any

from websockets.asyncio.server import ServerConnection, broadcast, serve

everybody: set[Any] = set()


def instant() -> str:
    return repr(time.monotonic())


async def listen(connection: ServerConnection) -> None:
    everybody.add(connection)
    try:
        async for _word in connection:
            broadcast(everybody, instant())
    finally:
        everybody.discard(connection)


async def bare(scope: Any, receive: Any, send: Any) -> None:
    """An ASGI application that knows nothing but its sockets."""
    if scope["type"] != "websocket":
        return
    await receive()
    await send({"type": "websocket.accept"})
    everybody.add(send)
    try:
        while (await receive())["type"] == "websocket.receive":
            text = instant()
            for one in list(everybody):
                await one({"type": "websocket.send", "text": text})
    finally:
        everybody.discard(send)


async def main(port: int) -> None:
    async with serve(listen, "127.0.0.1", port, compression=None, backlog=512):
        await asyncio.get_running_loop().create_future()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
