"""The tree while it grows: what is open, what a new line continues, what settles at the end."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from consultations.text import marks
from consultations.text.lines import joined
from consultations.text.marks import Mark
from consultations.text.tree import Level, Node

_HOMES = {Level.CHAPTER, Level.PARAGRAPH, Level.SECTION}


@dataclass(eq=False)
class Draft:
    """A provision being read; `literal` text and `explicit` marks are not guessed about."""

    level: Level
    number: str
    line: int
    heading: str = ""
    pieces: list[str] = field(default_factory=list)
    children: list["Draft"] = field(default_factory=list)
    literal: bool = False
    explicit: bool = False

    @property
    def said(self) -> str:
        """The last words so far: what a new line would continue."""
        return self.pieces[-1] if self.pieces else ""

    @property
    def text(self) -> str:
        return joined(self.pieces)

    def node(self) -> Node:
        children = tuple(child.node() for child in self.children)
        if self.level is Level.CHAPTER:
            return Node(self.level, self.number, self.text, "", children)
        return Node(self.level, self.number, self.heading, self.text, children)


class Outline:
    """Hangs each provision on the innermost open one of a wider level."""

    def __init__(self) -> None:
        self.top: list[Draft] = []
        self.open: list[Draft] = []
        self.current: Draft | None = None
        self.last_paragraph = ""

    def add(self, mark: Mark, line: int) -> Draft:
        """Opens a numbered provision."""
        title = self._loose_title() if mark.level.rank <= Level.PARAGRAPH.rank else None
        while self.open and self.open[-1].level.rank >= mark.level.rank:
            self.open.pop()
        if title is not None:
            self._siblings().append(title)
        number = mark.number
        if mark.level is Level.INDENT:
            number = str(self._dashes_so_far() + 1)
        if mark.level is Level.PARAGRAPH:
            self.last_paragraph = number
        draft = self._put(Draft(mark.level, number, line, explicit=mark.explicit))
        self.open.append(draft)
        return draft

    def add_intro(self, line: int, under: Draft | None, *, explicit: bool = False) -> Draft:
        """Opens unnumbered text right under a provision (None: under the document)."""
        while self.open and self.open[-1] is not under:
            self.open.pop()
        return self._put(Draft(Level.INTRO, "", line, explicit=explicit))

    def add_annex(self, line: int) -> Draft:
        self.last_paragraph = ""
        return self.add_intro(line, None)

    def innermost(self, level: Level) -> Draft | None:
        """The open provision of this level, if there is one."""
        return next((one for one in reversed(self.open) if one.level is level), None)

    @property
    def home(self) -> Draft | None:
        """Where unnumbered text belongs that comes after the current provision."""
        if self.current is not None and self.current.level is Level.INTRO:
            return self.open[-1] if self.open else None
        return next((one for one in reversed(self.open) if one.level in _HOMES), None)

    def say(self, words: str) -> None:
        """Adds words to the current provision."""
        text = words.strip()
        draft = self.current
        if draft is None:
            return
        if draft.level is Level.PARAGRAPH and not draft.pieces and not draft.heading:
            draft.heading, start = marks.heading_at(text, 0)
            text = text[start:]
        if text:
            draft.literal |= not draft.pieces and text.startswith("\\")
            draft.pieces.append(marks.unescaped(text))

    def _put(self, draft: Draft) -> Draft:
        self._siblings().append(draft)
        self.current = draft
        return draft

    def _siblings(self) -> list[Draft]:
        return self.open[-1].children if self.open else self.top

    def _dashes_so_far(self) -> int:
        """The ordinal of the last tiret beside which a new one would stand."""
        before = (one for one in reversed(self._siblings()) if one.level is Level.INDENT)
        return next((int(one.number) for one in before), 0)

    def _loose_title(self) -> Draft | None:
        """A title printed above the coming § that was taken for the end of the last one."""
        title = self.current
        if title is None or title.level is not Level.INTRO or title.explicit or not self.open:
            return None
        if self.open[-1].level is Level.CHAPTER or not marks.looks_like_heading(title.text):
            return None
        self._siblings().remove(title)
        return title


def settle(drafts: list[Draft]) -> None:
    """What shows only at the end: headings of §, and closing lines of lists."""
    for draft in every(drafts):
        _settle_heading(draft)
        _settle_closing(draft)


def every(drafts: list[Draft]) -> Iterator[Draft]:
    """All drafts, a parent before its children."""
    for draft in drafts:
        yield draft
        yield from every(draft.children)


def _settle_heading(draft: Draft) -> None:
    if draft.level is not Level.PARAGRAPH:
        return
    if draft.heading:
        if not draft.pieces and not draft.children:  # "[uchylony]" is all the § says
            draft.pieces, draft.heading = [f"[{draft.heading}]"], ""
        return
    followed = bool(draft.children) and draft.children[0].level is Level.SECTION
    if followed and not draft.literal and marks.looks_like_heading(draft.text):
        draft.heading, draft.pieces = draft.text, []


def _settle_closing(draft: Draft) -> None:
    """A single dash under the last of several items closes their list; it is no list of one."""
    if len(draft.children) < 2:
        return
    last, before = draft.children[-1], draft.children[-2]
    listed = last.level in {Level.POINT, Level.LETTER} and before.level is last.level
    if not listed or len(last.children) != 1 or last.text.endswith(":"):
        return
    dash = last.children[0]
    if dash.level is Level.INDENT and not dash.children and not dash.explicit:
        last.children.clear()
        dash.level, dash.number, dash.pieces = Level.INTRO, "", [f"– {dash.text}"]
        draft.children.append(dash)
