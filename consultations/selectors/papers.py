"""Letters that come after the closing day: until when, and which of them still count."""

from datetime import date, datetime, timedelta

from consultations import calendar
from consultations.models import Consultation
from consultations.selectors.consultations import is_over, report_is_released

RULE = "paper_grace_days"


def last_paper_day(consultation: Consultation) -> date | None:
    """The last day on which a letter posted in time is entered; None where no days are given."""
    rules = {rule.key: rule.value for rule in consultation.draft.procedure.rules.all()}
    if consultation.last_day is None or RULE not in rules:
        return None
    return consultation.last_day + timedelta(days=int(rules[RULE]))


def takes_papers(consultation: Consultation, instant: datetime) -> bool:
    """Whether a letter with a postmark in time may still be entered after the closing day."""
    last = last_paper_day(consultation)
    if last is None or not is_over(consultation, instant):
        return False
    return calendar.local_day(instant) <= last and not report_is_released(consultation)
