"""The guards that speak of readings, of the motion for two, and of the days for amendments."""

from datetime import datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from consultations.models.clock import now
from consultations.models.machine import Guard

STATUTE = "statut gminy: czytania projektu uchwały"


def _motion_waits(council_file: Any) -> bool:
    return bool(council_file.motions.filter(decided_at=None).exists())


def _amending_words(council_file: Any) -> Any:
    until = council_file.amendments_until
    return _("Amendments can be filed until %(instant)s: the second reading comes after.") % {
        "instant": date_format(localtime(until), "j E Y, H:i")
        if isinstance(until, datetime)
        else "…"
    }


AT_COUNCIL = Guard(
    "at_council",
    _("The council no longer has the draft before it."),
    lambda council_file: str(council_file.draft.state) == "council_vote",
)
READ_ONCE = Guard(
    "read_once",
    _("The draft has two readings: the first of them must be held."),
    lambda council_file: not council_file.is_read_twice,
    legal_basis=STATUTE,
)
READ_TWICE = Guard(
    "read_twice",
    _("The draft has one reading: two are held by rule or on a motion."),
    lambda council_file: council_file.is_read_twice,
    legal_basis=STATUTE,
)
MOTION_DECIDED = Guard(
    "motion_decided",
    _("The council has not decided on the motion for two readings."),
    lambda council_file: not _motion_waits(council_file),
    clears="council_file",
    legal_basis=STATUTE,
)
MOTION_WAITS = Guard(
    "motion_waits",
    _("No motion for two readings waits for a decision."),
    _motion_waits,
)
ON_AGENDA = Guard(
    "on_agenda",
    _("The draft is on no agenda."),
    lambda council_file: council_file.session_on is not None,
)
AMENDING_OVER = Guard(
    "amending_over",
    _amending_words,
    lambda council_file: (
        council_file.amendments_until is not None and now() >= council_file.amendments_until
    ),
    legal_basis=STATUTE,
)
