"""Broken and hostile files made for tests, each from a sound one of its kind."""

import io
import struct
import zipfile
import zlib
from functools import cache

from consultations.text.formats.akn_names import NAMESPACE
from consultations.text.formats.writing import FORMATS
from consultations.text.formats.written import Written
from consultations.text.parse import parse_plain
from tests.text.files import repacked

NODES = parse_plain("§ 1. Gmina współpracuje.").nodes
BODIES = {".docx": "word/document.xml", ".odt": "content.xml"}
MANIFEST = "META-INF/manifest.xml"
TYPES = "[Content_Types].xml"

LAUGHS = (
    b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    b'<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><x>&c;</x>'
)
OUTSIDE = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]><x>&a;</x>'
REMOTE = b'<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd"><x/>'
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600
HTML = b"<!DOCTYPE html><html><body><p>Tekst</p></body></html>"
LOCKED = b'<manifest xmlns="urn:x"><encryption-data/></manifest>'
MACRO_TYPES = b'<Types><Override ContentType="application/vnd.ms-word.macroEnabled"/></Types>'


@cache
def good(kind: str) -> bytes:
    """A sound file of the kind."""
    if kind == ".txt":
        return "§ 1. Gmina współpracuje.".encode()
    return FORMATS[kind[1:]].write(Written("Program", NODES))


def with_parts(kind: str, count: int, content: bytes) -> bytes:
    parts = {f"x/{number}.bin": content for number in range(count)}
    return repacked(io.BytesIO(good(kind)), parts).getvalue()


def with_part(kind: str, name: str, content: bytes) -> bytes:
    return repacked(io.BytesIO(good(kind)), {name: content}).getvalue()


def with_body(kind: str, content: bytes) -> bytes:
    return with_part(kind, BODIES[kind], content)


def zipped(name: str, content: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return packed.getvalue()


def locked_zip(kind: str) -> bytes:
    """The directory says of each entry that it is encrypted, as that of a zip with a password."""
    content = bytearray(good(kind))
    place = content.find(b"PK\x01\x02")
    while place >= 0:
        content[place + 8] |= 1
        place = content.find(b"PK\x01\x02", place + 1)
    return bytes(content)


def lying(name: str, size: int, said: int) -> bytes:
    """A package of one part of `size` zeros that says it is of `said`, with a fitting checksum."""
    squeezer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = squeezer.compress(b"\x00" * size) + squeezer.flush()
    about = (0, 8, 0, 33, zlib.crc32(b"\x00" * said), len(packed), said, len(name), 0)
    local = struct.pack("<4s5H3I2H", b"PK\x03\x04", 20, *about) + name.encode()
    entry = struct.pack("<4s6H3I2H", b"PK\x01\x02", 20, 20, *about) + b"\x00" * 14 + name.encode()
    end = (0, 0, 1, 1, len(entry), len(local + packed), 0)
    return local + packed + entry + struct.pack("<4s4H2IH", b"PK\x05\x06", *end)


def akn(inside: bytes) -> bytes:
    return b'<akomaNtoso xmlns="' + NAMESPACE.encode() + b'"><bill><body>' + inside
