"""A provision as people type it: «§ 5 ust. 2», «5.2», «par. 5 u. 2 p. 1 lit. a»."""

import re
from collections.abc import Mapping

from consultations.text.tree import NBSP

# What stands for the whole draft.
WHOLE = frozenset(("", "-", "–", "całość", "calosc", "cały", "cały projekt", "the whole draft"))
_WORDS = re.compile(
    r"§+|\b(?:par|paragraf|ust|ustęp|u|pkt|punkt|p|lit|litera|tiret|art|sec|para|point)\b\.?"
)
_CHAPTER = re.compile(r"\b(?:rozdz|rozdział|chapter|załącznik|zał|annex)\b")
_STEP = re.compile(r"[0-9]+[a-z]*|\b[a-z]{1,2}\b")


def is_whole(typed: str) -> bool:
    """Whether the words mean the whole draft."""
    return _plain(typed) in WHOLE


def find(typed: str, citations: Mapping[str, str]) -> str | None:
    """The key of the citation that is meant; None when there is none, or more than one.

    `citations` are the official ones («§ 5 ust. 2») by key, in the order of the text. The same
    words win; else the same steps, outside chapters and annexes unless one is named.
    """
    wanted = _plain(typed)
    exact = [key for key, one in citations.items() if _plain(one) == wanted]
    if exact:
        return exact[0]
    steps, chapter = _steps(wanted), bool(_CHAPTER.search(wanted))
    found = [
        key
        for key, one in citations.items()
        if steps and _steps(_plain(one)) == steps and bool(_CHAPTER.search(_plain(one))) == chapter
    ]
    return found[0] if len(found) == 1 else None


def _plain(words: str) -> str:
    return " ".join(words.replace(NBSP, " ").casefold().split()).rstrip(".:")


def _steps(words: str) -> list[str]:
    """The numbers and letters alone: «§ 5 ust. 2 lit. a» becomes 5, 2, a."""
    return _STEP.findall(_WORDS.sub(" ", words))
