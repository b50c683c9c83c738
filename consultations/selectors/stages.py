"""The stage bar: where a draft is on its road, with the dates that are set by plan or by law."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from consultations import calendar
from consultations.models import (
    Consultation,
    ConsultationState,
    CouncilFile,
    CouncilFileState,
    Draft,
    DraftState,
)
from consultations.selectors.agenda import what_became

ROAD = (
    DraftState.DRAFTING,
    DraftState.PUBLIC_CONSULTATION,
    DraftState.COMMENT_REVIEW,
    DraftState.COUNCIL_VOTE,
    DraftState.ADOPTED,
)
ENDS = (DraftState.ADOPTED, DraftState.REJECTED, DraftState.WITHDRAWN)


@dataclass(frozen=True)
class Stage:
    """One stage of the road; `status` is done, now or next."""

    name: str
    detail: str
    status: str


def stages(draft: Draft) -> list[Stage]:
    """The five stages of a draft in order; the last one is its end, whichever it was.

    A draft that was withdrawn shows the stages it reached and none beyond.
    """
    state, rounds = DraftState(draft.state), list(draft.rounds.order_by("number"))
    file, latest = draft.council_files.last(), rounds[-1] if rounds else None
    details = dict(zip(ROAD, _details(draft, latest, file), strict=True))
    road = [one for one in ROAD[:-1] if state != DraftState.WITHDRAWN or _was_at(one, rounds, file)]
    end = state if state in ENDS else ROAD[-1]
    shown = [*((one, details[one]) for one in road), (end, details[ROAD[-1]])]
    here = [one for one, _detail in shown].index(state)
    return [
        Stage(_name(one), detail, _status(place, here)) for place, (one, detail) in enumerate(shown)
    ]


def _was_at(stage: DraftState, rounds: list[Consultation], file: CouncilFile | None) -> bool:
    """Whether a withdrawn draft had reached this stage."""
    held = any(one.state == ConsultationState.CLOSED for one in rounds)
    reached = {
        DraftState.DRAFTING: True,
        DraftState.PUBLIC_CONSULTATION: held,
        DraftState.COMMENT_REVIEW: held,
        DraftState.COUNCIL_VOTE: file is not None,
    }
    return reached[stage]


def adopt_by(draft: Draft) -> date | None:
    """The statutory last day for the council's resolution; None where the law sets none."""
    rules = {rule.key: rule.value for rule in draft.procedure.rules.all()}
    if "adopt_by" not in rules:
        return None
    month, day = (int(part) for part in rules["adopt_by"].split("-"))
    began = calendar.local_day(draft.registered_at)
    this_year = date(began.year, month, day)
    return this_year if began <= this_year else this_year.replace(year=began.year + 1)


def _name(state: DraftState) -> str:
    name = str(state.label)
    return name[:1].upper() + name[1:]


def _status(place: int, here: int) -> str:
    if place == here:
        return "now"
    return "done" if place < here else "next"


def _details(draft: Draft, latest: Consultation | None, file: CouncilFile | None) -> list[str]:
    return [
        _("from %(day)s") % {"day": _day(calendar.local_day(draft.registered_at))},
        _round_words(latest),
        _review_words(latest),
        _council_words(draft, file),
        _end_words(draft),
    ]


def _round_words(latest: Consultation | None) -> str:
    if latest is None or latest.first_day is None:
        return _("the days are not set yet")
    return _("%(first)s – %(last)s") % {
        "first": _day(latest.first_day),
        "last": _day(latest.last_day),
    }


def _review_words(latest: Consultation | None) -> str:
    if latest is None or latest.closes_at is None:
        return ""
    return _("from %(day)s") % {"day": _day(calendar.local_day(latest.closes_at))}


def _council_words(draft: Draft, file: CouncilFile | None) -> str:
    if file is not None and file.state != CouncilFileState.SENT_BACK:
        number, session = file.print_number, file.session_on
        said = [_("print number %(number)s") % {"number": number}] if number else []
        if session:
            said.append(what_became(file) or _("session of %(day)s") % {"day": _day(session)})
        if said:
            return ", ".join(said)
    limit = adopt_by(draft)
    return "" if limit is None else _("by %(day)s") % {"day": _day(limit)}


def _end_words(draft: Draft) -> str:
    if draft.adopted_on is None:
        return ""
    return f"{draft.resolution_number}, {_day(draft.adopted_on)}"


def _day(day: Any) -> str:
    return date_format(day, "j E Y")
