"""Where a text seems to hold the mandatory elements of an annual programme, by its words.

Art. 5a ust. 4 of the Act of 24 April 2003 names them; headings of programmes repeat its words.
Only a suggestion: a person confirms it.
"""

import re
from collections.abc import Sequence

from consultations.text.tree import Level, Node, walk

# Words of each element; the heading of a chapter or § is looked at first, then texts.
_WORDS = {
    "goals": r"\bcel(?:e|u|ów|em)?\b",
    "principles": r"\bzasad[ayę]?\b(?!\s+(?:powoływania|przyznawania))",
    "subject": r"\b(?:zakres|przedmiot)\w*\b",
    "forms": r"\bform[ayęy]?\b",
    "priorities": r"\bprioryte\w*",
    "period": (
        r"\b(?:okres|termin)\w*\s+(?:realizacji|obowiązywania|trwania)\b"
        r"|\brealizuje\s+się\s+od\b"
    ),
    "carrying_out": r"\b(?:sposób|sposoby)\s+realizacji\b",
    "funds": r"\b(?:wysokość|środk\w+|finansow\w+)\b",
    "evaluation": r"\b(?:ocen[ayę]|ewaluacj\w+|monitor\w+)\b",
    "making": r"\b(?:sposob\w+|sposób|tryb)\s+tworzenia\b|\bprogramu\s+powsta\w+",
    "commissions": r"\bkomisj\w+\s+konkurs\w+",
}
_PATTERNS = {code: re.compile(words, re.IGNORECASE) for code, words in _WORDS.items()}


def suggest(nodes: Sequence[Node]) -> dict[str, int]:
    """For each element that some words speak of, the position (from 1) of the likeliest place."""
    places = list(walk(nodes))
    headings = [
        (place.position, place.node.heading)
        for level in (Level.CHAPTER, Level.PARAGRAPH)
        for place in places
        if place.node.level is level and place.node.heading
    ]
    texts = [(place.position, place.node.text) for place in places if place.node.text]
    found: dict[str, int] = {}
    for code, pattern in _PATTERNS.items():
        fits = (position for position, words in (*headings, *texts) if pattern.search(words))
        first = next(fits, None)
        if first is not None:
            found[code] = first
    return found
