"""The paragraphs a tree is written in: what is printed, and what only our own reader needs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from consultations.text import marks
from consultations.text.tree import PATH_WORDS, Level, Node, ornament

_SPACED = {Level.CHAPTER, Level.PARAGRAPH, Level.INTRO}


@dataclass(frozen=True)
class Paragraph:
    """One paragraph: the provisions that begin in it, its marks, its words.

    `positions` are turns in `tree.walk`, the widest provision first: "§ 1. 1. Text" begins two.
    `words` hold a backslash wherever they would read as a mark. `under` is the level an unnumbered
    text stands under. `alone`: a tiret without siblings. `first`: nothing numbered came before.
    `titled`: the words are the title of a § and nothing else. `spaced`: plain text needs an empty
    line before it.
    """

    positions: tuple[int, ...]
    level: Level
    mark: str
    words: str
    under: Level | None = None
    alone: bool = False
    first: bool = False
    titled: bool = False
    spaced: bool = False

    @property
    def tag(self) -> str:
        """The mark of our own notation that the words of the paragraph cannot do without."""
        if self.level is Level.INTRO:
            below = f" {PATH_WORDS[self.under]}" if self.under else ""
            return f"[{PATH_WORDS[Level.INTRO]}{below}]"
        single = self.level is Level.INDENT and self.alone
        return f"[{PATH_WORDS[Level.INDENT]}]" if single else ""


def paragraphs(nodes: Sequence[Node]) -> Iterator[Paragraph]:
    """The tree as paragraphs, in document order."""
    return _Writer().siblings(nodes, None)


class _Writer:
    """Remembers the turn, and the last words written: some ends need an empty line after them."""

    def __init__(self) -> None:
        self.position = 0
        self.numbered = False
        self.last: Node | None = None

    def siblings(
        self, nodes: Sequence[Node], parent: Node | None, *, skipped: int = 0
    ) -> Iterator[Paragraph]:
        for node in nodes[skipped:]:
            yield from self._node(node, parent, alone=len(nodes) == 1)

    def _node(self, node: Node, parent: Node | None, *, alone: bool) -> Iterator[Paragraph]:
        self.position += 1
        spaced = self.last is not None and _needs_space(node, self.last)
        self.last = node
        written = replace(self._paragraph(node, parent), alone=alone, spaced=spaced)
        self.numbered |= node.level is not Level.INTRO
        if not _shares_line(node):
            yield written
            yield from self.siblings(node.children, node)
            return
        first, *others = self._node(node.children[0], node, alone=len(node.children) == 1)
        yield _shared(written, first)
        yield from others
        yield from self.siblings(node.children, node, skipped=1)

    def _paragraph(self, node: Node, parent: Node | None) -> Paragraph:
        words = marks.escaped(node.text)
        titled = False
        if node.level is Level.CHAPTER:
            words = marks.escaped(node.heading, heading=True)
        if node.level is Level.PARAGRAPH:
            words, titled = _titled(node, words)
        under = parent.level if parent else None
        mark = ornament(node.level, node.number)
        first = not self.numbered
        places = (self.position,)
        return Paragraph(places, node.level, mark, words, under, first=first, titled=titled)


def _needs_space(node: Node, last: Node) -> bool:
    said = last.text or last.heading
    if node.level in _SPACED or last.level in {Level.CHAPTER, Level.INTRO}:
        return True
    if marks.hangs(said, node.level):
        return True
    return node.level is Level.INDENT and not marks.expects_list(said)


def _shares_line(node: Node) -> bool:
    """ "§ 1. 1. Text": the first ust. stands in the line of its §."""
    bare = node.level is Level.PARAGRAPH and not node.text and not node.heading
    return bare and bool(node.children) and node.children[0].level is Level.SECTION


def _shared(paragraph: Paragraph, first: Paragraph) -> Paragraph:
    return replace(
        paragraph,
        positions=(*paragraph.positions, *first.positions),
        mark=f"{paragraph.mark} {first.mark}",
        words=first.words,
    )


def _titled(node: Node, words: str) -> tuple[str, bool]:
    """The words of a § with its title, and whether they are the title alone."""
    followed = bool(node.children) and node.children[0].level is Level.SECTION
    if node.heading:
        title = marks.escaped(node.heading)
        plain = followed and not node.text and marks.looks_like_heading(node.heading)
        if plain and not title.startswith("\\"):
            return title, True
        return f"[{node.heading}] {words}".rstrip(), False
    guarded = followed and not words.startswith("\\") and marks.looks_like_heading(node.text)
    return (f"\\{words}" if guarded else words), False
