"""What comes another way than the form: when it is entered, until when letters may come."""

from datetime import date, timedelta

from consultations.models import Consultation, ConsultationState

RULE = "paper_grace_days"


def last_paper_day(consultation: Consultation) -> date | None:
    """Until when letters posted in time are waited for; None where no days are given."""
    rules = {rule.key: rule.value for rule in consultation.draft.procedure.rules.all()}
    if consultation.last_day is None or RULE not in rules:
        return None
    return consultation.last_day + timedelta(days=int(rules[RULE]))


def takes_entries(consultation: Consultation) -> bool:
    """Whether the office may enter what came: once it is open, and at any time after."""
    return consultation.state in {ConsultationState.OPEN, ConsultationState.CLOSED}
