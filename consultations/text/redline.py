"""The difference between two wordings, word by word."""

import re
from dataclasses import dataclass
from typing import Literal

from diff_match_patch import diff_match_patch

Operation = Literal["same", "added", "removed"]

_TOKEN = re.compile(r"\s+|\w+|[^\w\s]")
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
    """Pieces in reading order: same + removed is `old`, same + added is `new`.

    What takes longer than so many seconds is shown coarser.
    """
    codes: dict[str, str] = {}
    engine = diff_match_patch()
    engine.Diff_Timeout = seconds
    changes = engine.diff_main(_encoded(old, codes), _encoded(new, codes), checklines=False)
    engine.diff_cleanupSemantic(changes)
    words = {code: word for word, code in codes.items()}
    return tuple(
        Piece(_OPERATIONS[operation], "".join(words[code] for code in encoded))
        for operation, encoded in changes
        if encoded
    )


def _encoded(text: str, codes: dict[str, str]) -> str:
    """One character per word, so that the engine compares words."""
    for word in _TOKEN.findall(text):
        if word not in codes:
            codes[word] = _code(len(codes))
    return "".join(codes[word] for word in _TOKEN.findall(text))


def _code(turn: int) -> str:
    number = _FIRST_CODE + turn
    return chr(number if number < _SURROGATES.start else number + len(_SURROGATES))
