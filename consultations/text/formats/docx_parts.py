"""What a written DOCX is made of: styles, properties, page, and paragraphs of runs."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import Any

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm

from consultations.text.formats.looks import BY_NAME, LOOKS, SUBTITLE, TITLE, Look
from consultations.text.formats.numbering import Xml
from consultations.text.formats.writable import writable
from consultations.text.formats.written import Written, bookmark

_FONT = "Times New Roman"
_TWIPS = 567  # to a centimetre
_BUILT_ON = {"UwagaTitle": "Title", "UwagaSubtitle": "Subtitle"}
_PIECES = re.compile(r"[\t\n]|[^\t\n]+")
_EPOCH = dt.date(2000, 1, 1)


def blank(draft: Written) -> Any:
    """An empty A4 document of python-docx with our styles, in the language of the draft."""
    document = docx.Document()
    _describe(document.core_properties, draft)
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21.0), Cm(29.7)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Cm(2.5)
    styles = document.styles.element
    for look in LOOKS:
        styles.append(_style(look))
    _speak(document, draft.language_tag)
    _number_pages(page.footer.paragraphs[0]._p)  # noqa: SLF001 - python-docx has no fields
    return document


def saved(document: Any) -> bytes:
    """The bytes of the file."""
    written = BytesIO()
    document.save(written)
    return written.getvalue()


def append(document: Any, paragraph: Xml) -> None:
    """Puts the paragraph at the end of the body, before the properties of the section."""
    document.element.body.insert_element_before(paragraph, "w:sectPr")


def element(name: str, /, *children: Xml, **attributes: str) -> Xml:
    """An element of WordprocessingML; attributes are named without their prefix."""
    made = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    made.extend(children)
    return made


def paragraph_of(look: Look, *children: Xml, mark: Xml | None = None) -> Xml:
    """A paragraph in the style; `mark` says what was done to the paragraph mark itself."""
    properties = element("pPr", element("pStyle", val=look.identifier))
    if mark is not None:
        properties.append(element("rPr", mark))
    return element("p", properties, *children)


def run_of(text: str, *, hidden: bool = False, deleted: bool = False) -> Xml:
    """A run: tabs and line breaks become elements, all else is text as it is."""
    run = element("r", *([element("rPr", element("vanish"))] if hidden else []))
    for piece in _PIECES.findall(writable(text)):
        if piece in "\t\n":
            run.append(element("tab" if piece == "\t" else "br"))
            continue
        said = element("delText" if deleted else "t")
        said.set(qn("xml:space"), "preserve")
        said.text = piece
        run.append(said)
    return run


def titles(draft: Written) -> Iterable[Xml]:
    """The title, and the subtitle if there is one; our reader leaves both out of the text."""
    for words, name in ((draft.title, TITLE), (draft.subtitle, SUBTITLE)):
        if words:
            yield paragraph_of(BY_NAME[name], run_of(words))


def bookmarks(keys: Iterable[str], numbers: Iterator[int]) -> list[Xml]:
    """A bookmark for each key, at this place, numbered anew."""
    found = []
    for key in keys:
        number = str(next(numbers))
        found.append(element("bookmarkStart", id=number, name=bookmark(key)))
        found.append(element("bookmarkEnd", id=number))
    return found


def _describe(properties: Any, draft: Written) -> None:
    properties.title, properties.author = writable(draft.title)[:255], writable(draft.author)[:255]
    properties.comments, properties.language = "", draft.language_tag
    day = draft.date or _EPOCH
    moment = dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC)
    properties.created = properties.modified = moment


def _style(look: Look) -> Xml:
    following = BY_NAME[look.next].identifier if look.next else look.identifier
    style = element("style", type="paragraph", customStyle="1", styleId=look.identifier)
    style.append(element("name", val=look.name))
    style.append(element("basedOn", val=_BUILT_ON.get(look.identifier, "Normal")))
    style.append(element("next", val=following))
    style.append(element("qFormat"))
    style.append(_paragraph_properties(look))
    style.append(_run_properties(look))
    return style


def _paragraph_properties(look: Look) -> Xml:
    """In the order the schema asks for."""
    properties = element("pPr")
    if look.outline:
        properties.append(element("keepNext"))
    if look.identifier in _BUILT_ON:
        properties.append(element("pBdr", element("bottom", val="nil")))
    properties.append(element("spacing", before=str(look.before * 20), after="0"))
    left, hanging = round(look.left * _TWIPS), round(look.hanging * _TWIPS)
    properties.append(element("ind", left=str(left), hanging=str(hanging)))
    properties.append(element("jc", val="center" if look.centred else "left"))
    if look.outline:
        properties.append(element("outlineLvl", val=str(look.outline - 1)))
    return properties


def _run_properties(look: Look) -> Xml:
    fonts = element("rFonts", ascii=_FONT, hAnsi=_FONT, cs=_FONT)
    bold = element("b", val="1" if look.bold else "0")
    size = str(look.size * 2)
    return element(
        "rPr",
        fonts,
        bold,
        element("i", val="0"),
        element("color", val="auto"),
        element("spacing", val="0"),
        element("sz", val=size),
        element("szCs", val=size),
    )


def _speak(document: Any, tag: str) -> None:
    """The language is that of the whole document, for the screen reader and the speller."""
    for spoken in document.styles.element.iter(qn("w:lang")):
        spoken.set(qn("w:val"), tag)


def _number_pages(paragraph: Xml) -> None:
    paragraph.get_or_add_pPr().append(element("jc", val="center"))
    paragraph.append(element("fldSimple", element("r", element("t")), instr="PAGE"))
