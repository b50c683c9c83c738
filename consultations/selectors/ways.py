"""Forms of consultation of one round in words: what, where, when, and what became of it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import pgettext_lazy

from consultations import calendar
from consultations.models import Comment, Consultation, Way
from consultations.models.clock import now
from consultations.models.ways import DATED

STAGES: dict[str, Any] = {
    "planned": pgettext_lazy("form of consultation", "planned"),
    "due": pgettext_lazy("form of consultation", "minutes to be entered"),
    "held": pgettext_lazy("form of consultation", "held"),
    "cancelled": pgettext_lazy("form of consultation", "cancelled"),
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
    instant = now()
    return [Line(one, when(one), stage(one, instant)) for one in consultation.ways.all()]


def meetings(consultation: Consultation) -> QuerySet[Way]:
    """Meetings and expert hours that have begun: comments are taken there on the spot."""
    return consultation.ways.filter(
        kind__in=DATED, starts_at__lte=now(), cancelled_because=""
    ).order_by("starts_at", "pk")


def taken(consultation: Consultation) -> dict[int, list[int]]:
    """The numbers of the comments taken at each meeting, by its key: one query."""
    found: defaultdict[int, list[int]] = defaultdict(list)
    rows = Comment.objects.filter(consultation=consultation, way__isnull=False)
    for way, number in rows.order_by("number").values_list("way", "number"):
        found[way].append(number)
    return found


@dataclass(frozen=True)
class Grouped:
    """The forms of a round as a reader looks for them."""

    ahead: list[Line]
    held: list[Line]
    channels: list[Line]


def grouped(consultation: Consultation) -> Grouped:
    """Meetings ahead, meetings over, and the channels; nothing that was cancelled: one query."""
    there = [line for line in ways(consultation) if line.stage != "cancelled"]
    return Grouped(
        ahead=[line for line in there if line.way.is_dated and line.stage == "planned"],
        held=[line for line in there if line.way.is_dated and line.stage != "planned"],
        channels=[line for line in there if not line.way.is_dated],
    )


def next_meetings(rounds: Sequence[Consultation], instant: datetime) -> dict[int, str]:
    """What, where and when the next meeting of each round is, by its key: one query for all."""
    ahead = Way.objects.filter(
        consultation__in=rounds, kind__in=DATED, starts_at__gt=instant, cancelled_because=""
    )
    found: dict[int, str] = {}
    for one in ahead:
        found.setdefault(one.consultation_id, Line(one, when(one), "planned").words)
    return found


def when(way: Way) -> str:
    """The day and the hours in Warsaw: «25 September 2026, 17:00–19:00»."""
    if way.starts_at is None or way.ends_at is None:
        return ""
    start, end = (one.astimezone(calendar.WARSAW) for one in (way.starts_at, way.ends_at))
    day = date_format(start, "j E Y")
    if start.date() == end.date():
        return f"{day}, {start:%H:%M}–{end:%H:%M}"
    return f"{day}, {start:%H:%M} – {date_format(end, 'j E Y')}, {end:%H:%M}"


def stage(way: Way, instant: datetime) -> str:
    """What had become of it by this instant."""
    if way.cancelled_because:
        return "cancelled"
    if way.was_held:
        return "held"
    return "due" if way.starts_at is not None and way.starts_at <= instant else "planned"
