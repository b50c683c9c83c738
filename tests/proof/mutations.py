"""Single mutations of a record file: none of them may leave a record that agrees.

Seeded: the same seed gives the same mutations. A kind that finds nothing to change in a file, or
changes nothing, gives None and another is drawn.
"""

import base64
import re
import unicodedata
from collections.abc import Callable, Iterator
from random import Random

from tests.proof.records import b64, signer

Mutation = Callable[[bytes, Random], bytes | None]
ALPHABET = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
HASHES = re.compile(rb"(?<=path )\S{44}(?=\n)|(?<=\n)[\w+/]{43}=(?=\n\n)")
PADDED = re.compile(rb"[A-Za-z0-9+/]{3,}==?(?=[ \n])")
NUMBERS = re.compile(rb"(?:(?<=^index )|(?<=^entries )|(?<=^scope case )|^)(?=\d+$)", re.MULTILINE)
WORDS = re.compile(rb"(?<=^word )(\S+ \S+) (\S+)$", re.MULTILINE)


def flip_a_bit(record: bytes, chance: Random) -> bytes:
    at = chance.randrange(len(record))
    return _put(record, at, at + 1, bytes([record[at] ^ 1 << chance.randrange(8)]))


def delete_a_byte(record: bytes, chance: Random) -> bytes:
    at = chance.randrange(len(record))
    return _put(record, at, at + 1, b"")


def insert_a_byte(record: bytes, chance: Random) -> bytes:
    at = chance.randrange(len(record) + 1)
    usual = chance.choice([b" ", b"\n", b"\r", b"\t", b"\0", b"0", b"=", b"A", b'"'])
    return _put(record, at, at, chance.choice([usual, chance.randbytes(1)]))


def swap_bytes(record: bytes, chance: Random) -> bytes:
    at = chance.randrange(len(record) - 1)
    return _put(record, at, at + 2, record[at : at + 2][::-1])


def swap_lines(record: bytes, chance: Random) -> bytes:
    lines = record.splitlines(keepends=True)
    one, other = chance.sample(range(len(lines)), 2)
    lines[one], lines[other] = lines[other], lines[one]
    return b"".join(lines)


def delete_a_line(record: bytes, chance: Random) -> bytes:
    lines = record.splitlines(keepends=True)
    del lines[chance.randrange(len(lines))]
    return b"".join(lines)


def duplicate_a_line(record: bytes, chance: Random) -> bytes:
    lines = record.splitlines(keepends=True)
    at = chance.randrange(len(lines))
    return b"".join([*lines[: at + 1], *lines[at:]])


def swap_entries(record: bytes, chance: Random) -> bytes | None:
    blocks = _blocks(record)
    if len(blocks) < 5:  # head, entry, entry, text and signature of the checkpoint
        return None
    one, other = chance.sample(range(1, len(blocks) - 2), 2)
    blocks[one], blocks[other] = blocks[other], blocks[one]
    return b"\n\n".join(blocks)


def delete_an_entry(record: bytes, chance: Random) -> bytes:
    blocks = _blocks(record)
    del blocks[chance.randrange(1, len(blocks) - 2)]
    return b"\n\n".join(blocks)


def duplicate_an_entry(record: bytes, chance: Random) -> bytes:
    blocks = _blocks(record)
    at = chance.randrange(1, len(blocks) - 2)
    return b"\n\n".join([*blocks[: at + 1], *blocks[at:]])


def replace_a_hash(record: bytes, chance: Random) -> bytes | None:
    other = chance.choice([b64(chance.randbytes(32)).encode(), *HASHES.findall(record)])
    return _at_one(HASHES, record, chance, lambda _: other)


def replace_the_signature(record: bytes, chance: Random) -> bytes:
    start = record.rindex(b" ") + 1
    key_id = base64.b64decode(record[start:-1])[:4]
    by_another = signer(9).secret.sign(_blocks(record)[-2] + b"\n")
    forged = chance.choice([chance.randbytes(64), bytes(64), by_another])
    return _put(record, start, len(record) - 1, b64(key_id + forged).encode())


def end_lines_as_windows_does(record: bytes, chance: Random) -> bytes:
    if chance.random() < 0.5:
        return record.replace(b"\n", b"\r\n")
    at = chance.choice([it.start() for it in re.finditer(b"\n", record)])
    return _put(record, at, at, b"\r")


def put_a_mark_before(record: bytes, chance: Random) -> bytes:
    return b"\xef\xbb\xbf" + record


def add_at_the_end(record: bytes, chance: Random) -> bytes:
    return record + chance.choice([b"\n", b" ", b"\r", b"\0", b"\n\n", b"\x1a"])


def take_the_end(record: bytes, chance: Random) -> bytes:
    return record[: chance.randrange(len(record))]


def add_a_space_to_a_line(record: bytes, chance: Random) -> bytes:
    at = chance.choice([it.start() for it in re.finditer(b"\n", record)])
    return _put(record, at, at, chance.choice([b" ", b"\t", b"\xc2\xa0"]))


def make_the_dash_a_hyphen(record: bytes, chance: Random) -> bytes:
    head, _, tail = record.rpartition("—".encode())
    return head + chance.choice(["-", "–", "--"]).encode() + tail


def fill_the_padding(record: bytes, chance: Random) -> bytes | None:
    """Bits that a lenient decoder throws away: the same bytes, another text."""

    def other(text: bytes) -> bytes:
        digits = text.rstrip(b"=")
        free = 2 if len(text) - len(digits) == 1 else 4
        last = ALPHABET.index(digits[-1]) ^ chance.randrange(1, 1 << free)
        return digits[:-1] + ALPHABET[last : last + 1] + text[len(digits) :]

    return _at_one(PADDED, record, chance, other)


def drop_the_padding(record: bytes, chance: Random) -> bytes | None:
    return _at_one(PADDED, record, chance, lambda text: text.rstrip(b"="))


def put_a_zero_before(record: bytes, chance: Random) -> bytes | None:
    return _at_one(NUMBERS, record, chance, lambda _: chance.choice([b"0", b"+", b"-", b" "]))


def take_letters_apart(record: bytes, chance: Random) -> bytes | None:
    """Words in NFD or NFKC: the same to a reader."""

    def other(line: bytes) -> bytes:
        name, text = line.rsplit(b" ", 1)
        words = base64.b64decode(text).decode()
        words = unicodedata.normalize("NFD" if chance.random() < 0.5 else "NFKD", words)
        return name + b" " + b64(words.encode()).encode()

    return _at_one(WORDS, record, chance, other)


KINDS: tuple[Mutation, ...] = (
    *[flip_a_bit] * 4,
    *[delete_a_byte, insert_a_byte, swap_bytes] * 2,
    *(swap_lines, delete_a_line, duplicate_a_line),
    *(swap_entries, delete_an_entry, duplicate_an_entry),
    *(replace_a_hash, replace_the_signature, end_lines_as_windows_does, put_a_mark_before),
    *(add_at_the_end, take_the_end, add_a_space_to_a_line, make_the_dash_a_hyphen),
    *(fill_the_padding, drop_the_padding, put_a_zero_before, take_letters_apart),
)


def mutations(record: bytes, chance: Random) -> Iterator[tuple[str, bytes]]:
    """Without end: the name of a mutation and what it made of the record."""
    while True:
        kind = chance.choice(KINDS)
        altered = kind(record, chance)
        if altered is not None and altered != record:
            yield kind.__name__, altered


def _put(record: bytes, start: int, end: int, between: bytes) -> bytes:
    return record[:start] + between + record[end:]


def _blocks(record: bytes) -> list[bytes]:
    return record.split(b"\n\n")


def _at_one(
    pattern: re.Pattern[bytes], record: bytes, chance: Random, change: Callable[[bytes], bytes]
) -> bytes | None:
    """Change one of the places the pattern finds, any of them; None when it finds none."""
    places = list(pattern.finditer(record))
    if not places:
        return None
    place = chance.choice(places)
    return _put(record, place.start(), place.end(), change(place.group()))
