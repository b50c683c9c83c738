"""A small HTTP client that costs little: one kept-alive connection, one session, forms only."""

import asyncio
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlencode

TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="([^"]+)"')
COOKIE = re.compile(rb"^set-cookie: csrftoken=([^;]+)", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True)
class Reply:
    """What came back."""

    status: int
    location: str
    body: bytes
    head: bytes


@dataclass
class Caller:
    """A browser's worth of a person: session, CSRF token, one connection at a time."""

    port: int
    session: str = ""
    organisation: int = 0  # in whose name she comments
    token: str = ""
    cookie: str = ""
    _streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = field(
        default=None, repr=False
    )

    async def arrive(self, path: str) -> None:
        """Read a page with a form: its token and cookie go with every later POST."""
        reply = await self.ask("GET", path)
        token, cookie = TOKEN.search(reply.body), COOKIE.search(reply.head)
        if token is None or cookie is None:
            raise RuntimeError(f"no form at {path}: {reply.status} {reply.location}")
        self.token, self.cookie = token[1].decode(), cookie[1].decode()

    async def post(self, path: str, **fields: str) -> Reply:
        """Send a form. Raises OSError or IncompleteReadError when the server goes away."""
        fields["csrfmiddlewaretoken"] = self.token
        return await self.ask("POST", path, urlencode(fields).encode())

    async def ask(self, method: str, path: str, body: bytes = b"") -> Reply:
        """One request and its whole answer."""
        if self._streams is None:
            self._streams = await asyncio.open_connection("127.0.0.1", self.port)
        reader, writer = self._streams
        try:
            writer.write(self._head(method, path, len(body)) + body)
            return await _reply(reader)
        except BaseException:
            self.leave()
            raise

    def leave(self) -> None:
        """Hang up; the next request opens a new connection."""
        if self._streams is not None:
            self._streams[1].close()
            self._streams = None

    def _head(self, method: str, path: str, length: int) -> bytes:
        cookies = f"sessionid={self.session}; csrftoken={self.cookie}; django_language=pl"
        lines = [
            f"{method} {path} HTTP/1.1",
            f"Host: 127.0.0.1:{self.port}",
            f"Origin: http://127.0.0.1:{self.port}",
            f"Cookie: {cookies}",
        ]
        if method == "POST":
            lines.append("Content-Type: application/x-www-form-urlencoded")
            lines.append(f"Content-Length: {length}")
        return ("\r\n".join(lines) + "\r\n\r\n").encode()


@contextmanager
def here(callers: Sequence[Caller]) -> Iterator[Sequence[Caller]]:
    """For as long as they are needed; then they hang up."""
    try:
        yield callers
    finally:
        for caller in callers:
            caller.leave()


async def _reply(reader: asyncio.StreamReader) -> Reply:
    head = await reader.readuntil(b"\r\n\r\n")
    found = {
        name.lower(): value.strip()
        for name, _, value in (line.partition(b":") for line in head.split(b"\r\n")[1:])
    }
    if b"content-length" in found:
        body = await reader.readexactly(int(found[b"content-length"]))
    elif b"chunked" in found.get(b"transfer-encoding", b""):
        body = await _chunks(reader)
    else:
        body = b""
    return Reply(int(head[9:12]), found.get(b"location", b"").decode(), body, head)


async def _chunks(reader: asyncio.StreamReader) -> bytes:
    parts = []
    while size := int((await reader.readline()).split(b";")[0], 16):
        parts.append(await reader.readexactly(size))
        await reader.readline()
    await reader.readline()
    return b"".join(parts)
