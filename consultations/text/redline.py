"""The difference between two wordings, word by word, also of whole documents."""

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from diff_match_patch import diff_match_patch
from rapidfuzz.distance import Indel

Operation = Literal["same", "added", "removed"]

_WORDS = re.compile(r"\s+|\w+|[^\w\s]")
# A word with the blanks after it: half as many to compare, and blanks hold nothing together.
_SPACED_WORDS = re.compile(r"\w+\s*|[^\w\s]\s*|\s+")
_SENTENCES = re.compile(r"[^.;:!?]*[.;:!?]+\s*|[^.;:!?]+")
_PARAGRAPHS = re.compile(r"[^\n]*\n\s*|[^\n]+")
# Short texts are compared by their words at once; of longer ones, only what changed.
_SHORT = 4_000_000
# The engine remembers a bit for each pair: this many are 75 MB, and 200 KB beside 200 KB.
_MOST_PAIRS = 600_000_000
_MOST_UNITS = 500_000
_OPERATIONS: dict[int, Operation] = {0: "same", 1: "added", -1: "removed"}
_FIRST_CODE = 0x100
_SURROGATES = range(0xD800, 0xE000)
# A whole programme rewritten is shown coarser rather than making the reader wait.
_SECONDS = 1.0


@dataclass(frozen=True)
class Piece:
    """A run of words that stayed, came or went."""

    op: Operation
    text: str


def redline(old: str, new: str, *, seconds: float = _SECONDS) -> tuple[Piece, ...]:
    """Pieces in reading order: same + removed is `old`, same + added is `new`, exactly.

    Long texts are compared by paragraphs, then by the words of those that changed (where needed,
    by sentences in between). What is left after so many seconds is shown as gone and come whole.
    """
    until = time.monotonic() + seconds
    changes = _compared(old, new, (_PARAGRAPHS, _SENTENCES), until)
    return tuple(_merged(changes))


def _compared(
    old: str, new: str, coarser: tuple[re.Pattern[str], ...], until: float
) -> Iterator[Piece]:
    if old == new:
        yield Piece("same", old)
        return
    words = _words(old, new)
    if time.monotonic() < until and (words.short or (words.comparable and not coarser)):
        yield from words.changes()
    elif words.short or not coarser:
        yield Piece("removed", old)
        yield Piece("added", new)
    else:
        for was, now in _Units(coarser[0].findall(old), coarser[0].findall(new)).blocks():
            # What memory bears is compared by words; a larger block is first cut finer.
            finer = () if _words(was, now).comparable else coarser[1:]
            yield from _compared(was, now, finer, until)


def _words(old: str, new: str) -> "_Units":
    words = _Units(_WORDS.findall(old), _WORDS.findall(new))
    return words if words.short else _Units(_SPACED_WORDS.findall(old), _SPACED_WORDS.findall(new))


class _Units:
    """Two texts cut into words, sentences or paragraphs: one character of code for each."""

    def __init__(self, old: list[str], new: list[str]) -> None:
        self.old, self.new = old, new

        self.pairs = len(old) * len(new)

    @property
    def short(self) -> bool:
        return self.pairs <= _SHORT and self._countable

    @property
    def comparable(self) -> bool:
        """Whether memory bears the comparison."""
        return self.pairs <= _MOST_PAIRS and self._countable

    @property
    def _countable(self) -> bool:
        return len(self.old) + len(self.new) <= _MOST_UNITS

    def changes(self) -> Iterator[Piece]:
        """The pieces, small accidental agreements inside a change taken into it."""
        units = list(dict.fromkeys([*self.old, *self.new]))
        codes = {unit: _code(turn) for turn, unit in enumerate(units)}
        old, new = ("".join(map(codes.__getitem__, side)) for side in (self.old, self.new))
        found = [
            change
            for step in Indel.opcodes(old, new)
            for change in _steps(
                step.tag, old[step.src_start : step.src_end], new[step.dest_start : step.dest_end]
            )
        ]
        engine = diff_match_patch()
        engine.diff_cleanupMerge(found)
        engine.diff_cleanupSemantic(found)
        said = {code: unit for unit, code in codes.items()}
        for operation, encoded in found:
            yield Piece(_OPERATIONS[operation], "".join(said[code] for code in encoded))

    def blocks(self) -> Iterator[tuple[str, str]]:
        """What stands in both, and what stands between, as pairs of texts in order."""
        if not self.comparable:
            yield "".join(self.old), "".join(self.new)
            return
        turns = {unit: turn for turn, unit in enumerate([*self.old, *self.new])}
        old, new = [turns[unit] for unit in self.old], [turns[unit] for unit in self.new]
        was, now = 0, 0
        for step in Indel.opcodes(old, new):
            if step.tag != "equal":
                continue
            yield "".join(self.old[was : step.src_start]), "".join(self.new[now : step.dest_start])
            same = "".join(self.old[step.src_start : step.src_end])
            yield same, same
            was, now = step.src_end, step.dest_end
        yield "".join(self.old[was:]), "".join(self.new[now:])


def _steps(tag: str, was: str, now: str) -> list[tuple[int, str]]:
    if tag == "equal":
        return [(0, was)]
    return [change for change in ((-1, was), (1, now)) if change[1]]


def _merged(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """Neighbours of one kind as one piece, and none that is empty."""
    held: Piece | None = None
    for piece in pieces:
        if not piece.text:
            continue
        if held is not None and held.op == piece.op:
            held = Piece(held.op, held.text + piece.text)
            continue
        if held is not None:
            yield held
        held = piece
    if held is not None:
        yield held


def _code(turn: int) -> str:
    number = _FIRST_CODE + turn
    return chr(number if number < _SURROGATES.start else number + len(_SURROGATES))
