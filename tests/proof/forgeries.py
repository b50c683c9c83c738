"""Records signed and proved properly that still break a rule; leaves altered, then sealed.

Mutations hardly ever come past the signature, so they say little of the checks behind it. Here an
office with its own key writes what an honest log would never hold.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from random import Random
from typing import Any

from tests.proof.mutations import delete_a_byte, flip_a_bit, insert_a_byte, swap_bytes
from tests.proof.records import (
    Row,
    Signer,
    b64,
    commitment,
    leaf_of,
    log_of,
    of_case,
    old,
    path,
    record,
    root,
    row_of,
    seeded,
    signer,
)

SALT = bytes(range(32))
ACUTE = "za\u0301b"  # NFC makes «á» of it
Forged = Iterator[tuple[str, str, bytes]]


def forgeries() -> Forged:
    """Name, the code of the refusal, and the record."""
    yield from _leaves()
    yield from _words()
    yield from _orders()
    yield from _chains()
    yield from _proofs()
    yield from _notes()
    yield from _heads()


def _one(**facts: Any) -> Row:
    return row_of(1, {"body": (SALT, "Ławka")}, **facts)


def _alone(row: Row) -> bytes:
    return record([row], "entry", [0])


def _with(old_text: str, new_text: str) -> bytes:
    """A lone entry whose leaf is written otherwise."""
    row = _one()
    assert row.leaf.count(old_text) == 1
    return _alone(replace(row, leaf=row.leaf.replace(old_text, new_text)))


def _leaves() -> Forged:
    changes = {
        "a fraction": ('"number":1', '"number":1.5'),
        "a whole number written as a fraction": ('"number":1', '"number":1.0'),
        "a number with an exponent": ('"number":1', '"number":1e2'),
        "minus nought": ('"number":1', '"number":-0'),
        "2^53": ('"number":1', '"number":9007199254740992'),
        "a very long number": ('"number":1', '"number":1' + "0" * 5000),
        "no number": ('"number":1', '"number":NaN'),
        "an endless number": ('"number":1', '"number":Infinity'),
        "a key twice": ('"actor":5', '"actor":5,"actor":5'),
        "a key twice, inside": ('"number":1', '"number":1,"number":1'),
        "keys out of order": ('"actor":5,"case":null', '"case":null,"actor":5'),
        "a space": ('"actor":5', '"actor": 5'),
        "a letter written as an escape": ('"form"', '"f\\u006frm"'),
        "half a letter": ('"form"', '"\\ud800"'),
        "a slash that needs no escape": ('"form"', '"\\/"'),
        "too deep": ('"number":1', '"number":' + "[" * 5000 + "]" * 5000),
        "unclosed": ('"number":1', '"number":' + "[" * 100_000),
        "another place": ('"seq":1', '"seq":2'),
        "a place in words": ('"seq":1', '"seq":"1"'),
        "a place that is true": ('"seq":1', '"seq":true'),
        "an instant in words": ('"t_us":1795609952266560', '"t_us":"1795609952266560"'),
        "a later version": ('"v":2', '"v":3'),
        "no version": (',"v":2', ""),
        "version 1 with a link": ('"v":2', '"v":1'),
        "version 2 without a link": ('"prev":null,', ""),
        "a link that is a number": ('"prev":null', '"prev":5'),
        "a link that is short": ('"prev":null', '"prev":"abc"'),
        "a link of nothing": ('"prev":null', f'"prev":"{"0" * 64}"'),
        "two objects": ('"comment":null,"consultation":null', '"comment":1,"consultation":2'),
        "an object in words": ('"comment":null', '"comment":"1"'),
        "an object that is true": ('"comment":null', '"comment":true'),
        "no instant": ('"t_us":1795609952266560,', ""),
    }
    for name, (before, after) in changes.items():
        yield name, "leaf", _with(before, after)
    for text in ("[]", "7", '"x"', "null", "{}", "{", "", "true "):
        yield f"a leaf that is «{text}»", "leaf", _alone(Row(text))


def _words() -> Forged:
    row, said = _one(), {"body": (SALT, "Ławka")}
    yield "other words", "words", _alone(replace(row, words={"body": (SALT, "Lawka")}))
    yield "another salt", "words", _alone(replace(row, words={"body": (bytes(32), "Ławka")}))
    yield "another field", "words", _alone(replace(row, words={"name": said["body"]}))
    yield "a field more", "words", _alone(replace(row, words=said | {"name": (SALT, "A")}))
    yield (
        "a field more, erased",
        "words",
        _alone(Row(row.leaf, said | {"name": (SALT, "")}, {"name"})),
    )
    yield "words left out", "words", _alone(replace(row, words={}))
    yield "no words, erased", "words", _alone(Row(row_of(1, {}).leaf, said, {"body"}))
    digest = commitment("body", SALT, "Ławka")
    for name, code, before, after in (
        ("a commitment in capitals", "words", digest, digest.upper()),
        ("a commitment that is a number", "words", f'"{digest}"', "5"),
        ("words that are a list", "leaf", f'{{"body":"{digest}"}}', '["body"]'),
    ):
        yield name, code, _alone(replace(row, leaf=row.leaf.replace(before, after)))
    yield "words in NFD", "framing", _alone(row_of(1, {"body": (SALT, ACUTE)}))
    yield "no words in the leaf", "leaf", _alone(Row(row.leaf.replace('"words"', '"wordz"')))
    bare = _alone(row).replace(b64("Ławka".encode()).encode(), b64(b"\xff\xfe").encode())
    yield "words that are no UTF-8", "framing", bare


def _orders() -> Forged:
    rows = [row_of(1, {}), row_of(2, {}), row_of(3, {})]
    late = row_of(2, {}, t_us=leaf_of(1, {})["t_us"])
    yield "the same instant twice", "order", record([rows[0], late, rows[2]], "log", [0, 1, 2])
    yield "entries the other way round", "order", record(rows, "log", [1, 0, 2])
    yield "an entry twice", "order", record(rows, "log", [0, 1, 1])


def _chains() -> Forged:
    rows = log_of(16, seeded(5))
    mine, every = of_case(rows, 1), list(range(16))
    yield "a case without its first entry", "gap", record(rows, "case 1", mine[1:])
    yield "a case without one in between", "gap", record(rows, "case 1", [mine[0], *mine[2:]])
    yield (
        "a case with an entry of another",
        "gap",
        record(rows, "case 1", sorted([*mine, of_case(rows, 2)[0]])),
    )
    yield "the entries of another case", "gap", record(rows, "case 2", mine)
    yield "a log without its last entry", "gap", record(rows, "log", every[:-1])
    yield "a log without its first entry", "gap", record(rows, "log", every[1:])
    yield "a log with a hole", "gap", record(rows, "log", [*every[:4], *every[5:]])
    yield "a log of nothing that has entries", "gap", record(rows, "log", [])
    yield from _links()


def _links() -> Forged:
    about: dict[str, Any] = {"case": 1, "about": {"comment": 7}}
    first = row_of(1, {}, case_seq=1, **about)
    second = row_of(2, {}, case_seq=2, prev=first.hash.hex(), **about)
    for name, prev in (
        ("no link", None),
        ("a link to something else", "0" * 64),
        ("a link over one entry", first.hash.hex()),
        ("a link in capitals", second.hash.hex().upper()),
    ):
        third = row_of(3, {}, case_seq=3, prev=prev, **about)
        code = "leaf" if prev and not prev.islower() and prev != "0" * 64 else "order"
        for scope in ("case 1", "log"):
            yield f"{name} ({scope})", code, record([first, second, third], scope, [0, 1, 2])
    after_old = row_of(2, {}, case_seq=2, **about)
    yield "no link to an old leaf", "order", record([old(first), after_old], "log", [0, 1])


def _proofs() -> Forged:
    rows = [row_of(seq, {}) for seq in range(1, 8)]
    hashes, by = [row.hash for row in rows], signer()
    note = by.checkpoint(7, root(hashes))

    def proved(index: int, said: int, proof: list[bytes], note: str = note) -> bytes:
        head = ["uwaga-record/v1", f"key {by.vkey}", "scope entry", "entries 1", ""]
        return ("\n".join([*head, *rows[index].lines(said, proof)]) + "\n" + note).encode()

    whole = path(6, hashes)
    yield "a hash too few", "path", proved(6, 6, whole[:-1])
    yield "a hash too many", "path", proved(6, 6, [*whole, bytes(32)])
    yield "no hash", "path", proved(6, 6, [])
    yield "hashes in another order", "path", proved(0, 0, path(0, hashes)[::-1])
    yield "the place of a neighbour", "path", proved(6, 5, whole)
    yield "a place behind the end", "path", proved(6, 7, whole)
    yield "a place far behind the end", "path", proved(6, 10**18, whole)
    yield "another size of the tree", "path", proved(6, 6, whole, by.checkpoint(6, root(hashes)))
    yield "an empty tree", "path", proved(0, 0, [], by.checkpoint(0, root([])))
    inner = Row(rows[0].leaf)
    yield (
        "a node passed for a leaf",
        "path",
        record([inner, *rows[1:]], "entry", [0]).replace(
            f"index 0\nleaf {inner.leaf}".encode(), b"index 0\nleaf x"
        ),
    )


def _notes() -> Forged:
    row, by = _one(), signer()
    honest = record([row], "entry", [0])
    text = f"{by.name}\n1\n{b64(row.hash)}\n"

    def noted(text: str, name: str = by.name, key_id: bytes = by.key_id, more: str = "") -> bytes:
        signature = b64(key_id + by.secret.sign(text.encode()))
        head = honest[: honest.index(b"\n\n", honest.index(b"\nindex")) + 2]
        return head + f"{text}\n— {name} {signature}\n{more}".encode()

    assert noted(text) == honest
    yield "a line more under the signature", "framing", noted(text + "more\n")
    yield "a second signature", "framing", honest + honest[honest.rindex(b"\n\n") + 2 :]
    yield "a size with a nought before it", "framing", noted(text.replace("\n1\n", "\n01\n"))
    yield "a root that is short", "framing", noted(f"{by.name}\n1\n{b64(row.hash[:31])}\n")
    yield "another origin", "key", noted(text.replace(by.name, "elsewhere.example/log"))
    yield "signed under another name", "key", noted(text, name="elsewhere.example/log")
    yield "signed under another id", "key", noted(text, key_id=b"\0\0\0\0")
    yield "an origin that is empty", "framing", noted(text.replace(by.name, ""))


def _heads() -> Forged:
    by = signer()
    for name, key in {
        "a key's id in capitals": by.vkey.replace(by.key_id.hex(), by.key_id.hex().upper()),
        "a key without a name": by.vkey.removeprefix(by.name),
        "another kind of key": by.vkey.replace(b64(by.typed), b64(b"\x02" + by.typed[1:])),
        "a short key": by.vkey.replace(b64(by.typed), b64(by.typed[:-1])),
        "no key": "",
    }.items():
        yield (
            name,
            "framing",
            record([_one()], "entry", [0]).replace(by.vkey.encode(), key.encode()),
        )
    for letter in "\u00a0\u2028\x1f\x85":
        foreign = Signer(by.secret, f"a{letter}b/log")
        yield f"a name with {letter!a}", "framing", record([_one()], "entry", [0], foreign)
    rows = [_one(), row_of(2, {})]
    yield "a receipt of two entries", "framing", record(rows, "entry", [0, 1])
    yield "a receipt of none", "framing", record(rows, "entry", [])
    for scope in ("case", "case 01", "case -1", "case x", "Log", "entry 1", "log ", ""):
        yield f"a scope that is «{scope}»", "framing", record([_one()], scope, [0])
    for count in ("+1", "1.0", "01", "", "１", "9" * 30):
        yield (
            f"«{count}» entries",
            "framing",
            _alone(_one()).replace(b"\nentries 1\n", f"\nentries {count}\n".encode()),
        )


def altered_leaves(chance: Random) -> Iterator[bytes]:
    """Without end: leaves with one byte altered, sealed afresh. Some may agree."""
    kinds: tuple[Callable[[bytes, Random], bytes], ...] = (
        *(flip_a_bit, delete_a_byte, insert_a_byte, swap_bytes),
    )
    while True:
        rows = log_of(3, chance)
        at = chance.randrange(3)
        leaf = chance.choice(kinds)(rows[at].leaf.encode(), chance)
        if leaf == rows[at].leaf.encode() or b"\n" in leaf:
            continue
        try:
            rows[at] = replace(rows[at], leaf=leaf.decode())
        except UnicodeDecodeError:
            continue
        yield record(rows, "log", range(3))
