"""The flow of one draft as a picture and as a list: every step, done, open now or to come."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from consultations.models import Draft, DraftState
from workflows.flows import DraftingFlow
from workflows.road import HUMAN, TIMED, TURNS


@dataclass(frozen=True)
class Station:
    """A node people should know: its short name, its words, and the act that ends it."""

    name: Any
    words: Any
    kind: str


# In the order of the road; the last two are its two ends.
STATIONS: dict[str, Station] = {
    "prepare_text": Station(
        pgettext_lazy("step of the road", "text and notice"),
        _("The text is prepared and announced"),
        "consultation.announce",
    ),
    "await_opening": Station(
        pgettext_lazy("step of the road", "notice stands"),
        _("The notice stands until the clock opens"),
        "consultation.open",
    ),
    "await_closing": Station(
        pgettext_lazy("step of the road", "comments are taken"),
        _("Comments are taken until the clock closes"),
        "consultation.close",
    ),
    "review_comments": Station(
        pgettext_lazy("step of the road", "review"),
        _("Comments are answered, the report is released"),
        "draft.finish_review",
    ),
    "submit_to_council": Station(
        pgettext_lazy("step of the road", "to the council"),
        _("The draft is submitted to the council"),
        "council_file.submit",
    ),
    "give_print_number": Station(
        pgettext_lazy("step of the road", "print number"),
        _("The print number is given"),
        "council_file.give_print_number",
    ),
    "hold_first_reading": Station(
        pgettext_lazy("step of the road", "first reading"),
        _("The first of two readings is held"),
        "council_file.hold_first_reading",
    ),
    "hold_second_reading": Station(
        pgettext_lazy("step of the road", "second reading"),
        _("The second reading is held"),
        "council_file.hold_second_reading",
    ),
    "record_vote": Station(
        pgettext_lazy("step of the road", "vote"),
        _("The council votes"),
        "council_file.record_vote",
    ),
    "adopt": Station(
        pgettext_lazy("step of the road", "resolution"),
        _("The resolution gets its number"),
        "draft.adopt",
    ),
    "reject": Station(
        pgettext_lazy("step of the road", "rejection"),
        _("The rejection is recorded"),
        "draft.reject",
    ),
}
STATES = {
    "done": pgettext_lazy("step of the road", "done"),
    "now": pgettext_lazy("step of the road", "open now"),
    "next": pgettext_lazy("step of the road", "to come"),
    "left": pgettext_lazy("step of the road", "not taken"),
}
ENDED = (DraftState.ADOPTED, DraftState.REJECTED, DraftState.WITHDRAWN)
READINGS = ("hold_first_reading", "hold_second_reading")  # only where two are held
OTHER_END = {"adopt": "reject", "reject": "adopt"}
ROW, TOP, CENTRE, LANE = 56, 28, 84, 22  # units of the drawing


@dataclass(frozen=True)
class Mark:
    """A station of this draft: its number and place, how far it is, and when it was done."""

    number: int
    station: Station
    status: str
    at: datetime | None
    y: int

    @property
    def status_words(self) -> Any:
        return STATES[self.status]


@dataclass(frozen=True)
class Arrow:
    """A line between two stations; `path` is its drawing, `turn` says that it leaves the road."""

    path: str
    turn: bool


@dataclass(frozen=True)
class Picture:
    """What the template draws, and the list beside it."""

    marks: list[Mark]
    arrows: list[Arrow]
    height: int
    centre: int = CENTRE


def picture(draft: Draft, open_node: str) -> Picture:
    """The flow of the draft with the step that is open: one query."""
    done = _done_at(draft)
    marks = [
        _mark(place, name, _status(name, open_node, draft, set(done)), done)
        for place, name in enumerate(STATIONS)
    ]
    return Picture(marks, list(_arrows()), TOP + ROW * len(STATIONS))


def _done_at(draft: Draft) -> dict[str, datetime]:
    """When each act was done last; tasks know only the machine's time, the record the stored."""
    kinds = [station.kind for station in STATIONS.values()]
    found = draft.trail.filter(kind__in=kinds).order_by().values_list("kind")
    return dict(found.annotate(Max("at")))


def _mark(place: int, name: str, status: str, done: dict[str, datetime]) -> Mark:
    station = STATIONS[name]
    at = done.get(station.kind) if status == "done" else None
    return Mark(place + 1, station, status, at, _y(place))


def _status(name: str, open_node: str, draft: Draft, done: set[str]) -> str:
    """How far the station is; what was done before the draft was sent back lies ahead again."""
    if name == open_node:
        return "now"
    happened = STATIONS[name].kind in done
    if draft.state in ENDED:
        return "done" if happened else "left"
    if name in READINGS and not happened and open_node not in READINGS:
        return "left"
    if OTHER_END.get(open_node) == name:
        return "left"
    names = list(STATIONS)
    ahead = not open_node or names.index(name) > names.index(open_node)
    return "next" if ahead else "done"


def edges() -> list[tuple[str, str]]:
    """From which station to which, as the flow itself is wired; what it does alone is skipped."""
    nodes = {name: DraftingFlow.instance.node(name) for name in (*HUMAN, *TIMED)}
    return [
        (name, after)
        for name in STATIONS
        for after in dict.fromkeys(_stations_after(nodes[name]))
        if after != name
    ]


def _stations_after(node: Any) -> Iterator[str]:
    for edge in node._outgoing():  # noqa: SLF001 - viewflow has no other way to ask
        if edge.dst.name in STATIONS:
            yield edge.dst.name
        elif edge.dst.name != "end":
            yield from _stations_after(edge.dst)


def turns() -> list[tuple[str, str]]:
    """The arrows back: cancelled, sent back. Withdrawing leads out from everywhere."""
    return [
        (source, target)
        for sources, target in TURNS.values()
        if target in STATIONS
        for source in sources
    ]


def _arrows() -> Iterator[Arrow]:
    places = {name: place for place, name in enumerate(STATIONS)}
    for source, target in edges():
        yield Arrow(_line(places[source], places[target], lane=0), turn=False)
    for lane, (source, target) in enumerate(turns()):
        yield Arrow(_line(places[source], places[target], lane=lane % 3), turn=True)


def _line(start: int, end: int, *, lane: int) -> str:
    """Straight down to the next station, else around on the left side."""
    if end == start + 1:
        return f"M{CENTRE} {_y(start) + 17} V{_y(end) - 24}"
    x, begin, stop = CENTRE - 30 - LANE * lane, _y(start), _y(end)
    out = f"M{CENTRE - 17} {begin} H{x + 8} Q{x} {begin} {x} {_bend(start, end)}"
    return f"{out} V{_bend(end, start)} Q{x} {stop} {x + 8} {stop} H{CENTRE - 24}"


def _bend(place: int, other: int) -> int:
    return _y(place) + (8 if other > place else -8)


def _y(place: int) -> int:
    return TOP + ROW * place
