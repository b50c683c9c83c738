"""How alike two wordings are, and which wordings are worth comparing at all."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, pairwise

from rapidfuzz.distance import Indel

from consultations.text.tree import Node

_TOKEN = re.compile(r"\w+|[^\w\s]")
# An amount with its thousands apart ("20 400 000") is one word.
_WORD = re.compile(r"\d{1,3}(?:[ \N{NO-BREAK SPACE}.]\d{3})+(?!\d)|\w+")
_AFTER_HEADING = "\n"
_FIGURE = 0.4  # amounts, days and years are what most edits change
_PARTICLE = 0.3  # "w", "z", "na", "do" stand everywhere
# Whoever shares only words that more wordings than this have is no candidate.
_COMMON = 80
_NEAREST = 10


def weight(word: str) -> float:
    """How much a word says about which provision this is."""
    if word[0].isdigit():
        return _FIGURE
    return _PARTICLE if len(word) <= 2 else 1.0


@dataclass(frozen=True)
class Words:
    """The heading and text of a provision: as written, and as they are compared."""

    written: tuple[str, ...]  # with punctuation and case, as the redline sees them
    bare: tuple[str, ...]  # words alone, lower case

    @cached_property
    def bag(self) -> Counter[str]:
        return Counter(self.bare)

    @cached_property
    def frame(self) -> tuple[str, ...]:
        """What stays when only amounts, days and years change."""
        return tuple(word for word in self.bare if not word[0].isdigit())

    @cached_property
    def weight(self) -> float:
        return sum(map(weight, self.bare))

    @cached_property
    def traits(self) -> tuple[str, ...]:
        """Words and pairs of neighbouring words, by which alike wordings find each other."""
        return tuple({*self.bare, *(f"{one} {two}" for one, two in pairwise(self.bare))})

    def __bool__(self) -> bool:
        return bool(self.bare)


def words_of(node: Node) -> Words:
    """The words of a provision; its number and label are not among them."""
    heading = _TOKEN.findall(node.heading)
    written = (*heading, _AFTER_HEADING, *_TOKEN.findall(node.text)) if heading else None
    bare = _WORD.findall(f"{node.heading}\n{node.text}".casefold())
    return Words(written or tuple(_TOKEN.findall(node.text)), tuple(bare))


def joined(wordings: Iterable[Words]) -> Words:
    """Wordings read one after another."""
    every = list(wordings)
    written = tuple(chain.from_iterable(words.written for words in every))
    return Words(written, tuple(chain.from_iterable(words.bare for words in every)))


def likeness(old: Words, new: Words) -> float:
    """The share of words, in their order, that stayed; 1.0 only when nothing differs."""
    if old.written == new.written:
        return 1.0
    return min(Indel.normalized_similarity(old.written, new.written), 0.999)


def common(one: Words, other: Words) -> float:
    """The weight of the words both have."""
    few, many = sorted((one.bag, other.bag), key=len)
    return sum(weight(word) * min(count, many[word]) for word, count in few.items() if word in many)


def closeness(one: Words, other: Words) -> float:
    """0..1: the weighed words they share, and how many of them stand in the same order."""
    if one.bare == other.bare:
        return 1.0
    both = one.weight + other.weight
    if not one or not other or not both:
        return 0.0
    shared = 2 * common(one, other) / both
    return (shared + Indel.normalized_similarity(one.bare, other.bare)) / 2 if shared else 0.0


class Index:
    """Wordings by their traits: finds the few that are alike without comparing all."""

    def __init__(self, wordings: Mapping[int, Words]) -> None:
        self.wordings = wordings
        holders: dict[str, list[int]] = defaultdict(list)
        for turn, words in wordings.items():
            for trait in words.traits:
                holders[trait].append(turn)
        self._holders = {trait: turns for trait, turns in holders.items() if len(turns) <= _COMMON}

    def near(self, words: Words) -> list[int]:
        """The keys of the most alike by their rare traits, the best first."""
        found = Counter(
            chain.from_iterable(
                self._holders[trait] for trait in words.traits if trait in self._holders
            )
        )
        size = len(words.traits)
        ranked = sorted(
            (-count / (size + len(self.wordings[turn].traits)), turn)
            for turn, count in found.items()
        )
        return [turn for _, turn in ranked[:_NEAREST]]
