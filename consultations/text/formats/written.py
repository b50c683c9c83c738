"""What the writers of files are given: a draft with its title, keys and addresses."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from consultations.text.formats.writable import writable
from consultations.text.tree import Node, Place, walk

_NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9_]")
_BLANKS = re.compile(r"\s")
_OURS = re.compile("uw_([0-9a-f]{8}(?:_[0-9a-f]{4}){3}_[0-9a-f]{12})")


def bookmark(key: str) -> str:
    """The key as the name of a bookmark: letters, digits and `_`, 40 at most (Word's limit)."""
    return f"uw_{_NOT_IN_NAMES.sub('_', key)}"[:40]


def identifier(text: str) -> str:
    """The text as an `id` or `eId`: no blanks, nothing that XML cannot hold."""
    return _BLANKS.sub("_", writable(text)) or "_"


def key_in(name: str) -> str:
    """The key a bookmark was named after, if it is a UUID as ours are; else ""."""
    found = _OURS.fullmatch(name)
    return found[1].replace("_", "-") if found else ""


@dataclass(frozen=True)
class Written:
    """A draft to be written into a file.

    `keys` and `address_of` go by the turn of a provision in `tree.walk`, from 1: its lasting key,
    and the address under which it can be read for good. Both may be empty or lack some.
    """

    title: str
    nodes: Sequence[Node]
    keys: Mapping[int, str] = field(default_factory=dict)
    language: str = "pl"
    subtitle: str = ""
    address_of: Mapping[int, str] | None = None
    author: str = ""
    date: dt.date | None = None

    def places(self) -> Iterator[Place]:
        """Every provision in document order."""
        return walk(self.nodes)

    def keys_of(self, positions: Iterable[int]) -> list[str]:
        """The keys of those provisions that have one."""
        return [self.keys[position] for position in positions if position in self.keys]

    def address(self, position: int) -> str:
        """The lasting address of the provision; "" when it has none."""
        return "" if self.address_of is None else self.address_of.get(position, "")

    @property
    def language_tag(self) -> str:
        """The language as office programs write it, with its country."""
        return {"pl": "pl-PL", "en": "en-GB"}.get(self.language, self.language)
