"""Numbers of a text in its order: chapters and § through the whole, others within their place."""

from collections.abc import Iterator, Sequence

from consultations.text import marks
from consultations.text.tree import Level, Node, walk

_THROUGHOUT = (Level.CHAPTER, Level.PARAGRAPH)
_ROMAN = (
    *((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X")),
    *((9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)


def renumbered(nodes: Sequence[Node]) -> list[str]:
    """The number each provision gets, in the order of `tree.walk`.

    An annex begins its chapters and § anew; chapters stay roman where they were.
    """
    roman = any(
        place.node.level is Level.CHAPTER and place.node.number[:1] in set("IVXLC")
        for place in walk(nodes)
    )
    counter = _Counter(roman=roman)
    return list(counter.through(nodes))


class _Counter:
    def __init__(self, *, roman: bool) -> None:
        self.roman = roman
        self.throughout = dict.fromkeys(_THROUGHOUT, 0)
        self.begun = False

    def through(self, nodes: Sequence[Node]) -> Iterator[str]:
        counts: dict[Level, int] = {}
        for node in nodes:
            yield self._number(node, counts)
            yield from self.through(node.children)

    def _number(self, node: Node, counts: dict[Level, int]) -> str:
        if node.level is Level.INTRO:
            if self.begun and marks.is_annex(node.text):
                self.throughout = dict.fromkeys(_THROUGHOUT, 0)
            return ""
        self.begun = True
        shared = self.throughout if node.level in _THROUGHOUT else counts
        shared[node.level] = shared.get(node.level, 0) + 1
        return self._written(node.level, shared[node.level])

    def _written(self, level: Level, count: int) -> str:
        if level is Level.LETTER:
            return letters(count)
        if level is Level.CHAPTER and self.roman:
            return roman(count)
        return str(count)


def letters(count: int) -> str:
    """1 is "a", 26 "z", 27 "za": after z Polish drafting goes on with za, zb."""
    return "z" * ((count - 1) // 26) + chr(ord("a") + (count - 1) % 26)


def roman(count: int) -> str:
    """A number from 1 in roman digits."""
    written = ""
    for value, sign in _ROMAN:
        written += sign * (count // value)
        count %= value
    return written
