"""What was begun in time may be finished some minutes after the closing, as the procedure says."""

from datetime import datetime, timedelta

from consultations.models import Consultation

RULE = "grace_minutes"


def grace_of(consultation: Consultation) -> timedelta:
    """How long; nothing where the procedure gives no minutes."""
    rules = {rule.key: rule.value for rule in consultation.draft.procedure.rules.all()}
    return timedelta(minutes=int(rules.get(RULE, "0")))


def may_be_finished(consultation: Consultation, begun_at: datetime, instant: datetime) -> bool:
    """Whether what was begun while comments were taken is still taken at this instant."""
    if consultation.closes_at is None or not consultation.takes_comments_at(begun_at):
        return False
    return instant < consultation.closes_at + grace_of(consultation)
