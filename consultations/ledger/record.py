"""Writing a record file (`uwaga-record/v1`), which `verify.py` and `verify.js` check.

Its lines: `uwaga-record/v1`; `key` and the verifier key; `scope` and `entry`, `case` with a
number, or `log`; `entries` and their count; an empty one. For each entry: `index`, `leaf`, `word`
with field, salt and text (or `gone` and the field) for each field, `path` and a hash for each hash
of its proof, an empty one. To the end of the file the signed checkpoint.
"""

import base64
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from consultations.ledger.verify import FORMAT


@dataclass(frozen=True)
class Written:
    """An entry as it is written: its place, its leaf, salt and text of each field (None when
    they were erased), and its path to the root.
    """

    index: int
    leaf: bytes
    words: Mapping[str, tuple[bytes, str] | None]
    path: Sequence[bytes]


def write(
    scope: str, key: str, count: int, entries: Iterable[Written], checkpoint: bytes
) -> Iterator[bytes]:
    """The file in pieces; the entries ascend by index. ValueError unless there are `count`."""
    yield f"{FORMAT}\nkey {key}\nscope {scope}\nentries {count}\n\n".encode()
    written = 0
    for entry in entries:
        yield "".join(f"{line}\n" for line in _lines(entry)).encode()
        written += 1
    if written != count:
        raise ValueError(f"{written} entries were written where {count} were announced")
    yield checkpoint


def _lines(entry: Written) -> Iterator[str]:
    yield f"index {entry.index}"
    yield f"leaf {entry.leaf.decode()}"
    for field in sorted(entry.words, key=str.encode):
        said = entry.words[field]
        if said is None:
            yield f"gone {field}"
        else:
            salt, text = said
            normal = unicodedata.normalize("NFC", text).encode()
            yield f"word {field} {_b64(salt)} {_b64(normal)}"
    for one in entry.path:
        yield f"path {_b64(one)}"
    yield ""


def _b64(data: bytes) -> str:
    return base64.b64encode(data).decode()
