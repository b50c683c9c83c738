"""What a PDF holds for its readers, read by a parser: words, language, the tree of tags."""

import io
from collections.abc import Iterator
from typing import Any

from pypdf import PdfReader


def reader(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf), strict=True)


def words(pdf: bytes) -> str:
    """The text of all pages, lines joined: a word that was hyphenated is whole again."""
    pages = "\n".join(page.extract_text() for page in reader(pdf).pages)
    return " ".join(pages.replace("\N{SOFT HYPHEN}", "").replace("-\n", "-").split())


def language(pdf: bytes) -> str:
    return str(_root(pdf)["/Lang"])


def title(pdf: bytes) -> str:
    """What the window of a reader shows; nothing where it would show the name of the file."""
    root = _root(pdf)
    metadata = reader(pdf).metadata
    shown = root["/ViewerPreferences"]["/DisplayDocTitle"] and metadata is not None
    return str(metadata.title) if shown and metadata else ""


def tags(pdf: bytes) -> list[str]:
    """Every structure element in reading order: «H1», «Table», «TH» …"""
    return [str(one["/S"])[1:] for one in _elements(pdf)]


def headings(pdf: bytes) -> list[str]:
    """The levels of the headings, in reading order."""
    return [tag for tag in tags(pdf) if len(tag) == 2 and tag[0] == "H" and tag[1].isdigit()]


def is_tagged(pdf: bytes) -> bool:
    """Marked as tagged, with a tree, and every page leads into it."""
    document = reader(pdf)
    root = _root(pdf)
    return bool(
        root["/MarkInfo"]["/Marked"]
        and root["/StructTreeRoot"]["/K"]
        and all("/StructParents" in page for page in document.pages)
    )


def described(pdf: bytes) -> list[str]:
    """What stands in place of each picture for those who do not see it."""
    return [str(one.get("/Alt", "")) for one in _elements(pdf) if one["/S"] == "/Figure"]


def _elements(pdf: bytes) -> Iterator[Any]:
    yield from _below(_root(pdf)["/StructTreeRoot"])


def _root(pdf: bytes) -> Any:
    return reader(pdf).trailer["/Root"]


def _below(node: Any) -> Iterator[Any]:
    held = node.get("/K", [])
    for one in held if isinstance(held, list) else [held]:
        child = one.get_object() if hasattr(one, "get_object") else one
        if isinstance(child, dict) and "/S" in child:
            yield child
            yield from _below(child)
