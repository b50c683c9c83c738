"""Opens a DOCX package from a stranger: everything that could harm is refused before reading."""

import zipfile
from typing import BinaryIO

from django.utils.translation import gettext_lazy as _
from lxml import etree  # type: ignore[import-untyped]

from consultations.text.reading import UnreadableDraft

MOST_PARTS = 2_000
MOST_BYTES_UNPACKED = 50_000_000
MOST_BYTES_OF_TEXT = 20_000_000
# Word's own files unpack about 10 times; XML of one repeated letter 1,000 times.
MOST_TIMES_UNPACKED = 200
_SMALL = 1_000_000

_BODY = "word/document.xml"
_OLD_WORD = b"\xd0\xcf\x11\xe0"


def check_package(file: BinaryIO) -> None:
    """Raises UnreadableDraft unless the file is a sound DOCX without macros or entities."""
    file.seek(0)
    start = file.read(8)
    file.seek(0)
    if start.startswith(_OLD_WORD):
        raise UnreadableDraft(
            _("This is an old or encrypted Word file. Save it as DOCX without a password.")
        )
    if not zipfile.is_zipfile(file):
        raise UnreadableDraft(_("This is not a DOCX file."))
    file.seek(0)
    with zipfile.ZipFile(file) as package:
        _check_sizes(package.infolist())
        _check_names(package.namelist())
        for part in package.infolist():
            if part.filename.lower().endswith((".xml", ".rels")):
                _check_part(package.read(part))
    file.seek(0)


def _check_sizes(parts: list[zipfile.ZipInfo]) -> None:
    """Reads only the package's own list: nothing is unpacked yet."""
    unpacked = sum(part.file_size for part in parts)
    too_big = len(parts) > MOST_PARTS or unpacked > MOST_BYTES_UNPACKED
    text = sum(part.file_size for part in parts if part.filename == _BODY)
    if too_big or text > MOST_BYTES_OF_TEXT or any(_is_bomb(part) for part in parts):
        raise UnreadableDraft(_("The file is too large when unpacked."))


def _is_bomb(part: zipfile.ZipInfo) -> bool:
    times = part.file_size / max(part.compress_size, 1)
    return part.file_size > _SMALL and times > MOST_TIMES_UNPACKED


def _check_names(names: list[str]) -> None:
    if _BODY not in names:
        raise UnreadableDraft(_("This is not a DOCX file: it holds no Word document."))
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise UnreadableDraft(_("The file contains macros. Save it as DOCX without macros."))


def _check_part(content: bytes) -> None:
    """Refuses a document type declaration: that is where entities are made."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    root = etree.fromstring(content, parser)
    if root.getroottree().docinfo.doctype:
        raise UnreadableDraft(_("The file contains entities, which no office program writes."))
