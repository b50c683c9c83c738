"""Everything a reader can reach: each address of the site, then each link that stands there."""

import base64
import binascii
import io
import re
import zipfile
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from html import unescape
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

from django.test import Client
from django.urls import reverse

from config.urls import urlpatterns
from consultations.models import Actor
from tests import pdf
from tests.ground.walk import Places, addresses, body_of

WORD = re.compile(r"kanarek\d+x", re.IGNORECASE)
LINK = re.compile(r'(?:href|src|data-live|action)="(/[^"]*)"')
BASE64 = re.compile(rb"[A-Za-z0-9+/]{16,}={0,2}")
TAG = re.compile(rb"<[^>]*>")
MOST = 1000  # addresses; more would mean that links make links
# Of a demonstration alone, and the code itself; files of the page's look hold nobody's words.
LEFT_OUT = ("/demo/", "/kod/", "/static/")
# Links to one page with a `?…`, of which as many are followed: filtered lists are alike.
ALIKE = 3


def crawl(
    reader: Actor | None, start: Iterable[str], *, follow: bool = True
) -> Iterator[tuple[str, bytes]]:
    """Every page and file this reader can come to by GET from there, with its address."""
    client = Client(raise_request_exception=False)
    if reader is not None:
        client.force_login(reader.user)
    waiting = deque(dict.fromkeys(start))
    seen, queries = set(waiting), Counter[str]()
    while waiting:
        address = waiting.popleft()
        if address.startswith(LEFT_OUT):
            continue
        answer = client.get(address)
        assert answer.status_code < 500, address
        body = body_of(answer)
        yield address, body + str(answer.headers).encode()
        new = _next(address, answer, body) if follow else set()
        for link in sorted(new - seen):
            seen.add(link)
            if not _too_alike(link, queries):
                waiting.append(link)
        assert len(seen) < MOST, sorted(seen)[-20:]


def _next(address: str, answer: Any, body: bytes) -> set[str]:
    """Where one can go from there."""
    if answer.status_code in (301, 302):
        return {urljoin(address, answer.headers["Location"])}
    is_page = answer.headers.get("Content-Type", "").startswith("text/html")
    return set(links(address, body)) if is_page else set()


def _too_alike(address: str, queries: Counter[str]) -> bool:
    path, _mark, query = address.partition("?")
    queries[path] += bool(query)
    return bool(query) and queries[path] > ALIKE


def beginnings(there: Places) -> Iterator[str]:
    """Every address there is, with arguments that lead somewhere; each format of a file."""
    for one in addresses(urlpatterns):
        arguments = there.arguments(one)
        kinds = ("docx", "odt", "pdf", "xml", "html") if "kind" in arguments else ("",)
        for kind in kinds:
            more = {"kind": kind} if kind else {}
            yield reverse(one.name, kwargs=arguments | more)


def links(address: str, body: bytes) -> Iterator[str]:
    for found in LINK.findall(body.decode()):
        target = urlsplit(urldefrag(urljoin(address, unescape(found)))[0])
        yield target.path + (f"?{target.query}" if target.query else "")


def words_in(held: bytes) -> set[str]:
    """The words that stand there, in whatever they are wrapped."""
    found: set[str] = set()
    for layer in layers(held):
        found |= set(WORD.findall(layer.decode("utf-8", "replace")))
    return {one.lower() for one in found}


def layers(held: bytes) -> Iterator[bytes]:
    """As it is; what is zipped; pages of a PDF; without its tags; what is base64 in it; UTF-16."""
    if held[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(held)) as file:
            for name in file.namelist():
                yield from layers(file.read(name))
        return
    if held[:5] == b"%PDF-":
        yield pdf.words(held).encode()
    yield held
    yield TAG.sub(b"", held)
    yield held.replace(b"\0", b"")
    for coded in BASE64.findall(held):
        try:
            yield base64.b64decode(coded + b"=" * (-len(coded) % 4))
        except binascii.Error:
            continue


def found_by(
    reader: Actor | None, start: Iterable[str], *, follow: bool = True
) -> dict[str, set[str]]:
    """What words this reader finds at each address."""
    return {address: words_in(held) for address, held in crawl(reader, start, follow=follow)}
