"""Every kind of file a draft is given out in, and that what can be read back is."""

import io

import pytest

from consultations.text.files import parse_file
from consultations.text.parse import parse_plain
from consultations.text.writing import FORMATS
from consultations.text.written import Written
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
