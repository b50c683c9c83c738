"""Every kind of file a draft is given out in, and that what can be read back is."""

import io

import pytest
from lxml import etree

from consultations.text.formats.files import parse_file
from consultations.text.formats.writing import FORMATS
from consultations.text.formats.written import Written
from consultations.text.parse import parse_plain
from consultations.text.tree import Level, Node
from tests.text.test_akn import schema
from tests.text.test_write_docx import ORDINARY

NODES = parse_plain(ORDINARY).nodes
BEGINNINGS = {
    "docx": b"PK\x03\x04",
    "odt": b"PK\x03\x04",
    "pdf": b"%PDF-",
    "html": b"<!DOCTYPE html>",
    "xml": b"<?xml",
}


@pytest.mark.parametrize("ending", FORMATS)
def test_each_kind_is_written_and_begins_as_such_a_file_does(ending: str) -> None:
    file = FORMATS[ending].write(Written("Program", NODES, {1: "a"}))
    assert file.startswith(BEGINNINGS[ending])
    assert "/" in FORMATS[ending].mime


@pytest.mark.parametrize("ending", ["docx", "odt", "xml"])
def test_a_file_given_out_is_read_back_by_its_name(ending: str) -> None:
    file = FORMATS[ending].write(Written("Program", NODES))
    parsed = parse_file(f"Program.{ending.upper()}", io.BytesIO(file))
    assert parsed.nodes == NODES
    found = [(one.code, one.label) for one in parsed.warnings]
    assert found == [(one.code, one.label) for one in parse_plain(ORDINARY).warnings]


STRANGE = "\x08 \x00\ud800\ufffe\t\n 漢"


@pytest.mark.parametrize("ending", FORMATS)
def test_what_no_file_can_hold_does_not_stop_the_writing(ending: str) -> None:
    """Rows may hold more than a reader of ours lets in; a mark stands in its place."""
    below = Node(Level.LETTER, STRANGE, STRANGE, STRANGE)
    nodes = (Node(Level.CHAPTER, STRANGE, STRANGE, STRANGE, (below,)), below)
    file = FORMATS[ending].write(
        Written(
            STRANGE,
            nodes,
            {1: STRANGE},
            subtitle=STRANGE,
            address_of={1: STRANGE},
            author=STRANGE,
        )
    )
    assert file.startswith(BEGINNINGS[ending])
    if ending == "xml":
        schema().assertValid(etree.fromstring(file))
