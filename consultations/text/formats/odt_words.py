"""The words of an ODT paragraph, and the names of its styles."""

from collections.abc import Iterable, Iterator

from consultations.text.formats.notes import bracketed
from consultations.text.formats.numbering import Xml
from consultations.text.formats.odf import name
from consultations.text.formats.written import key_in

_MOST_SPACES = 100
_GENERATIONS = 20
_CHANGES = [name(f"text:change{end}") for end in ("", "-start", "-end")]
TEXT_BOX = name("draw:text-box")
NOTE = name("text:note")
CHANGES = frozenset(_CHANGES)
_SILENT = {
    name(f"text:{one}")
    for one in ("number", "hidden-text", "ruby-text", "script", "note-citation", "soft-page-break")
} | {name("office:annotation")}


def words(element: Xml) -> Iterator[str]:
    """The words as they read: spaces, tabs and breaks as characters, notes in brackets."""
    yield _blank_ends(element.text)
    for child in element:
        yield from _child(child)
        yield _blank_ends(child.tail)


def _blank_ends(text: str | None) -> str:
    """The end of a line in the file is a blank: lines that end are elements (ODF 1.3, 6.1.2)."""
    return (text or "").replace("\n", " ").replace("\r", " ")


def _child(child: Xml) -> Iterator[str]:
    tag = child.tag
    if not isinstance(tag, str) or tag in _SILENT:
        return
    if tag == name("text:s"):
        count = child.get(name("text:c")) or "1"
        yield " " * min(int(count), _MOST_SPACES)
    elif tag == name("text:tab"):
        yield " "
    elif tag == name("text:line-break"):
        yield "\n"
    elif tag == NOTE:
        yield bracketed(" ".join(_note(child)))
    elif not tag.startswith(name("draw:")):
        yield from words(child)


def _note(note: Xml) -> Iterator[str]:
    body = note.find(name("text:note-body"))
    for paragraph in [] if body is None else body.iter(name("text:p"), name("text:h")):
        yield "".join(words(paragraph))


def keys(paragraph: Xml) -> Iterator[str]:
    """The keys of provisions that bookmarks in the paragraph are named after."""
    for one in paragraph.iter(name("text:bookmark"), name("text:bookmark-start")):
        key = key_in(str(one.get(name("text:name"))))
        if key:
            yield key


class StyleNames:
    """The named style of each paragraph, also of those with an automatic style of their own."""

    def __init__(self, roots: Iterable[Xml]) -> None:
        self._shown: dict[str, str] = {}
        self._parents: dict[str, str] = {}
        for root in roots:
            automatic = root.find(name("office:automatic-styles"))
            for style in root.iter(name("style:style")):
                if style.get(name("style:family")) == "paragraph":
                    self._remember(style, named=style.getparent() is not automatic)

    def _remember(self, style: Xml, *, named: bool) -> None:
        identifier = str(style.get(name("style:name")))
        if named:
            self._shown[identifier] = str(style.get(name("style:display-name")) or identifier)
        else:
            self._parents[identifier] = str(style.get(name("style:parent-style-name")) or "")

    def of(self, paragraph: Xml) -> str:
        """The name as the person sees it; "" for none."""
        style = str(paragraph.get(name("text:style-name")) or "")
        for _generation in range(_GENERATIONS):
            if style not in self._parents:
                break
            style = self._parents[style]
        return self._shown.get(style, "")
