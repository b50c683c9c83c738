"""The Merkle tree of the log (RFC 6962, section 2.1), kept beside its leaves.

Row `seq`, counted from 1, keeps the hashes of the perfect subtrees that leaf completes, lowest
first: its own leaf hash, then one more for each time `seq` divides by two. So a tree of a million
leaves gives a root or a proof from some twenty rows, and an append reads one on average.
"""

import hashlib
from collections.abc import Callable, Collection, Mapping

from consultations.ledger.verify import node_hash

HASH = 32  # bytes of one hash
Rows = Mapping[int, bytes]
Read = Callable[[Collection[int]], Rows]
Node = tuple[int, int]  # height, and the number of the last leaf under it, counted from 1
EMPTY = hashlib.sha256(b"").digest()


def needed(seq: int) -> list[int]:
    """The rows whose subtrees are joined when leaf `seq` is added; none for an odd one."""
    return [seq - (1 << height) for height in range(_twos(seq))]


def completed(seq: int, leaf: bytes, rows: Rows) -> bytes:
    """What row `seq` keeps, from its leaf hash and the rows of `needed(seq)`."""
    nodes = [leaf]
    for height, left in enumerate(needed(seq)):
        nodes.append(node_hash(_node(rows, (height, left)), nodes[-1]))
    return b"".join(nodes)


def root(size: int, read: Read) -> bytes:
    """The root over the first `size` leaves."""
    peaks = _peaks(0, size)
    return _joined(peaks, read([last for _height, last in peaks])) if peaks else EMPTY


def inclusion(index: int, size: int, read: Read) -> list[bytes]:
    """The audit path (2.1.1) of the leaf at `index`, from 0; ValueError outside the tree."""
    if not 0 <= index < size:
        raise ValueError(f"there is no leaf {index} in a tree of {size}")
    parts = _path(index, 0, size)
    return _hashes(parts, read)


def consistency(old: int, new: int, read: Read) -> list[bytes]:
    """The proof (2.1.2) that the tree of `new` leaves extends that of `old`; ValueError if not."""
    if not 0 < old <= new:
        raise ValueError(f"a tree of {new} leaves does not extend one of {old}")
    return _hashes(_subproof(old, 0, new, whole=True), read) if old < new else []


class Frontier:
    """A tree that is only added to: keeps the peaks, gives the root and what each row keeps."""

    def __init__(self) -> None:
        self.size = 0
        self._peaks: list[bytes] = []

    def append(self, leaf: bytes) -> bytes:
        """Add a leaf hash; gives what its row keeps."""
        self.size += 1
        nodes = [leaf]
        for _height in range(_twos(self.size)):
            nodes.append(node_hash(self._peaks.pop(), nodes[-1]))
        self._peaks.append(nodes[-1])
        return b"".join(nodes)

    def root(self) -> bytes:
        """The root over all leaves so far."""
        found: bytes | None = None
        for peak in reversed(self._peaks):
            found = peak if found is None else node_hash(peak, found)
        return EMPTY if found is None else found


def _twos(seq: int) -> int:
    """How many times the number divides by two."""
    return (seq & -seq).bit_length() - 1


def _peaks(start: int, stop: int) -> list[Node]:
    """The perfect subtrees of the leaves from `start` to before `stop`, from left to right.

    `start` is a multiple of the size of the first of them, as in every part of a proof.
    """
    peaks = []
    while start < stop:
        height = (stop - start).bit_length() - 1
        start += 1 << height
        peaks.append((height, start))
    return peaks


def _half(size: int) -> int:
    """The largest power of two below `size`."""
    return 1 << ((size - 1).bit_length() - 1)


def _path(index: int, start: int, stop: int) -> list[list[Node]]:
    """The subtrees beside the way from the leaf to the root, lowest first, each as its peaks."""
    if stop - start == 1:
        return []
    middle = start + _half(stop - start)
    if index < middle:
        return [*_path(index, start, middle), _peaks(middle, stop)]
    return [*_path(index, middle, stop), _peaks(start, middle)]


def _subproof(old: int, start: int, stop: int, *, whole: bool) -> list[list[Node]]:
    """SUBPROOF of RFC 6962; `whole` while the old tree is one of the subtrees met so far."""
    if old == stop:
        return [] if whole else [_peaks(start, stop)]
    middle = start + _half(stop - start)
    if old <= middle:
        return [*_subproof(old, start, middle, whole=whole), _peaks(middle, stop)]
    return [*_subproof(old, middle, stop, whole=False), _peaks(start, middle)]


def _hashes(parts: list[list[Node]], read: Read) -> list[bytes]:
    rows = read({last for part in parts for _height, last in part})
    return [_joined(part, rows) for part in parts]


def _joined(peaks: list[Node], rows: Rows) -> bytes:
    found = _node(rows, peaks[-1])
    for peak in reversed(peaks[:-1]):
        found = node_hash(_node(rows, peak), found)
    return found


def _node(rows: Rows, node: Node) -> bytes:
    height, last = node
    return rows[last][height * HASH : (height + 1) * HASH]
