"""PDF out: tagged, PDF/UA-1, with bookmarks, the same bytes each time, and no code in the words."""

import re

import pytest

from consultations.text.formats.write_pdf import write_pdf
from consultations.text.formats.written import Written
from consultations.text.parse import parse_plain
from consultations.text.tree import Level, Node
from tests.text.test_write_docx import ORDINARY

NODES = parse_plain(ORDINARY).nodes
_TITLE = re.compile(rb"/Title ?<FEFF([0-9A-F]*)>")


def bookmarks(pdf: bytes) -> list[str]:
    """The titles of the outline, as they stand in the file."""
    return [bytes.fromhex(found.decode()).decode("utf-16-be") for found in _TITLE.findall(pdf)]


def chapter(title: str, text: str = "Treść.") -> tuple[Node, ...]:
    paragraph = Node(Level.PARAGRAPH, "1", text=text)
    return (Node(Level.CHAPTER, "1", title, children=(paragraph,)),)


def test_the_file_is_tagged_and_says_that_it_is_pdf_ua() -> None:
    pdf = write_pdf(Written("Program współpracy", NODES, subtitle="projekt", author="Urząd"))
    assert pdf.startswith(b"%PDF-1.7")
    assert pdf.rstrip().endswith(b"%%EOF")
    assert b"/StructTreeRoot" in pdf
    assert b"/Marked true" in pdf
    assert re.search(rb"<pdfuaid:part>1</pdfuaid:part>", pdf)
    assert re.search(rb"/Lang ?\(pl", pdf)
    assert "Program współpracy".encode() in pdf  # the metadata is not compressed


def test_bookmarks_are_the_chapters_and_the_titled_paragraphs() -> None:
    pdf = write_pdf(Written("Program", NODES))
    assert sorted(bookmarks(pdf)) == [
        "Rozdział\xa0I Postanowienia ogólne",
        "§\xa02. Zasady współpracy",
    ]


def test_the_same_draft_gives_the_same_bytes_and_another_one_does_not() -> None:
    first = write_pdf(Written("Program", NODES))
    assert write_pdf(Written("Program", NODES)) == first
    assert write_pdf(Written("Programy", NODES)) != first


@pytest.mark.parametrize(
    "words",
    [
        '#panic("stop")',
        '#read("/etc/passwd")',
        '"); panic("stop"); ("',
        "]#panic()[",
        "$ sum_x $ *a* _b_ `c` <d> @e // f /* g",
        "= Nagłówek\\ #set page(width: 1pt)",
        '#import "@preview/cetz:0.1.0"',
    ],
)
def test_words_that_look_like_code_are_words(words: str) -> None:
    pdf = write_pdf(Written(words, chapter(words, words), subtitle=words, author=words))
    assert f"Rozdział\xa01 {words}" in bookmarks(pdf)


@pytest.mark.parametrize("rare", ["漢字", "🙂", "\x07", "\ufffe", "\ue000", "ะ", "א ב", "\ud800"])
def test_a_character_no_font_has_does_not_stop_the_file(rare: str) -> None:
    pdf = write_pdf(Written(f"Program {rare}", chapter(f"Cele {rare}", f"Ala {rare} kot.")))
    assert bookmarks(pdf)[0].startswith("Rozdział\xa01 Cele ")
    assert re.search(rb"<pdfuaid:part>1</pdfuaid:part>", pdf)


def test_every_letter_that_is_kept_beside_a_rare_one_is_in_the_fonts() -> None:
    """PDF/UA refuses a letter that cannot be shown: all of these must go through at once."""
    kept = "".join(
        chr(code)
        for code in (
            *range(0x20, 0x7F),
            *range(0xA0, 0x180),
            *range(0x391, 0x3A2),
            *range(0x3A3, 0x3CA),
            *range(0x410, 0x450),
            *(0x2013, 0x2014, 0x2018, 0x2019, 0x201A, 0x201C, 0x201D, 0x201E, 0x2020, 0x2021),
            *(0x2022, 0x2026, 0x2030, 0x20AC, 0x2122, 0x2212),
        )
        if code != 0x3A2
    )
    title = bookmarks(write_pdf(Written("Program", chapter(f"漢 {kept}"))))[0]
    assert title.replace(" ", "") == f"Rozdział\xa01\N{REPLACEMENT CHARACTER}{kept}".replace(
        " ", ""
    )


def test_a_draft_without_words_is_a_page_with_its_title() -> None:
    assert write_pdf(Written("", ())).startswith(b"%PDF")
