"""The draft as a tree of provisions, and the ways to name a place in it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

NBSP = "\N{NO-BREAK SPACE}"


class Level(StrEnum):
    """The units of a Polish legal text, from the widest to the narrowest."""

    CHAPTER = "chapter"  # rozdział
    PARAGRAPH = "paragraph"  # §
    SECTION = "section"  # ustęp
    POINT = "point"  # pkt
    LETTER = "letter"  # lit.
    INDENT = "indent"  # tiret
    INTRO = "intro"  # unnumbered: preamble, opening words, closing line

    @property
    def rank(self) -> int:
        """Depth: a provision may hold only provisions of a greater rank."""
        return list(Level).index(self)


@dataclass(frozen=True)
class Node:
    """One provision; `number` is bare ("I", "10a", "b"), a tiret's is its ordinal."""

    level: Level
    number: str = ""
    heading: str = ""
    text: str = ""
    children: tuple["Node", ...] = ()


PATH_WORDS = {
    Level.CHAPTER: "rozdz",
    Level.PARAGRAPH: "par",
    Level.SECTION: "ust",
    Level.POINT: "pkt",
    Level.LETTER: "lit",
    Level.INDENT: "tiret",
    Level.INTRO: "wstęp",
}
_EID_WORDS = {
    Level.CHAPTER: "chp",
    Level.PARAGRAPH: "par",
    Level.SECTION: "sec",
    Level.POINT: "pnt",
    Level.LETTER: "let",
    Level.INDENT: "ind",
    Level.INTRO: "intro",
}
_CITED_AS = {
    Level.CHAPTER: "Rozdział",
    Level.PARAGRAPH: "§",
    Level.SECTION: "ust.",
    Level.POINT: "pkt",
    Level.LETTER: "lit.",
    Level.INDENT: "tiret",
}
_ORNAMENTS = {
    Level.CHAPTER: f"Rozdział{NBSP}{{}}",
    Level.PARAGRAPH: f"§{NBSP}{{}}.",
    Level.SECTION: "{}.",
    Level.POINT: "{})",
    Level.LETTER: "{})",
    Level.INDENT: "–",
    Level.INTRO: "",
}
_ROMAN = re.compile(r"([IVXLC]+)([a-z]*)")
_ROMAN_DIGITS = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


def ornament(level: Level, number: str) -> str:
    """The mark as it is printed before the text: "§ 2.", "10a)", "–"."""
    return _ORNAMENTS[level].format(number)


def arabic(number: str) -> str:
    """A roman chapter number in arabic digits ("IIa" -> "2a"); others as they are."""
    found = _ROMAN.fullmatch(number)
    if found is None:
        return number
    digits = [_ROMAN_DIGITS[letter] for letter in found[1]]
    following = [*digits[1:], 0]
    value = sum(-now if now < then else now for now, then in zip(digits, following, strict=True))
    return f"{value}{found[2]}"


@dataclass(frozen=True)
class Place:
    """A node where it stands: its ancestors, its turn in the document (from 1), its eId."""

    node: Node
    ancestors: tuple[Node, ...]
    position: int
    eid: str

    @property
    def path(self) -> str:
        """`rozdz 1 > par 2 > ust 1 > pkt 10a > lit b > tiret 2`."""
        return " > ".join(_step(node) for node in (*self.ancestors, self.node))

    @property
    def citation(self) -> str:
        """`§ 2 ust. 1 pkt 10a`; the chapter is named only where there is no §."""
        nodes = (*self.ancestors, self.node)
        if any(node.level is Level.PARAGRAPH for node in nodes):
            nodes = tuple(node for node in nodes if node.level is not Level.CHAPTER)
        return " ".join(_cited(node) for node in nodes)

    @property
    def label(self) -> str:
        """The provision's own mark: "Rozdział 1", "§ 2.", "1.", "10a)", "b)", "–"."""
        return ornament(self.node.level, self.node.number)


def walk(nodes: Sequence[Node]) -> Iterator[Place]:
    """Every provision in document order, each with an eId that no other has."""
    given: dict[str, int] = {}
    position = 0
    waiting: list[tuple[Node, tuple[Node, ...], str]] = [(node, (), "") for node in reversed(nodes)]
    while waiting:
        node, ancestors, above = waiting.pop()
        position += 1
        eid = _unique(f"{above}{_eid_step(node)}", given)
        yield Place(node, ancestors, position, eid)
        below = (*ancestors, node)
        waiting.extend((child, below, f"{eid}__") for child in reversed(node.children))


def _unique(eid: str, given: dict[str, int]) -> str:
    given[eid] = given.get(eid, 0) + 1
    return eid if given[eid] == 1 else f"{eid}-{given[eid]}"


def _step(node: Node) -> str:
    word = PATH_WORDS[node.level]
    return word if node.level is Level.INTRO else f"{word} {_counted(node)}"


def _eid_step(node: Node) -> str:
    word = _EID_WORDS[node.level]
    return word if node.level is Level.INTRO else f"{word}_{_counted(node)}"


def _cited(node: Node) -> str:
    if node.level is Level.INTRO:
        return PATH_WORDS[Level.INTRO]
    return f"{_CITED_AS[node.level]}{NBSP}{node.number}"


def _counted(node: Node) -> str:
    return arabic(node.number) if node.level is Level.CHAPTER else node.number
