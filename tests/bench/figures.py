"""Figures with their spread, and lines that say whether a floor holds."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Spread:
    """Median, least and greatest of several rounds."""

    median: float
    least: float
    greatest: float

    def __str__(self) -> str:
        return f"{_short(self.median)} ({_short(self.least)}–{_short(self.greatest)})"


def _short(number: float) -> str:
    return f"{number:.2f}" if abs(number) < 10 else f"{number:.0f}"


def spread(numbers: Sequence[float]) -> Spread:
    return Spread(statistics.median(numbers), min(numbers), max(numbers))


@dataclass(frozen=True)
class Figure:
    """One line of the report; without a bound it is only told."""

    what: str
    words: str
    holds: bool | None = None

    def __str__(self) -> str:
        mark = {True: "  ok  ", False: "  NO  ", None: "      "}[self.holds]
        return f"{mark}{self.what:<58} {self.words}"


def at_least(what: str, number: float, floor: float, words: str) -> Figure:
    return Figure(what, f"{words}   floor {floor:g}", number >= floor)


def at_most(what: str, number: float, bound: float, words: str) -> Figure:
    return Figure(what, f"{words}   at most {bound:g}", number <= bound)
