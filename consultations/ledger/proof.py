"""The proof that one entry is in the log, as C2SP tlog-proof writes it."""

import base64
from collections.abc import Sequence

HEADER = "c2sp.org/tlog-proof@v1"


def write(index: int, path: Sequence[bytes], checkpoint: bytes, *, extra: bytes = b"") -> bytes:
    """The proof of the leaf at `index`, counted from 0, under the signed checkpoint."""
    lines = [HEADER]
    if extra:
        lines.append(f"extra {base64.b64encode(extra).decode()}")
    lines.append(f"index {index}")
    lines += [base64.b64encode(one).decode() for one in path]
    return "\n".join([*lines, "", ""]).encode() + checkpoint
