"""Writes the tree as plain text that people can edit and `parse_plain` reads back."""

from collections.abc import Iterator, Sequence

from consultations.text import marks
from consultations.text.tree import PATH_WORDS, Level, Node, ornament

_SPACED = {Level.CHAPTER, Level.PARAGRAPH, Level.INTRO}


def to_plain(nodes: Sequence[Node]) -> str:
    """One provision a line, with the marks of Polish drafting.

    Beyond those: `[wstęp ust]` opens unnumbered text right under the open ust. (`[wstęp]`: under
    the document), `[tiret]` a tiret that stands alone, `§ 2. [Title]` a title of a §, and a
    backslash before a mark says that it is only text. Any tree that `parse_plain` gives is read
    back as it was.
    """
    return "\n".join(_Writer().lines(nodes)) + "\n"


class _Writer:
    """Remembers the last words written: some ends need an empty line after them."""

    def __init__(self) -> None:
        self.started = False
        self.numbered = False
        self.last: Node | None = None

    def lines(self, nodes: Sequence[Node]) -> Iterator[str]:
        for node in nodes:
            yield from self._node(node, None, alone=len(nodes) == 1)

    def _node(self, node: Node, parent: Node | None, *, alone: bool) -> Iterator[str]:
        if self.last is not None and self._needs_space(node, self.last):
            yield ""
        self.last = node
        children = node.children
        line = self._line(node, parent, alone=alone)
        self.numbered |= node.level is not Level.INTRO
        if _shares_line(node):
            first, *others = self._node(children[0], node, alone=len(children) == 1)
            yield f"{line} {first}"
            yield from others
            children = children[1:]
        else:
            yield line
        for child in children:
            yield from self._node(child, node, alone=len(node.children) == 1)

    def _line(self, node: Node, parent: Node | None, *, alone: bool) -> str:
        if node.level is Level.INTRO:
            return self._intro(node, parent)
        words = marks.escaped(node.text)
        mark = ornament(node.level, node.number).replace("\N{NO-BREAK SPACE}", " ")
        if node.level is Level.CHAPTER:
            mark, words = f"{mark}.", marks.escaped(node.heading, heading=True)
        if node.level is Level.PARAGRAPH:
            words = _titled(node, words)
        if node.level is Level.INDENT and alone:
            mark = f"[{PATH_WORDS[Level.INDENT]}]"
        return f"{mark} {words}".rstrip()

    def _intro(self, node: Node, parent: Node | None) -> str:
        if parent is None and not self.numbered:
            return marks.escaped(node.text, line_start=True)
        below = f" {PATH_WORDS[parent.level]}" if parent else ""
        return f"[{PATH_WORDS[Level.INTRO]}{below}] {marks.escaped(node.text)}"

    def _needs_space(self, node: Node, last: Node) -> bool:
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


def _titled(node: Node, words: str) -> str:
    followed = bool(node.children) and node.children[0].level is Level.SECTION
    if node.heading:
        title = marks.escaped(node.heading)
        plain = followed and not node.text and marks.looks_like_heading(node.heading)
        if plain and not title.startswith("\\"):
            return title
        return f"[{node.heading}] {words}"
    guarded = followed and not words.startswith("\\") and marks.looks_like_heading(node.text)
    return f"\\{words}" if guarded else words
