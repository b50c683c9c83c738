"""The minutes of grace: what was begun before the closing may be finished, and no longer."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from consultations.models import Consultation, ConsultationState
from consultations.selectors.consultations import report_is_released

NEAR = timedelta(hours=1)  # so long before the closing the form speaks of the grace
RUN = (ConsultationState.OPEN, ConsultationState.CLOSED)


@dataclass(frozen=True)
class Grace:
    """Until when, and whether the closing has passed already."""

    ends_at: datetime
    is_over: bool
    runs: bool


def takes_begun(consultation: Consultation, begun_at: datetime, instant: datetime) -> bool:
    """Whether a comment begun then may be filed now, although the time for comments is over.

    Once the report is released nothing comes into it any more.
    """
    if consultation.state not in RUN or not consultation.takes_begun_at(begun_at, instant):
        return False
    return not report_is_released(consultation)


def grace(consultation: Consultation, instant: datetime) -> Grace | None:
    """The grace as the form tells of it: only when the closing is near or over."""
    closes_at = consultation.closes_at
    if closes_at is None or consultation.state not in RUN or instant < closes_at - NEAR:
        return None
    ends_at = consultation.grace_ends_at
    if ends_at is None or ends_at == closes_at:
        return None
    return Grace(ends_at, instant >= closes_at, closes_at <= instant < ends_at)
