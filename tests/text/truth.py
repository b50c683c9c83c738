"""The verdict over an alignment, by a rewrite that knows what it did.

Wordings that are the same in all their words stand for each other, since nobody could tell them
apart: such provisions are counted as right, and as twins.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from consultations.text.aligning.align import Alignment
from consultations.text.tree import Node, walk
from tests.text.rewriting import Piece, Wording, every, nodes, words


@dataclass(frozen=True)
class Figures:
    """What became of the new provisions; `wrong` names them."""

    right: int
    flagged: int
    wrong: tuple[str, ...]
    cuts: int  # splits and joinings there are
    cuts_found: int
    twins: int = 0  # right by words only

    @property
    def share_flagged(self) -> float:
        return self.flagged / max(1, self.right + self.flagged + len(self.wrong))

    def __str__(self) -> str:
        return (
            f"right {self.right} (of them twins {self.twins}), flagged {self.flagged} "
            f"({self.share_flagged:.1%}), silently wrong {len(self.wrong)}, "
            f"splits and joinings {self.cuts_found} of {self.cuts}"
        )


class Truth:
    """What a rewrite did, and the verdict over an alignment that claims to know."""

    def __init__(self, old: Sequence[Node], pieces: Sequence[Piece]) -> None:
        self.pieces = every(pieces)
        self.may = {turn: piece.was for turn, piece in enumerate(self.pieces, 1)}
        self._old_words = _wordings(old)
        self._new_words = _wordings(nodes(pieces))
        self._same_new: dict[Wording, list[int]] = defaultdict(list)
        for new, wording in self._new_words.items():
            self._same_new[wording].append(new)

    def verdict(self, alignment: Alignment) -> Figures:
        claims: dict[int, int | None] = dict.fromkeys(alignment.added)
        claims |= {pair.new: pair.old for pair in alignment.pairs}
        right = flagged = twins = 0
        wrong = []
        lost = self._lost(set(claims.values()), alignment.doubtful)
        for new, claim in sorted(claims.items()):
            if new in alignment.doubtful:
                flagged += 1
            elif claim in self.may[new] and new not in lost:
                right += 1
            elif new not in lost and self._twin(new, claim):
                right, twins = right + 1, twins + 1
            else:
                wrong.append(self._told(new, claim))
        return Figures(right, flagged, tuple(wrong), *self._cuts(alignment), twins)

    def _twin(self, new: int, claim: int | None) -> bool:
        """Whether an identical provision may be what this one is said to be."""
        same = self._same_new[self._new_words[new]]
        if claim is None:
            return any(None in self.may[other] for other in same)
        wording = self._old_words[claim]
        return any(
            was is not None and self._old_words[was] == wording
            for other in same
            for was in self.may[other]
        )

    def _lost(self, claimed: set[int | None], doubtful: frozenset[int]) -> set[int]:
        """Pieces of an old provision whose key nobody got, though one of them had to."""
        heirs: dict[int, list[int]] = defaultdict(list)
        for new, may in self.may.items():
            for was in may:
                if was is not None and None in may:
                    heirs[was].append(new)
        gone = {was: news for was, news in heirs.items() if was not in claimed}
        return {new for news in gone.values() for new in news if not doubtful.intersection(news)}

    def _cuts(self, alignment: Alignment) -> tuple[int, int]:
        parts: dict[int, set[int]] = defaultdict(set)
        for new, piece in enumerate(self.pieces, 1):
            if piece.cut_from is not None:
                parts[piece.cut_from].add(new)
        split = {old for _, old in alignment.split}
        merged = {new for _, new in alignment.joined}
        found = sum(old in split for old in parts)
        joins = [new for new, piece in enumerate(self.pieces, 1) if piece.of_two]
        return len(parts) + len(joins), found + sum(new in merged for new in joins)

    def _told(self, new: int, claim: int | None) -> str:
        before = " ".join(self._old_words[claim])[:160] if claim else "new"
        return (
            f"{new} {' '.join(self._new_words[new])[:160]!r} is said to be {claim} {before!r}, "
            f"but is {sorted(was or 0 for was in self.may[new])}"
        )


def _wordings(tree: Sequence[Node]) -> dict[int, Wording]:
    """The words of each provision and of all below it."""
    return {place.position: _below(place.node) for place in walk(tree)}


def _below(node: Node) -> Wording:
    kids = tuple(word for kid in node.children for word in ("|", *_below(kid)))
    return (node.level.value, *words(node), *kids)
