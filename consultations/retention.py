"""What is deleted when its time is over: each layer names its own rows, one line a rule.

For how long is a setting (`settings.KEEP_DAYS`, by the rule's name); 0 days keep them for ever.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

Find = Callable[[timedelta], QuerySet[Any]]


@dataclass(frozen=True)
class Rule:
    """`find` gives the rows that nobody has needed for longer than the time it is handed."""

    name: str
    find: Find

    @property
    def days(self) -> int:
        return int(settings.KEEP_DAYS[self.name])

    def due(self) -> QuerySet[Any]:
        """The rows whose time is over."""
        found = self.find(timedelta(days=self.days))
        return found if self.days else found.none()


_registered: dict[str, Rule] = {}


def register(name: str, find: Find) -> None:
    """Let these rows be deleted in time; the same name again takes the other's place."""
    _registered[name] = Rule(name, find)


def every() -> list[Rule]:
    """In the order in which they were registered: rows that hang on others come first."""
    return list(_registered.values())
