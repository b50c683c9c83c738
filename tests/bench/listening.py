"""Thousands of listening sockets in one process, with as little work a frame as can be."""

import asyncio
import base64
import os
import resource
import time

OPEN_AT_ONCE = 50
TEXT, PING, PONG = 1, 9, 10


class Listener(asyncio.Protocol):
    """One WebSocket that only counts what it hears, and answers pings."""

    def __init__(self, crowd: "Crowd") -> None:
        self.crowd, self.waiting, self.is_open = crowd, b"", False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        key = base64.b64encode(os.urandom(16)).decode()
        transport.write(
            f"GET {self.crowd.path} HTTP/1.1\r\nHost: 127.0.0.1:{self.crowd.port}\r\n"
            f"Origin: http://127.0.0.1:{self.crowd.port}\r\nUpgrade: websocket\r\n"
            f"Connection: Upgrade\r\nSec-WebSocket-Key: {key}\r\n"
            "Sec-WebSocket-Version: 13\r\n\r\n".encode()
        )

    def data_received(self, data: bytes) -> None:
        self.waiting += data
        if not self.is_open:
            head, end, rest = self.waiting.partition(b"\r\n\r\n")
            if not end:
                return
            if b" 101 " not in head[:40]:
                self.crowd.refused = head[:200]
                self.transport.close()
                return
            self.is_open, self.waiting = True, rest
            self.crowd.opened += 1
        self._read_frames()

    def _read_frames(self) -> None:
        """Frames of a server are not masked, and ours are short."""
        while len(self.waiting) >= 2:
            kind, length, start = self.waiting[0] & 15, self.waiting[1] & 127, 2
            if length == 126:
                length, start = int.from_bytes(self.waiting[2:4], "big"), 4
            if len(self.waiting) < start + length:
                return
            payload = self.waiting[start : start + length]
            self.waiting = self.waiting[start + length :]
            if kind == TEXT:
                self.crowd.hear(payload)
            elif kind == PING:
                self.say(payload, PONG)

    def say(self, payload: bytes, kind: int = TEXT) -> None:
        """A short frame, masked as a client's must be (with a mask of zeros)."""
        self.transport.write(bytes([0x80 | kind, 0x80 | len(payload)]) + bytes(4) + payload)

    def connection_lost(self, exc: Exception | None) -> None:
        if self.is_open:
            self.crowd.lost += 1


class Crowd:
    """All listeners of one address; `heard` is complete when each has heard once more."""

    def __init__(self, port: int, path: str) -> None:
        self.port, self.path = port, path
        self.opened = self.lost = self.frames = 0
        self.refused = self.last = b""
        self.last_at = 0.0
        self._missing = 0
        self._complete = asyncio.Event()
        self.listeners: list[Listener] = []

    async def gather(self, size: int, first_frames: int) -> None:
        """Open so many sockets and wait until each has heard what it is told on arrival."""
        loop = asyncio.get_running_loop()
        while len(self.listeners) < size:
            some = min(OPEN_AT_ONCE, size - len(self.listeners))
            made = await asyncio.gather(
                *(
                    loop.create_connection(lambda: Listener(self), "127.0.0.1", self.port)
                    for _ in range(some)
                )
            )
            self.listeners += [listener for _transport, listener in made]
            await self._until_open()
        while self.frames < size * first_frames:
            await asyncio.sleep(0.05)

    async def _until_open(self) -> None:
        until = time.monotonic() + 60
        while self.opened < len(self.listeners):
            if self.refused or time.monotonic() > until:
                raise RuntimeError(f"{self.opened} sockets are open: {self.refused!r}")
            await asyncio.sleep(0.005)

    def expect(self) -> None:
        """From now on wait for one frame to every listener."""
        self._missing = len(self.listeners)
        self._complete.clear()

    def hear(self, payload: bytes) -> None:
        self.frames += 1
        self.last, self._missing = payload, self._missing - 1
        if self._missing == 0:
            self.last_at = time.monotonic()
            self._complete.set()

    async def complete(self, seconds: float = 30) -> float:
        """The instant at which the last one heard. Raises TimeoutError."""
        await asyncio.wait_for(self._complete.wait(), seconds)
        return self.last_at

    def disperse(self) -> None:
        for listener in self.listeners:
            listener.transport.close()


def allow_many_sockets(wanted: int) -> int:
    """Raise the limit of open files as far as it goes; gives what is allowed."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    room = wanted if hard == resource.RLIM_INFINITY else min(hard, wanted)
    if room > soft:
        resource.setrlimit(resource.RLIMIT_NOFILE, (room, hard))
    return max(soft, room)
