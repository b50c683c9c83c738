"""Writes a draft as one HTML page that needs nothing else: no script, no file, no network."""

from typing import Any

from lxml import etree

from consultations.text.formats.writable import writable
from consultations.text.formats.written import Written, identifier
from consultations.text.tree import Level, Place

_STYLE = """
body { font: 1.1rem/1.5 Georgia, serif; max-width: 45rem; margin: 0 auto; padding: 1rem; }
h1, .chapter > h2, .subtitle { text-align: center; }
h2, h3 { font-size: 1.15rem; margin: 1.5rem 0 0.5rem; }
p { margin: 0.4rem 0; overflow-wrap: anywhere; }
div { margin-left: 1.5rem; }
.mark { color: inherit; text-decoration: none; white-space: nowrap; }
.mark:hover, .mark:focus { text-decoration: underline; }
:target { background: #fff3bf; }
"""
_NO_WORDS = {Level.INDENT, Level.INTRO}
_PILCROW = "\N{PILCROW SIGN}"


def write_html(draft: Written) -> bytes:
    """The page: each provision has its key as `id`, its mark leads to its lasting address.

    A provision without a key has its eId; without an address, the mark leads to the place itself.
    """
    page = etree.Element("html", lang=draft.language)
    _head(page, draft)
    main = _add(_add(page, "body"), "main")
    _add(main, "h1", draft.title)
    if draft.subtitle:
        _add(main, "p", draft.subtitle, {"class": "subtitle"})
    holders: dict[int, Any] = {}
    for place in draft.places():
        parent = holders[id(place.ancestors[-1])] if place.ancestors else main
        holders[id(place.node)] = _provision(parent, place, draft)
    said = etree.tostring(page, method="html", doctype="<!DOCTYPE html>", encoding="unicode")
    return f"{said}\n".encode()


def _add(parent: Any, name: str, words: str = "", attributes: dict[str, str] | None = None) -> Any:
    made = etree.SubElement(parent, name, attributes or {})
    made.text = writable(words) or None
    return made


def _head(page: Any, draft: Written) -> None:
    head = _add(page, "head")
    _add(head, "meta", attributes={"charset": "utf-8"})
    viewport = {"name": "viewport", "content": "width=device-width, initial-scale=1"}
    _add(head, "meta", attributes=viewport)
    if draft.author:
        _add(head, "meta", attributes={"name": "author", "content": writable(draft.author)})
    _add(head, "title", draft.title)
    _add(head, "style", _STYLE)


def _provision(parent: Any, place: Place, draft: Written) -> Any:
    """The provision without those inside it, which find their way here through `holders`."""
    node, level = place.node, place.node.level
    key = identifier(draft.keys.get(place.position, place.eid))
    wide = level in {Level.CHAPTER, Level.PARAGRAPH}
    made = _add(parent, "section" if wide else "div", attributes={"id": key, "class": level.value})
    link = _link(place, draft.address(place.position) or f"#{key}")
    if not wide:
        _marked(_add(made, "p"), link, node.text)
        return made
    chapters = any(one.level is Level.CHAPTER for one in place.ancestors)
    _marked(_add(made, "h3" if chapters else "h2"), link, node.heading)
    if node.text:
        _add(made, "p", node.text)
    return made


def _link(place: Place, address: str) -> Any:
    """The mark as a link; one that cannot be said aloud is named by its citation."""
    level = place.node.level
    named = "aria-label" if level in _NO_WORDS else "title"
    link = etree.Element(
        "a", {"class": "mark", "href": writable(address), named: writable(place.citation)}
    )
    link.text = writable(place.label or _PILCROW)
    return link


def _marked(block: Any, link: Any, words: str) -> None:
    block.append(link)
    link.tail = writable(f" {words}") if words else None
