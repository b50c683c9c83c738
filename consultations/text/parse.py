"""Reads a draft as people write it: lines in, the tree of provisions and warnings out."""

from collections.abc import Sequence

from consultations.text import marks
from consultations.text.checks import check
from consultations.text.lines import Line, lines_of, refuse_beyond
from consultations.text.marks import Mark
from consultations.text.outline import Draft, Outline, every, settle
from consultations.text.reading import (
    Parsed,
    UnreadableDraft,
    Warning,  # noqa: A004 - the person's word; the builtin is not used here
    warn,
)
from consultations.text.tree import Level

__all__ = ["Parsed", "UnreadableDraft", "Warning", "parse_lines", "parse_plain"]

# A paste whose lines are longer than any page's was not wrapped: each line is a paragraph.
_WIDEST_PAGE = 160
_NARROWEST_PAGE = 60
_BEFORE_A_PARAGRAPH = (".", ";", ":", "!", "?", "]", ")")


def parse_plain(text: str) -> Parsed:
    """The tree of a typed or pasted draft; raises UnreadableDraft for what is no text."""
    return parse_lines(lines_of(text))


def parse_lines(lines: Sequence[Line]) -> Parsed:
    """The tree of lines that are already clean."""
    reader = _Reader(max((len(line.text) for line in lines), default=0))
    for line, following in zip(lines, [*lines[1:], None], strict=True):
        reader.read(line, following)
    drafts = reader.outline.top
    settle(drafts)
    found = sorted([*reader.warnings, *check(drafts)], key=lambda warning: warning.line)
    began = tuple(draft.line for draft in every(drafts))
    return Parsed(tuple(draft.node() for draft in drafts), tuple(found), began)


class _Reader:
    def __init__(self, width: int) -> None:
        self.outline = Outline()
        self.warnings: list[Warning] = []
        self.width = width
        self.before = ""  # the line before

    def read(self, line: Line, following: Line | None) -> None:
        start = 0 if line.prose else self._begin(line, following)
        if line.prose:
            self.outline.add_intro(line.number, self.outline.home, explicit=True)
            self.outline.say(line.text)
        else:
            self._split(line, start)
        self.before = line.text

    def _begin(self, line: Line, following: Line | None) -> int:
        """Opens what the line opens; gives the place where its words begin."""
        tag = marks.tag_at(line.text)
        if tag is not None:
            return self._open_tag(tag, line)
        if marks.is_annex(line.text) and not self._unfinished(line):
            self.outline.add_annex(line.number)
            return 0
        mark = marks.mark_at(line.text)
        if mark is not None and self._accepts(mark, line, following):
            return self._open(mark, line)
        self._continue(line)
        return 0

    def _open_tag(self, tag: Mark, line: Line) -> int:
        if tag.level is Level.INDENT:
            self.outline.add(tag, line.number)
            return tag.end
        under = self.outline.innermost(tag.under) if tag.under else None
        if under is None and marks.is_annex(line.text[tag.end :]):
            self.outline.last_paragraph = ""
        self.outline.add_intro(line.number, under, explicit=True)
        return tag.end

    def _open(self, mark: Mark, line: Line) -> int:
        """Opens the mark and those that follow it at once: "§ 1. 1. 1) a)"."""
        following: Mark | None = mark
        end = mark.end
        while following is not None:
            draft, end = self.outline.add(following, line.number), following.end
            if draft.level is Level.PARAGRAPH:
                draft.heading, end = marks.heading_at(line.text, end)
            following = _next_mark(line.text, end, draft.level)
            if draft.level is Level.CHAPTER and following is not None:
                self._say_split(line)
        return end

    def _split(self, line: Line, start: int) -> None:
        """Says the words of the line, opening the provisions that stand among them."""
        for turn, found in enumerate(marks.INLINE.finditer(line.text, start)):
            refuse_beyond(turn)
            place = found.start()
            if place >= start and self._expects(line.text, place, start):
                self.outline.say(line.text[start:place])
                mark = marks.mark_at(line.text, place)
                start = self._open(mark, line) if mark else place
                self._say_split(line)
        self.outline.say(line.text[start:])

    def _say_split(self, line: Line) -> None:
        warning = warn("several-in-line", line.number)
        if not self.warnings or self.warnings[-1].line != line.number:
            self.warnings.append(warning)

    def _expects(self, text: str, place: int, start: int) -> bool:
        """Whether the mark inside the line is the next one here, and not a reference."""
        current = self.outline.current
        titled = current is not None and current.level is Level.CHAPTER
        mark = marks.mark_at(text, place)
        if mark is None or not marks.may_split(text, place, heading=titled):
            return False
        if mark.level is Level.PARAGRAPH:
            return titled or mark.dotted or self._is_next_paragraph(mark)
        if mark.level is Level.CHAPTER:
            return not titled
        if titled:
            return False
        before = self.outline.innermost(mark.level)
        if before is not None:
            return marks.succeeds(mark.number, before.number)
        first = mark.number in {"1", "a"} and marks.boundary(text, place) == ":"
        return first and place > start and self._is_wider_than_open(mark)

    def _is_wider_than_open(self, mark: Mark) -> bool:
        """Whether nothing narrower is open: a list inside a point has no sections."""
        opened = self.outline.open
        return not opened or opened[-1].level.rank < mark.level.rank

    def _is_next_paragraph(self, mark: Mark) -> bool:
        return marks.succeeds(mark.number, self.outline.last_paragraph or "0")

    def _accepts(self, mark: Mark, line: Line, following: Line | None) -> bool:
        """Whether the mark at the start of a line opens a provision."""
        current = self.outline.current
        if current is None or line.hard:
            return True
        if marks.hangs(current.said, mark.level):
            return False
        if mark.level is Level.INDENT:
            closes = _closes_list(line.text[mark.end :], current, following)
            return closes or self._accepts_dash(current, following)
        if mark.level is Level.PARAGRAPH and not mark.dotted:
            return self._accepts_bare(mark, line, current)
        return True

    def _accepts_dash(self, current: Draft, following: Line | None) -> bool:
        if current.level is Level.INDENT or marks.expects_list(current.said):
            return True
        after = marks.mark_at(following.text) if following else None
        return after is not None and after.level is Level.INDENT

    def _accepts_bare(self, mark: Mark, line: Line, current: Draft) -> bool:
        """ "§ 3 Programu" in a wrapped sentence is a reference; "§ 3 Ilekroć" opens a §."""
        if current.level is Level.CHAPTER or current.said.endswith(_BEFORE_A_PARAGRAPH):
            return True
        capital = line.text[mark.end : mark.end + 1].isupper() or mark.end == len(line.text)
        return capital and self._is_next_paragraph(mark)

    def _unfinished(self, line: Line) -> bool:
        """Whether the line goes on with a sentence of the line before."""
        current = self.outline.current
        if current is None or line.hard or current.level is Level.INTRO:
            return False
        return not current.said.endswith(_BEFORE_A_PARAGRAPH)

    def _continue(self, line: Line) -> None:
        """Makes `current` what the unmarked line belongs to."""
        number = marks.unread_number(line.text)
        if number:
            self.warnings.append(warn("unread-number", line.number, number))
        current = self.outline.current
        if current is None or not self._belongs(line, current):
            self.outline.add_intro(line.number, self.outline.home)

    def _belongs(self, line: Line, current: Draft) -> bool:
        if current.level is Level.CHAPTER:
            return _continues_title(line, current)
        if not current.pieces:
            return True
        if not line.hard:
            return not self._paragraph_over(line, current)
        if current.level is Level.INTRO:
            return False
        listed = current.said.endswith((":", ";", ","))
        return listed or (line.text[0].islower() and not marks.finished(current.said))

    def _paragraph_over(self, line: Line, current: Draft) -> bool:
        """Whether the line before ended its paragraph: a full stop, and room left over."""
        if not marks.finished(current.said) or not line.text[0].isupper():
            return False
        if self.width > _WIDEST_PAGE:
            return True
        return self.width >= _NARROWEST_PAGE and len(self.before) < 0.6 * self.width


def _next_mark(text: str, start: int, level: Level) -> Mark | None:
    """The mark right after another one, when it may stand below it."""
    mark = marks.mark_at(text, start)
    if mark is None or mark.level is Level.INDENT or mark.level.rank <= level.rank:
        return None
    below_chapter = level is Level.CHAPTER and mark.level is not Level.PARAGRAPH
    return None if below_chapter else mark


def _closes_list(words: str, current: Draft, following: Line | None) -> bool:
    """Whether a dash after an item without punctuation says what all the items share."""
    listed = current.level in {Level.POINT, Level.LETTER} and current.number not in {"1", "a"}
    if not listed or marks.is_definition(words):
        return False
    after = marks.mark_at(following.text) if following else None
    wider = after is not None and after.level.rank < current.level.rank
    return following is None or following.hard or wider


def _continues_title(line: Line, chapter: Draft) -> bool:
    text = line.text
    if not chapter.pieces:
        return len(text) <= 200 and not (marks.finished(text) and len(text) > 100)
    if line.hard or chapter.children:
        return False
    return text[0].islower() or (chapter.text.isupper() and text.isupper())
