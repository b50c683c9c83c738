"""A text that was read takes over the keys of the text that stood before."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from consultations.text.aligning.align import Alignment, align
from consultations.text.keyed import Provision, Text
from consultations.text.tree import Node, walk


@dataclass(frozen=True)
class Heirs:
    """The new text with its keys, and what came out of what.

    `split`: (new, the one it was cut out of); `joined`: (ended, the one that holds its words);
    `corrected`: how many places the officer decided otherwise.
    """

    text: Text
    added: frozenset[uuid.UUID]
    split: tuple[tuple[uuid.UUID, uuid.UUID], ...]
    joined: tuple[tuple[uuid.UUID, uuid.UUID], ...]
    corrected: int


def inherit(stood: Text, nodes: Sequence[Node], corrected: Mapping[int, uuid.UUID | None]) -> Heirs:
    """Keys by alignment, save where the officer decided; each key is inherited once at most."""
    before = list(stood.every())
    found = align(tuple(root.node() for root in stood.roots), nodes)
    proposed = {pair.new: before[pair.old - 1].key for pair in found.pairs}
    keys = decided(proposed, corrected)
    count = sum(1 for _place in walk(nodes))
    own = {new: keys.get(new) or uuid.uuid4() for new in range(1, count + 1)}
    text = _keyed(nodes, own, {one.key: one for one in before})
    known = {one.key for one in before}
    return Heirs(
        text=text,
        added=frozenset(key for key in own.values() if key not in known),
        split=_split(found, own, before),
        joined=_joined(found, own, before),
        corrected=sum(proposed.get(new) != key for new, key in corrected.items()),
    )


def decided(
    proposed: Mapping[int, uuid.UUID], corrected: Mapping[int, uuid.UUID | None]
) -> dict[int, uuid.UUID]:
    """What the officer said goes first; nobody else inherits a key she gave away."""
    said = {new: key for new, key in corrected.items() if key is not None}
    given = set(said.values())
    rest = {new: key for new, key in proposed.items() if new not in corrected and key not in given}
    return rest | said


def _keyed(
    nodes: Sequence[Node], own: Mapping[int, uuid.UUID], before: Mapping[uuid.UUID, Provision]
) -> Text:
    turn = iter(sorted(own))

    def made(node: Node) -> Provision:
        key = own[next(turn)]
        was = before.get(key)
        edited = was is not None and (was.heading, was.text) != (node.heading, node.text)
        revision = was.revision + edited if was else 0
        one = Provision(key, node.level, node.number, node.heading, node.text, revision)
        one.children = [made(child) for child in node.children]
        return one

    return Text([made(node) for node in nodes])


def _split(
    found: Alignment, own: Mapping[int, uuid.UUID], before: Sequence[Provision]
) -> tuple[tuple[uuid.UUID, uuid.UUID], ...]:
    pairs = ((own[new], before[old - 1].key) for new, old in found.split)
    kept = set(own.values())
    return tuple((new, old) for new, old in pairs if new != old and old in kept)


def _joined(
    found: Alignment, own: Mapping[int, uuid.UUID], before: Sequence[Provision]
) -> tuple[tuple[uuid.UUID, uuid.UUID], ...]:
    pairs = ((before[old - 1].key, own[new]) for old, new in found.joined)
    kept = set(own.values())
    return tuple((old, new) for old, new in pairs if old not in kept)
