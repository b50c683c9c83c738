"""What people, scripts and broken programs send: bodies, query strings, methods, headers."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote_from_bytes

from django.test import Client

FORM = "application/x-www-form-urlencoded"
BOUNDARY = "koniec"
LONG = 100_000
# Names any page of ours may read, beside those found in its own form and links.
ALWAYS = ("reasons", "outcome", "key", "version", "next", "stan", "szukaj", "przepis", "uwaga")
ALWAYS_TOO = ("strona", "rodzaj", "topics", "dokument", "wording", "department", "email", "code")
VALUES = {
    "nothing": b"",
    "NUL": b"a\x00b",
    "a lone surrogate": b"\xed\xa0\x80",
    "no UTF-8": b"\xff\xfe\xc3",
    "a hundred kilobytes": b"A" * LONG,
    "a negative number": b"-1",
    "a huge number": b"9" * 40,
    "a number like no other": b"1e309",
    "a day there is not": b"2026-02-30",
    "a day before time": b"0000-00-00",
    "a list": b"[1,2]",
    "a template": b"{{ 7*7 }}%s%(x)s{0}",
    "a path": b"../../../../etc/passwd",
    "an address elsewhere": b"//evil.example/",
    "marks and spaces": b" \t\r\n\xc2\xa0\xe2\x80\x8b\xef\xbb\xbf",
    "right to left": b"\xe2\x80\xae\xd8\xa7\xf0\x9f\x92\xa5",
}


@dataclass(frozen=True)
class Sent:
    """One request: `what` it is in words, and what `Client.generic` takes."""

    what: str
    method: str = "POST"
    query: str = ""
    body: bytes = b""
    content_type: str = FORM
    headers: dict[str, str] = field(default_factory=dict)

    def to(self, client: Client, path: str) -> Any:
        url = f"{path}?{self.query}" if self.query else path
        extra: Any = {"headers": self.headers} if self.headers else {}
        return client.generic(self.method, url, self.body, self.content_type, **extra)


def names_in(html: str) -> set[str]:
    """Names of fields and of query parameters on a page."""
    fields = re.findall(r'\bname="([a-zA-Z0-9_.-]+)"', html)
    asked = re.findall(r"[?&;]([a-zA-Z_]+)=", html)
    return {*fields, *asked, *ALWAYS, *ALWAYS_TOO} - {"csrfmiddlewaretoken", "viewport"}


def garbage(names: Iterable[str]) -> Iterator[Sent]:
    """All of it, for an address that reads these names."""
    listed = sorted(names)
    for what, value in VALUES.items():
        pairs = "&".join(f"{name}={quote_from_bytes(value)}" for name in listed)
        yield Sent(f"a form full of {what}", body=pairs.encode())
        if len(value) < LONG:
            yield Sent(f"a query full of {what}", method="GET", query=pairs)
    yield from _forms(listed)
    yield from _bodies()
    yield from _others()


def spoilt(fields: dict[str, str]) -> Iterator[Sent]:
    """A well-filled form with one field spoilt, in every way, and with one field left out."""
    for name in sorted(fields):
        others = {key: value.encode() for key, value in fields.items() if key != name}
        yield Sent(f"a good form without {name}", body=_encoded(others))
        for what, value in VALUES.items():
            body = _encoded({**others, name: value})
            yield Sent(f"a good form with {what} in {name}", body=body)


def _encoded(fields: dict[str, bytes]) -> bytes:
    pairs = [f"{name}={quote_from_bytes(value)}" for name, value in fields.items()]
    return "&".join(pairs).encode()


def _forms(names: list[str]) -> Iterator[Sent]:
    twice = "&".join(f"{name}=a&{name}=b" for name in names)
    yield Sent("every field twice", body=twice.encode())
    yield Sent("files where words are expected", body=_files(names), content_type=_multipart())
    yield Sent("nothing at all", content_type="")
    yield Sent("a thousand and one fields", body="&".join(["a=1"] * 1001).encode())
    yield Sent("a query of a thousand and one", method="GET", query="&".join(["a=1"] * 1001))
    yield Sent("raw bytes", body=bytes(range(256)))


def _files(names: list[str]) -> bytes:
    parts = [
        f"--{BOUNDARY}\r\nContent-Type: image/png\r\nContent-Disposition: form-data;"
        f' name="{name}"; filename="../\x00x.exe"\r\n\r\n\x89PNG\x00\r\n'
        for name in names
    ]
    return ("".join(parts) + f"--{BOUNDARY}--\r\n").encode("latin-1")


def _multipart() -> str:
    return f"multipart/form-data; boundary={BOUNDARY}"


def _bodies() -> Iterator[Sent]:
    yield Sent("half a file", body=_files(["file", "text"])[:90], content_type=_multipart())
    yield Sent("parts without a boundary", body=b"--x", content_type="multipart/form-data")
    yield Sent("an empty boundary", body=b"--", content_type="multipart/form-data; boundary=")
    yield Sent("JSON", body=b'{"reasons": ["a"]}', content_type="application/json")
    yield Sent("broken JSON", body=b'{"a": \xff', content_type="application/json")
    yield Sent("text", body=b"reasons=a", content_type="text/plain")
    yield Sent("no known type", body=b"reasons=a", content_type="nonsense")
    yield Sent("an unknown charset", body=b"a=%ff", content_type=f"{FORM}; charset=nonsense")
    yield Sent("another charset", body=b"\xff\xfea\x00", content_type=f"{FORM}; charset=utf-16")


def _others() -> Iterator[Sent]:
    for method in ("PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "HEAD", "BREW"):
        yield Sent(f"the method {method}", method=method)
    yield Sent("half an escape", method="GET", query="a=%&b=%2&%zz=%ff&=&&;;")
    strange = {
        "Cookie": "sessionid=\x01\xff; csrftoken=a; messages=[[]]; django_language=../xx",
        "Accept-Language": "*;q=nan,\x80,pl;q=9999999999999999999",
        "Referer": "javascript:alert(1)",
        "X-Forwarded-For": "' OR 1=1 --",
        "X-Forwarded-Host": "evil.example",
        "Range": "bytes=-1--1",
        "If-Modified-Since": "yesterday",
        "If-None-Match": "\x00",
    }
    for name, value in strange.items():
        yield Sent(f"a strange {name}", method="GET", headers={name: value})
