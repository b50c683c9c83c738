"""Reads a draft from Akoma Ntoso 3.0."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import BinaryIO

from django.utils.translation import gettext_lazy as _

from consultations.text.formats.akn_names import LETTER, LEVELS, NAMESPACE, tag
from consultations.text.formats.notes import bracketed
from consultations.text.formats.numbering import Xml
from consultations.text.formats.safe_xml import parsed_xml
from consultations.text.formats.written import bookmark, key_in
from consultations.text.lines import clean
from consultations.text.parse import parse_plain
from consultations.text.plain import to_plain
from consultations.text.reading import Parsed, UnreadableDraft, refusing_damage, warn
from consultations.text.tree import Level, Node, walk

_NUMBER = re.compile(r"[0-9]{1,3}[a-z]{0,2}(?![0-9])|\b[IVXLC]+[a-z]?\b|\b[a-z]{1,2}(?=\))")
_BODIES = [tag(name) for name in ("body", "mainBody")]
_OWN = {tag(name) for name in ("num", "heading", "subheading")}
_WORDS = {tag(name) for name in ("intro", "content", "wrapUp", "p", "block", "blockList")}
_GROUPS = {
    tag(name)
    for name in (
        "book", "clause", "division", "hcontainer", "level", "list", "part", "proviso", "rule",
        "subchapter", "subclause", "subdivision", "sublist", "subpart", "subrule", "subtitle",
        "title", "tome", "transitional",
    )
}  # fmt: skip
_NOTE = tag("authorialNote")
_HEAD = 20_000  # where the root element must begin: a page of HTML is no damaged file
_NOT_AKN = _("This is not an Akoma Ntoso 3.0 document.")


def parse_akn(file: BinaryIO) -> Parsed:
    """The tree of an Akoma Ntoso document; any other file raises UnreadableDraft.

    Units that Polish drafting does not have become text and what stands in them; whatever the
    elements say, the tree is one that the plain notation can hold, with the usual warnings; their
    lines are those of the notation, because elements have none.
    """
    with refusing_damage():
        file.seek(0)
        content = file.read()
        if b"akomaNtoso" not in content[:_HEAD].replace(b"\x00", b""):  # in UTF-16 too
            raise UnreadableDraft(_NOT_AKN)
        root = parsed_xml(content)
        if root.tag != tag("akomaNtoso"):
            raise UnreadableDraft(_NOT_AKN)
        body = next(root.iter(*_BODIES), None)
        if body is None:
            raise UnreadableDraft(_NOT_AKN)
        reader = _Reader()
        nodes = tuple(reader.nodes(body))
        parsed = parse_plain(to_plain(nodes))
        if _shape(parsed.nodes) == _shape(nodes):
            parsed = replace(parsed, keys=reader.keys_of(nodes))
        noted = next(body.iter(_NOTE), None) is not None
        return parsed.warned([warn("footnote", 1)] if noted else [])


def _shape(nodes: Sequence[Node]) -> list[tuple[Level, str]]:
    """Enough to see that provisions are the same ones, in the same order."""
    return [(place.node.level, place.node.text) for place in walk(nodes)]


class _Reader:
    """Makes nodes of elements, and remembers the lasting key (wId) of each."""

    def __init__(self) -> None:
        self._keys: dict[int, str] = {}  # by the identity of the node in memory

    def keys_of(self, nodes: Sequence[Node]) -> dict[int, str]:
        """The keys by the turns of their provisions."""
        found = ((place.position, self._keys.get(id(place.node), "")) for place in walk(nodes))
        return {position: key for position, key in found if key}

    def nodes(self, parent: Iterable[Xml]) -> Iterator[Node]:
        """The provisions right inside; words among them are unnumbered text."""
        for child in parent:
            level = _level(child)
            if level is not None:
                yield from self._known(child, level)
            elif child.tag in _GROUPS:
                yield from _titles(child)
                yield from self.nodes(child)
            elif isinstance(child.tag, str) and child.tag not in _OWN:
                yield from _intro(_words(child))

    def _known(self, element: Xml, level: Level) -> list[Node]:
        made = list(self._made(element, level))
        key = key_in(bookmark(str(element.get("wId") or "")))
        if len(made) == 1 and key:
            self._keys.setdefault(id(made[0]), key)
        return made

    def _made(self, element: Xml, level: Level) -> Iterator[Node]:
        """A numbered provision must have a number that can be read; a tiret has a dash."""
        found = _NUMBER.search(_said(element, "num"))
        if level is Level.INTRO or (found is None and level is not Level.INDENT):
            yield from _titles(element)
            yield from self.nodes(element)
            return
        first = element.find(tag("intro"))
        own = element.find(tag("content")) if first is None else first
        children = tuple(self.nodes(child for child in element if child is not own))
        heading, text = _said(element, "heading"), "" if own is None else _words(own)
        if level is Level.CHAPTER:
            children, text = (*_intro(text), *children), ""
        elif level is not Level.PARAGRAPH:
            heading, text = "", clean(f"{heading} {text}")
        yield Node(level, found[0] if found else "", heading, text, children)


def _level(element: Xml) -> Level | None:
    if element.tag == tag("hcontainer"):
        return Level.LETTER if element.get("name") == LETTER else None
    inside, _brace, local = str(element.tag).rpartition("}")
    return LEVELS.get(local) if inside == f"{{{NAMESPACE}" else None


def _titles(element: Xml) -> Iterator[Node]:
    """The number and the title of a unit we have no name for, as text."""
    yield from _intro(" ".join(_said(element, name) for name in ("num", "heading")))


def _intro(text: str) -> Iterator[Node]:
    if clean(text):
        yield Node(Level.INTRO, text=clean(text))


def _said(element: Xml, local: str) -> str:
    found = element.find(tag(local))
    return "" if found is None else _words(found)


def _words(element: Xml) -> str:
    """All text inside, paragraphs apart from each other."""
    return clean("".join(_pieces(element)))


def _pieces(element: Xml) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if child.tag == _NOTE:
            yield bracketed(_words(child))
        elif isinstance(child.tag, str) and child.tag != tag("remark"):
            apart = " " if child.tag in _WORDS else ""
            yield apart
            yield from _pieces(child)
            yield apart
        yield child.tail or ""
