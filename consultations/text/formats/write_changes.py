"""Writes two versions of a draft as one DOCX with tracked changes, as Word and LibreOffice do."""

import datetime as dt
from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from itertools import count

from rapidfuzz.distance import Indel

from consultations.text.formats import docx_parts
from consultations.text.formats.docx_parts import element, run_of
from consultations.text.formats.looks import BY_NAME, SUBTITLE, TITLE, Look, look_of, shown
from consultations.text.formats.numbering import Xml
from consultations.text.formats.writable import writable
from consultations.text.formats.written import Written
from consultations.text.notation import paragraphs
from consultations.text.redline import redline

_TAGS = {"removed": "del", "added": "ins"}


@dataclass(frozen=True)
class _Block:
    """A paragraph to be compared; `identity` says which it is in another version."""

    identity: Hashable
    look: Look
    runs: tuple[tuple[str, bool], ...]
    keys: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        return "".join(text for text, _hidden in self.runs)

    @property
    def hidden(self) -> list[bool]:
        """For each character whether it is hidden on the page."""
        return [hidden for text, hidden in self.runs for _character in text]


def write_changes(old: Written, new: Written, *, author: str, at: dt.datetime) -> bytes:
    """The file: accepting all its changes gives `new`, rejecting all gives `old`.

    A provision is the same when its key is; its words are compared one by one. Whole provisions
    that came or went, or stand elsewhere, are inserted and deleted paragraphs.
    """
    document = docx_parts.blank(new)
    writer = _Writer(author, at)
    for was, now in _pairs(list(_blocks(old)), list(_blocks(new))):
        docx_parts.append(document, writer.paragraph(was, now))
    return docx_parts.saved(document)


def _blocks(draft: Written) -> Iterator[_Block]:
    for words, style in ((draft.title, TITLE), (draft.subtitle, SUBTITLE)):
        if words:
            yield _Block(style, BY_NAME[style], ((words, False),))
    for paragraph in paragraphs(draft.nodes):
        look, keys = look_of(paragraph), tuple(draft.keys_of(paragraph.positions))
        whole = len(keys) == len(paragraph.positions)
        identity = (look.name, keys) if whole else object()  # without keys, none is another
        yield _Block(identity, look, tuple(shown(paragraph)), keys)


def _pairs(old: list[_Block], new: list[_Block]) -> Iterator[tuple[_Block | None, _Block | None]]:
    """Each paragraph of either version once, in order; both where it is the same one."""
    turns: dict[Hashable, int] = {}
    sides = [[turns.setdefault(one.identity, len(turns)) for one in side] for side in (old, new)]
    for step in Indel.opcodes(*sides):
        was, now = old[step.src_start : step.src_end], new[step.dest_start : step.dest_end]
        if step.tag == "equal":
            yield from zip(was, now, strict=True)
        else:
            yield from ((one, None) for one in was)
            yield from ((None, one) for one in now)


class _Writer:
    """Numbers the changes and signs each with who made it and when."""

    def __init__(self, author: str, at: dt.datetime) -> None:
        self._author = writable(author) or "–"
        self._at = at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        self._numbers = count(1)

    def paragraph(self, was: _Block | None, now: _Block | None) -> Xml:
        """The paragraph as it was and is; one that only was, or only is, is a change whole."""
        if was is not None and now is not None:
            marks = docx_parts.bookmarks(now.keys, self._numbers)
            return docx_parts.paragraph_of(now.look, *marks, *self._compared(was, now))
        block, op = (was, "removed") if was is not None else (now, "added")
        if block is None:
            raise ValueError("a paragraph must stand in one of the versions")
        marks = docx_parts.bookmarks(block.keys if op == "added" else (), self._numbers)
        runs = [run_of(text, hidden=hide, deleted=op == "removed") for text, hide in block.runs]
        changed = [self._change(op, *runs)] if runs else []
        return docx_parts.paragraph_of(block.look, *marks, *changed, mark=self._change(op))

    def _compared(self, was: _Block, now: _Block) -> Iterator[Xml]:
        before, after = was.hidden, now.hidden
        old, new = 0, 0
        for piece in redline(was.text, now.text):
            length = len(piece.text)
            deleted = piece.op == "removed"
            hidden = before[old : old + length] if deleted else after[new : new + length]
            runs = [
                run_of(text, hidden=hide, deleted=deleted)
                for text, hide in _cut(piece.text, hidden)
            ]
            yield from runs if piece.op == "same" else [self._change(piece.op, *runs)]
            old += 0 if piece.op == "added" else length
            new += 0 if piece.op == "removed" else length

    def _change(self, op: str, *runs: Xml) -> Xml:
        number = str(next(self._numbers))
        return element(_TAGS[op], *runs, id=number, author=self._author, date=self._at)


def _cut(text: str, hidden: list[bool]) -> Iterator[tuple[str, bool]]:
    """The text in runs that are hidden, or not, as a whole."""
    start = 0
    for end in range(1, len(text) + 1):
        if end == len(text) or hidden[end] != hidden[start]:
            yield text[start:end], hidden[start]
            start = end
