"""Trees by their definition: RFC 6962, 2.1, recursion for recursion, and rows as a log keeps them.

`tests.proof.records` has another writer of roots and paths; this one also proves consistency.
"""

import hashlib
from collections.abc import Collection, Mapping, Sequence

from consultations.ledger import tree


def sha(data: bytes) -> bytes:
    """SHA-256."""
    return hashlib.sha256(data).digest()


def leaf(data: bytes) -> bytes:
    """The hash of a leaf."""
    return sha(b"\0" + data)


def half(size: int) -> int:
    """The largest power of two below `size`."""
    power = 1
    while power * 2 < size:
        power *= 2
    return power


def mth(hashes: Sequence[bytes]) -> bytes:
    """MTH(D[n]), over leaf hashes."""
    if len(hashes) < 2:
        return hashes[0] if hashes else sha(b"")
    k = half(len(hashes))
    return sha(b"\x01" + mth(hashes[:k]) + mth(hashes[k:]))


def path(m: int, hashes: Sequence[bytes]) -> list[bytes]:
    """PATH(m, D[n])."""
    if len(hashes) == 1:
        return []
    k = half(len(hashes))
    if m < k:
        return [*path(m, hashes[:k]), mth(hashes[k:])]
    return [*path(m - k, hashes[k:]), mth(hashes[:k])]


def proof(m: int, hashes: Sequence[bytes]) -> list[bytes]:
    """PROOF(m, D[n])."""
    return subproof(m, hashes, complete=True)


def subproof(m: int, hashes: Sequence[bytes], *, complete: bool) -> list[bytes]:
    """SUBPROOF(m, D[n], b)."""
    if m == len(hashes):
        return [] if complete else [mth(hashes)]
    k = half(len(hashes))
    if m <= k:
        return [*subproof(m, hashes[:k], complete=complete), mth(hashes[k:])]
    return [*subproof(m - k, hashes[k:], complete=False), mth(hashes[:k])]


class Table:
    """Rows as a database keeps them; remembers which were read, one list for every read."""

    def __init__(self, hashes: Sequence[bytes]) -> None:
        self.rows: dict[int, bytes] = {}
        self.reads: list[list[int]] = []
        for seq, one in enumerate(hashes, 1):
            self.rows[seq] = tree.completed(seq, one, self.read(tree.needed(seq)))
        self.reads.clear()

    def read(self, seqs: Collection[int]) -> Mapping[int, bytes]:
        """`nodes` of these rows."""
        self.reads.append(sorted(seqs))
        return {seq: self.rows[seq] for seq in seqs}


HASHES = [leaf(b"entry %d" % number) for number in range(130)]
TABLE = Table(HASHES)
