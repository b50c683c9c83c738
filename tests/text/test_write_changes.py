"""Tracked changes: accepted they give the new tree, rejected the old one."""

import datetime as dt
import io
from collections.abc import Mapping
from typing import Any

import docx
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from consultations.text.formats.docx import parse_docx
from consultations.text.formats.write_changes import write_changes
from consultations.text.formats.written import Written
from consultations.text.parse import parse_plain
from consultations.text.tree import Node, walk
from tests.text import trees

AT = dt.datetime(2026, 11, 29, 12, tzinfo=dt.UTC)
Keys = Mapping[int, str]


def changes(
    old: tuple[Node, ...], new: tuple[Node, ...], old_keys: Keys, new_keys: Keys
) -> io.BytesIO:
    before = Written("Program na rok 2026", old, old_keys)
    after = Written("Program na rok 2027", new, new_keys)
    return io.BytesIO(write_changes(before, after, author="Urząd Miasta", at=AT))


def rejected(file: io.BytesIO) -> io.BytesIO:
    """The file as Word leaves it after «reject all changes»."""
    document: Any = docx.Document(file)
    body = document.element.body
    for mark in list(body.findall(f".//{qn('w:rPr')}/{qn('w:ins')}")):
        body.remove(next(mark.iterancestors(qn("w:p"))))
    for inserted in list(body.iter(qn("w:ins"))):
        inserted.getparent().remove(inserted)
    for said in list(body.iter(qn("w:delText"))):
        said.tag = qn("w:t")
    for deleted in list(body.iter(qn("w:del"))):
        for run in list(deleted):
            deleted.addprevious(run)
        deleted.getparent().remove(deleted)
    back = io.BytesIO()
    document.save(back)
    return back


def keyed(nodes: tuple[Node, ...]) -> dict[int, str]:
    return {place.position: f"k{place.position}" for place in walk(nodes)}


@st.composite
def versions(draw: Any) -> tuple[tuple[Node, ...], tuple[Node, ...], Keys, Keys]:
    """Two trees; some keys of the new one are of the old one, in their order or in any."""
    old, new = draw(trees.nodes().filter(bool)), draw(trees.nodes().filter(bool))
    keys = keyed(new)
    if draw(st.booleans()):
        keys = dict(zip(keys, draw(st.permutations(list(keys.values()))), strict=True))
    dropped = draw(st.sets(st.sampled_from(list(keys))))
    kept = {position: key for position, key in keys.items() if position not in dropped}
    return old, new, keyed(old), kept


@settings(max_examples=30, deadline=None)
@given(versions())
def test_accepted_is_the_new_tree_and_rejected_the_old(
    both: tuple[tuple[Node, ...], tuple[Node, ...], Keys, Keys],
) -> None:
    old, new, old_keys, new_keys = both
    file = changes(old, new, old_keys, new_keys)
    assert parse_docx(file).nodes == new
    assert parse_docx(rejected(file)).nodes == old


def marked(file: io.BytesIO) -> list[tuple[str, str]]:
    """What was inserted and deleted, in the order of the page."""
    body = docx.Document(file).element.body
    found = []
    for change in body.iter(qn("w:ins"), qn("w:del")):
        texts = [one.text for one in change.iter(qn("w:t"), qn("w:delText"))]
        if texts:
            found.append((change.tag.rpartition("}")[2], "".join(texts)))
    return found


def test_words_are_compared_inside_a_provision_that_stayed() -> None:
    old = parse_plain("§ 1. W terminie 14 dni.\n§ 2. Bez zmian.").nodes
    new = parse_plain("§ 1. W terminie 21 dni.\n§ 2. Bez zmian.").nodes
    assert marked(changes(old, new, keyed(old), keyed(new))) == [
        ("del", "2026"),
        ("ins", "2027"),
        ("del", "14"),
        ("ins", "21"),
    ]


def test_a_number_that_changed_is_a_change_of_words() -> None:
    old, new = parse_plain("§ 2. Cele.").nodes, parse_plain("§ 3. Cele.").nodes
    assert marked(changes(old, new, {1: "a"}, {1: "a"}))[2:] == [("del", "2"), ("ins", "3")]


def test_provisions_that_came_went_or_moved_are_whole_paragraphs() -> None:
    old = parse_plain("§ 1. Pierwszy.\n§ 2. Drugi.\n§ 3. Trzeci.").nodes
    new = parse_plain("§ 1. Trzeci.\n§ 2. Pierwszy.\n§ 3. Nowy.").nodes
    file = changes(old, new, {1: "a", 2: "b", 3: "c"}, {1: "c", 2: "a", 3: "d"})
    found = marked(file)[2:]
    assert ("ins", "§\xa01. Trzeci.") in found
    assert ("del", "§\xa02. Drugi.") in found
    assert ("del", "§\xa03. Trzeci.") in found
    assert ("ins", "§\xa03. Nowy.") in found
    assert parse_docx(file).nodes == new


def test_each_change_says_who_made_it_and_when_and_has_a_number_of_its_own() -> None:
    old, new = parse_plain("§ 1. A b c.").nodes, parse_plain("§ 1. A x c.\n§ 2. D.").nodes
    body = docx.Document(changes(old, new, keyed(old), keyed(new))).element.body
    found = list(body.iter(qn("w:ins"), qn("w:del")))
    assert {one.get(qn("w:author")) for one in found} == {"Urząd Miasta"}
    assert {one.get(qn("w:date")) for one in found} == {"2026-11-29T12:00:00Z"}
    numbers = [one.get(qn("w:id")) for one in found]
    assert len(set(numbers)) == len(numbers) > 4


def test_two_equal_versions_hold_no_change() -> None:
    nodes = parse_plain("§ 1. A.\n§ 2. B.").nodes
    draft = Written("Program", nodes, keyed(nodes))
    file = io.BytesIO(write_changes(draft, draft, author="Urząd", at=AT))
    assert marked(file) == []
    assert parse_docx(file).warnings == ()


def test_a_paragraph_whose_mark_was_deleted_runs_on_into_the_next() -> None:
    document = docx.Document()
    for text in ("§ 1. Gmina.", "Współpraca."):
        document.add_paragraph(text)
    properties = document.paragraphs[0]._p.get_or_add_pPr()
    mark = properties.makeelement(qn("w:rPr"))
    mark.append(mark.makeelement(qn("w:del")))
    file = io.BytesIO()
    document.save(file)
    [paragraph] = parse_docx(file).nodes
    assert [child.text for child in paragraph.children] == ["Współpraca."]
    properties.append(mark)
    document.paragraphs[0].add_run(" ")
    file = io.BytesIO()
    document.save(file)
    assert [node.text for node in parse_docx(file).nodes] == ["Gmina. Współpraca."]
