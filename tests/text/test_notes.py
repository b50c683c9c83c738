"""Footnotes and endnotes of a DOCX: in the text, in brackets, at their place, with a warning."""

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from consultations.text.formats.docx import parse_docx
from consultations.text.reading import Parsed
from tests.text.files import saved

KINDS = {"footnote": RELATIONSHIP_TYPE.FOOTNOTES, "endnote": RELATIONSHIP_TYPE.ENDNOTES}


def noted(kind: str, *paragraphs: str, number: int = 2, text: str = "§ 1. Gmina") -> Parsed:
    """A draft whose § 1 has a note after its first words, then goes on."""
    document = docx.Document()
    paragraph = document.add_paragraph(text)._p
    reference = f'<w:r {nsdecls("w")}><w:{kind}Reference w:id="{number}"/></w:r>'
    paragraph.append(parse_xml(reference))
    paragraph.append(parse_xml(f"<w:r {nsdecls('w')}><w:t> działa.</w:t></w:r>"))
    said = "".join(f"<w:p><w:r><w:t>{one}</w:t></w:r></w:p>" for one in paragraphs)
    notes = f'<w:{kind}s {nsdecls("w")}><w:{kind} w:id="2">{said}</w:{kind}></w:{kind}s>'
    part = Part(
        PackURI(f"/word/{kind}s.xml"), "application/xml", notes.encode(), document.part.package
    )
    document.part.relate_to(part, KINDS[kind])
    return parse_docx(saved(document))


@pytest.mark.parametrize("kind", KINDS)
def test_a_note_stands_in_the_text_with_a_warning(kind: str) -> None:
    parsed = noted(kind, "Dz. U. z 2024 r.", "poz. 1491.")
    assert parsed.nodes[0].text == "Gmina [przypis: Dz. U. z 2024 r. poz. 1491.] działa."
    assert [(one.code, one.line) for one in parsed.warnings] == [("footnote", 1)]


def test_marks_inside_a_note_open_no_provision() -> None:
    parsed = noted("footnote", "2. Zob. też: 1) program. § 2. Uchwały.", text="§ 1. 1. Gmina")
    assert len(parsed.nodes) == 1
    [section] = parsed.nodes[0].children
    assert section.text == "Gmina [przypis: 2. Zob. też: 1) program. § 2. Uchwały.] działa."


def test_a_note_that_is_not_there_leaves_no_brackets() -> None:
    assert noted("footnote", "x", number=7).nodes[0].text == "Gmina działa."


def test_a_note_in_a_table_stays_in_its_cell() -> None:
    document = docx.Document()
    document.add_paragraph("§ 1. Środki:")
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "kultura", "500 zł"
    cell = table.cell(0, 0).paragraphs[0]._p
    cell.append(parse_xml(f'<w:r {nsdecls("w")}><w:footnoteReference w:id="1"/></w:r>'))
    notes = f"<w:footnotes {nsdecls('w')}><w:footnote w:id='1'><w:p><w:r><w:t>brutto</w:t></w:r>"
    part = Part(
        PackURI("/word/footnotes.xml"),
        "application/xml",
        f"{notes}</w:p></w:footnote></w:footnotes>".encode(),
        document.part.package,
    )
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    parsed = parse_docx(saved(document))
    assert parsed.nodes[0].children[0].text == "kultura [przypis: brutto] | 500 zł"
    assert {one.code for one in parsed.warnings} == {"footnote", "table-flattened"}


def test_a_text_box_is_still_left_out_with_a_warning() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("§ 1. Gmina.")._p
    box = f"<w:r {nsdecls('w')}><w:txbxContent><w:p><w:r><w:t>ramka</w:t></w:r></w:p>"
    paragraph.append(parse_xml(f"{box}</w:txbxContent></w:r>"))
    assert paragraph.find(f".//{qn('w:txbxContent')}") is not None
    parsed = parse_docx(saved(document))
    assert parsed.nodes[0].text == "Gmina."
    assert [one.code for one in parsed.warnings] == ["left-out"]
