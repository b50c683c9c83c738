"""A second writer of record files, independent of the one in the application.

It shares no line with `consultations.ledger`, so a misreading of the format by that writer and
that verifier together is seen here. It can also seal what no honest log would hold.
"""

import base64
import hashlib
import json
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

import rfc8785
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

NAME = "uwaga.przykladowo.example/log"
SUBJECTS = ("comment", "consultation", "council_file", "document", "draft", "opinion", "report")
TEXTS = (
    "Proszę o ławki w cieniu – jest nas tu wielu.",
    "§ 4 ust. 2: termin „30 dni” jest za krótki.\nDwie niedziele to nie konsultacje.",
    "Zażółć gęślą jaźń",
    "👩‍🌾 ok",
)


def b64(data: bytes) -> str:
    """Standard base64 with padding."""
    return base64.b64encode(data).decode()


def sha(*parts: bytes) -> bytes:
    """SHA-256 of the parts put together."""
    return hashlib.sha256(b"".join(parts)).digest()


@dataclass
class Signer:
    """An Ed25519 key with the name it signs under."""

    secret: Ed25519PrivateKey
    name: str = NAME

    @property
    def typed(self) -> bytes:
        """The byte of the algorithm, then the public key."""
        return b"\x01" + self.secret.public_key().public_bytes_raw()

    @property
    def key_id(self) -> bytes:
        """The first four bytes of the hash of name and key."""
        return sha(self.name.encode(), b"\n", self.typed)[:4]

    @property
    def vkey(self) -> str:
        """The key as it is published."""
        return f"{self.name}+{self.key_id.hex()}+{b64(self.typed)}"

    def checkpoint(self, size: int, root: bytes) -> str:
        """A signed note over a tree's size and root."""
        text = f"{self.name}\n{size}\n{b64(root)}\n"
        signature = b64(self.key_id + self.secret.sign(text.encode()))
        return f"{text}\n— {self.name} {signature}\n"


def signer(seed: int = 1) -> Signer:
    """A key of which everybody can know the secret: for tests only."""
    return Signer(Ed25519PrivateKey.from_private_bytes(bytes([seed]) * 32))


@dataclass
class Row:
    """An entry of the log: the leaf's bytes, and the words it speaks of with their salts."""

    leaf: str
    words: dict[str, tuple[bytes, str]] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)

    @property
    def hash(self) -> bytes:
        """The hash of the leaf in the tree."""
        return sha(b"\0", self.leaf.encode())

    def lines(self, index: int, path: Sequence[bytes]) -> list[str]:
        """This entry as it stands in a file."""
        said = [
            f"gone {name}" if name in self.gone else f"word {name} {b64(salt)} {b64(text.encode())}"
            for name, (salt, text) in sorted(self.words.items(), key=lambda it: it[0].encode())
        ]
        proof = [f"path {b64(one)}" for one in path]
        return [f"index {index}", f"leaf {self.leaf}", *said, *proof, ""]


def root(hashes: Sequence[bytes]) -> bytes:
    """The root of a tree over these leaf hashes (RFC 6962, 2.1), by its definition."""
    if len(hashes) < 2:
        return hashes[0] if hashes else sha()
    half = _half(len(hashes))
    return sha(b"\x01", root(hashes[:half]), root(hashes[half:]))


def path(index: int, hashes: Sequence[bytes]) -> list[bytes]:
    """The audit path of one leaf (RFC 6962, 2.1.1), by its definition."""
    if len(hashes) < 2:
        return []
    half = _half(len(hashes))
    if index < half:
        return [*path(index, hashes[:half]), root(hashes[half:])]
    return [*path(index - half, hashes[half:]), root(hashes[:half])]


def _half(size: int) -> int:
    return 1 << ((size - 1).bit_length() - 1)


def commitment(name: str, salt: bytes, text: str) -> str:
    """What a leaf says of words, without saying them."""
    return sha(b"uwaga/v1\0", name.encode(), b"\0", salt, b"\0", text.encode()).hex()


def leaf_of(seq: int, words: dict[str, tuple[bytes, str]], **facts: Any) -> dict[str, Any]:
    """A leaf of version 2 with everything a leaf has; `facts` replace any of it."""
    about = facts.pop("about", {})
    return {
        "action": f"00000000-0000-4000-8000-{seq:012d}",
        "actor": 5,
        "case": None,
        "case_seq": None,
        "facts": {"channel": "form", "kind": "question", "number": seq},
        "from": "received",
        "kind": "comment.file",
        "nonce": f"{seq:032x}",
        "prev": None,
        "role": "commenter",
        "seq": seq,
        "subject": dict.fromkeys(SUBJECTS) | about,
        "t_us": 1795609952265560 + seq * 1000,
        "to": "received",
        "v": 2,
        "version": 0,
        "words": {name: commitment(name, *salted) for name, salted in words.items()},
    } | facts


def row_of(seq: int, words: dict[str, tuple[bytes, str]], **facts: Any) -> Row:
    """A row whose leaf is written canonically."""
    return Row(rfc8785.dumps(leaf_of(seq, words, **facts)).decode(), words)


def seeded(seed: int) -> Random:
    """Chance that is the same every time."""
    return Random(seed)  # noqa: S311 - nothing here is a secret


def log_of(size: int, chance: Random) -> list[Row]:
    """An honest log: two cases, documents without a case, old leaves first, some words erased."""
    rows: list[Row] = []
    in_case: dict[int | None, int] = {}
    last: dict[tuple[str, int], str] = {}
    for seq in range(1, size + 1):
        case = chance.choice([1, 1, 2, None])
        in_case[case] = in_case.get(case, 0) + 1
        what = None if chance.random() < 0.1 else chance.choice(SUBJECTS)
        about = {} if what is None else {what: (case or 0) * 10 + chance.randint(1, 3)}
        facts: dict[str, Any] = {"case": case, "about": about}
        facts["case_seq"] = None if case is None else in_case[case]
        facts["prev"] = next((last.get(one) for one in about.items()), None)
        row = row_of(seq, _words(chance), **facts)
        if seq <= size // 5:
            row = old(row)
        row.gone = {name for name in row.words if chance.random() < 0.2}
        last.update(dict.fromkeys(about.items(), row.hash.hex()))
        rows.append(row)
    return rows


def old(row: Row) -> Row:
    """The same entry as version 1 wrote it: without a link to the one before."""
    leaf = {name: value for name, value in _read(row.leaf).items() if name != "prev"} | {"v": 1}
    return Row(rfc8785.dumps(leaf).decode(), row.words)


def _read(leaf: str) -> dict[str, Any]:
    return dict(json.loads(leaf))


def _words(chance: Random) -> dict[str, tuple[bytes, str]]:
    names = chance.sample(["body", "name", "reasons"], chance.randint(0, 2))
    return {
        name: (chance.randbytes(32), unicodedata.normalize("NFC", chance.choice(TEXTS)))
        for name in names
    }


def record(
    rows: Sequence[Row], scope: str, indexes: Sequence[int], by: Signer | None = None
) -> bytes:
    """A record file of these entries of the log, in the order given."""
    by = by or signer()
    hashes = [row.hash for row in rows]
    head = ["uwaga-record/v1", f"key {by.vkey}", f"scope {scope}", f"entries {len(indexes)}", ""]
    body = [line for at in indexes for line in rows[at].lines(at, path(at, hashes))]
    note = by.checkpoint(len(rows), root(hashes))
    return ("\n".join([*head, *body]) + "\n" + note).encode()


def of_case(rows: Sequence[Row], case: int) -> list[int]:
    """Where in the log the entries of one case stand."""
    return [at for at, row in enumerate(rows) if _read(row.leaf)["case"] == case]


def samples(seed: int = 1) -> dict[str, bytes]:
    """An honest record of every scope, by a name that says which."""
    rows = log_of(13, seeded(seed))
    worded = next(at for at, row in enumerate(rows) if row.words and not row.gone and at > 2)
    return {
        "entry": record(rows, "entry", [worded]),
        "case": record(rows, "case 1", of_case(rows, 1)),
        "log": record(rows, "log", range(len(rows))),
    }
