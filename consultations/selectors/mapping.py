"""Which provisions of the text that stands a text just read inherits its keys from: a proposal."""

import hashlib
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from consultations.models import Draft
from consultations.selectors.revision import in_a_list, said
from consultations.selectors.wordings import text_of
from consultations.text.aligning.align import Pair, align
from consultations.text.keyed import Text
from consultations.text.plain import to_plain
from consultations.text.tree import Node, Place, walk
from consultations.text.typography import typo

NEW = "nowy"


@dataclass(frozen=True)
class Row:
    """A place of the new text, what is proposed for it, and what the officer chose."""

    place: Place
    proposed: uuid.UUID | None
    chosen: uuid.UUID | None
    how: str
    doubtful: bool
    before: str
    after: str

    @property
    def name(self) -> str:
        """The name of its field on the form."""
        return f"map-{self.place.position}"

    @property
    def is_same(self) -> bool:
        return self.chosen == self.proposed and self.before == self.after and not self.how


@dataclass(frozen=True)
class Mapped:
    """The proposal for a whole text; `stood` tells which text it was made against."""

    rows: list[Row]
    gone: list[str]
    choices: dict[uuid.UUID, str]
    unclaimed: frozenset[uuid.UUID]
    stood: str

    @property
    def open_rows(self) -> list[Row]:
        """What the officer should look at, the doubtful first."""
        changed = [one for one in self.rows if not one.is_same or one.doubtful]
        return sorted(changed, key=lambda one: not one.doubtful)

    @property
    def asked(self) -> list[tuple[Row, list[tuple[uuid.UUID, str]]]]:
        """Each open row with what it may be: its own, what nobody claims, what is doubtful."""
        free = self.unclaimed | {one.chosen for one in self.rows if one.doubtful and one.chosen}
        return [
            (row, [one for one in self.choices.items() if one[0] in free | {row.chosen}])
            for row in self.open_rows
        ]

    @property
    def same(self) -> int:
        return len(self.rows) - len(self.open_rows)

    @property
    def doubtful(self) -> int:
        return sum(1 for one in self.rows if one.doubtful)


def mapped(
    draft: Draft, nodes: Sequence[Node], corrected: Mapping[int, uuid.UUID | None]
) -> Mapped | None:
    """None while there is no text whose keys could be inherited."""
    version = draft.versions.last()
    if version is None or not version.wordings.exists():
        return None
    stood = text_of(version)
    before = stood.placed()
    found = align(tuple(root.node() for root in stood.roots), nodes)
    by_key = {one.key: one for one, _place in before}
    by_new = {pair.new: pair for pair in found.pairs}
    cut_from = {new: before[old - 1][1] for new, old in found.split}
    rows = []
    for place in walk(nodes):
        pair = by_new.get(place.position)
        proposed = before[pair.old - 1][0].key if pair else None
        chosen = corrected.get(place.position, proposed)
        source = by_key.get(chosen) if chosen else None
        rows.append(
            Row(
                place,
                proposed,
                chosen,
                how=_how(pair, cut_from.get(place.position)),
                doubtful=place.position in found.doubtful,
                before=said(source),
                after=said(place.node),
            )
        )
    kept = {one.chosen for one in rows}
    choices = {one.key: in_a_list(at.citation, at.node) for one, at in before}
    unclaimed = frozenset(choices.keys() - kept)
    gone = [words for key, words in choices.items() if key in unclaimed]
    return Mapped(rows, gone, choices, unclaimed, fingerprint(stood))


def carried(draft: Draft, keys: Mapping[int, str]) -> dict[int, uuid.UUID | None]:
    """What a file we wrote says of itself: the keys it carries that this draft knows."""
    known = set(draft.provisions.values_list("key", flat=True)) if keys else set()
    found = {turn: uuid.UUID(key) for turn, key in keys.items()}
    return {turn: key for turn, key in found.items() if key in known}


def fingerprint(stood: Text) -> str:
    """Tells whether the text that stands is the one the proposal was made against."""
    keys = ",".join(f"{one.key}/{one.revision}" for one in stood.every())
    plain = to_plain(tuple(root.node() for root in stood.roots))
    return hashlib.sha256(f"{keys}\n{plain}".encode()).hexdigest()


def stood_now(draft: Draft) -> str:
    """The fingerprint of the text that stands; empty when there is none."""
    version = draft.versions.last()
    if version is None or not version.wordings.exists():
        return ""
    return fingerprint(text_of(version))


def _how(pair: Pair | None, cut_from: Place | None) -> str:
    if pair is not None:
        return _("moved") if pair.moved else ""
    if cut_from is not None:
        return _("cut out of: %(place)s") % {"place": typo(cut_from.citation)}
    return _("new provision")


def asked(sent: Mapping[str, str]) -> dict[int, uuid.UUID | None]:
    """What a form says of places: whose key each inherits, None for a new provision.

    What cannot be read is left out: the proposal stands for it.
    """
    found: dict[int, uuid.UUID | None] = {}
    for name, value in sent.items():
        position = name.removeprefix("map-")
        if name == position or not position.isdecimal() or len(position) > 6:
            continue
        if value == NEW:
            found[int(position)] = None
            continue
        try:
            found[int(position)] = uuid.UUID(value)
        except ValueError:
            continue
    return found
