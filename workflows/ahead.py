"""What comes next for a draft, in words for people who do not run it, with its day."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations import calendar
from consultations.models import (
    Consultation,
    CouncilFile,
    CouncilFileState,
    Draft,
    DraftState,
    OpinionState,
)
from consultations.models.clock import now
from consultations.models.council import BEFORE_THE_VOTE
from consultations.selectors.agenda import CANCELLED
from consultations.selectors.opinions import last_day
from workflows.road import before_the_vote


@dataclass(frozen=True)
class Ahead:
    """What is next; its day where one is set, and how far away it is in words."""

    words: str
    day: date | None = None
    away: str = ""


def whats_next(draft: Draft, latest: Consultation, file: CouncilFile | None, today: date) -> Ahead:
    """Of a draft with its latest round and its latest file of the council."""
    state = DraftState(draft.state)
    words: tuple[str, date | None]
    if state == DraftState.DRAFTING:
        words = _("Comments will be taken"), latest.first_day
    elif state == DraftState.PUBLIC_CONSULTATION:
        words = _("Last day for comments"), latest.last_day
    elif state == DraftState.COMMENT_REVIEW:
        words = _in_review(draft, file)
    elif state == DraftState.COUNCIL_VOTE:
        words = _at_council(file, today)
    else:
        words = _ended(draft), None
    return Ahead(*words, away=_away(words[1], today))


def _in_review(draft: Draft, file: CouncilFile | None) -> tuple[str, date | None]:
    if file is not None and file.state == CouncilFileState.SENT_BACK:
        return _("The council sent the draft back; it is reviewed again"), None
    due = _opinion_due(draft)
    return (
        (_("Opinion of the public-benefit council"), due)
        if due
        else (
            _("Answers to the comments and the report"),
            None,
        )
    )


def _opinion_due(draft: Draft) -> date | None:
    """The last day of the opinion that is awaited."""
    awaited = [one for one in draft.opinions.all() if one.state == OpinionState.AWAITED]
    return min((day for one in awaited if (day := last_day(one))), default=None)


def _at_council(file: CouncilFile | None, today: date) -> tuple[str, date | None]:
    if file is None or file.state == CouncilFileState.SENT_BACK:
        return _("Submission to the council"), None
    if file.state == CouncilFileState.SUBMITTED:
        return _("Print number"), None
    if file.state == CouncilFileState.FIRST_READ and (day := _amending_ends(file)) is not None:
        return _("Last day for amendments"), day
    if file.state in BEFORE_THE_VOTE:
        return _before_the_vote(file, today)
    if file.roll_call is not None and file.roll_call.carried:
        return _("Number of the resolution"), None
    return _("Entry of the rejection"), None


def _before_the_vote(file: CouncilFile, today: date) -> tuple[str, date | None]:
    session = {"number": file.session_number}
    if file.session_on is None:
        return _("A session is to be set"), None
    if file.lost_session:
        return lost_words(file), None
    if before_the_vote(file) != "record_vote":
        return _reading(file, today)
    if file.session_on < today:
        return _("Roll call of session %(number)s is to be entered") % session, file.session_on
    return _("Vote at session %(number)s") % session, file.session_on


def lost_words(file: CouncilFile) -> str:
    """What became of the session that has the draft on its agenda, and what is to be done."""
    if file.lost_session == CANCELLED:
        words = _("Session %(number)s was cancelled in the calendar: choose another")
    else:
        words = _("Session %(number)s was moved in the calendar: choose another")
    return words % {"number": file.session_number}


def _reading(file: CouncilFile, today: date) -> tuple[str, date | None]:
    """Of two readings the one that comes."""
    session, first = {"number": file.session_number}, file.state == CouncilFileState.NUMBERED
    if file.session_on is not None and file.session_on < today:
        words = (
            _("First reading at session %(number)s is to be recorded")
            if first
            else _("Second reading at session %(number)s is to be recorded")
        )
    else:
        words = (
            _("First reading at session %(number)s")
            if first
            else _("Second reading at session %(number)s")
        )
    return words % session, file.session_on


def _amending_ends(file: CouncilFile) -> date | None:
    """The day of the last instant for amendments, while it lies ahead."""
    until = file.amendments_until
    return None if until is None or until <= now() else calendar.local_day(until)


def _ended(draft: Draft) -> str:
    """The end of the road in words."""
    state: Any = DraftState(draft.state)
    if state == DraftState.ADOPTED:
        places = [one.get_place_display() for one in draft.publications.all()]
        if places:
            return _("Published: %(places)s") % {"places": ", ".join(dict.fromkeys(places))}
        return _("Publication of the resolution")
    if state == DraftState.WITHDRAWN:
        return _("Withdrawn by its sponsor")
    return _("Nothing more: the council did not adopt the draft")


def _away(day: date | None, today: date) -> str:
    if day is None or day < today:
        return ""
    days = (day - today).days
    if days == 0:
        return _("today")
    return ngettext("in %(days)d day", "in %(days)d days", days) % {"days": days}
