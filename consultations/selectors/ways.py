"""Forms of consultation of one round in words: what, where, when, and what became of it."""

from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from consultations import calendar
from consultations.models import Consultation, Way
from consultations.models.clock import now

STAGES: dict[str, Any] = {
    "planned": _("planned"),
    "due": _("minutes to be entered"),
    "held": _("held"),
    "cancelled": _("cancelled"),
}


@dataclass(frozen=True)
class Line:
    """One form: `when` is empty for a channel, `stage` is planned, held, cancelled or due.

    Due: it has begun, and the minutes are still to be entered.
    """

    way: Way
    when: str
    stage: str

    @property
    def stage_words(self) -> Any:
        return STAGES[self.stage]

    @property
    def words(self) -> str:
        """What, where and when in one line."""
        said = filter(None, [str(self.way.get_kind_display()), self.way.place, self.when])
        return " – ".join(said)


def ways(consultation: Consultation) -> list[Line]:
    """The forms of a round: meetings and hours in the order of time, then the channels."""
    return [Line(one, when(one), stage(one)) for one in consultation.ways.all()]


def when(way: Way) -> str:
    """The day and the hours in Warsaw: «25 September 2026, 17:00–19:00»."""
    if way.starts_at is None or way.ends_at is None:
        return ""
    start, end = (one.astimezone(calendar.WARSAW) for one in (way.starts_at, way.ends_at))
    day = date_format(start, "j E Y")
    if start.date() == end.date():
        return f"{day}, {start:%H:%M}–{end:%H:%M}"
    return f"{day}, {start:%H:%M} – {date_format(end, 'j E Y')}, {end:%H:%M}"


def stage(way: Way) -> str:
    """What became of it."""
    if way.cancelled_because:
        return "cancelled"
    if way.was_held:
        return "held"
    return "due" if way.starts_at is not None and way.starts_at <= now() else "planned"
