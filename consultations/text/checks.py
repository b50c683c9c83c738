"""What a person should look at in a draft that was read: numbers, titles, empty places."""

import re
from collections.abc import Iterator

from consultations.text import marks, reading
from consultations.text.outline import Draft, every
from consultations.text.reading import warn
from consultations.text.tree import Level, arabic, ornament

_MAY_HOLD: dict[Level | None, set[Level]] = {
    None: {Level.CHAPTER, Level.PARAGRAPH},
    Level.CHAPTER: {Level.PARAGRAPH},
    Level.PARAGRAPH: {Level.SECTION, Level.POINT},
    Level.SECTION: {Level.POINT},
    Level.POINT: {Level.LETTER},
    Level.LETTER: {Level.INDENT},
    Level.INDENT: set(),
    Level.INTRO: set(),
}
_THROUGHOUT = (Level.CHAPTER, Level.PARAGRAPH)
_WITHIN = (Level.SECTION, Level.POINT, Level.LETTER)
_DEFINITION = re.compile(r"\b(?:rozumie|rozumieć)\b")


def check(drafts: list[Draft]) -> list[reading.Warning]:
    """All warnings about the tree, in the order of its lines."""
    annexes = _annexes(drafts)
    found = [warn("annex-inside", annex.line) for annex in annexes]
    found.extend(_running_numbers(drafts, annexes))
    found.extend(_levels(None, drafts))
    found.extend(_sibling_numbers(drafts, annexes))
    for draft in every(drafts):
        found.extend(_contents(draft))
        found.extend(_levels(draft.level, draft.children))
        found.extend(_sibling_numbers(draft.children, annexes))
    return sorted(found, key=lambda warning: warning.line)


def _about(code: str, draft: Draft) -> reading.Warning:
    return warn(code, draft.line, ornament(draft.level, draft.number))


class _Counting:
    """One run of numbers of one level."""

    def __init__(self) -> None:
        self._seen: set[str] = set()
        self._last = "0"

    def judge(self, draft: Draft) -> Iterator[reading.Warning]:
        number = arabic(draft.number)
        later = marks.ordinal(number) > marks.ordinal(self._last)
        if number in self._seen:
            yield _about("number-repeated", draft)
        elif not marks.succeeds(number, self._last):
            yield _about("number-gap" if later else "number-out-of-order", draft)
        self._seen.add(number)
        self._last = number if later else self._last


def _annexes(drafts: list[Draft]) -> list[Draft]:
    """Annexes inside; a draft that is itself an annex has no provision before its title."""
    started = False
    annexes = []
    for draft in drafts:
        started |= draft.level is not Level.INTRO
        if started and draft.level is Level.INTRO and marks.is_annex(draft.text):
            annexes.append(draft)
    return annexes


def _running_numbers(drafts: list[Draft], annexes: list[Draft]) -> Iterator[reading.Warning]:
    """Chapters and § run through the whole document and start again in an annex."""
    yield from _runs(list(every(drafts)), _THROUGHOUT, annexes)


def _sibling_numbers(drafts: list[Draft], annexes: list[Draft]) -> Iterator[reading.Warning]:
    """Ust., pkt and lit. are counted within the provision they stand in."""
    yield from _runs(drafts, _WITHIN, annexes)


def _runs(
    drafts: list[Draft], levels: tuple[Level, ...], annexes: list[Draft]
) -> Iterator[reading.Warning]:
    starts = {id(annex) for annex in annexes}
    counts = {level: _Counting() for level in levels}
    for draft in drafts:
        if id(draft) in starts:
            counts = {level: _Counting() for level in levels}
        if draft.level in counts:
            yield from counts[draft.level].judge(draft)


def _levels(parent: Level | None, children: list[Draft]) -> Iterator[reading.Warning]:
    """One warning for a run of provisions that hang too high."""
    before: Level | None = None
    for child in children:
        misplaced = child.level is not Level.INTRO and child.level not in _MAY_HOLD[parent]
        if misplaced and child.level is not before:
            yield _about("level-skipped", child)
        before = child.level


def _contents(draft: Draft) -> Iterator[reading.Warning]:
    text = draft.text
    if draft.level is Level.CHAPTER and not text:
        yield _about("chapter-title-missing", draft)
    if not draft.children and (draft.level is Level.CHAPTER or not text):
        yield _about("empty-provision", draft)
    if not draft.children and _looks_like_list(draft, text):
        yield warn("list-without-numbers", draft.line)


def _looks_like_list(draft: Draft, text: str) -> bool:
    """Items on lines of their own after a colon, or definitions one after another."""
    colons = [place for place, piece in enumerate(draft.pieces) if piece.endswith(":")]
    items = draft.pieces[colons[0] + 1 :] if colons else []
    if len(items) >= 2 and all(item.endswith((",", ";", ".")) for item in items):
        return True
    after = text.partition(": ")[2]
    return after.count(";") >= 2 or len(_DEFINITION.findall(after)) >= 2
