"""Footnotes and endnotes of files: kept in the text, in brackets, at their place."""

from collections.abc import Iterator

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn

from consultations.text import marks
from consultations.text.formats.numbering import Xml
from consultations.text.formats.safe_xml import parsed_xml
from consultations.text.lines import clean

REFERENCES = {qn("w:footnoteReference"): "w:footnote", qn("w:endnoteReference"): "w:endnote"}
_PARTS = (RELATIONSHIP_TYPE.FOOTNOTES, RELATIONSHIP_TYPE.ENDNOTES)


def bracketed(text: str) -> str:
    """The note as it stands in the text of a provision; no provision begins inside it."""
    return f" [przypis: {marks.escaped(clean(text), line_start=True)}] " if clean(text) else ""


class Notes:
    """The notes of a DOCX by their numbers."""

    def __init__(self, document: Document) -> None:
        self._notes: dict[tuple[str, str], Xml] = {}
        for root in _roots(document):
            for note in root:
                self._notes[str(note.tag), str(note.get(qn("w:id")))] = note

    def of(self, reference: Xml) -> Xml | None:
        """The note a reference in the text points at."""
        kind = qn(REFERENCES[reference.tag])
        return self._notes.get((kind, str(reference.get(qn("w:id")))))


def _roots(document: Document) -> Iterator[Xml]:
    for kind in _PARTS:
        try:
            part = document.part.part_related_by(kind)
        except (KeyError, ValueError):  # none, or one that is not in the file
            continue
        yield parsed_xml(part.blob)
