"""What goes when a person is erased: each layer names its own rows, the service deletes them.

A layer that keeps anything of a person registers here when it is ready; what is shown before the
erasing and what is deleted by it is found by the same function, so that they cannot differ.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from consultations.models import Actor

Find = Callable[[Actor], QuerySet[Any]]
Hold = Callable[[Actor], object]


@dataclass(frozen=True)
class Eraser:
    """`name` is what the preview calls the rows `find` gives; `hold` locks what adds to them."""

    name: str
    find: Find
    hold: Hold | None = None


_registered: dict[str, Eraser] = {}


def register(name: str, find: Find, hold: Hold | None = None) -> None:
    """Rows of a person that are deleted with her; the same name again takes the other's place."""
    _registered[name] = Eraser(name, find, hold)


def every() -> list[Eraser]:
    """In the order in which they were registered: rows that hang on others come first."""
    return list(_registered.values())


def hold(person: Actor) -> None:
    """Nobody adds to what goes until it is gone: in the erasing's transaction, before it looks."""
    for one in every():
        if one.hold is not None:
            one.hold(person)
