# SPDX-License-Identifier: AGPL-3.0-or-later
"""Verify a record file (`uwaga-record/v1`) of a consultation log.

    python3 verify.py FILE [--key KEY] [--json]

One file that needs Python 3.11 and the package `cryptography`, and nothing of the system that
wrote the record. It ends with 0 only when every byte is right, with 1 when something is wrong and
with 2 when the file cannot be read. Without --key it tells under which key the record agrees:
compare that key with the one the office publishes.

Sources: RFC 6962 and RFC 9162 (tree and proofs), RFC 8785 (bytes of a leaf), C2SP signed-note and
tlog-checkpoint (signed head).
"""

import argparse
import base64
import binascii
import hashlib
import json
import re
import sys
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

FORMAT, SCHEME = "uwaga-record/v1", b"uwaga/v1"
ED25519 = b"\x01"
DASH = "\N{EM DASH}"
LARGEST = 2**53 - 1
DEEPEST = 32  # levels of a leaf's JSON
DECIMAL = re.compile(r"(?:0|[1-9][0-9]{0,18})", re.ASCII)
KEY_ID, HASH = re.compile(r"[0-9a-f]{8}"), re.compile(r"[0-9a-f]{64}")


class Bad(Exception):
    """What is wrong, as a code; `index` is the place of the entry, where there is one."""

    def __init__(self, what: str, index: int | None = None) -> None:
        super().__init__(what)
        self.what, self.index = what, index


def demand(holds: object, what: str, index: int | None = None) -> None:
    """Raise Bad unless it holds."""
    if not holds:
        raise Bad(what, index)


# -- hashes ----------------------------------------------------------------------------------------


def leaf_hash(leaf: bytes) -> bytes:
    """RFC 6962, 2.1."""
    return hashlib.sha256(b"\0" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """RFC 6962, 2.1."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def commitment(name: str, salt: bytes, text: str) -> str:
    """SHA-256 (hex) over scheme, field name, 32-byte salt and the NFC text, NUL between them."""
    normal = unicodedata.normalize("NFC", text).encode()
    return hashlib.sha256(b"\0".join([SCHEME, name.encode(), salt, normal])).hexdigest()


def root_from_path(index: int, size: int, leaf: bytes, path: Sequence[bytes]) -> bytes | None:
    """RFC 9162, 2.1.3.2; None unless the path has exactly the hashes it takes."""
    if not 0 <= index < size:
        return None
    here, last, found = index, size - 1, leaf
    for beside in path:
        if last == 0:
            return None
        if here % 2 or here == last:
            found = node_hash(beside, found)
            while here % 2 == 0 and here:
                here, last = here // 2, last // 2
        else:
            found = node_hash(found, beside)
        here, last = here // 2, last // 2
    return found if last == 0 else None


def verify_consistency(
    old: int, old_root: bytes, new: int, new_root: bytes, proof: Sequence[bytes]
) -> bool:
    """RFC 9162, 2.1.4.2: whether the tree of `new` leaves extends that of `old`; neither empty."""
    if not 0 < old <= new:
        return False
    if old == new:
        return old_root == new_root and not proof
    hashes = [old_root, *proof] if old & (old - 1) == 0 else list(proof)
    return bool(hashes) and _both_roots(old - 1, new - 1, hashes) == (old_root, new_root)


def _both_roots(here: int, last: int, hashes: Sequence[bytes]) -> tuple[bytes, bytes] | None:
    while here % 2:
        here, last = here // 2, last // 2
    old = new = hashes[0]
    for beside in hashes[1:]:
        if last == 0:
            return None
        if here % 2 or here == last:
            old, new = node_hash(beside, old), node_hash(beside, new)
            while here % 2 == 0 and here:
                here, last = here // 2, last // 2
        else:
            new = node_hash(new, beside)
        here, last = here // 2, last // 2
    return (old, new) if last == 0 else None


# -- notes and checkpoints -------------------------------------------------------------------------


class Key(NamedTuple):
    """A public key: the text it was given as, its name, id (4 bytes) and 32 bytes."""

    text: str
    name: str
    id: bytes
    point: bytes


class Checkpoint(NamedTuple):
    """A head of a log: its name, how many leaves, their root (32 bytes)."""

    origin: str
    size: int
    root: bytes


def is_name(name: str) -> bool:
    """Whether a key can have this name: not empty, no spaces, no plus, no control characters.

    U+FEFF, a space without width, counts as a space, as it does in `verify.js`.
    """
    return bool(name) and not any(
        one in "+\ufeff" or one.isspace() or unicodedata.category(one) == "Cc" for one in name
    )


def key_id(name: str, typed: bytes) -> bytes:
    """C2SP signed-note: four bytes of the hash of name and key."""
    return hashlib.sha256(name.encode() + b"\n" + typed).digest()[:4]


def read_key(text: str) -> Key:
    """A verifier key; Bad unless it is one and its id fits."""
    name, _plus, rest = text.partition("+")
    said, _plus, encoded = rest.partition("+")
    demand(is_name(name) and KEY_ID.fullmatch(said), "framing")
    typed = read_base64(encoded, 33)
    demand(typed[:1] == ED25519, "framing")
    return Key(text, name, bytes.fromhex(said), typed[1:])


def open_note(note: bytes, vkey: str) -> str:
    """The text of a signed note with exactly one signature, by this key. Raises Bad."""
    key = read_key(vkey)
    demand(key_id(key.name, ED25519 + key.point) == key.id, "key")
    text, _blank, line = _decoded(note).rpartition("\n\n")
    demand(text and line.endswith("\n") and line.count("\n") == 1, "framing")
    name, said, signature = _signature(line[:-1])
    demand((name, said) == (key.name, key.id), "key")
    _check_signature(key, signature, text + "\n")
    return text + "\n"


def parse_checkpoint(text: str) -> Checkpoint:
    """The head a note says; Bad unless it has exactly the three lines."""
    lines = text.split("\n")
    demand(len(lines) == 4 and lines[3] == "" and lines[0], "framing")
    return Checkpoint(lines[0], read_decimal(lines[1]), read_base64(lines[2], 32))


def _signature(line: str) -> tuple[str, bytes, bytes]:
    """Name, key id and signature of a line under a note."""
    parts = line.split(" ")
    demand(len(parts) == 3 and parts[0] == DASH, "framing")
    signature = read_base64(parts[2], 68)
    return parts[1], signature[:4], signature[4:]


def _check_signature(key: Key, signature: bytes, text: str) -> None:
    try:
        Ed25519PublicKey.from_public_bytes(key.point).verify(signature, text.encode())
    except (InvalidSignature, ValueError):
        raise Bad("signature") from None


# -- framing ---------------------------------------------------------------------------------------


def read_base64(text: str, length: int | None = None) -> bytes:
    """Standard, padded, canonical base64, of so many bytes if given. Raises Bad."""
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise Bad("framing") from None
    demand(base64.b64encode(data).decode() == text, "framing")
    demand(length is None or len(data) == length, "framing")
    return data


def read_decimal(text: str) -> int:
    """Up to 19 digits, without a sign or a nought before them. Raises Bad."""
    demand(DECIMAL.fullmatch(text), "framing")
    return int(text)


def _decoded(data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError:
        raise Bad("framing") from None


class Word(NamedTuple):
    """What a field said, with its salt; both None when it was erased."""

    field: str
    salt: bytes | None
    text: str | None


@dataclass
class Entry:
    """An entry of the file; `hash` and `said` (the leaf as read) are there once it is checked."""

    index: int
    leaf: str
    words: list[Word]
    path: list[bytes]
    hash: bytes = b""
    said: dict[str, Any] = field(default_factory=dict)


class Lines:
    """The lines of a file, one after the other; Bad when one is not what it must be."""

    def __init__(self, text: str) -> None:
        demand(text.endswith("\n"), "framing")
        self.all, self.at = text[:-1].split("\n"), 0

    @property
    def starts(self) -> str:
        """The first word of the next line."""
        return self.all[self.at].partition(" ")[0] if self.at < len(self.all) else ""

    def next(self) -> str:
        demand(self.at < len(self.all), "framing")
        self.at += 1
        return self.all[self.at - 1]

    def after(self, word: str) -> str:
        """What stands behind the first word."""
        first, space, rest = self.next().partition(" ")
        demand(first == word and space, "framing")
        return rest

    def blank(self) -> None:
        demand(self.next() == "", "framing")


@dataclass
class File:
    """A record file as it is written; nothing of it is checked yet but its form."""

    key: Key
    scope: str
    case: int | None
    entries: list[Entry]
    head: Checkpoint
    signed: str
    signature: tuple[str, bytes, bytes]


def read_file(data: bytes) -> File:
    """The parts of a record file. Raises Bad."""
    lines = Lines(_decoded(data))
    demand(lines.next() == FORMAT, "framing")
    key = read_key(lines.after("key"))
    scope, case = _scope(lines.after("scope"))
    count = read_decimal(lines.after("entries"))
    demand(scope != "entry" or count == 1, "framing")
    lines.blank()
    entries = list(_entries(lines, count))
    begun = lines.at
    for _line in range(3):
        lines.next()
    signed = "\n".join(lines.all[begun : lines.at]) + "\n"
    head = parse_checkpoint(signed)
    lines.blank()
    signature = _signature(lines.next())
    demand(lines.at == len(lines.all), "framing")
    return File(key, scope, case, entries, head, signed, signature)


def _scope(text: str) -> tuple[str, int | None]:
    if text in ("entry", "log"):
        return text, None
    demand(text.startswith("case "), "framing")
    return "case", read_decimal(text[5:])


def _entries(lines: Lines, count: int) -> Iterator[Entry]:
    for _entry in range(count):
        entry = Entry(read_decimal(lines.after("index")), lines.after("leaf"), [], [])
        while lines.starts in ("word", "gone"):
            entry.words.append(_word(lines.next().split(" ")))
        while lines.starts == "path":
            entry.path.append(read_base64(lines.after("path"), 32))
        lines.blank()
        fields = [one.field.encode() for one in entry.words]
        demand(all(a < b for a, b in pairwise(fields)), "framing")
        yield entry


def _word(parts: Sequence[str]) -> Word:
    demand(len(parts) == (2 if parts[0] == "gone" else 4) and parts[1], "framing")
    if parts[0] == "gone":
        return Word(parts[1], None, None)
    text = _decoded(read_base64(parts[3]))
    demand(unicodedata.normalize("NFC", text) == text, "framing")
    return Word(parts[1], read_base64(parts[2], 32), text)


# -- leaves ----------------------------------------------------------------------------------------


def canonical(value: Any, depth: int = 0) -> str:
    """RFC 8785 of what a leaf may hold: no fractions, whole numbers below 2^53. Raises Bad."""
    demand(depth <= DEEPEST, "leaf")
    if isinstance(value, int) and not isinstance(value, bool):
        demand(abs(value) <= LARGEST, "leaf")
    if isinstance(value, list):
        return f"[{','.join(canonical(one, depth + 1) for one in value)}]"
    if isinstance(value, dict):
        names = sorted(value, key=_utf16)
        pairs = (f"{canonical(name)}:{canonical(value[name], depth + 1)}" for name in names)
        return "{" + ",".join(pairs) + "}"
    demand(value is None or isinstance(value, str | int), "leaf")
    return json.dumps(value, ensure_ascii=False)


def _utf16(name: str) -> bytes:
    return name.encode("utf-16-be", "surrogatepass")


def read_leaf(text: str) -> dict[str, Any]:
    """The leaf; written again it must be the same text: no doubled keys, no spaces, no 1.0."""
    try:
        leaf = json.loads(text)
        demand(isinstance(leaf, dict) and canonical(leaf) == text, "leaf")
        text.encode()
    except (ValueError, RecursionError):
        raise Bad("leaf") from None
    return dict(leaf)


def about(leaf: Mapping[str, Any]) -> tuple[str, int] | None:
    """The one thing the entry is about: its kind and number; None when it is about none."""
    named = [(name, number) for name, number in leaf["subject"].items() if number is not None]
    demand(len(named) <= 1 and all(_whole(number) for _name, number in named), "leaf")
    return named[0] if named else None


def _whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _check_shape(leaf: Mapping[str, Any], index: int) -> None:
    demand(_whole(leaf.get("t_us")) and _whole(leaf.get("seq")), "leaf")
    demand(isinstance(leaf.get("words"), dict) and isinstance(leaf.get("subject"), dict), "leaf")
    demand(leaf["seq"] == index + 1, "leaf")
    thing, linked = about(leaf), "prev" in leaf
    demand(_whole(leaf.get("v")) and leaf["v"] in (1, 2) and linked == (leaf["v"] == 2), "leaf")
    before = leaf.get("prev")
    named = isinstance(before, str) and HASH.fullmatch(before)
    demand(before is None or (thing is not None and named), "leaf")


def _check_words(entry: Entry) -> None:
    words = entry.said["words"]
    demand([one.field for one in entry.words] == sorted(words, key=str.encode), "words")
    for one in entry.words:
        if one.salt is not None and one.text is not None:
            demand(commitment(one.field, one.salt, one.text) == words[one.field], "words")


def _check_entry(entry: Entry, head: Checkpoint) -> None:
    entry.hash = leaf_hash(entry.leaf.encode())
    demand(root_from_path(entry.index, head.size, entry.hash, entry.path) == head.root, "path")
    entry.said = read_leaf(entry.leaf)
    _check_shape(entry.said, entry.index)
    _check_words(entry)


# -- between entries -------------------------------------------------------------------------------


def _check_order(entries: Sequence[Entry]) -> None:
    for before, entry in pairwise(entries):
        later = entry.index > before.index and entry.said["t_us"] > before.said["t_us"]
        demand(later, "order", entry.index)


def _check_gaps(file: File) -> None:
    for place, entry in enumerate(file.entries):
        if file.scope == "log":
            demand(entry.index == place, "gap", entry.index)
        if file.scope == "case":
            case, number = entry.said.get("case"), entry.said.get("case_seq")
            demand(_whole(case) and case == file.case, "gap", entry.index)
            demand(_whole(number) and number == place + 1, "gap", entry.index)
    demand(file.scope != "log" or len(file.entries) == file.head.size, "gap")


def _check_links(entries: Sequence[Entry]) -> None:
    last: dict[tuple[str, int], str] = {}
    for entry in entries:
        thing = about(entry.said)
        if thing is None:
            continue
        follows = entry.said["v"] == 1 or thing not in last or entry.said["prev"] == last[thing]
        demand(follows, "order", entry.index)
        last[thing] = entry.hash.hex()


# -- the whole file --------------------------------------------------------------------------------

SENTENCES = {
    "": "The record agrees with the signed log.",
    "framing": "The file is not whole, or was altered: it is not a record of this kind.",
    "key": "It was signed with another key.",
    "signature": "The signature is not right: the head of the log was altered or forged.",
    "path": "does not stand in the signed log.",
    "leaf": "is not written as this log writes it.",
    "words": "has other words than were recorded.",
    "order": "does not stand in the order in which things happened.",
    "gap": "does not follow the one before: something is missing.",
}


@dataclass(frozen=True)
class Verdict:
    """Whether every byte is right; if not, `what` names the check and `index` the first wrong
    entry (counted from 0), where there is one.
    """

    ok: bool
    what: str = ""
    index: int | None = None
    entries: int = 0
    size: int = 0
    root: str = ""
    origin: str = ""
    key: str = ""

    def __str__(self) -> str:
        if self.index is None:
            return SENTENCES[self.what] if self.what != "gap" else "Entries are missing."
        return f"Entry {self.index + 1} of the log {SENTENCES[self.what]}"


def verify_record(data: bytes, key: str | None = None) -> Verdict:
    """The verdict on a record file, under this key only if one is given. Never raises."""
    try:
        file = read_file(data)
        _check_all(file, key)
    except Bad as bad:
        return Verdict(ok=False, what=bad.what, index=bad.index)
    head = file.head
    return Verdict(
        ok=True,
        entries=len(file.entries),
        size=head.size,
        root=head.root.hex(),
        origin=head.origin,
        key=file.key.text,
    )


def _check_all(file: File, key: str | None) -> None:
    ours = file.key
    name, said, signature = file.signature
    demand(key is None or ours.text == key, "key")
    demand(key_id(ours.name, ED25519 + ours.point) == ours.id, "key")
    demand(file.head.origin == ours.name == name and said == ours.id, "key")
    _check_signature(ours, signature, file.signed)
    for entry in file.entries:
        try:
            _check_entry(entry, file.head)
        except Bad as bad:
            raise Bad(bad.what, entry.index) from None
    _check_order(file.entries)
    _check_gaps(file)
    _check_links(file.entries)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Verify a record file of a consultation log.")
    parser.add_argument("file", type=Path)
    parser.add_argument("--key", help="the public key the office publishes")
    parser.add_argument("--json", action="store_true", help="the verdict as one line of JSON")
    given = parser.parse_args(arguments)
    try:
        data = given.file.read_bytes()
    except (OSError, ValueError) as error:
        sys.stderr.write(f"{given.file} cannot be read: {error}.\n")
        return 2
    verdict = verify_record(data, given.key)
    if given.json:
        sys.stdout.write(json.dumps(asdict(verdict) | {"sentence": str(verdict)}) + "\n")
        return int(not verdict.ok)
    if not verdict.ok:
        sys.stderr.write(f"{verdict}\n")
        return 1
    sys.stdout.write(
        f"{verdict}\nEntries: {verdict.entries}. Log: {verdict.origin}, {verdict.size} entries,"
        f" root {verdict.root}\nKey: {verdict.key}\n"
    )
    if given.key is None:
        sys.stdout.write("Compare this key with the one the office publishes.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
