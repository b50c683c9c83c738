"""What a person gets when she asks for her data: each layer gives its own rows, in words.

The counterpart of `erasers`: a layer that keeps anything of a person registers here, too.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from consultations.models import Actor

Find = Callable[[Actor], QuerySet[Any]]
Reads = str | Callable[[Any], Any]


@dataclass(frozen=True)
class Exporter:
    """`title` heads the part; `find` gives her rows, `says` the words of each and where they are.

    What is read of a row is the path of an attribute (`draft.title`), or a function of the row.
    """

    name: str
    title: Any
    find: Find
    says: Mapping[Any, Reads]

    def rows(self, person: Actor) -> list[dict[str, Any]]:
        """Her rows, ready for JSON: words, numbers, days and instants in ISO 8601."""
        return [
            {str(label): _plain(_read(row, reads)) for label, reads in self.says.items()}
            for row in self.find(person)
        ]


def _read(row: Any, reads: Reads) -> Any:
    if callable(reads):
        return reads(row)
    for name in reads.split("."):
        row = getattr(row, name, None)
        row = row() if callable(row) else row
    return row


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, bool | int):
        return value
    return value.isoformat() if isinstance(value, date) else str(value)


_registered: dict[str, Exporter] = {}


def register(name: str, title: Any, find: Find, says: Mapping[Any, Reads]) -> None:
    """Rows of a person that she may take with her; the same name again takes the other's place."""
    _registered[name] = Exporter(name, title, find, says)


def every() -> list[Exporter]:
    """In the order in which they were registered."""
    return list(_registered.values())
