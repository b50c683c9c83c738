"""Automatic numbers of an ODT: what LibreOffice would print before a paragraph of a list."""

import re
from collections.abc import Iterable

from consultations.text.formats.numbering import Step, Xml, printed
from consultations.text.formats.odf import name

_KINDS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman"}
_KINDS |= {"I": "upperRoman", "": "none"}
_PLACEHOLDER = re.compile(r"%([0-9]+)%")
OUTLINE = "\N{SECTION SIGN} outline"  # no style of a file has this name


class Lists:
    """The styles of lists, and how far each list of the document has counted."""

    def __init__(self, roots: Iterable[Xml]) -> None:
        self._styles: dict[str, dict[int, Step]] = {}
        for root in roots:
            for style in root.iter(name("text:list-style")):
                self._styles[str(style.get(name("style:name")))] = _steps(style)
            for style in root.iter(name("text:outline-style")):
                self._styles[OUTLINE] = _steps(style)
        self._by_id: dict[str, dict[int, int]] = {}
        self._latest: dict[str, dict[int, int]] = {}
        self._outline: dict[int, int] = {}

    def begin(self, found: Xml, style: str) -> dict[int, int]:
        """The counts of a list that is not inside another: new ones, or those it continues."""
        counts: dict[int, int] = {}
        continued = self._by_id.get(str(found.get(name("text:continue-list"))))
        if continued is not None:
            counts = continued
        elif found.get(name("text:continue-numbering")) == "true":
            counts = self._latest.get(style, counts)
        self._latest[style] = counts
        identifier = found.get(name("xml:id"))
        if identifier:
            self._by_id[str(identifier)] = counts
        return counts

    def prefix(self, style: str, depth: int, counts: dict[int, int], start: str = "") -> str:
        """Counts one item at this depth (from 0) and gives its number; "" when it has none."""
        steps = self._styles.get(style, {})
        if depth not in steps:
            return ""
        begin = int(start) if start else steps[depth].start
        counts[depth] = begin if start or depth not in counts else counts[depth] + 1
        for above in range(depth):
            counts.setdefault(above, steps[above].start if above in steps else 1)
        for below in [one for one in counts if one > depth]:
            del counts[below]
        return printed(steps, depth, counts)

    def heading(self, element: Xml) -> str:
        """The number of a heading that is numbered as such."""
        depth = int(element.get(name("text:outline-level")) or 1) - 1
        if element.get(name("text:is-list-header")) == "true":
            return ""
        return self.prefix(OUTLINE, depth, self._outline)


def _steps(style: Xml) -> dict[int, Step]:
    return {
        int(level.get(name("text:level"))) - 1: _step(level)
        for level in style
        if isinstance(level.tag, str) and level.get(name("text:level"))
    }


def _step(level: Xml) -> Step:
    if level.tag.endswith(("list-level-style-bullet", "list-level-style-image")):
        return Step(kind="bullet")
    kind = _KINDS.get(level.get(name("style:num-format")) or "", "decimal")
    return Step(int(level.get(name("text:start-value")) or 1), kind, _pattern(level))


def _pattern(level: Xml) -> str:
    """In Word's way, "%1.%2)"; LibreOffice 7 says it almost so, ODF in pieces."""
    written = level.get(name("loext:num-list-format"))
    if written:
        return _PLACEHOLDER.sub(r"%\1", str(written))
    depth, levels = int(level.get(name("text:level"))), level.get(name("text:display-levels"))
    first = max(1, depth - int(levels or 1) + 1)
    numbers = ".".join(f"%{above}" for above in range(first, depth + 1))
    before, after = level.get(name("style:num-prefix")), level.get(name("style:num-suffix"))
    return f"{before or ''}{numbers}{after or ''}"
