"""Opens a DOCX or ODT package from a stranger: what could harm is refused before reading."""

import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO

from django.utils.translation import gettext_lazy as _

from consultations.text.formats.safe_xml import MOST_BYTES, MOST_SIGNS, parsed_xml, signs
from consultations.text.reading import Sentence, UnreadableDraft

MOST_PARTS = 2_000
MOST_BYTES_UNPACKED = 50_000_000
MOST_BYTES_OF_TEXT = MOST_BYTES
# Word's own files unpack about 10 times; XML of one repeated letter 1,000 times.
MOST_TIMES_UNPACKED = 200
_SMALL = 1_000_000
# All that office programs use; zipfile cannot unpack the others a piece at a time.
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)

_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_TOO_LARGE = _("The file is too large when unpacked.")
_PASSWORD = _("The file is protected by a password. Save it without one.")


@dataclass(frozen=True)
class Kind:
    """A kind of package: the part with the text, and the sentences for what is not sound."""

    body: str
    not_this: Sentence
    no_body: Sentence
    old: Sentence
    macros: Sentence
    macro_names: tuple[str, ...]  # beginnings or ends of names of parts, in small letters
    types: str  # the part that names types of content, and could name macros or a password
    macro_word: bytes = b""
    password_word: bytes = b""


DOCX = Kind(
    body="word/document.xml",
    not_this=_("This is not a DOCX file."),
    no_body=_("This is not a DOCX file: it holds no Word document."),
    old=_("This is an old or encrypted Word file. Save it as DOCX without a password."),
    macros=_("The file contains macros. Save it as DOCX without macros."),
    macro_names=("vbaproject.bin",),
    types="[Content_Types].xml",
    macro_word=b"macroEnabled",
)
ODT = Kind(
    body="content.xml",
    not_this=_("This is not an ODT file."),
    no_body=_("This is not an ODT file: it holds no text document."),
    old=_("This is not an ODT file."),
    macros=_("The file contains macros. Save it as ODT without macros."),
    macro_names=("basic/", "scripts/"),
    types="META-INF/manifest.xml",
    password_word=b"encryption-data",
)


def unpacked(file: BinaryIO, kind: Kind) -> dict[str, bytes]:
    """The parts of a sound package by their names.

    Raises UnreadableDraft for macros, passwords, entities and whatever is too large. No part comes
    out longer than the package says, which is why libraries are given these and not the file.
    """
    file.seek(0)
    start = file.read(8)
    file.seek(0)
    if start.startswith(_OLD_OFFICE):
        raise UnreadableDraft(kind.old)
    if not zipfile.is_zipfile(file):
        raise UnreadableDraft(kind.not_this)
    file.seek(0)
    with zipfile.ZipFile(file) as package:
        _check_sizes(package.infolist(), kind)
        if any(part.flag_bits & 1 for part in package.infolist()):
            raise UnreadableDraft(_PASSWORD)
        parts = {part.filename: _read(package, part) for part in package.infolist()}
    _check_types(parts.get(kind.types, b""), kind)
    _check_names(list(parts), kind)
    _check_parts(parts)
    return parts


def repacked(parts: Mapping[str, bytes]) -> BytesIO:
    """A package of these parts for a library that wants a file."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    file.seek(0)
    return file


def _read(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes:
    """Not a byte more than the size that was checked: without it, zipfile unpacks up to 2 GB."""
    with package.open(part) as opened:
        return opened.read(part.file_size)


def _check_sizes(parts: list[zipfile.ZipInfo], kind: Kind) -> None:
    """Reads only the package's own list: nothing is unpacked yet."""
    unpacked = sum(part.file_size for part in parts)
    too_big = len(parts) > MOST_PARTS or unpacked > MOST_BYTES_UNPACKED
    text = sum(part.file_size for part in parts if part.filename == kind.body)
    if too_big or text > MOST_BYTES_OF_TEXT or any(_is_bomb(part) for part in parts):
        raise UnreadableDraft(_TOO_LARGE)
    if any(part.compress_type not in _METHODS for part in parts):
        raise UnreadableDraft(kind.not_this)


def _is_bomb(part: zipfile.ZipInfo) -> bool:
    times = part.file_size / max(part.compress_size, 1)
    return part.file_size > _SMALL and times > MOST_TIMES_UNPACKED


def _check_names(names: list[str], kind: Kind) -> None:
    if kind.body not in names:
        raise UnreadableDraft(kind.no_body)
    small = [name.lower() for name in names]
    if any(name.startswith(kind.macro_names) or name.endswith(kind.macro_names) for name in small):
        raise UnreadableDraft(kind.macros)


def _check_types(types: bytes, kind: Kind) -> None:
    """Macros and passwords that the list of types tells of."""
    if kind.macro_word and kind.macro_word in types:
        raise UnreadableDraft(kind.macros)
    if kind.password_word and kind.password_word in types:
        raise UnreadableDraft(_PASSWORD)


def _check_parts(parts: Mapping[str, bytes]) -> None:
    """Parses every part of XML and forgets it again; a library may parse others, so counts all."""
    if sum(map(signs, parts.values())) > MOST_SIGNS:
        raise UnreadableDraft(_TOO_LARGE)
    for name, content in parts.items():
        if name.lower().endswith((".xml", ".rels")):
            parsed_xml(content)
