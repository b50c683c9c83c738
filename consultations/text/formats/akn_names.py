"""Akoma Ntoso 3.0 (OASIS, 2018): its namespace, and our units in its vocabulary.

A § is the basic unit of local law, as an article is of a statute (§ 124 ZTP): `article`. An ustęp
is a numbered paragraph: `paragraph`. Punkt and tiret are `point` and `indent`. Akoma Ntoso has no
name for a litera, so it is what the standard keeps for such units: `hcontainer` with a `name`.
Unnumbered text is an `alinea`, the unit without a number; it may stand anywhere among the others,
which `intro` and `wrapUp` may not.
"""

from typing import Final

from consultations.text.tree import Level

NAMESPACE: Final = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
LETTER: Final = "litera"
ELEMENTS: Final = {
    Level.CHAPTER: "chapter",
    Level.PARAGRAPH: "article",
    Level.SECTION: "paragraph",
    Level.POINT: "point",
    Level.LETTER: "hcontainer",
    Level.INDENT: "indent",
    Level.INTRO: "alinea",
}
# What others call their units; what is not here is a grouping without a counterpart of ours.
LEVELS: Final = {
    **{element: level for level, element in ELEMENTS.items()},
    "section": Level.PARAGRAPH,
    "subsection": Level.SECTION,
    "subparagraph": Level.POINT,
    "subpoint": Level.LETTER,
}
LANGUAGES: Final = {"pl": "pol", "en": "eng", "uk": "ukr", "de": "deu"}


def tag(local: str) -> str:
    """The name with the namespace, as lxml writes it."""
    return f"{{{NAMESPACE}}}{local}"
