"""DOCX out: the same tree comes back, and the page holds nothing a lawyer would not print."""

import io
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings

from consultations.text.formats.docx import parse_docx
from consultations.text.formats.write_docx import write_docx
from consultations.text.formats.written import Written
from consultations.text.parse import parse_plain
from consultations.text.tree import Level, Node, walk
from tests.text import trees

ORDINARY = """Na podstawie art. 5a ustawy uchwala się, co następuje:

Rozdział I
Postanowienia ogólne

§ 1. Ilekroć mowa o:
1) ustawie – rozumie się przez to ustawę, o której mowa w § 3 ust. 1;
10a) gminie:
a) miasto,
b) wieś:
– drogi,
– place
[wstęp pkt] – wraz z otoczeniem.

§ 2. Zasady współpracy
1. Program realizuje się w 2027 r.
2. Gmina współpracuje.
"""


def written(nodes: tuple[Node, ...], **more: Any) -> Written:
    return Written("Program współpracy", nodes, **more)


def read(draft: Written) -> tuple[Node, ...]:
    return parse_docx(io.BytesIO(write_docx(draft))).nodes


def opened(draft: Written) -> Any:
    return docx.Document(io.BytesIO(write_docx(draft)))


@settings(max_examples=40, deadline=None)
@given(trees.nodes().filter(bool))
def test_any_tree_is_read_back_from_its_docx(nodes: tuple[Node, ...]) -> None:
    assert read(written(nodes, subtitle="projekt")) == nodes


def test_an_ordinary_draft_holds_nothing_of_our_notation() -> None:
    nodes = parse_plain(ORDINARY).nodes
    document = opened(written(nodes))
    assert list(document.element.body.iter(qn("w:vanish"))) == []
    printed = [paragraph.text for paragraph in document.paragraphs]
    assert printed == [
        "Program współpracy",
        "Na podstawie art. 5a ustawy uchwala się, co następuje:",
        "Rozdział\xa0I\nPostanowienia ogólne",
        "§\xa01. Ilekroć mowa o:",
        "1)\tustawie – rozumie się przez to ustawę, o której mowa w § 3 ust. 1;",
        "10a)\tgminie:",
        "a)\tmiasto,",
        "b)\twieś:",
        "–\tdrogi,",
        "–\tplace",
        "– wraz z otoczeniem.",
        "§\xa02. Zasady współpracy",
        "1.\tProgram realizuje się w 2027 r.",
        "2.\tGmina współpracuje.",
    ]
    assert read(written(nodes)) == nodes


def test_a_guard_of_words_that_only_look_like_a_mark_is_hidden() -> None:
    node = Node(Level.PARAGRAPH, "1", text="Treść. § 2. Dalszy ciąg.")
    document = opened(written((node,)))
    hidden = [run.text for run in document.paragraphs[1].runs if run.font.hidden]
    assert hidden == ["\\"]
    assert read(written((node,))) == (node,)


def test_a_chapter_is_a_heading_and_each_unit_has_a_style_of_its_own() -> None:
    document = opened(written(parse_plain(ORDINARY).nodes))
    styles = [paragraph.style for paragraph in document.paragraphs]
    assert [style.name for style in styles[:6]] == [
        "Uwaga tytuł",
        "Uwaga wstęp",
        "Uwaga rozdz",
        "Uwaga par",
        "Uwaga pkt",
        "Uwaga pkt",
    ]
    assert styles[2].element.find(f".//{qn('w:outlineLvl')}").get(qn("w:val")) == "0"


def test_each_key_is_a_bookmark_before_its_provision() -> None:
    nodes = parse_plain("§ 1. 1. Jeden.\n2. Dwa.").nodes
    key = "0d9f6b1c-6a6c-4f0e-9a53-1f4c7f3f6d1e"
    document = opened(written(nodes, keys={1: key, 2: "b", 3: "c"}))
    marked = {
        paragraph.text: [one.get(qn("w:name")) for one in paragraph._p.iter(qn("w:bookmarkStart"))]
        for paragraph in document.paragraphs
    }
    assert marked == {
        "Program współpracy": [],
        "§\xa01. 1. Jeden.": [f"uw_{key.replace('-', '_')}", "uw_b"],
        "2.\tDwa.": ["uw_c"],
    }
    assert all(len(name) <= 40 for names in marked.values() for name in names)


def test_the_language_title_and_author_are_said() -> None:
    document = opened(written(parse_plain("§ 1. A.").nodes, language="pl", author="Urząd"))
    properties = document.core_properties
    assert (properties.title, properties.author) == ("Program współpracy", "Urząd")
    spoken = {one.get(qn("w:val")) for one in document.styles.element.iter(qn("w:lang"))}
    assert spoken == {"pl-PL"}


@pytest.mark.parametrize(
    ("typed", "paths"),
    [
        ("2. Nowy ustęp.", ["par 1", "par 1 > ust 1", "par 1 > ust 2"]),
        ("Dalszy tekst.", ["par 1", "par 1 > ust 1", "par 1 > ust 1 > wstęp"]),
        ("– dalszy tekst.", ["par 1", "par 1 > ust 1", "par 1 > ust 1 > wstęp"]),
    ],
)
def test_a_mark_typed_later_says_more_than_the_style(typed: str, paths: list[str]) -> None:
    intro = Node(Level.INTRO, text="Zdanie pod ustępem.")
    section = Node(Level.SECTION, "1", text="Ustęp.", children=(intro,))
    document = opened(written((Node(Level.PARAGRAPH, "1", children=(section,)),)))
    document.paragraphs[-1].runs[0].text = typed
    file = io.BytesIO()
    document.save(file)
    assert [place.path for place in walk(parse_docx(file).nodes)] == paths


def test_a_title_is_left_out_only_where_it_stands_above_the_text() -> None:
    """Words typed below in the style of the title are not lost without a word."""
    document = opened(written(parse_plain("§ 1. Treść.").nodes))
    document.add_paragraph("Załącznik nr 1", style=document.styles["Uwaga tytuł"])
    file = io.BytesIO()
    document.save(file)
    assert [place.node.text for place in walk(parse_docx(file).nodes)] == [
        "Treść.",
        "Załącznik nr 1",
    ]
