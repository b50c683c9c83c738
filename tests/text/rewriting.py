"""Rewrites of a draft, step by step, each new provision knowing which old one it was.

Nothing here knows how the aligner works. What the steps mean by an edit or an insertion is said
where they are: an edit keeps at least half of the words, an insertion brings words of its own.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random

from consultations.text.tree import Level, Node, walk

Wording = tuple[str, ...]


@dataclass(eq=False)
class Piece:
    """A provision that can be rewritten; `was`: the old positions it may be, None for a new one."""

    level: Level
    heading: str = ""
    text: str = ""
    number: str = ""
    kids: list["Piece"] = field(default_factory=list)
    was: frozenset[int | None] = frozenset({None})
    cut_from: int | None = None
    touched: bool = False
    of_two: bool = False  # joined from two old ones

    def node(self) -> Node:
        kids = tuple(kid.node() for kid in self.kids)
        return Node(self.level, self.number, self.heading, self.text, kids)


def every(pieces: Sequence[Piece]) -> list[Piece]:
    """In the order of `tree.walk`."""
    return [one for piece in pieces for one in (piece, *every(piece.kids))]


def remember(pieces: Sequence[Piece]) -> None:
    """From now on each provision is the old one at its position."""
    for position, piece in enumerate(every(pieces), 1):
        piece.was, piece.touched, piece.cut_from = frozenset({position}), False, None


def number(pieces: Sequence[Piece]) -> None:
    """Numbers everything anew, § through the whole draft."""
    sections = 0
    for piece in every(pieces):
        if piece.level is Level.PARAGRAPH:
            sections += 1
            piece.number = str(sections)
        for turn, kid in enumerate(piece.kids, 1):
            if kid.level is not Level.PARAGRAPH:
                kid.number = _mark(kid.level, turn)
    for turn, piece in enumerate(pieces, 1):
        if piece.level is not Level.PARAGRAPH:
            piece.number = _mark(piece.level, turn)


def _mark(level: Level, turn: int) -> str:
    if level is Level.INTRO:
        return ""
    if level is not Level.LETTER:
        return str(turn)
    return chr(96 + turn) if turn <= 26 else f"{chr(96 + turn // 26 % 26)}{chr(97 + turn % 26)}"


def nodes(pieces: Sequence[Piece]) -> tuple[Node, ...]:
    return tuple(piece.node() for piece in pieces)


def words(piece: Piece | Node) -> Wording:
    """Words without punctuation and case: what wordings are compared by."""
    return tuple(re.findall(r"\w+", f"{piece.heading} {piece.text}".casefold()))


def alike(one: Wording, other: Wording) -> float:
    """The generator's own measure: the share of different words two wordings have in common."""
    first, second = set(one), set(other)
    return 2 * len(first & second) / (len(first) + len(second)) if first or second else 1.0


Wanted = Callable[[Piece], bool]


class Rewriter:
    """Rewrites a draft step by step; each step takes a provision no other step has touched."""

    def __init__(self, pieces: list[Piece], random: Random, vocabulary: Sequence[str]) -> None:
        number(pieces)
        remember(pieces)
        self.pieces, self.random, self.vocabulary = pieces, random, vocabulary
        self.old = nodes(pieces)
        self.known = {words(place.node) for place in walk(self.old)}

    def new(self) -> tuple[Node, ...]:
        return nodes(self.pieces)

    def run(self, step: str, times: int = 1) -> None:
        for _ in range(times):
            getattr(self, step)()

    def edit(self, share: float = 0.3) -> None:
        """Exchanges, adds and drops words, at most so many of them."""
        piece = self._pick(lambda one: len(words(one)) >= 3)
        if piece is None:
            return
        piece.touched = True
        text = self._reworded(piece.text or piece.heading, share)
        changed = Piece(piece.level, piece.heading, text)
        if words(changed) in self.known:
            return
        self.known.add(words(changed))
        piece.heading, piece.text = (piece.heading, text) if piece.text else (text, "")

    def _reworded(self, text: str, share: float) -> str:
        said = text.split()
        for _ in range(self.random.randint(1, max(1, int(len(said) * share)))):
            turn = self.random.randrange(len(said))
            change = self.random.choice(["exchange", "add", "drop", "exchange"])
            if change == "add":
                said.insert(turn, self.random.choice(self.vocabulary))
            elif change == "exchange" or len(said) < 3:
                said[turn] = self.random.choice(self.vocabulary)
            else:
                del said[turn]
        return " ".join(said)

    def amount(self) -> None:
        """Another figure in place of one that stands there."""
        piece = self._pick(lambda one: any(map(str.isdigit, one.text)))
        if piece is None:
            return
        piece.touched = True
        figures = [word for word in piece.text.split() if word.isdigit() and word != "000"]
        if not figures:
            return
        other = str(self.random.randint(11, 989))
        text = piece.text.replace(self.random.choice(figures), other, 1)
        if words(Piece(piece.level, piece.heading, text)) not in self.known:
            self.known.add(words(Piece(piece.level, piece.heading, text)))
            piece.text = text

    def swap_amounts(self) -> None:
        """Two siblings that differ in little exchange their figures."""
        for above in self.random.sample(self._parents(), len(self._parents())):
            some = [kid for kid in above if not kid.touched and kid.text.endswith(" zł;")]
            if len(some) >= 2:
                one, other = self.random.sample(some, 2)
                first, second = one.text.split(" – "), other.text.split(" – ")
                one.text, other.text = f"{first[0]} – {second[-1]}", f"{second[0]} – {first[-1]}"
                one.touched = other.touched = True
                return

    def delete(self) -> None:
        piece = self._pick(lambda one: len(every([one])) <= 8)
        if piece is not None and not any(one.touched for one in every([piece])):
            self._home(piece).remove(piece)

    def insert(self) -> None:
        """A provision in words of its own: no old one has as much as two words in five of them."""
        home = self.random.choice(self._parents())
        if not home:
            return
        level = home[0].level
        text = self._fresh(level)
        if text:
            one = Piece(level, text=text, touched=True)
            home.insert(self.random.randint(0, len(home)), one)
            self.known.add(words(one))

    def _fresh(self, level: Level) -> str:
        for _ in range(20):
            count = self.random.randint(2, 16)
            text = " ".join(self.random.choice(self.vocabulary) for _ in range(count))
            if all(alike(words(Piece(level, text=text)), one) < 0.4 for one in self.known):
                return text
        return ""

    def copy(self) -> None:
        """A sibling made after a provision that stays, with some words exchanged."""
        piece = self._pick(lambda one: not one.kids and len(words(one)) >= 3)
        if piece is None:
            return
        text = self._reworded(piece.text or piece.heading, 0.4)
        one = Piece(piece.level, piece.heading, text, touched=True)
        if words(one) not in self.known:
            piece.touched = True
            self.known.add(words(one))
            home = self._home(piece)
            home.insert(home.index(piece) + 1, one)

    def move(self) -> None:
        """A provision with all below it goes to another place where its level may stand."""
        piece = self._pick(lambda one: len(every([one])) <= 8)
        if piece is None or any(one.touched for one in every([piece])):
            return
        inside = {id(one.kids) for one in every([piece])}
        homes = [
            home
            for home in self._parents()
            if home and home[0].level is piece.level and id(home) not in inside
        ]
        self._home(piece).remove(piece)
        home = self.random.choice(homes)
        home.insert(self.random.randint(0, len(home)), piece)
        piece.touched = True

    def swap(self) -> None:
        """Two siblings exchange places."""
        homes = [home for home in self._parents() if len(home) >= 2]
        if homes:
            home = self.random.choice(homes)
            one, other = self.random.sample(range(len(home)), 2)
            home[one], home[other] = home[other], home[one]

    def split(self) -> None:
        """One text becomes two siblings; the first or the larger may keep the key."""
        piece = self._pick(lambda one: not one.kids and len(words(one)) >= 8)
        if piece is None:
            return
        said = piece.text.split()
        place = self.random.randint(3, len(said) - 3)
        (was,) = piece.was
        rest = Piece(piece.level, text=" ".join(said[place:]), touched=True, cut_from=was)
        piece.text, piece.touched, piece.cut_from = " ".join(said[:place]), True, was
        larger = len(said) - place > len(words(piece))
        rest.was = frozenset({was, None}) if larger else frozenset({None})
        piece.was = frozenset({was, None}) if larger else frozenset({was})
        home = self._home(piece)
        home.insert(home.index(piece) + 1, rest)

    def section(self) -> None:
        """The text of a § becomes sections under it."""
        piece = self._pick(
            lambda one: (
                one.level is Level.PARAGRAPH
                and not one.kids
                and len(words(one)) >= 10
                and not one.heading
            )
        )
        if piece is None:
            return
        said = piece.text.split()
        place = self.random.randint(4, len(said) - 4)
        (was,) = piece.was
        halves = (said[:place], said[place:])
        piece.kids = [
            Piece(Level.SECTION, text=" ".join(half), touched=True, cut_from=was) for half in halves
        ]
        piece.text, piece.touched = "", True

    def join(self) -> None:
        """Two neighbouring siblings become one; the first or the larger may keep the key."""
        homes = [(home, turn) for home in self._parents() for turn in range(len(home) - 1)]
        self.random.shuffle(homes)
        for home, turn in homes:
            one, other = home[turn : turn + 2]
            if one.level is not other.level or one.kids or other.kids or other.heading:
                continue
            if one.touched or other.touched or min(len(words(one)), len(words(other))) < 3:
                continue
            larger = len(words(other)) > len(words(one))
            one.was = one.was | other.was if larger else one.was
            one.text, one.touched, one.of_two = f"{one.text} {other.text}", True, True
            home.remove(other)
            return

    def retitle(self) -> None:
        """A provision whose children all stay gets a heading in other words."""
        piece = self._pick(lambda one: len(one.kids) >= 2 and bool(one.heading))
        if piece is not None:
            piece.touched = True
            piece.heading = " ".join(self.random.choice(self.vocabulary) for _ in range(3))

    def renumber(self) -> None:
        number(self.pieces)

    def _pick(self, wanted: Wanted) -> Piece | None:
        fit = [one for one in every(self.pieces) if not one.touched and wanted(one)]
        return self.random.choice(fit) if fit else None

    def _parents(self) -> list[list[Piece]]:
        return [self.pieces, *(one.kids for one in every(self.pieces) if one.kids)]

    def _home(self, piece: Piece) -> list[Piece]:
        return next(home for home in self._parents() if any(one is piece for one in home))
