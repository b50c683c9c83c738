"""Automatic numbers of a DOCX: what Word would print before a paragraph."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from docx.oxml.ns import qn

# An lxml element; lxml carries no types.
Xml: TypeAlias = Any

_DEEPEST_STYLE = 20
_BULLET = "–"
_ROMAN = (
    (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"),
    (1, "i"),
)  # fmt: skip


@dataclass(frozen=True)
class Step:
    """One level of a list: how it counts and what is printed."""

    start: int = 1
    kind: str = "decimal"
    pattern: str = ""
    restart: int | None = None  # only after this level (from 1); 0: never; None: after any above
    overridden: bool = False


class Numbering:
    """Counts through the document: `prefix` must be asked once a paragraph, in order."""

    def __init__(self, numbering: Xml | None, styles: Xml) -> None:
        self._styles = {_value(one, "w:styleId"): one for one in styles.findall(qn("w:style"))}
        lists = [] if numbering is None else numbering.findall(qn("w:abstractNum"))
        nums = [] if numbering is None else numbering.findall(qn("w:num"))
        self._lists = {_value(one, "w:abstractNumId"): one for one in lists}
        self._nums = {_value(one, "w:numId"): one for one in nums}
        self._counts: dict[str, dict[int, int]] = {}
        self._restarted: set[tuple[str, int]] = set()
        self._known: dict[str, dict[int, Step]] = {}

    def prefix(self, paragraph: Xml) -> str:
        """The number or bullet before the paragraph; "" when it has none."""
        num_id, depth = self._place(paragraph)
        list_id = self._list_of(num_id)
        if not list_id:
            return ""
        steps = self._steps(num_id, list_id)
        if depth not in steps:
            return ""
        self._count(num_id, list_id, depth, steps)
        return printed(steps, depth, self._counts[list_id])

    def _place(self, paragraph: Xml) -> tuple[str, int]:
        """(numId, ilvl) of the paragraph itself, else of its style; ("", 0) for none."""
        properties = paragraph.find(qn("w:pPr"))
        if properties is None:
            return self._style_place(self._default_style())
        style = _child_value(properties, "w:pStyle") or self._default_style()
        own = properties.find(qn("w:numPr"))
        if own is None:
            return self._style_place(style)
        num_id, depth = _child_value(own, "w:numId"), _child_value(own, "w:ilvl")
        from_style = self._style_place(style)
        return num_id or from_style[0], int(depth) if depth else from_style[1]

    def _style_place(self, style: str) -> tuple[str, int]:
        found: str = ""
        for one in self._lineage(style):
            path = f"{qn('w:pPr')}/{qn('w:numPr')}"
            place = one.find(path)
            if place is not None:
                found = _child_value(place, "w:numId")
                depth = _child_value(place, "w:ilvl")
                linked = self._linked_depth(found, _value(one, "w:styleId"))
                return found, int(depth) if depth else linked
        return found, 0

    def _linked_depth(self, num_id: str, style: str) -> int:
        """The level of the list that names this style as its own."""
        levels = self._lists.get(self._list_of(num_id))
        for level in [] if levels is None else levels.findall(qn("w:lvl")):
            if _child_value(level, "w:pStyle") == style:
                return int(_value(level, "w:ilvl"))
        return 0

    def _lineage(self, style: str) -> Iterator[Xml]:
        for _generation in range(_DEEPEST_STYLE):
            if style not in self._styles:
                return
            yield self._styles[style]
            style = _child_value(self._styles[style], "w:basedOn")

    def _default_style(self) -> str:
        for name, style in self._styles.items():
            if _value(style, "w:default") == "1" and _value(style, "w:type") == "paragraph":
                return name
        return ""

    def _list_of(self, num_id: str) -> str:
        """The list a number belongs to; a list that only links to a style is followed once."""
        num = self._nums.get(num_id)
        list_id = "" if num is None else _child_value(num, "w:abstractNumId")
        found = self._lists.get(list_id)
        link = "" if found is None else _child_value(found, "w:numStyleLink")
        if link:
            same = (key for key, one in self._lists.items() if _links(one, link))
            return next(same, list_id)
        return list_id if found is not None else ""

    def _steps(self, num_id: str, list_id: str) -> dict[int, Step]:
        if num_id not in self._known:
            self._known[num_id] = self._read_steps(num_id, list_id)
        return self._known[num_id]

    def _read_steps(self, num_id: str, list_id: str) -> dict[int, Step]:
        levels = self._lists[list_id].findall(qn("w:lvl"))
        steps = {int(_value(level, "w:ilvl")): _step(level) for level in levels}
        for override in self._nums[num_id].findall(qn("w:lvlOverride")):
            depth = int(_value(override, "w:ilvl"))
            level = override.find(qn("w:lvl"))
            step = _step(level) if level is not None else steps.get(depth, Step())
            start = _child_value(override, "w:startOverride")
            steps[depth] = _started(step, int(start)) if start else step
        return steps

    def _count(self, num_id: str, list_id: str, depth: int, steps: dict[int, Step]) -> None:
        counts = self._counts.setdefault(list_id, {})
        step = steps[depth]
        fresh = step.overridden and (num_id, depth) not in self._restarted
        self._restarted.add((num_id, depth))
        counts[depth] = step.start if fresh or depth not in counts else counts[depth] + 1
        for above in range(depth):
            counts.setdefault(above, steps[above].start if above in steps else 1)
        for below in [one for one in counts if one > depth]:
            restart = steps[below].restart if below in steps else None
            if restart is None or depth < restart:
                del counts[below]


def _step(level: Xml) -> Step:
    start, restart = _child_value(level, "w:start"), _child_value(level, "w:lvlRestart")
    return Step(
        int(start) if start else 1,
        _child_value(level, "w:numFmt") or "decimal",
        _child_value(level, "w:lvlText"),
        int(restart) if restart else None,
    )


def _started(step: Step, start: int) -> Step:
    return Step(start, step.kind, step.pattern, step.restart, overridden=True)


def _links(found: Xml, style: str) -> bool:
    return _child_value(found, "w:styleLink") == style


def printed(steps: Mapping[int, Step], depth: int, counts: Mapping[int, int]) -> str:
    """The number of a paragraph at this depth (from 0) as its list prints it."""
    step = steps[depth]
    if step.kind == "none":
        return ""
    if step.kind == "bullet":
        return _BULLET
    text = step.pattern
    for above in range(depth, -1, -1):
        kind = steps[above].kind if above in steps else "decimal"
        text = text.replace(f"%{above + 1}", counted(counts.get(above, 1), kind))
    # "(a)" is read as "a)"
    return text.strip().removeprefix("(")


def counted(number: int, kind: str) -> str:
    """The number as the list's format writes it (unknown formats count 1, 2, 3)."""
    if kind in {"lowerRoman", "upperRoman"}:
        roman = _roman(number)
        return roman.upper() if kind == "upperRoman" else roman
    if kind in {"lowerLetter", "upperLetter"} and number > 0:
        letters = _letters(number)
        return letters.upper() if kind == "upperLetter" else letters
    return str(number)


def _letters(number: int) -> str:
    """a ... z, then as Word goes on: aa, bb, cc."""
    turn, letter = divmod(number - 1, 26)
    return chr(ord("a") + letter) * (min(turn, 10) + 1)


def _roman(number: int) -> str:
    if not 0 < number < 400:
        return str(number)
    written = ""
    for value, letters in _ROMAN:
        times, number = divmod(number, value)
        written += letters * times
    return written


def _value(element: Xml, name: str) -> str:
    return str(element.get(qn(name)) or "")


def _child_value(element: Xml, name: str) -> str:
    child = element.find(qn(name))
    return "" if child is None else _value(child, "w:val")
