"""Checking the log from the inside: entry by entry, from the first to the last.

Every check names the first entry that is wrong. What the inside cannot see, an older database put
in the place of a newer one, is found with a checkpoint somebody kept (`against`).
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from enum import IntEnum
from typing import Any

from consultations.ledger.tree import HASH, Frontier
from consultations.ledger.verify import Checkpoint as Head
from consultations.ledger.verify import commitment, leaf_hash
from consultations.models import Checkpoint, Comment, Entry, LogHead, Sealed
from consultations.models.clock import EPOCH
from consultations.models.trail import SUBJECTS
from consultations.triggers import OF_MANDATES
from consultations.triggers import SAID as MAY_GO

AT_ONCE = 5000
MICROSECOND = timedelta(microseconds=1)
ERASING = "person.erase"


class Wrong(IntEnum):
    """What can be wrong; also the exit code of `audit_verify`."""

    LEAF = 1
    GAP = 2
    HEAD = 3
    CHECKPOINT = 4
    LIVE = 5
    GUARD = 6
    WORDS = 7


@dataclass(frozen=True)
class Fault:
    """What is wrong, with the number of the first wrong entry where there is one."""

    what: Wrong
    words: str
    seq: int | None = None

    def __str__(self) -> str:
        return f"entry {self.seq}: {self.words}" if self.seq else self.words


COLUMNS = (
    "seq",
    "t_us",
    "kind",
    "actor_id",
    "role",
    "action",
    "case_id",
    "case_seq",
    "object_version",
    "from_state",
    "to_state",
)
KEYS = tuple(f"{name}_id" for name in SUBJECTS)
ROW = ("payload", "nodes", "at", *COLUMNS, *KEYS)
SAID = (
    "seq",
    "t_us",
    "kind",
    "actor",
    "role",
    "action",
    "case",
    "case_seq",
    "version",
    "from",
    "to",
)


@dataclass
class Audit:
    """One pass over the log; `size` is how far it came, `faults` what it found.

    `against` are heads signed earlier. The pass ends with the first fault of the chain, because
    all that follows would be wrong too; other faults are gathered, one of each kind.
    """

    against: Sequence[Head] = ()
    size: int = 0
    faults: list[Fault] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._tree = Frontier()
        self._cases: dict[int, int] = {}
        self._last: dict[tuple[str, int], str] = {}
        self._t_us = 0
        self._gone: list[tuple[int, str, int | None, str]] = []  # entry, kind, comment, field
        self._erased: dict[int, int] = {}  # by person: the entry that says so
        self._heads: dict[int, list[tuple[bytes, str]]] = {}
        for kept in Checkpoint.objects.all().iterator():
            self._expect(kept.size, bytes(kept.root), "the checkpoint published here")
        for head in self.against:
            self._expect(head.size, head.root, "the checkpoint given")

    def run(self) -> Iterator[int]:
        """Look at every entry; gives how many are done, from time to time."""
        words = _Words()
        rows = Entry.objects.order_by("seq").values_list(*ROW)
        for row in rows.iterator(AT_ONCE):
            fault = self._look(row, words)
            if fault is not None:
                self.faults.append(fault)
                return
            if self.size % AT_ONCE == 0:
                yield self.size
        self._end()
        yield self.size

    def _expect(self, size: int, root: bytes, who: str) -> None:
        self._heads.setdefault(size, []).append((root, who))

    def _look(self, row: tuple[Any, ...], words: "_Words") -> Fault | None:
        payload, nodes, at, seq = row[0], bytes(row[1]), row[2], row[3]
        if seq != self.size + 1:
            return Fault(Wrong.GAP, f"the next entry is {seq}: something is missing", self.size + 1)
        leaf_is = leaf_hash(payload.encode())
        if nodes[:HASH] != leaf_is:
            return Fault(Wrong.LEAF, "it does not say what it said when it was recorded", seq)
        if self._tree.append(leaf_is) != nodes:
            return Fault(Wrong.LEAF, "the hashes kept beside it are not those of the log", seq)
        leaf = json.loads(payload)
        wrong = unlike(leaf, row) or self._out_of_place(leaf, leaf_is, at)
        if wrong is not None:
            return wrong
        self.size = seq
        self._read_words(leaf, words)
        return self._unlike_heads()

    def _out_of_place(self, leaf: Mapping[str, Any], leaf_is: bytes, at: Any) -> Fault | None:
        seq, case = leaf["seq"], leaf["case"]
        if leaf["t_us"] <= self._t_us:
            return Fault(Wrong.LEAF, "its instant is not later than the one before", seq)
        if (at - EPOCH) // MICROSECOND != leaf["t_us"]:
            return Fault(Wrong.LEAF, "its column for «at» was altered", seq)
        self._t_us = leaf["t_us"]
        if case is not None:
            self._cases[case] = self._cases.get(case, 0) + 1
            if leaf["case_seq"] != self._cases[case]:
                return Fault(Wrong.GAP, f"the record of draft {case} has a gap before it", seq)
        named = [(name, key) for name, key in leaf["subject"].items() if key is not None]
        previous = self._last.get(named[0]) if named else None
        if leaf["v"] > 1 and leaf["prev"] != previous:
            return Fault(Wrong.LEAF, "it does not follow the event before on the same thing", seq)
        if named:
            self._last[named[0]] = leaf_is.hex()
        return None

    def _read_words(self, leaf: Mapping[str, Any], words: "_Words") -> None:
        """The sealed words are those committed to; missing ones must be erased further on."""
        if leaf["kind"] == ERASING:
            self._erased[leaf["facts"]["person"]] = leaf["seq"]
        kept = words.of(leaf["seq"])
        for name, (salt, text) in kept.items():
            if leaf["words"].get(name) != commitment(name, salt, text):
                self._first(Wrong.WORDS, f"the words kept as «{name}» are not those", leaf["seq"])
        for name in sorted(leaf["words"].keys() - kept.keys()):
            about = leaf["subject"]["comment"]
            if leaf["kind"] in OF_MANDATES:
                about = leaf["facts"]["person"]
            self._gone.append((leaf["seq"], leaf["kind"], about, name))

    def _unlike_heads(self) -> Fault | None:
        for root, who in self._heads.pop(self.size, ()):
            if self._tree.root() != root:
                words = f"{who} for {self.size} entries has another root: the record was rewritten"
                return Fault(Wrong.CHECKPOINT, words)
        return None

    def _end(self) -> None:
        head = LogHead.objects.get(pk=1)
        if (head.size, head.last_t_us) != (self.size, self._t_us):
            words = f"the head says {head.size} entries, and there are {self.size}"
            self.faults.append(Fault(Wrong.HEAD, words))
        if self._heads:
            size = min(self._heads)
            who = self._heads[size][0][1]
            words = f"{who} covers {size} entries, and there are {self.size}: the end is missing"
            self.faults.append(Fault(Wrong.CHECKPOINT, words))
        self._look_for_reasons()

    def _look_for_reasons(self) -> None:
        """Words may be gone only when a later entry says that their author was erased."""
        hers = Comment.objects.filter(filed_by__in=self._erased)
        filed = {pk: one for pk, *one in hers.values_list("pk", "filed_by", "organisation")}
        for seq, kind, about, name in self._gone:
            if kind in OF_MANDATES:
                author, own = about if about in self._erased else None, True
            else:
                author, organisation = filed.get(about or 0, (None, None))
                own = name == "sender" or (organisation is None and kind in MAY_GO)
            if author is None or not own or self._erased[author] < seq:
                self._first(Wrong.WORDS, f"«{name}» is gone, and nothing says it was erased", seq)

    def _first(self, what: Wrong, words: str, seq: int) -> None:
        if all(one.what != what for one in self.faults):
            self.faults.append(Fault(what, words, seq))


class _Words:
    """The sealed words in the order of their entries, read beside the log."""

    def __init__(self) -> None:
        rows = Sealed.objects.order_by("entry__seq").values_list(
            "entry__seq", "field", "salt", "text"
        )
        self._rows = rows.iterator(AT_ONCE)
        self._next = next(self._rows, None)

    def of(self, seq: int) -> dict[str, tuple[bytes, str]]:
        """By field: salt and text of this entry."""
        found = {}
        while self._next is not None and self._next[0] <= seq:
            found[self._next[1]] = (bytes(self._next[2]), self._next[3])
            self._next = next(self._rows, None)
        return found


def unlike(leaf: Mapping[str, Any], row: tuple[Any, ...]) -> Fault | None:
    """The columns beside the leaf, by which pages find it, say the same."""
    columns, keys = row[3 : 3 + len(COLUMNS)], row[3 + len(COLUMNS) :]
    for name, value in zip(SAID, columns, strict=True):
        if leaf[name] != (str(value) if name == "action" else value):
            return Fault(Wrong.LEAF, f"its column for «{name}» was altered", row[3])
    for name, key in zip(SUBJECTS, keys, strict=True):
        if leaf["subject"].get(name) != key:  # a subject that came later is in no older leaf
            return Fault(Wrong.LEAF, f"its column for «{name}» was altered", row[3])
    return None
