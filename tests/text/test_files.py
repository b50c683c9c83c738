"""A file somebody chose: its kind by its name, its letters in the encodings in use, its limits."""

import codecs
import io

import docx
import pytest
from django.utils import translation

from consultations.text.formats.files import MOST_BYTES, parse_file
from consultations.text.parse import UnreadableDraft
from tests.text.files import saved

TEXT = "§ 1. Zażółć gęślą jaźń."


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode(),
        codecs.BOM_UTF8 + TEXT.encode(),
        TEXT.encode("utf-16"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        TEXT.encode("cp1250"),
    ],
    ids=["utf-8", "utf-8 with its mark", "utf-16", "utf-16 of the other end", "cp1250"],
)
def test_polish_letters_are_read_in_every_encoding_in_use(content: bytes) -> None:
    assert parse_file("projekt.TXT", io.BytesIO(content)).nodes[0].text == "Zażółć gęślą jaźń."


def test_a_docx_is_read_by_its_name() -> None:
    document = docx.Document()
    document.add_paragraph(TEXT)
    assert parse_file("Projekt.docx", saved(document)).lines == (1,)


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("projekt.pdf", b"%PDF-1.7", "Choose a file that ends in .docx, .odt, .xml or .txt."),
        ("projekt", b"x", "Choose a file that ends in .docx, .odt, .xml or .txt."),
        ("projekt.txt", b"", "The file is empty."),
        ("projekt.docx", b"", "The file is empty."),
        ("projekt.docx", TEXT.encode(), "This is not a DOCX file."),
        ("projekt.odt", TEXT.encode(), "This is not an ODT file."),
        ("projekt.xml", TEXT.encode(), "This is not an Akoma Ntoso 3.0 document."),
        ("projekt.txt", b"\x81\x83", "This is not plain text: its letters cannot be read."),
        ("projekt.txt", b"PK\x03\x04", "This is not plain text: it contains control characters."),
        ("projekt.txt", b"a" * (MOST_BYTES + 1), "The file is larger than 10 MB."),
        ("projekt.txt", b"a" * 2_000_001, "The text is longer than 2 MB."),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_words(
    name: str, content: bytes, sentence: str
) -> None:
    with pytest.raises(UnreadableDraft) as refusal, translation.override("en"):
        parse_file(name, io.BytesIO(content))
    with translation.override("en"):
        assert str(refusal.value.sentence) == sentence
