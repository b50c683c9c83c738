"""The tree of a draft that was read, drawn for a page: each warning beside its provision."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from consultations.text import reading
from consultations.text.reading import Parsed
from consultations.text.tree import PATH_WORDS, Level, Node, Place, walk


@dataclass(frozen=True)
class Branch:
    """One provision with the line it began in, its warnings and what hangs below it."""

    place: Place
    line: int
    warnings: tuple[reading.Warning, ...]
    branches: tuple["Branch", ...]

    @property
    def unit(self) -> str:
        """The level in the word lawyers use: "rozdz", "ust", "wstęp"."""
        return PATH_WORDS[self.place.node.level]

    @property
    def is_intro(self) -> bool:
        return self.place.node.level is Level.INTRO


@dataclass(frozen=True)
class Pinned:
    """A warning and the position of the provision it is drawn at; 0 when there is none."""

    warning: reading.Warning
    position: int


@dataclass(frozen=True)
class Preview:
    """What a person looks at before a text is saved."""

    branches: tuple[Branch, ...]
    warnings: tuple[Pinned, ...]
    provisions: int


def preview(parsed: Parsed) -> Preview:
    """The tree with every warning pinned to a provision."""
    places = list(walk(parsed.nodes))
    began = list(zip(places, parsed.lines, strict=True))
    pinned = [Pinned(one, _position(one, began)) for one in parsed.warnings]
    notes: defaultdict[int, list[reading.Warning]] = defaultdict(list)
    for one in pinned:
        notes[one.position].append(one.warning)
    branches = _branches(parsed.nodes, iter(began), notes)
    return Preview(branches, tuple(pinned), len(places))


def _position(warning: reading.Warning, began: Sequence[tuple[Place, int]]) -> int:
    """The provision of this mark in this line, else the last one that began before its end."""
    here = [place for place, line in began if line == warning.line]
    named = [place for place in here if warning.label and place.label == warning.label]
    before = [place for place, line in began if line <= warning.line]
    found = named or here or before[-1:] or [place for place, _line in began[:1]]
    return found[0].position if found else 0


def _branches(
    nodes: Sequence[Node],
    began: Iterator[tuple[Place, int]],
    notes: dict[int, list[reading.Warning]],
) -> tuple[Branch, ...]:
    """Takes the places in the order of the walk, a parent before its children."""
    drawn = []
    for node in nodes:
        place, line = next(began)
        below = _branches(node.children, began, notes)
        drawn.append(Branch(place, line, tuple(notes.get(place.position, ())), below))
    return tuple(drawn)
