"""DOCX files with tables: every row, every line break, no character XML cannot hold."""

from io import BytesIO
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

from consultations.text.formats.tables import Part, Table, report
from consultations.text.formats.writable import MARK, writable


def opened(*parts: Part) -> Any:
    return docx.Document(BytesIO(report("Raport", parts, author="Referat", language="pl")))


def table(*rows: tuple[str, str]) -> Table:
    return Table(("numer", "uwaga"), (3.0, 20.0), rows)


def test_a_row_stands_for_each_comment_under_a_heading_that_repeats() -> None:
    document = opened(Part("Uwagi", (), table(("1", "a"), ("2", "b"), ("3", "c"))))
    [made] = document.tables
    cells = [[cell.text for cell in row.cells] for row in made.rows]
    assert cells == [["numer", "uwaga"], ["1", "a"], ["2", "b"], ["3", "c"]]
    heads = [row._tr.find(f".//{qn('w:tblHeader')}") is not None for row in made.rows]
    assert heads == [True, False, False, False]


def test_a_table_without_rows_keeps_its_heading_alone() -> None:
    [made] = opened(Part("Uwagi", (), table())).tables
    assert len(made.rows) == 1


@pytest.mark.parametrize(
    "words",
    [
        "Zażółć gęślą jaźń – „§ 2”",
        "dwa\nwiersze\n\ni przerwa",
        "<w:t>nie znacznik</w:t> & reszta",
        "  spacje na brzegach  ",
        "emoji 🙂",
    ],
)
def test_words_come_back_as_they_were(words: str) -> None:
    document = opened(Part("Wstęp", (words,), table(("1", words))))
    assert document.tables[0].rows[1].cells[1].text == words
    assert words in [paragraph.text for paragraph in document.paragraphs]


@pytest.mark.parametrize("character", ["\x00", "\x01", "\x0b", "\x1f", "\ufffe", "\ud800"])
def test_a_character_no_file_can_hold_becomes_a_visible_mark(character: str) -> None:
    words = f"przed{character}po"
    document = opened(Part(words, (words,), table((words, "1"))))
    assert document.tables[0].rows[1].cells[0].text == f"przed{MARK}po"


def test_what_can_be_written_is_left_alone() -> None:
    assert writable("a\tb\nc\r\nd\re") == "a\tb\nc\nd\ne"


def test_the_file_says_its_title_author_and_language() -> None:
    document = opened(Part("Wstęp"))
    said = document.core_properties
    assert (said.title, said.author, said.language) == ("Raport", "Referat", "pl")
    language = document.styles["Normal"].element.find(f".//{qn('w:lang')}")
    assert language.get(qn("w:val")) == "pl-PL"
