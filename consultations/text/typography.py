"""Spaces that do not break: after signs of a provision and after words of one letter."""

import re

NBSP = "\u00a0"
# §, §§, art., ust., pkt, lit., nr, poz. and Polish words of one letter (a, i, o, u, w, z).
_STICKS = re.compile(r"(?<!\w)(§§?|art\.|ust\.|pkt|lit\.|nr|poz\.|[aiouwz]) (?=\S)", re.IGNORECASE)


def typo(text: str) -> str:
    """The text with such a space where a line must not end; nothing else changes."""
    return _STICKS.sub(rf"\1{NBSP}", text)
