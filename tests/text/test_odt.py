"""ODT drafts: numbers of lists and numbers of hand, tables, notes, changes; and written ones."""

import io
import zipfile
from typing import Any

import odfdo
import pytest
from hypothesis import given, settings

from consultations.text.formats.odt import parse_odt
from consultations.text.formats.write_odt import write_odt
from consultations.text.formats.written import Written
from consultations.text.parse import Parsed, parse_plain
from consultations.text.tree import Node, walk
from tests.text import trees
from tests.text.odts import item, list_style, odt
from tests.text.test_write_docx import ORDINARY

CONTINUED = 'text:continue-numbering="true"'


def read(body: str, styles: str = "", named: str = "") -> Parsed:
    """What is read from a file of this body, these automatic and these named styles."""
    return parse_odt(odt(body, styles, named))


def typed(*paragraphs: str) -> str:
    return "".join(f"<text:p>{text}</text:p>" for text in paragraphs)


def paths(parsed: Parsed) -> list[str]:
    return [place.path for place in walk(parsed.nodes)]


def codes(parsed: Parsed) -> list[tuple[str, int]]:
    return [(warning.code, warning.line) for warning in parsed.warnings]


def test_numbers_typed_by_hand_are_read() -> None:
    body = typed("Rozdział I", "Cele", "§ 1.", "1. Plan:", "1) roczny;", "2) inny.")
    parsed = read(body)
    assert paths(parsed)[-1] == "rozdz 1 > par 1 > ust 1 > pkt 2"
    assert codes(parsed) == []


def test_numbers_of_lists_are_read_at_every_level() -> None:
    texts = ["Cele", "", "Program:", "zadania:", "własne:", "krajowe,"]
    body = "".join(item(depth, text, around=CONTINUED) for depth, text in enumerate(texts, 1))
    parsed = read(body + item(6, "unijne.", around=CONTINUED), list_style())
    assert paths(parsed)[-1] == "rozdz 1 > par 1 > ust 1 > pkt 1 > lit a > tiret 2"
    assert codes(parsed) == []


def test_a_level_counts_anew_after_a_wider_one() -> None:
    body = "".join(item(depth, "treść", around=CONTINUED) for depth in (2, 4, 4, 2, 4))
    assert paths(read(body, list_style())) == [
        "par 1",
        "par 1 > pkt 1",
        "par 1 > pkt 2",
        "par 2",
        "par 2 > pkt 1",
    ]


@pytest.mark.parametrize(
    ("around", "expected"),
    [
        ("", ["par 1", "par 1"]),
        (CONTINUED, ["par 1", "par 2"]),
        ('text:continue-list="a"', ["par 1", "par 2"]),
        ('text:continue-list="missing"', ["par 1", "par 1"]),
    ],
)
def test_a_second_list_counts_on_only_when_it_says_so(around: str, expected: list[str]) -> None:
    body = item(2, "Pierwszy.", around='xml:id="a"') + item(2, "Drugi.", around=around)
    assert paths(read(body, list_style())) == expected


def test_an_item_may_say_its_number() -> None:
    body = item(2, "Pierwszy.", start="7") + item(2, "Drugi.", around=CONTINUED)
    assert paths(read(body, list_style())) == ["par 7", "par 8"]


def test_the_pattern_of_a_newer_libreoffice_is_understood() -> None:
    style = (
        '<text:list-style style:name="L1"><text:list-level-style-number text:level="1"'
        ' style:num-format="1" loext:num-list-format="§ %1%."/></text:list-style>'
    )
    assert paths(read(item(1, "Treść."), style)) == ["par 1"]


def test_a_number_of_several_levels_is_left_in_the_text() -> None:
    style = list_style(extra='text:display-levels="2"')
    parsed = read(item(3, "Treść."), style)
    assert "unread-number" in [code for code, _line in codes(parsed)]


def test_only_the_first_paragraph_of_an_item_has_its_number() -> None:
    body = (
        '<text:list text:style-name="L1"><text:list-item><text:list><text:list-item>'
        "<text:p>Pierwszy.</text:p><text:p>Dalej.</text:p></text:list-item>"
        "<text:list-header><text:p>Bez numeru.</text:p></text:list-header>"
        "</text:list></text:list-item></text:list>"
    )
    assert paths(read(body, list_style())) == ["par 1", "par 1 > wstęp", "par 1 > wstęp"]


def test_headings_may_be_numbered_by_the_outline() -> None:
    outline = (
        '<text:outline-style style:name="Outline"><text:outline-level-style text:level="1"'
        ' style:num-format="I" style:num-prefix="Rozdział "/></text:outline-style>'
    )
    body = (
        '<text:h text:outline-level="1">Cele</text:h><text:h text:outline-level="1"'
        ' text:is-list-header="true">Bez numeru</text:h><text:h text:outline-level="1">Środki'
        "</text:h>"
    )
    parsed = read(body, named=outline)
    assert paths(parsed) == ["rozdz 1", "rozdz 1 > wstęp", "rozdz 2"]


def test_a_table_becomes_text_with_a_warning() -> None:
    rows = "".join(
        f"<table:table-row><table:table-cell>{typed(one)}</table:table-cell>"
        f"<table:table-cell>{typed(other)}</table:table-cell></table:table-row>"
        for one, other in (("Lp.", "Kwota"), ("1.", "500 zł"))
    )
    body = f"{typed('§ 1. Środki:')}<table:table>{rows}</table:table>"
    parsed = read(body)
    assert parsed.nodes[0].children[0].text == "Lp. | Kwota; 1. | 500 zł"
    assert codes(parsed) == [("table-flattened", 2)]


def test_a_frame_of_one_column_is_read_as_paragraphs() -> None:
    cell = f"<table:table-cell>{typed('§ 2. Środki.')}</table:table-cell>"
    rows = f"<table:table-header-rows><table:table-row>{cell}</table:table-row>"
    body = f"{typed('§ 1. Cele.')}<table:table>{rows}</table:table-header-rows></table:table>"
    assert paths(read(body)) == ["par 1", "par 2"]


@pytest.mark.parametrize("kind", ["footnote", "endnote"])
def test_a_note_stands_in_the_text_with_a_warning(kind: str) -> None:
    note = (
        f'<text:note text:note-class="{kind}"><text:note-citation>1</text:note-citation>'
        f"<text:note-body>{typed('2. Dz. U.', 'poz. 1491.')}</text:note-body></text:note>"
    )
    parsed = read(typed(f"§ 1. Gmina{note} działa."))
    assert parsed.nodes == parse_plain("§ 1. Gmina [przypis: \\2. Dz. U. poz. 1491.] działa.").nodes
    assert codes(parsed) == [("footnote", 1)]


def test_deleted_words_stand_outside_the_text_and_are_not_read() -> None:
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion>"
        f"{typed('§ 9. Usunięty.')}</text:deletion></text:changed-region></text:tracked-changes>"
        + typed('§ 1. W terminie <text:change text:change-id="a"/>21 dni.')
    )
    parsed = read(body)
    assert [node.text for node in parsed.nodes] == ["W terminie 21 dni."]
    assert codes(parsed) == [("tracked-changes", 1)]


def test_blanks_breaks_and_remarks_are_read_as_they_are_seen() -> None:
    text = (
        "§ 1.<text:tab/>W<text:s text:c='3'/>roku\n 2027<office:annotation><text:p>sprawdzić"
        "</text:p></office:annotation> <text:span>tak</text:span>:<text:line-break/>1) ale;"
        "<text:soft-page-break/><text:hidden-text>ukryte</text:hidden-text>"
    )
    [paragraph] = read(typed(text)).nodes
    assert paragraph.text == "W roku 2027 tak:"
    assert [child.text for child in paragraph.children] == ["ale;"]


def test_text_in_a_section_is_read_and_a_table_of_contents_is_not() -> None:
    body = (
        f"<text:table-of-content><text:index-body>{typed('§ 1. Cele 1')}</text:index-body>"
        f"</text:table-of-content><text:section>{typed('§ 1. Cele.')}</text:section>"
    )
    assert paths(read(body)) == ["par 1"]


def test_a_text_box_is_left_out_with_a_warning() -> None:
    box = f"<draw:frame><draw:text-box>{typed('ramka')}</draw:text-box></draw:frame>"
    parsed = read(typed(f"§ 1. Gmina.{box}"))
    assert parsed.nodes[0].text == "Gmina."
    assert codes(parsed) == [("left-out", 1)]


def test_a_style_of_ours_is_known_below_an_automatic_one_and_under_a_new_name() -> None:
    named = (
        '<style:style style:name="Uwaga_20_wstęp_20_par" style:family="paragraph"'
        ' style:display-name="Uwaga wstęp par"/>'
    )
    automatic = (
        '<style:style style:name="P1" style:family="paragraph"'
        ' style:parent-style-name="Uwaga_20_wstęp_20_par"/>'
    )
    body = f'{typed("§ 1. 1. A.")}<text:p text:style-name="P1">Koniec.</text:p>'
    parsed = read(body, automatic, named=named)
    assert paths(parsed) == ["par 1", "par 1 > ust 1", "par 1 > wstęp"]


def written(nodes: tuple[Node, ...], **more: Any) -> bytes:
    return write_odt(Written("Program współpracy", nodes, **more))


@settings(max_examples=60, deadline=None)
@given(trees.nodes().filter(bool))
def test_any_tree_is_read_back_from_its_odt(nodes: tuple[Node, ...]) -> None:
    assert parse_odt(io.BytesIO(written(nodes, subtitle="projekt"))).nodes == nodes


def test_a_written_file_is_one_other_programs_open() -> None:
    nodes = parse_plain(ORDINARY).nodes
    document: Any = odfdo.Document(io.BytesIO(written(nodes, keys={2: "a-b"}, author="Urząd")))
    assert document.get_type() == "text"
    assert document.meta.title == "Program współpracy"
    assert [one.name for one in document.body.get_bookmarks()] == ["uw_a_b"]
    headings = [heading.inner_text for heading in document.body.headers]
    assert headings[0].replace("\n", " ") == "Rozdział\xa0I Postanowienia ogólne"


def test_an_ordinary_draft_holds_nothing_hidden() -> None:
    with zipfile.ZipFile(io.BytesIO(written(parse_plain(ORDINARY).nodes))) as package:
        assert b"UwagaHidden" not in package.read("content.xml")
        assert package.infolist()[0].filename == "mimetype"
        assert package.infolist()[0].compress_type == zipfile.ZIP_STORED


def test_the_same_draft_gives_the_same_bytes() -> None:
    nodes = parse_plain(ORDINARY).nodes
    assert written(nodes) == written(nodes)
