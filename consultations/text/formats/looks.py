"""The named paragraph styles of written drafts: how each looks, and what it says to our reader.

A page should hold nothing that a lawyer would not print. What only our notation needs is therefore
said by the name of a style: «Uwaga wstęp ust» is unnumbered text right under the open ust.,
«Uwaga jedno tiret» a tiret that stands alone. Names, unlike identifiers, are kept by Word and
LibreOffice when they save a file of the other.
"""

from dataclasses import dataclass

from consultations.text import marks
from consultations.text.notation import Paragraph
from consultations.text.tree import PATH_WORDS, Level

TITLE = "Uwaga tytuł"
SUBTITLE = "Uwaga podtytuł"
_SINGLE = "Uwaga jedno tiret"
_PREAMBLE = f"Uwaga {PATH_WORDS[Level.INTRO]}"
_HEADED = "Uwaga par z tytułem"


@dataclass(frozen=True)
class Look:
    """A paragraph style: centimetres, points; `outline` is its depth among headings, 0: none."""

    name: str
    identifier: str
    left: float = 0.0
    hanging: float = 0.0
    before: int = 6
    size: int = 12
    bold: bool = False
    centred: bool = False
    outline: int = 0
    next: str = ""  # the style of the paragraph begun after this one


def _numbered() -> tuple[Look, ...]:
    """Rozdział in the middle; each narrower unit half a centimetre or so further in."""
    return (
        Look(
            _of(Level.CHAPTER),
            "UwagaChapter",
            before=18,
            bold=True,
            centred=True,
            outline=1,
            next=_of(Level.PARAGRAPH),
        ),
        Look(_of(Level.PARAGRAPH), "UwagaParagraph", before=12),
        Look(
            _HEADED,
            "UwagaParagraphTitled",
            before=12,
            bold=True,
            outline=2,
            next=_of(Level.SECTION),
        ),
        Look(_of(Level.SECTION), "UwagaSection", left=0.75, hanging=0.75),
        Look(_of(Level.POINT), "UwagaPoint", left=1.6, hanging=0.85, before=3),
        Look(_of(Level.LETTER), "UwagaLetter", left=2.4, hanging=0.8, before=3),
        Look(_of(Level.INDENT), "UwagaIndent", left=3.1, hanging=0.7, before=3),
        Look(_SINGLE, "UwagaIndentSingle", 3.1, 0.7, before=3, next=_of(Level.INDENT)),
    )


_INSETS = {Level.SECTION: 0.75, Level.POINT: 1.6, Level.LETTER: 2.4, Level.INDENT: 3.1}


def _of(level: Level) -> str:
    return f"Uwaga {PATH_WORDS[level]}"


def _intro(under: Level | None) -> Look:
    """Unnumbered text, as far in as the provision it belongs to; Enter begins the next of these."""
    below = f" {PATH_WORDS[under]}" if under else ""
    identifier = f"UwagaIntro{under.value.title() if under else ''}"
    name = f"Uwaga {PATH_WORDS[Level.INTRO]}{below}"
    if under is None or under is Level.CHAPTER:
        return Look(name, identifier)
    return Look(name, identifier, _INSETS.get(under, 0.0), next=_of(under))


_PARENTS = (None, *(level for level in Level if level is not Level.INTRO))
LOOKS = (
    Look(TITLE, "UwagaTitle", before=0, size=16, bold=True, centred=True, next=_PREAMBLE),
    Look(SUBTITLE, "UwagaSubtitle", centred=True, next=_PREAMBLE),
    *_numbered(),
    *(_intro(under) for under in _PARENTS),
)
BY_NAME = {look.name: look for look in LOOKS}
_TAGS = {
    _SINGLE: f"[{PATH_WORDS[Level.INDENT]}]",
    **{
        _intro(under).name: f"[{PATH_WORDS[Level.INTRO]}{f' {PATH_WORDS[under]}' if under else ''}]"
        for under in _PARENTS
    },
}


def look_of(paragraph: Paragraph) -> Look:
    """The style the paragraph is written in."""
    if paragraph.level is Level.INTRO:
        return BY_NAME[_intro(paragraph.under).name]
    if paragraph.tag:
        return BY_NAME[_SINGLE]
    return BY_NAME[_HEADED if paragraph.titled else _of(paragraph.level)]


def shown(paragraph: Paragraph) -> list[tuple[str, bool]]:
    """The paragraph as runs of text, each with whether it is hidden on the page.

    A tab follows the mark; the title of a chapter stands in a line of its own when it may.
    """
    if paragraph.level is Level.CHAPTER:
        return _chapter(paragraph)
    words = _runs(paragraph.words)
    if not paragraph.mark:
        return words
    if not words:
        return [(paragraph.mark, False)]
    gap = " " if paragraph.level is Level.PARAGRAPH else "\t"
    return [(f"{paragraph.mark}{gap}", False), *words]


def _chapter(paragraph: Paragraph) -> list[tuple[str, bool]]:
    words = paragraph.words
    if words and not marks.stands_as_title(words):
        return [(f"{paragraph.mark}. ", False), *_runs(words)]
    return [(f"{paragraph.mark}\n{words}" if words else paragraph.mark, False)]


def _runs(words: str) -> list[tuple[str, bool]]:
    """The words cut at the backslashes that guard marks."""
    runs: list[tuple[str, bool]] = []
    start = 0
    for place in marks.guards(words):
        runs += [(words[start:place], False), (words[place], True)]
        start = place + 1
    return [run for run in [*runs, (words[start:], False)] if run[0]]


def said_by(style: str, text: str) -> str:
    """The text with the tag its style stands for; a mark typed by hand says more than a style."""
    tag = _TAGS.get(style, "")
    if not tag or not text:
        return text
    mark = marks.mark_at(text)
    if style == _SINGLE:
        dash = mark is not None and mark.level is Level.INDENT
        return f"{tag} {text[mark.end :]}" if mark and dash else text
    if mark is not None and mark.level is not Level.INDENT:
        return text
    return f"{tag} {text}"


def is_title(style: str) -> bool:
    """Whether the paragraph names the document and is no part of its text."""
    return style in {TITLE, SUBTITLE}
