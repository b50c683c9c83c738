"""Reads a draft from a file somebody chose: DOCX, ODT, Akoma Ntoso, or plain text.

Plain text may be in any of the encodings of Polish offices.
"""

import codecs
from pathlib import PurePath
from typing import BinaryIO

from django.utils.translation import gettext_lazy as _

from consultations.text.formats.akn import parse_akn
from consultations.text.formats.docx import parse_docx
from consultations.text.formats.odt import parse_odt
from consultations.text.parse import Parsed, UnreadableDraft, parse_plain

MOST_BYTES = 10_000_000
_PACKED = {".docx": parse_docx, ".odt": parse_odt, ".xml": parse_akn}
KINDS = (*_PACKED, ".txt")
# In this order: what is no UTF-8 was written by an older program of Windows in Polish.
_MARKED = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_GUESSES = ("utf-8", "cp1250")


def parse_file(name: str, file: BinaryIO) -> Parsed:
    """The tree of the file by the ending of its name; UnreadableDraft has a sentence if not."""
    kind = PurePath(name).suffix.lower()
    if kind not in KINDS:
        raise UnreadableDraft(_("Choose a file that ends in .docx, .odt, .xml or .txt."))
    file.seek(0)
    content = file.read(MOST_BYTES + 1)
    if not content:
        raise UnreadableDraft(_("The file is empty."))
    if len(content) > MOST_BYTES:
        raise UnreadableDraft(_("The file is larger than 10 MB."))
    return _PACKED[kind](file) if kind in _PACKED else parse_plain(decoded(content))


def decoded(content: bytes) -> str:
    """The text of the bytes; UnreadableDraft when no encoding in use here fits."""
    marked = [name for mark, name in _MARKED if content.startswith(mark)]
    for encoding in marked or _GUESSES:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableDraft(_("This is not plain text: its letters cannot be read."))
