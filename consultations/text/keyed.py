"""A text being edited: provisions that keep their keys while they are moved, split and joined."""

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from consultations.text.renumbering import letters, renumbered
from consultations.text.tree import Level, Node, Place, walk


class Impossible(ValueError):
    """The text cannot be changed so; `sentence` tells the person why."""

    def __init__(self, sentence: object) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(eq=False)
class Provision:
    """One provision with its lasting key; `revision` grows with each edit of its words."""

    key: uuid.UUID
    level: Level
    number: str = ""
    heading: str = ""
    text: str = ""
    revision: int = 0
    children: list["Provision"] = field(default_factory=list)

    def node(self) -> Node:
        below = tuple(child.node() for child in self.children)
        return Node(self.level, self.number, self.heading, self.text, below)

    def within(self) -> Iterator["Provision"]:
        """Itself and everything below, in reading order."""
        yield self
        for child in self.children:
            yield from child.within()

    @property
    def words(self) -> str:
        return self.text or self.heading


@dataclass(eq=False)
class Text:
    """The whole text. Every change leaves it a tree in which levels only grow downwards."""

    roots: list[Provision]

    def every(self) -> Iterator[Provision]:
        for root in self.roots:
            yield from root.within()

    def placed(self) -> list[tuple[Provision, Place]]:
        """Every provision with its place (eId, citation), in reading order."""
        nodes = tuple(root.node() for root in self.roots)
        return list(zip(self.every(), walk(nodes), strict=True))

    def find(self, key: uuid.UUID) -> Provision:
        """KeyError when it is not in this text."""
        for one in self.every():
            if one.key == key:
                return one
        raise KeyError(key)

    def parent_of(self, sought: Provision) -> Provision | None:
        return next((one for one in self.every() if sought in one.children), None)

    def siblings_of(self, one: Provision) -> list[Provision]:
        parent = self.parent_of(one)
        return self.roots if parent is None else parent.children

    def put_after(self, beside: Provision, new: Provision) -> None:
        """Beside it, right behind: both hang under the same one."""
        parent = self.parent_of(beside)
        _refuse_depth(parent, new)
        beside_all = self.siblings_of(beside)
        beside_all.insert(beside_all.index(beside) + 1, new)

    def put_into(self, parent: Provision, new: Provision) -> None:
        """Below it, as the last of what hangs there."""
        _refuse_depth(parent, new)
        parent.children.append(new)

    def remove(self, one: Provision) -> None:
        """With everything below it; a text never becomes empty."""
        if sum(1 for _each in self.every()) == sum(1 for _each in one.within()):
            raise Impossible(_("This is the whole text: at least one provision must stay."))
        self.siblings_of(one).remove(one)

    def move(self, one: Provision, beside: Provision, *, into: bool) -> None:
        """Behind another provision, or into it as the first that hangs there."""
        if any(each is beside for each in one.within()):
            raise Impossible(_("A provision cannot be moved into itself."))
        _refuse_depth(beside if into else self.parent_of(beside), one)
        self.siblings_of(one).remove(one)
        if into:
            beside.children.insert(0, one)
        else:
            self.put_after(beside, one)

    def split(self, one: Provision, pieces: Sequence[str]) -> list[Provision]:
        """Its words fall into these pieces: the first keeps the key, the others are new.

        What hung below stays with the last piece. Gives the new provisions.
        """
        said = [piece.strip() for piece in pieces if piece.strip()]
        if len(said) < 2:
            raise Impossible(_("Mark at least one place where the provision is to be cut."))
        below, one.children = one.children, []
        one.text, one.revision = said[0], one.revision + 1
        made = [
            Provision(uuid.uuid4(), one.level, _behind(one.number, turn), text=words)
            for turn, words in enumerate(said[1:], 1)
        ]
        for new in reversed(made):
            self.put_after(one, new)
        made[-1].children = below
        return made

    def join(self, one: Provision) -> Provision:
        """The next provision of its level becomes part of it; gives the one that ended."""
        beside = self.siblings_of(one)
        following = beside[beside.index(one) + 1 :][:1]
        if not following or following[0].level is not one.level:
            raise Impossible(_("No provision of the same kind follows that could be joined to it."))
        gone = following[0]
        beside.remove(gone)
        one.text = " ".join(filter(None, (one.text, gone.heading, gone.text)))
        one.children += gone.children
        one.revision += 1
        return gone

    def renumber(self) -> int:
        """Number everything anew in its order; gives how many numbers changed."""
        numbers = renumbered(tuple(root.node() for root in self.roots))
        count = 0
        for one, number in zip(self.every(), numbers, strict=True):
            count += one.number != number
            one.number = number
        return count


def _refuse_depth(parent: Provision | None, new: Provision) -> None:
    if parent is not None and new.level.rank <= parent.level.rank:
        raise Impossible(_("This kind of provision cannot stand there."))


def _behind(number: str, turn: int) -> str:
    """A number for what is put behind: after "2" come "2a", "2b"."""
    return f"{number}{letters(turn)}" if number else ""
