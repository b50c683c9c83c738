"""Names in braces that stand for facts: «{numer}» in a saved phrase."""

import re
from collections.abc import Collection, Mapping

FIELD = re.compile(r"\{(\w+)\}")


def names_in(text: str) -> list[str]:
    """The names, each once, in the order in which they stand."""
    return list(dict.fromkeys(FIELD.findall(text)))


def unknown(text: str, known: Collection[str]) -> list[str]:
    """Names nobody can fill."""
    return [name for name in names_in(text) if name not in known]


def filled(text: str, facts: Mapping[str, str]) -> str:
    """With the facts in place of their names; a name without a fact stays, for a person to see."""
    return FIELD.sub(lambda found: facts.get(found[1]) or found[0], text)


def in_braces(names: Collection[str]) -> str:
    """«{numer}, {termin}»."""
    return ", ".join(f"{{{name}}}" for name in names)
