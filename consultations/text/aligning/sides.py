"""Two wordings of a draft laid side by side, and the pairs found so far."""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field

from consultations.text.aligning.likeness import Index, Words, closeness, words_of
from consultations.text.tree import Level, Node, walk

ROOT = 0  # what stands above the topmost provisions


@dataclass
class Unit:
    """A provision with its surroundings as positions of its own side."""

    node: Node
    position: int
    parent: int
    turn: int  # among its siblings, from 0
    words: Words
    kids: list[int] = field(default_factory=list)
    mass: float = 1.0  # itself, its words and all below
    size: int = 1  # itself and all below
    shape: int = 0  # the same for provisions with the same words all the way down

    @property
    def level(self) -> Level:
        return self.node.level


class Side:
    """One wording: `units[position]`, where 0 is what stands above all."""

    def __init__(self, nodes: Sequence[Node], shapes: dict[Hashable, int]) -> None:
        top = Node(Level.CHAPTER)
        self.units = [Unit(top, ROOT, ROOT, 0, words_of(top))]
        line = [ROOT]
        for place in walk(nodes):
            del line[len(place.ancestors) + 1 :]
            above = self.units[line[-1]]
            unit = Unit(place.node, place.position, line[-1], len(above.kids), words_of(place.node))
            above.kids.append(place.position)
            self.units.append(unit)
            line.append(place.position)
        self._sum_up(shapes)
        self.index = self.index_of(self.positions)
        self.shapes = Counter(unit.shape for unit in self.units[1:])
        self.frames = Counter((unit.parent, unit.words.frame) for unit in self.units[1:])
        self.repeated = Counter((unit.level, unit.words.bare) for unit in self.units[1:])

    def __getitem__(self, position: int) -> Unit:
        return self.units[position]

    @property
    def positions(self) -> range:
        return range(1, len(self.units))

    def index_of(self, positions: Iterable[int]) -> Index:
        return Index({position: self[position].words for position in sorted(positions)})

    def by_words(self, positions: Iterable[int]) -> dict[Hashable, list[int]]:
        """Positions of each wording that says anything, level by level."""
        found: dict[Hashable, list[int]] = defaultdict(list)
        for position in sorted(positions):
            unit = self[position]
            if unit.words:
                found[unit.level, unit.words.bare].append(position)
        return found

    def _sum_up(self, shapes: dict[Hashable, int]) -> None:
        for unit in reversed(self.units):
            kids = [self[kid] for kid in unit.kids]
            unit.mass = 1 + unit.words.weight + sum(kid.mass for kid in kids)
            unit.size = 1 + sum(kid.size for kid in kids)
            shape = (unit.level, unit.words.bare, tuple(kid.shape for kid in kids))
            unit.shape = shapes.setdefault(shape, len(shapes))


class Matching:
    """The pairs found so far; a provision is paired once, or said to have no counterpart."""

    def __init__(self, old: Sequence[Node], new: Sequence[Node]) -> None:
        shapes: dict[Hashable, int] = {}
        self.old, self.new = Side(old, shapes), Side(new, shapes)
        self.to_new = {ROOT: ROOT}
        self.to_old = {ROOT: ROOT}
        self.open_old = set(self.old.positions)
        self.open_new = set(self.new.positions)

    def pair(self, old: int, new: int) -> bool:
        """Pairs two that are both free; whether it did."""
        if old not in self.open_old or new not in self.open_new:
            return False
        self.to_new[old], self.to_old[new] = new, old
        self.open_old.discard(old)
        self.open_new.discard(new)
        return True

    def level_with(self, old: int, new: int) -> bool:
        return self.old[old].level == self.new[new].level

    def under_one(self, old: int, new: int) -> bool:
        """Whether their parents are a pair."""
        return self.to_new.get(self.old[old].parent) == self.new[new].parent

    def own(self, old: int, new: int) -> float:
        """How close their own words are."""
        return closeness(self.old[old].words, self.new[new].words)

    def kids(self, old: int, new: int) -> float:
        """The share (by mass) of what stands below both that is paired with each other."""
        one, other = self.old[old], self.new[new]
        total = sum(self.old[kid].mass for kid in one.kids)
        total += sum(self.new[kid].mass for kid in other.kids)
        below = set(other.kids)
        shared = [kid for kid in one.kids if self.to_new.get(kid) in below]
        mass = sum(self.old[kid].mass + self.new[self.to_new[kid]].mass for kid in shared)
        return mass / total if total else 0.0

    def close(self, old: int, new: int) -> float:
        """Own words, helped by what stands below; children alone speak for who has no words."""
        one, other = self.old[old], self.new[new]
        if not one.kids or not other.kids:
            return self.own(old, new)
        if not one.words or not other.words:
            return self.kids(old, new)
        own, said = self.own(old, new), (one.words.weight + other.words.weight) / 2
        below = min((one.mass + other.mass) / 2 - said, 2 * said + 4)
        return max(own, (own * said + self.kids(old, new) * below) / (said + below))
