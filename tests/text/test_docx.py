"""DOCX drafts: numbers of Word and numbers of hand, tables, and files that must be refused."""

import io
import zipfile
from functools import cache

import docx
import pytest
from django.utils import translation
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.text.paragraph import Paragraph

from consultations.text.formats.docx import parse_docx
from consultations.text.parse import Parsed, UnreadableDraft
from consultations.text.tree import walk
from tests.text.files import item, numbered, repacked, saved

NOT_DOCX = "This is not a DOCX file."
NO_WORD = "This is not a DOCX file: it holds no Word document."
OLD = "This is an old or encrypted Word file. Save it as DOCX without a password."
MACROS = "The file contains macros. Save it as DOCX without macros."
DAMAGED = "The file is damaged and cannot be read."
ENTITIES = "The file contains entities, which no office program writes."
TOO_LARGE = "The file is too large when unpacked."
NO_TEXT = "There is no text here."
BODY = "word/document.xml"


def typed(*paragraphs: str) -> Document:
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    return document


def read(document: Document) -> Parsed:
    return parse_docx(saved(document))


def paths(parsed: Parsed) -> list[str]:
    return [place.path for place in walk(parsed.nodes)]


def codes(parsed: Parsed) -> list[tuple[str, int]]:
    return [(warning.code, warning.line) for warning in parsed.warnings]


def test_numbers_typed_by_hand_are_read() -> None:
    parsed = read(typed("Rozdział I", "Cele", "§ 1.", "1. Plan:", "1) roczny;", "2) inny."))
    assert paths(parsed)[-1] == "rozdz 1 > par 1 > ust 1 > pkt 2"
    assert parsed.nodes[0].heading == "Cele"
    assert codes(parsed) == []


def test_numbers_of_word_are_read_at_every_level() -> None:
    document = numbered()
    for depth, text in enumerate(["Cele", "", "Program:", "zadania:", "własne:"]):
        item(document, depth, text)
    item(document, 5, "krajowe,")
    item(document, 5, "unijne.")
    parsed = read(document)
    assert paths(parsed)[-1] == "rozdz 1 > par 1 > ust 1 > pkt 1 > lit a > tiret 2"
    assert codes(parsed) == []


def test_a_level_counts_anew_after_a_wider_one() -> None:
    document = numbered()
    for depth in (1, 3, 3, 1, 3):
        item(document, depth, "treść")
    assert paths(read(document)) == [
        "par 1",
        "par 1 > pkt 1",
        "par 1 > pkt 2",
        "par 2",
        "par 2 > pkt 1",
    ]


def test_a_level_that_never_restarts_counts_on() -> None:
    document = numbered(restart={1: 0})
    for depth in (0, 1, 0, 1):
        item(document, depth, "Treść")
    assert paths(read(document)) == ["rozdz 1", "rozdz 1 > par 1", "rozdz 2", "rozdz 2 > par 2"]


def test_a_second_use_of_the_list_counts_on_unless_it_is_told_to_start_again() -> None:
    start = '<w:lvlOverride w:ilvl="1"><w:startOverride w:val="7"/></w:lvlOverride>'
    for overrides, expected in (("", ["par 1", "par 2", "par 3"]), (start, ["par 1", "par 7"])):
        document = numbered(overrides)
        item(document, 1, "Pierwszy.")
        item(document, 1, "Drugi.", num=72)
        item(document, 1, "Trzeci.", num=72)
        found = paths(read(document))
        assert found == (expected if not overrides else [*expected, "par 8"])


def test_a_number_may_come_from_the_style() -> None:
    document = numbered()
    style = document.styles["List Number"].element
    for old in style.findall(".//{*}numPr"):
        old.getparent().remove(old)
    place = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="1"/><w:numId w:val="71"/></w:numPr>'
    style.get_or_add_pPr().append(parse_xml(place))
    document.add_paragraph("Pierwszy.", style="List Number")
    document.add_paragraph("Drugi.", style="List Number")
    assert paths(read(document)) == ["par 1", "par 2"]


def test_a_table_becomes_text_with_a_warning() -> None:
    document = typed("§ 1. Środki:")
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip(table._cells, ["Lp.", "Kwota", "1.", "500 zł"], strict=True):
        cell.text = text
    parsed = read(document)
    assert parsed.nodes[0].children[0].text == "Lp. | Kwota; 1. | 500 zł"
    assert codes(parsed) == [("table-flattened", 2)]


def test_a_frame_of_one_column_is_read_as_paragraphs() -> None:
    document = typed("§ 1. Cele.")
    document.add_table(rows=1, cols=1).cell(0, 0).text = "§ 2. Środki."
    assert paths(read(document)) == ["par 1", "par 2"]


def test_tracked_changes_are_read_as_accepted_with_a_warning() -> None:
    document = typed("§ 1. W terminie ")
    paragraph = document.paragraphs[0]._p
    spaces = nsdecls("w")
    for xml in (
        f"<w:del {spaces}><w:r><w:delText>14</w:delText></w:r></w:del>",
        f"<w:ins {spaces}><w:r><w:t>21</w:t></w:r></w:ins>",
    ):
        paragraph.append(parse_xml(xml))
    parsed = read(document)
    assert parsed.nodes[0].text == "W terminie 21"
    assert codes(parsed) == [("tracked-changes", 1)]


def test_text_in_a_content_control_is_read() -> None:
    document = typed("§ 1. Cele.")
    control = f"<w:sdt {nsdecls('w')}><w:sdtContent><w:p><w:r><w:t>§ 2. Środki.</w:t></w:r></w:p>"
    document.element.body.insert(1, parse_xml(f"{control}</w:sdtContent></w:sdt>"))
    assert paths(read(document)) == ["par 1", "par 2"]


@cache
def hostile() -> dict[str, io.BytesIO]:
    good = saved(typed("§ 1. Cele."))
    entity = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>'
    outside = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'
    body = b'<w:document xmlns:w="urn:x"><w:body/></w:document>'
    broken = io.BytesIO(good.getvalue()[:-400])
    plain_zip = io.BytesIO()
    with zipfile.ZipFile(plain_zip, "w") as archive:
        archive.writestr("notes.txt", "x")
    return {
        "empty": io.BytesIO(),
        "text": io.BytesIO("§ 1. Cele.".encode()),
        "pdf": io.BytesIO(b"%PDF-1.7 ..."),
        "old doc": io.BytesIO(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600),
        "zip": plain_zip,
        "cut off": broken,
        "macros": repacked(good, {"word/vbaProject.bin": b"x"}),
        "broken xml": repacked(good, {BODY: b"<w:document"}),
        "other xml": repacked(good, {BODY: body}),
        "laughs": repacked(good, {BODY: entity}),
        "laughs in utf-16": repacked(good, {BODY: entity.decode().encode("utf-16")}),
        "entity in styles": repacked(good, {"word/styles.xml": outside}),
        "bomb": repacked(good, {"word/media/a.bin": b"\x00" * 3_000_000}),
        "too large": repacked(good, {f"{part}.bin": b"\x00" * 990_000 for part in range(51)}),
        "many parts": repacked(good, {f"x/{number}": b"" for number in range(2_001)}),
        "no text": saved(docx.Document()),
    }


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("empty", NOT_DOCX),
        ("text", NOT_DOCX),
        ("pdf", NOT_DOCX),
        ("old doc", OLD),
        ("zip", NO_WORD),
        ("cut off", NOT_DOCX),
        ("macros", MACROS),
        ("broken xml", DAMAGED),
        ("other xml", DAMAGED),
        ("laughs", ENTITIES),
        ("laughs in utf-16", ENTITIES),
        ("entity in styles", ENTITIES),
        ("bomb", TOO_LARGE),
        ("too large", TOO_LARGE),
        ("many parts", TOO_LARGE),
        ("no text", NO_TEXT),
    ],
)
def test_a_file_that_is_no_sound_draft_is_refused_in_words(name: str, sentence: str) -> None:
    with pytest.raises(UnreadableDraft) as refusal:
        parse_docx(hostile()[name])
    with translation.override("en"):
        assert str(refusal.value) == sentence


def test_a_file_repacked_without_harm_is_read() -> None:
    parsed = parse_docx(repacked(saved(typed("§ 1. Cele.")), {"a.bin": b"\x00" * 10}))
    assert paths(parsed) == ["par 1"]


def test_a_table_of_contents_is_not_read_as_the_text_it_repeats() -> None:
    document = typed("§ 1. Cele.")
    document.styles.add_style("toc 1", 1)
    document.paragraphs[0].insert_paragraph_before("§ 1. Cele\t3", style="toc 1")
    assert paths(read(document)) == ["par 1"]
    document.paragraphs[0].style = document.styles["Normal"]
    assert paths(read(document)) == ["par 1", "par 1"]


def test_letters_made_of_two_characters_are_read_as_one() -> None:
    assert read(typed("§ 1. Z\N{ZERO WIDTH SPACE}asady wspo\u0301łpracy.")).nodes[0].text == (
        "Zasady współpracy."
    )


def mark_deleted(paragraph: Paragraph) -> None:
    """The paragraph mark is deleted, with changes tracked."""
    properties = paragraph._p.get_or_add_pPr()
    properties.append(parse_xml(f"<w:rPr {nsdecls('w')}><w:del/></w:rPr>"))


def test_a_numbered_paragraph_that_was_deleted_is_not_counted() -> None:
    document = numbered()
    paragraphs = [item(document, 1, text) for text in ("Pierwszy.", "", "Trzeci.")]
    assert paths(read(document)) == ["par 1", "par 2", "par 3"]
    mark_deleted(paragraphs[1])
    assert paths(read(document)) == ["par 1", "par 2"]


def test_words_before_a_deleted_mark_are_kept_also_above_a_table_and_at_the_end() -> None:
    document = typed("§ 1. Środki.")
    mark_deleted(document.paragraphs[0])
    document.add_table(rows=1, cols=2).cell(0, 0).text = "kultura"
    mark_deleted(document.add_paragraph("§ 2. Koniec."))
    assert paths(read(document)) == ["par 1", "par 1 > wstęp", "par 2"]
