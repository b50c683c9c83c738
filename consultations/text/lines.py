"""Cleans raw text into lines: spaces, soft hyphens, paragraph breaks; joins wrapped ones."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext_lazy as _

from consultations.text.reading import UnreadableDraft

MOST_BYTES = 2_000_000
# A long programme has 1,000; this many take a few seconds to read.
MOST_LINES = 50_000
SOFT_HYPHEN = "\N{SOFT HYPHEN}"

_BREAK = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_INVISIBLE = re.compile("[\ufeff\u200b-\u200f\u2060\u202a-\u202e\u2066-\u2069]")
_UNREADABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")
_SPACES = re.compile(r"\s+")
_HYPHENATED = re.compile(r"[^\W\d_]-$")


@dataclass(frozen=True)
class Line:
    """One cleaned line; `hard` begins a paragraph, `prose` can begin no provision."""

    number: int
    text: str
    hard: bool
    prose: bool = False


def readable(text: str) -> str:
    """The text in composed Unicode; raises UnreadableDraft for bytes no draft has."""
    if len(text) > MOST_BYTES or len(text.encode(errors="surrogatepass")) > MOST_BYTES:
        raise UnreadableDraft(_("The text is longer than 2 MB."))
    if _UNREADABLE.search(text):
        raise UnreadableDraft(_("This is not plain text: it contains control characters."))
    composed = _composed(text)
    if not composed.replace(SOFT_HYPHEN, "").strip():
        raise UnreadableDraft(_("There is no text here."))
    return composed


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", text))


def lines_of(text: str) -> list[Line]:
    """Non-empty lines with their numbers; an empty line makes the next one `hard`."""
    lines: list[Line] = []
    hard = True
    for number, raw in enumerate(_BREAK.split(readable(text)), start=1):
        refuse_beyond(number)
        cleaned = clean(raw)
        if cleaned:
            lines.append(Line(number, cleaned, hard))
        hard = not cleaned
    return lines


def refuse_beyond(number: int) -> None:
    """Raises UnreadableDraft when a line or paragraph has a number no draft comes to."""
    if number > MOST_LINES:
        raise UnreadableDraft(_("The text has more than 50,000 lines: this is no draft."))


def composed_lines(lines: list[Line]) -> list[Line]:
    """The lines in composed Unicode; raises UnreadableDraft when they are no text of a draft."""
    refuse_beyond(len(lines))
    text = "\n".join(line.text for line in lines)
    readable(text[: MOST_BYTES + 1])
    cleaned = (replace(line, text=clean(_composed(line.text))) for line in lines)
    return [line for line in cleaned if line.text]


def flattened(rows: Sequence[Sequence[str]], number: int) -> list[Line]:
    """A table as one line of prose, or none when all its cells are empty."""
    flat = "; ".join(" | ".join(cells) for cells in rows)
    return [Line(number, clean(flat), hard=True, prose=True)] if flat.strip(" |;") else []


def clean(raw: str) -> str:
    """Single spaces; a soft hyphen stays only at the end, where it says «glue here»."""
    spaced = _SPACES.sub(" ", raw).strip()
    whole = spaced.replace(SOFT_HYPHEN, "").strip()
    return whole + SOFT_HYPHEN if whole and spaced.endswith(SOFT_HYPHEN) else whole


def joined(pieces: Sequence[str]) -> str:
    """The lines of one paragraph as one line, words divided at the margin made whole."""
    parts: list[str] = []
    for place, piece in enumerate(pieces, start=1):
        parts.append(_before(piece, pieces[place] if place < len(pieces) else ""))
    return "".join(parts).strip()


def _before(piece: str, following: str) -> str:
    if piece.endswith(SOFT_HYPHEN):
        return piece[:-1]
    if not following or not _HYPHENATED.search(piece):
        return f"{piece} "
    # "społeczno-/gospodarczy" and "Czerwionka-/Leszczyny" keep the hyphen, "współ-/pracy" does not
    divided = following[0].islower() and not piece.endswith("o-")
    return piece[:-1] if divided else piece
