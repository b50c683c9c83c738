"""Broken, hostile and huge files of every kind: a plain sentence, and nothing else happens."""

import io
import socket
import tracemalloc
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from consultations.text import lines
from consultations.text.formats import safe_xml
from consultations.text.formats.files import KINDS, MOST_BYTES, parse_file
from consultations.text.parse import UnreadableDraft
from tests.text.hostile import (
    BODIES,
    HTML,
    LAUGHS,
    LOCKED,
    MACRO_TYPES,
    MANIFEST,
    NODES,
    OLD,
    OUTSIDE,
    REMOTE,
    TYPES,
    akn,
    good,
    locked_zip,
    lying,
    with_body,
    with_part,
    with_parts,
    zipped,
)

ENTITIES = "The file contains entities, which no office program writes."
DAMAGED = "The file is damaged and cannot be read."
TOO_LARGE = "The file is too large when unpacked."
PASSWORD = "The file is protected by a password. Save it without one."
OLD_WORD = "This is an old or encrypted Word file. Save it as DOCX without a password."
NO_DOCX, NO_ODT = "This is not a DOCX file.", "This is not an ODT file."
NO_WORD = "This is not a DOCX file: it holds no Word document."
NO_TEXT = "This is not an ODT file: it holds no text document."
NO_AKN = "This is not an Akoma Ntoso 3.0 document."
CONTROL = "This is not plain text: it contains control characters."
DOCX_MACROS = "The file contains macros. Save it as DOCX without macros."
ODT_MACROS = "The file contains macros. Save it as ODT without macros."


def peak(read: Callable[[], object]) -> int:
    """The most bytes of memory taken at once while something is read."""
    tracemalloc.start()
    try:
        read()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def sentence_of(name: str, content: bytes) -> str:
    """What the person is told; fails when the file is read."""
    with pytest.raises(UnreadableDraft) as refusal, translation.override("en"):
        parse_file(name, io.BytesIO(content))
    with translation.override("en"):
        return str(refusal.value.sentence)


@pytest.mark.parametrize("kind", KINDS)
def test_a_sound_file_of_each_kind_is_read(kind: str) -> None:
    assert parse_file(f"projekt{kind}", io.BytesIO(good(kind))).nodes == NODES


@pytest.mark.parametrize("kind", [".docx", ".odt"])
def test_a_sound_file_packed_anew_is_read(kind: str) -> None:
    assert parse_file(f"a{kind}", io.BytesIO(with_part(kind, "a.bin", b"x"))).nodes == NODES


@pytest.mark.parametrize("kind", [".docx", ".odt"])
@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda kind: with_body(kind, LAUGHS), ENTITIES),
        (lambda kind: with_body(kind, LAUGHS.decode().encode("utf-16")), ENTITIES),
        (lambda kind: with_body(kind, OUTSIDE), ENTITIES),
        (lambda kind: with_body(kind, REMOTE), ENTITIES),
        (lambda kind: with_part(kind, "other.xml", OUTSIDE), ENTITIES),
        (lambda kind: with_body(kind, b"<open"), DAMAGED),
        (lambda kind: with_body(kind, b"\x00\x01\x02"), DAMAGED),
        (lambda kind: with_part(kind, "a.bin", b"\x00" * 3_000_000), TOO_LARGE),
        (lambda kind: with_body(kind, b"<a>" + b"<b/>" * safe_xml.MOST_SIGNS + b"</a>"), TOO_LARGE),
        (lambda kind: with_part(kind, "hidden.bin", b"<b/>" * safe_xml.MOST_SIGNS), TOO_LARGE),
        (lambda kind: with_parts(kind, 51, b"\0" * 990_000), TOO_LARGE),
        (lambda kind: with_parts(kind, 2_001, b""), TOO_LARGE),
        (locked_zip, PASSWORD),
        (lambda kind: lying(BODIES[kind], 1_000_000, 9), DAMAGED),
    ],
    ids=[
        "laughs", "laughs in utf-16", "file from outside", "address from outside",
        "entity elsewhere", "broken", "bytes", "bomb", "bomb of elements",
        "elements where none are looked for", "too much", "too many parts", "encrypted zip",
        "size that is a lie",
    ],
)  # fmt: skip
def test_a_hostile_package_is_refused_in_words(
    kind: str, make: Callable[[str], bytes], sentence: str
) -> None:
    assert sentence_of(f"projekt{kind}", make(kind)) == sentence


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.docx", good(".odt"), NO_WORD),
        ("a.odt", good(".docx"), NO_TEXT),
        ("a.docx", good(".pdf"), NO_DOCX),
        ("a.odt", good(".pdf"), NO_ODT),
        ("a.docx", zipped("a.docx", good(".docx")), NO_WORD),
        ("a.odt", zipped("a.zip", zipped("a.odt", good(".odt"))), NO_TEXT),
        ("a.docx", OLD, OLD_WORD),
        ("a.odt", OLD, NO_ODT),
        ("a.docx", with_part(".docx", "word/vbaProject.bin", b"x"), DOCX_MACROS),
        ("a.docx", with_part(".docx", TYPES, MACRO_TYPES), DOCX_MACROS),
        ("a.odt", with_part(".odt", "Basic/Standard/Module1.xml", b"<x/>"), ODT_MACROS),
        ("a.odt", with_part(".odt", "Scripts/python/a.py", b"x"), ODT_MACROS),
        ("a.odt", with_part(".odt", MANIFEST, LOCKED), PASSWORD),
        ("a.odt", with_body(".odt", b"<a/>"), NO_TEXT),
        ("a.xml", HTML, NO_AKN),
        ("a.xml", HTML.replace(b"Tekst", b"akomaNtoso"), ENTITIES),
        ("a.xml", good(".docx"), NO_AKN),
        ("a.xml", b"%PDF-1.7", NO_AKN),
        ("a.xml", LAUGHS.replace(b"x>", b"akomaNtoso>"), ENTITIES),
        ("a.xml", OUTSIDE.replace(b"x>", b"akomaNtoso>"), ENTITIES),
        ("a.xml", REMOTE.replace(b"<x/>", b"<akomaNtoso/>"), ENTITIES),
        ("a.xml", good(".xml")[:-20], DAMAGED),
        ("a.xml", akn(b"<p>" * 300), DAMAGED),
        ("a.xml", akn(b"<p/>" * safe_xml.MOST_SIGNS), TOO_LARGE),
        ("a.txt", OLD, CONTROL),
        (
            "a.txt",
            b"1) " * (lines.MOST_LINES + 9),
            "The text has more than 50,000 lines: this is no draft.",
        ),
        (
            "a.txt",
            b"1. a\n" * (lines.MOST_LINES + 1),
            "The text has more than 50,000 lines: this is no draft.",
        ),
    ],
)
def test_a_file_of_another_kind_or_with_more_than_text_is_refused_in_words(
    name: str, content: bytes, sentence: str
) -> None:
    assert sentence_of(name, content) == sentence


@pytest.mark.parametrize("kind", [".docx", ".odt"])
def test_a_part_that_lies_about_its_size_takes_no_more_memory_than_it_says(kind: str) -> None:
    name = BODIES[kind]
    content = lying(name, 60_000_000, 9)
    assert peak(lambda: sentence_of(f"a{kind}", content)) < 5_000_000
    with zipfile.ZipFile(io.BytesIO(content)) as package:  # how a library would read it
        assert peak(lambda: package.read(name)) > 60_000_000


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
@pytest.mark.parametrize("kind", [".docx", ".odt"])
def test_a_way_of_packing_no_office_program_uses_is_refused(kind: str, method: int) -> None:
    file = io.BytesIO(good(kind))
    with zipfile.ZipFile(file, "a", method) as package:
        package.writestr("a.bin", b"x" * 1000)
    assert sentence_of(f"a{kind}", file.getvalue()) in {NO_DOCX, NO_ODT}


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_of_fifty_megabytes_is_not_even_read_to_its_end(kind: str) -> None:
    file = io.BytesIO(good(kind) + b" " * 50_000_000)
    with pytest.raises(UnreadableDraft) as refusal:
        parse_file(f"projekt{kind}", file)
    with translation.override("en"):
        assert str(refusal.value.sentence) == "The file is larger than 10 MB."
    assert file.tell() <= MOST_BYTES + 1


@pytest.mark.parametrize("kind", [".docx", ".odt"])
def test_a_file_cut_off_anywhere_is_refused(kind: str) -> None:
    whole = good(kind)
    for end in range(1, len(whole) - 1, len(whole) // 23):
        assert sentence_of(f"projekt{kind}", whole[:end])


def test_what_a_docx_points_at_outside_is_never_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    """A picture, a template and a frame at addresses: the text is read, no socket is opened."""
    opened: list[Any] = []
    monkeypatch.setattr(socket.socket, "connect", lambda *address: opened.append(address))
    schema = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    name = "word/_rels/document.xml.rels"
    with zipfile.ZipFile(io.BytesIO(good(".docx"))) as package:
        relations = package.read(name).decode()
    outside = "".join(
        f'<Relationship Id="x{kind}" Type="{schema}/{kind}" TargetMode="External"'
        ' Target="http://127.0.0.1:9/x"/>'
        for kind in ("image", "attachedTemplate", "frame", "footnotes")
    )
    changed = relations.replace("</Relationships>", f"{outside}</Relationships>")
    file = with_part(".docx", name, changed.encode())
    assert parse_file("a.docx", io.BytesIO(file)).nodes == NODES
    assert opened == []
    with socket.socket() as one:
        one.connect(("127.0.0.1", 9))
    assert len(opened) == 1  # the trap works


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=40, deadline=None)
@given(content=st.binary(max_size=300))
def test_any_bytes_are_read_or_refused_in_words(kind: str, content: bytes) -> None:
    _read_or_refused(kind, content)


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_a_sound_file_with_bytes_exchanged_is_read_or_refused(kind: str, data: Any) -> None:
    content = bytearray(good(kind))
    for _time in range(data.draw(st.integers(1, 5))):
        place = data.draw(st.integers(0, len(content) - 1))
        content[place] = data.draw(st.integers(0, 255))
    _read_or_refused(kind, bytes(content))


@pytest.mark.parametrize("kind", [".docx", ".odt"])
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_a_sound_package_with_its_xml_changed_is_read_or_refused(kind: str, data: Any) -> None:
    """The checksums are right, so that the change reaches the reader."""
    with zipfile.ZipFile(io.BytesIO(good(kind))) as package:
        name = data.draw(st.sampled_from([BODIES[kind], *_styles(kind)]))
        content = package.read(name).decode()
    start = data.draw(st.integers(0, len(content) - 1))
    end = min(len(content), start + data.draw(st.integers(0, 40)))
    put = data.draw(st.sampled_from(["", "-1", "<!-- x -->", "x", "\N{SNOWMAN}", "<?a b?>"]))
    _read_or_refused(kind, with_part(kind, name, (content[:start] + put + content[end:]).encode()))


def _styles(kind: str) -> list[str]:
    return (
        ["word/styles.xml", "word/_rels/document.xml.rels"] if kind == ".docx" else ["styles.xml"]
    )


def _read_or_refused(kind: str, content: bytes) -> None:
    """Any other exception than the refusal comes through and fails the test."""
    told: list[str] = []
    try:
        parse_file(f"projekt{kind}", io.BytesIO(content))
    except UnreadableDraft as refusal:
        told.append(str(refusal.sentence))
    assert all(told)
