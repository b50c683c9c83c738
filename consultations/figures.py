"""The figures of a procedure: their names, their values in words, and what a value may be."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.utils.dates import MONTHS_ALT
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

NAMES: dict[str, Any] = {
    "notice_days": gettext_lazy("notice before the consultation opens"),
    "consultation_days": gettext_lazy("length of the consultation"),
    "forms": gettext_lazy("forms of consultation"),
    "opinion_days": gettext_lazy("opinion of the public-benefit council"),
    "paper_grace_days": gettext_lazy("waiting for letters posted in time"),
    "grace_minutes": gettext_lazy("finishing a comment begun in time"),
    "council_seats": gettext_lazy("seats of the council"),
    "quorum_percent": gettext_lazy("quorum, of all seats"),
    "majority": gettext_lazy("majority"),
    "readings": gettext_lazy("readings"),
    "two_readings_percent": gettext_lazy("who may move two readings, of all seats"),
    "appeal_days": gettext_lazy("appeal against hiding a comment"),
    "review_days": gettext_lazy("answering all comments"),
    "department_days": gettext_lazy("opinion of a department"),
    "signing_days": gettext_lazy("second signature"),
    "submission_days": gettext_lazy("draft with the council before its session"),
    "reply_days": gettext_lazy("reply to an answer"),
    "adopt_by": gettext_lazy("last day for the resolution"),
    "report_by": gettext_lazy("last day for the execution report"),
}
MAJORITIES: dict[str, Any] = {
    "simple": gettext_lazy("simple: more for than against"),
    "absolute": gettext_lazy("absolute: more for than all other votes together"),
    "statutory": gettext_lazy("of the whole council: more than half of all seats for"),
}
READINGS = ("1", "2")
LEAST_ONE = ("consultation_days", "council_seats")  # nought would make nonsense of them
MOST = {"days": 366, "working days": 250, "minutes": 1440, "forms": 7, "seats": 200}
LONGEST = 40  # characters of a value


def name(key: str) -> str:
    """What a figure is, in words."""
    return str(NAMES.get(key, key))


def in_words(value: str, unit: str) -> str:
    """A value with its unit; one that does not fit its unit is given as it stands."""
    if unit == "rule":
        return str(MAJORITIES.get(value, value))
    if unit == "month-day":
        day = _day(value)
        return value if day is None else date_format(day, "j E")
    number = _number(value)
    if number is None or unit not in _COUNTED:
        return f"{value} {unit}"
    return _COUNTED[unit](number) % {"count": number}


_COUNTED: dict[str, Callable[[int], str]] = {
    "days": lambda count: ngettext("%(count)d day", "%(count)d days", count),
    "working days": lambda count: ngettext(
        "%(count)d working day", "%(count)d working days", count
    ),
    "minutes": lambda count: ngettext("%(count)d minute", "%(count)d minutes", count),
    "forms": lambda count: ngettext("%(count)d form", "%(count)d forms", count),
    "seats": lambda count: ngettext("%(count)d seat", "%(count)d seats", count),
    "readings": lambda count: ngettext("%(count)d reading", "%(count)d readings", count),
    "percent": lambda _count: "%(count)d%%",
}


def fault(key: str, value: str, unit: str) -> str:
    """Why the value cannot stand, in words; empty when it can."""
    if not value or len(value) > LONGEST:
        return _("Enter the value, at most %(count)d characters.") % {"count": LONGEST}
    if unit in MOST:
        return _fault_between(value, 1 if key in LEAST_ONE else 0, MOST[unit])
    return _CHECKED[unit](value) if unit in _CHECKED else ""


def _fault_between(value: str, least: int, most: int) -> str:
    number = _number(value)
    if number is not None and least <= number <= most:
        return ""
    facts = {"least": least, "most": most}
    return _("Enter a whole number from %(least)d to %(most)d.") % facts


def _fault_of_day(value: str) -> str:
    """29 February is not there every year, so no rule can name it."""
    if _day(value) is None:
        return _("Enter the month and the day as 11-30, a day that every year has.")
    return ""


_CHECKED: dict[str, Callable[[str], str]] = {
    "rule": lambda value: "" if value in MAJORITIES else _("Choose the majority."),
    "readings": lambda value: (
        "" if value in READINGS else _("There is one reading, or there are two.")
    ),
    "month-day": _fault_of_day,
    "percent": lambda value: _fault_between(value, 1, 100),
}


def _day(value: str) -> date | None:
    """The day of a year that is no leap year."""
    month, _hyphen, day = value.partition("-")
    if len(value) != len("11-30") or _number(month) not in MONTHS_ALT or _number(day) is None:
        return None
    try:
        return date(2001, int(month), int(day))
    except ValueError:
        return None


def _number(value: str) -> int | None:
    """A whole number in plain digits; None for anything else."""
    plain = value.isascii() and value.isdigit() and len(value) <= len("1440")
    return int(value) if plain else None
