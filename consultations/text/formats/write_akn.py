"""Writes a draft as Akoma Ntoso 3.0, valid against the schema; `parse_akn` reads the tree back."""

import datetime as dt
from typing import Any

from lxml import etree

from consultations.text.formats.akn_names import ELEMENTS, LANGUAGES, LETTER, NAMESPACE, tag
from consultations.text.formats.writable import writable
from consultations.text.formats.written import Written, identifier
from consultations.text.tree import Level, Node, Place

_NO_DAY = dt.date(1970, 1, 1)
_SOURCE = "#uwaga"
_WORK = "/akn/pl/bill"


def write_akn(draft: Written) -> bytes:
    """The XML of a `bill`: eId is the place of a provision in this version, wId and GUID its key.

    The element of each level is argued for in `akn_names`.
    """
    root = etree.Element(tag("akomaNtoso"), nsmap={None: NAMESPACE})
    bill = _add(root, "bill", name="projekt")
    _identify(_add(bill, "meta"), draft)
    _preface(bill, draft)
    body = _add(bill, "body")
    holders: dict[int, Any] = {}
    for place in draft.places():
        parent = holders[id(place.ancestors[-1])] if place.ancestors else body
        holders[id(place.node)] = _provision(parent, place, draft)
    if not len(body):
        _add(_add(_add(body, "alinea"), "content"), "p")
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))


def _add(parent: Any, local: str, words: str = "", **attributes: str) -> Any:
    made = etree.SubElement(parent, tag(local), attributes)
    made.text = writable(words) or None
    return made


def _provision(parent: Any, place: Place, draft: Written) -> Any:
    """The provision without those inside it, which find their way here through `holders`."""
    node, key = place.node, draft.keys.get(place.position, "")
    made = _add(parent, ELEMENTS[node.level], eId=identifier(place.eid))
    if node.level is Level.LETTER:
        made.set("name", LETTER)
    if key:
        made.set("wId", identifier(key))
        made.set("GUID", identifier(key))
    if node.level is not Level.INTRO:
        _add(made, "num", place.label)
    if node.heading:
        _add(made, "heading", node.heading)
    _say(made, node)
    return made


def _say(made: Any, node: Node) -> None:
    """Own words before other provisions are their `intro`, alone they are the `content`."""
    if node.children and node.text:
        _add(_add(made, "intro"), "p", node.text)
    if not node.children:
        _add(_add(made, "content"), "p", node.text)


def _preface(bill: Any, draft: Written) -> None:
    preface = _add(bill, "preface")
    titled = _add(_add(preface, "longTitle"), "p")
    _add(titled, "docTitle", draft.title)
    if draft.subtitle:
        _add(preface, "p", draft.subtitle)


def _identify(meta: Any, draft: Written) -> None:
    """Work, expression and manifestation (FRBR), which the schema asks of every document."""
    day = (draft.date or _NO_DAY).isoformat()
    language = LANGUAGES.get(draft.language, draft.language)
    work = f"{_WORK}/{day}/projekt"
    expression = f"{work}/{language}@{day}"
    identification = _add(meta, "identification", source=_SOURCE)
    made = _core(identification, "FRBRWork", work, day)
    _add(made, "FRBRcountry", value="pl")
    _add(made, "FRBRname", value=writable(draft.title))
    _add(
        _core(identification, "FRBRExpression", expression, day), "FRBRlanguage", language=language
    )
    _core(identification, "FRBRManifestation", f"{expression}.xml", day)
    references = _add(meta, "references", source=_SOURCE)
    _add(
        references,
        "TLCOrganization",
        eId="uwaga",
        href="/ontology/organization/pl/uwaga",
        showAs=writable(draft.author) or "Uwaga",
    )


def _core(identification: Any, local: str, uri: str, day: str) -> Any:
    made = _add(identification, local)
    _add(made, "FRBRthis", value=f"{uri}/!main")
    _add(made, "FRBRuri", value=uri)
    _add(made, "FRBRdate", date=day, name="draft")
    _add(made, "FRBRauthor", href="#uwaga")
    return made
