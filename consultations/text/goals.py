"""Which provisions seem to be goals and tasks, by the headings of the chapters they stand in.

Only a suggestion: a person confirms it.
"""

import re
from collections.abc import Sequence

from consultations.text.tree import Level, Node, Place, walk

UNITS = (Level.PARAGRAPH, Level.SECTION, Level.POINT)  # what can be a goal or a task
# «cel», «zadanie» in every case; the first that a heading says counts.
_WORDS = {
    "goal": re.compile(r"\bcel(?:e|u|ów|em|ami|ach|om)?\b", re.IGNORECASE),
    "task": re.compile(r"\bzada(?:nie|niu|niem|nia|ń|niami|niach|niom)\b", re.IGNORECASE),
}


def suggest(nodes: Sequence[Node]) -> dict[int, str]:
    """`goal` or `task` for the positions (from 1) that look like one.

    Of a chapter «Cele …» the narrowest units; where some of its §§ say the word, only theirs.
    """
    kinds = ((place.position, _kind(place)) for place in walk(nodes))
    return {position: kind for position, kind in kinds if kind}


def _kind(place: Place) -> str:
    chapter = next((one for one in place.ancestors if one.level is Level.CHAPTER), None)
    if chapter is None or not _is_narrowest(place.node):
        return ""
    for kind, words in _WORDS.items():
        if words.search(chapter.heading):
            return kind if _is_meant(place, chapter, words) else ""
    return ""


def _is_narrowest(node: Node) -> bool:
    return node.level in UNITS and not any(child.level in UNITS for child in node.children)


def _is_meant(place: Place, chapter: Node, words: re.Pattern[str]) -> bool:
    said = [one for one in chapter.children if words.search(f"{one.heading} {one.text}")]
    around = (*place.ancestors, place.node)
    return not said or any(one is each for one in said for each in around)
