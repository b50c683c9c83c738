"""The demonstration's post: what the file backend wrote, read back as letters."""

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from pathlib import Path
from typing import NamedTuple

BETWEEN = b"\n" + b"-" * 79 + b"\n"  # Django's file backend writes this after every message
CODE = re.compile(r"^\d{6}$", re.MULTILINE)
NEWEST_FILES = 500


class Letter(NamedTuple):
    """One e-mail; `code` is the one-time code in it, if there is one."""

    to: str
    subject: str
    text: str
    code: str


def letters(folder: Path) -> list[Letter]:
    """Newest first."""
    files = sorted(folder.glob("*.log"), key=lambda one: (one.stat().st_mtime_ns, one.name))
    return [letter for one in reversed(files[-NEWEST_FILES:]) for letter in _newest_first(one)]


def _newest_first(path: Path) -> Iterator[Letter]:
    for raw in reversed(path.read_bytes().split(BETWEEN)):
        if raw.strip():
            yield _read(raw.strip() + b"\n")


def _read(raw: bytes) -> Letter:
    message = message_from_bytes(raw, policy=policy.default)
    body = message.get_body(("plain",))
    text = str(body.get_content()).strip() if body else ""
    found = CODE.search(text)
    return Letter(
        to=str(message["To"]),
        subject=str(message["Subject"]),
        text=text,
        code=found[0] if found else "",
    )
