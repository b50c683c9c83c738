"""Words that a file can hold: XML, a spreadsheet that must not compute them, the fonts of a PDF."""

import re
from typing import Any

# What XML 1.0 cannot hold, and a comment may: control characters, lone surrogates.
_UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
MARK = "\N{REPLACEMENT CHARACTER}"
# What a spreadsheet would take for a formula (OWASP, «CSV injection»).
FORMULA = ("=", "+", "-", "@", "\t", "\r")
# What the fonts inside typst surely have: Latin, Greek, Cyrillic, punctuation, a few signs.
_RARE = re.compile(
    "[^\n\x20-\x7e\xa0-\u017f\u0391-\u03a1\u03a3-\u03c9\u0410-\u044f"
    "\u2013\u2014\u2018-\u201a\u201c-\u201e\u2020-\u2022\u2026\u2030\u20ac\u2122\u2212]"
)


def writable(text: str) -> str:
    """The text with a visible mark for every character a file of XML cannot hold."""
    return _UNWRITABLE.sub(MARK, text.replace("\r\n", "\n").replace("\r", "\n"))


def safe_cell(text: str) -> str:
    """The text so that a spreadsheet shows it and never computes it."""
    return f"'{text}" if text.startswith(FORMULA) else text


def without_rare(said: Any) -> Any:
    """The same data with a visible mark for every character the fonts of a PDF may lack."""
    if isinstance(said, str):
        return _RARE.sub(MARK, said)
    if isinstance(said, list):
        return [without_rare(one) for one in said]
    if isinstance(said, dict):
        return {key: without_rare(one) for key, one in said.items()}
    return said
