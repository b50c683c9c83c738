"""DOCX files made for tests: numbered by Word, typed by hand, or hostile."""

import io
import zipfile
from collections.abc import Mapping
from types import MappingProxyType

import docx
from docx.document import Document
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.text.paragraph import Paragraph

LEVELS = [
    ("upperRoman", "Rozdział %1"),
    ("decimal", "§ %2."),
    ("decimal", "%3."),
    ("decimal", "%4)"),
    ("lowerLetter", "(%5)"),
    ("bullet", "\uf0b7"),
]


def saved(document: Document) -> io.BytesIO:
    file = io.BytesIO()
    document.save(file)
    file.seek(0)
    return file


def numbered(overrides: str = "", *, restart: Mapping[int, int] = MappingProxyType({})) -> Document:
    """A document with a list of all six levels as num 71, and num 72 with overrides."""
    document = docx.Document()
    numbering = document.part.numbering_part.element
    for abstract in numbering.findall(qn("w:abstractNum")):
        numbering.remove(abstract)
    for num in numbering.findall(qn("w:num")):
        numbering.remove(num)
    levels = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
        + (f'<w:lvlRestart w:val="{restart[depth]}"/>' if depth in restart else "")
        + f'<w:lvlText w:val="{pattern}"/></w:lvl>'
        for depth, (kind, pattern) in enumerate(LEVELS)
    )
    spaces = nsdecls("w")
    for xml in (
        f'<w:abstractNum {spaces} w:abstractNumId="70">{levels}</w:abstractNum>',
        f'<w:num {spaces} w:numId="71"><w:abstractNumId w:val="70"/></w:num>',
        f'<w:num {spaces} w:numId="72"><w:abstractNumId w:val="70"/>{overrides}</w:num>',
    ):
        numbering.append(parse_xml(xml))
    return document


def item(document: Document, depth: int, text: str, num: int = 71) -> Paragraph:
    """Adds a paragraph numbered by Word."""
    paragraph = document.add_paragraph(text)
    properties = paragraph._p.get_or_add_pPr()
    place = OxmlElement("w:numPr")
    for name, value in (("w:ilvl", depth), ("w:numId", num)):
        child = OxmlElement(name)
        child.set(qn("w:val"), str(value))
        place.append(child)
    properties.append(place)
    return paragraph


def repacked(file: io.BytesIO, parts: dict[str, bytes]) -> io.BytesIO:
    """The same package with these parts put in or put over."""
    packed = io.BytesIO()
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, content in parts.items():
            new.writestr(name, content)
    packed.seek(0)
    return packed
