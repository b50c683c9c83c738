"""The signer of checkpoints: it remembers, outside the database, what it signed last.

C2SP tlog-checkpoint: a log must not sign a checkpoint that is inconsistent with one it signed
before. So an older database, or one whose record was rewritten, gets no signature: whoever
restores it over a newer one has to say so in public, with a new key.
"""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from consultations.ledger.note import Signer, checkpoint_text
from consultations.ledger.verify import Bad, open_note, parse_checkpoint, verify_consistency

KEY, LAST = "key", "last-signed"
Prove = Callable[[int, int], Sequence[bytes]]


class WillNotSign(Exception):
    """The tree does not extend the last one signed; the words say how."""


@dataclass(frozen=True)
class Head:
    """A head of the tree: how many leaves, and their root (32 bytes)."""

    size: int
    root: bytes


class KeptSigner:
    """A key and the last signed note in a folder of their own, both readable by the owner alone.

    `origin` names the log and the key. When there is no key, one is made if the log `may_begin`.
    Raises WillNotSign when there is none, or it is the key of a log of another name.
    """

    def __init__(self, folder: Path, origin: str, *, may_begin: bool) -> None:
        self._folder = folder
        self._signer = self._load(origin, may_begin=may_begin)
        if self._signer.name != origin:
            raise WillNotSign(
                f"the key in {folder} signs for {self._signer.name}, not for {origin}"
            )

    @property
    def vkey(self) -> str:
        """The public key as people compare it (C2SP signed-note verifier key)."""
        return self._signer.vkey

    @property
    def last(self) -> Head | None:
        """The head it signed last; None before the first one. WillNotSign for a damaged file."""
        try:
            note = (self._folder / LAST).read_bytes()
            said = parse_checkpoint(open_note(note, self.vkey))
        except FileNotFoundError:
            return None
        except Bad:
            raise WillNotSign(f"{self._folder / LAST} is damaged or of another key") from None
        return Head(said.size, said.root)

    def sign(self, head: Head, prove: Prove) -> bytes:
        """The signed note of this head; `prove(old, new)` gives the consistency proof.

        It is on the disk before it is given out. Raises WillNotSign.
        """
        last = self.last
        if last is not None:
            _refuse_unless_extends(last, head, prove)
        note = self._signer.sign(checkpoint_text(self._signer.name, head.size, head.root))
        write_whole(self._folder / LAST, note)
        return note

    def _load(self, origin: str, *, may_begin: bool) -> Signer:
        path = self._folder / KEY
        try:
            return Signer.load(path.read_bytes())
        except FileNotFoundError:
            if not may_begin:
                raise WillNotSign(f"the log was signed before, and {path} is not there") from None
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            made = Signer.generate(origin)
            write_whole(path, made.dump(), mode=0o400)
            return made


def _refuse_unless_extends(last: Head, head: Head, prove: Prove) -> None:
    if head.size < last.size:
        raise WillNotSign(f"the log has {head.size} entries; {last.size} were signed before")
    if head.size == last.size and head.root == last.root:
        return
    proof = prove(last.size, head.size) if 0 < last.size < head.size else []
    if not verify_consistency(last.size, last.root, head.size, head.root, proof):
        raise WillNotSign(f"the first {last.size} entries are not those that were signed before")


def write_whole(path: Path, data: bytes, mode: int = 0o600) -> None:
    """Replace the file by one that is whole and on the disk."""
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
    unfinished.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
