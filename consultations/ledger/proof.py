"""The proof that one entry is in the log, as C2SP tlog-proof writes it."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass

from consultations.ledger.verify import (
    Checkpoint,
    demand,
    open_note,
    parse_checkpoint,
    read_base64,
    read_decimal,
    root_from_path,
)

HEADER = "c2sp.org/tlog-proof@v1"


@dataclass(frozen=True)
class Proof:
    """Place counted from 0, path of 32-byte hashes, signed checkpoint; nobody signs `extra`."""

    index: int
    path: tuple[bytes, ...]
    checkpoint: bytes
    extra: bytes = b""


def write(index: int, path: Sequence[bytes], checkpoint: bytes, *, extra: bytes = b"") -> bytes:
    """The proof of the leaf at `index`, counted from 0, under the signed checkpoint."""
    lines = [HEADER]
    if extra:
        lines.append(f"extra {base64.b64encode(extra).decode()}")
    lines.append(f"index {index}")
    lines += [base64.b64encode(one).decode() for one in path]
    return "\n".join([*lines, "", ""]).encode() + checkpoint


def parse(data: bytes) -> Proof:
    """What `write` wrote, the checkpoint unread; Bad for what it would not have written."""
    head, blank, checkpoint = data.partition(b"\n\n")
    demand(blank and head.isascii(), "framing")
    first, *lines = head.decode().split("\n")
    demand(first == HEADER, "framing")
    extra = b""
    if lines and lines[0].startswith("extra "):
        extra = read_base64(lines.pop(0).removeprefix("extra "))
        demand(extra, "framing")
    demand(lines and lines[0].startswith("index "), "framing")
    index = read_decimal(lines[0].removeprefix("index "))
    return Proof(index, tuple(read_base64(one, 32) for one in lines[1:]), checkpoint, extra)


def check(proof: Proof, leaf: bytes, vkey: str) -> Checkpoint:
    """The signed head under which the leaf with this hash stands. Raises Bad."""
    head = parse_checkpoint(open_note(proof.checkpoint, vkey))
    demand(root_from_path(proof.index, head.size, leaf, proof.path) == head.root, "path")
    return head
