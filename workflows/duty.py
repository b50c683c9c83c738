"""One thing to do, in a list of its own."""

from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Duty:
    """One thing to do: what, on which draft, where, and the last day where there is one."""

    label: Any
    title: str
    url: str
    last_day: date | None = None
