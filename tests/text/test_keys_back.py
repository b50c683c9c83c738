"""Lasting keys in files of ours: they come back with the provisions they were written beside."""

import io
import uuid

import docx
import pytest
from hypothesis import given, settings

from consultations.text.formats.docx import parse_docx
from consultations.text.formats.files import parse_file
from consultations.text.formats.write_docx import write_docx
from consultations.text.formats.writing import FORMATS
from consultations.text.formats.written import Written, bookmark, key_in
from consultations.text.parse import parse_plain
from consultations.text.tree import Node, walk
from tests.text import trees
from tests.text.test_write_docx import ORDINARY

NODES = parse_plain(ORDINARY).nodes


def keys_of(nodes: tuple[Node, ...]) -> dict[int, str]:
    return {place.position: str(uuid.UUID(int=place.position)) for place in walk(nodes)}


@pytest.mark.parametrize("ending", ["docx", "odt", "xml"])
def test_each_provision_has_its_key_again(ending: str) -> None:
    file = FORMATS[ending].write(Written("Program", NODES, keys_of(NODES)))
    assert parse_file(f"a.{ending}", io.BytesIO(file)).keys == keys_of(NODES)


@pytest.mark.parametrize("ending", ["odt", "xml"])
@settings(max_examples=40, deadline=None)
@given(nodes=trees.nodes().filter(bool))
def test_the_keys_of_any_tree_come_back(ending: str, nodes: tuple[Node, ...]) -> None:
    file = FORMATS[ending].write(Written("Program", nodes, keys_of(nodes)))
    assert parse_file(f"a.{ending}", io.BytesIO(file)).keys == keys_of(nodes)


@pytest.mark.parametrize("ending", ["docx", "odt", "xml"])
def test_a_file_without_keys_gives_none(ending: str) -> None:
    file = FORMATS[ending].write(Written("Program", NODES, {1: "moje"}))
    assert parse_file(f"a.{ending}", io.BytesIO(file)).keys == {}


def test_a_paragraph_that_a_lawyer_added_has_no_key_and_the_others_keep_theirs() -> None:
    nodes = parse_plain("§ 1. A.\n§ 2. B.").nodes
    document = docx.Document(io.BytesIO(write_docx(Written("Program", nodes, keys_of(nodes)))))
    document.paragraphs[2].insert_paragraph_before("§ 1a. Nowy.")
    file = io.BytesIO()
    document.save(file)
    keys = keys_of(nodes)
    assert parse_docx(file).keys == {1: keys[1], 3: keys[2]}


def test_a_key_that_stands_twice_belongs_to_the_first() -> None:
    nodes = parse_plain("§ 1. A.\n§ 2. B.").nodes
    key = str(uuid.UUID(int=7))
    file = FORMATS["odt"].write(Written("Program", nodes, {1: key, 2: key}))
    assert parse_file("a.odt", io.BytesIO(file)).keys == {1: key}


def test_only_names_made_of_our_keys_are_keys() -> None:
    key = str(uuid.uuid4())
    assert key_in(bookmark(key)) == key
    assert [key_in(name) for name in ("_GoBack", "uw_", "uw_abc", key, "")] == [""] * 5
