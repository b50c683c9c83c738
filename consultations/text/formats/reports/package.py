"""A package of XML parts (OOXML, ODF) written as a stream: the same content, the same bytes."""

import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO, Self
from xml.sax.saxutils import escape, quoteattr

from consultations.text.formats.writable import writable

LEVEL = 4  # of compression: 6 takes twice the time for a twentieth of the size
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
AT_ONCE = 1 << 16  # characters
_SPECIAL = re.compile("[&<>]|[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Package:
    """Every part has the instant of the report for its time."""

    def __init__(self, path: Path, at: datetime) -> None:
        self._zip = zipfile.ZipFile(path, "w")
        self._at = (at.year, at.month, at.day, at.hour, at.minute, at.second)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_of_error: object) -> None:
        self._zip.close()

    def add(self, name: str, content: str, *, stored: bool = False) -> None:
        """A part written at one stroke."""
        method = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
        self._zip.writestr(self._info(name), content.encode(), method, LEVEL)

    @contextmanager
    def part(self, name: str) -> "Iterator[Stream]":
        """A part written little by little."""
        info = self._info(name)
        info.compress_type = zipfile.ZIP_DEFLATED
        info._compresslevel = LEVEL  # type: ignore[attr-defined] # noqa: SLF001 - until Python 3.13
        with self._zip.open(info, "w") as file:
            stream = Stream(file)
            yield stream
            stream.flush()

    def _info(self, name: str) -> zipfile.ZipInfo:
        info = zipfile.ZipInfo(name, self._at)
        info.create_system, info.external_attr = 3, 0o600 << 16
        return info


class Stream:
    """Text gathered into larger pieces on its way to a file."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file, self._size = file, 0
        self._waiting: list[str] = []

    def write(self, text: str) -> None:
        self._waiting.append(text)
        self._size += len(text)
        if self._size > AT_ONCE:
            self.flush()

    def flush(self) -> None:
        self._file.write("".join(self._waiting).encode())
        self._waiting, self._size = [], 0


def text(words: str) -> str:
    """The words between tags; most need no change, and are only looked through once."""
    return escape(writable(words)) if _SPECIAL.search(words) else words


def attribute(words: str) -> str:
    """The words as a quoted attribute."""
    return quoteattr(writable(words))
