"""After the adoption: publications as they were found, entry into force, the execution report."""

import re
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from consultations.models import Draft, DraftState, ExecutionReport, InForce, Publication
from consultations.selectors.plan import today

YEAR = re.compile(r"\b(20\d\d)\b")
OVERDUE = "draft.execution_overdue"


@dataclass(frozen=True)
class Afterwards:
    """What the page of an adopted draft shows; `is_overdue` while no report is filed."""

    publications: list[Publication]
    in_force: date | None
    due: date | None
    report: ExecutionReport | None
    is_overdue: bool


def afterwards(draft: Draft) -> Afterwards:
    """Of an adopted draft: three queries."""
    report = ExecutionReport.objects.filter(draft=draft).first()
    due = report_due(draft)
    return Afterwards(
        publications=list(draft.publications.all()),
        in_force=InForce.objects.filter(draft=draft).values_list("day", flat=True).first(),
        due=due,
        report=report,
        is_overdue=report is None and due is not None and due < today(),
    )


def report_due(draft: Draft) -> date | None:
    """The last day for the report on the execution: of the year after the programme's own.

    None where the procedure asks for none, or the draft is not adopted.
    """
    rules = {rule.key: rule.value for rule in draft.procedure.rules.all()}
    if draft.adopted_on is None or "report_by" not in rules:
        return None
    month, day = (int(part) for part in rules["report_by"].split("-"))
    return date(programme_year(draft) + 1, month, day)


def programme_year(draft: Draft) -> int:
    """The year the programme is for: of its period, else the one after its adoption."""
    named = YEAR.search(draft.document.period)
    if named:
        return int(named[1])
    assert draft.adopted_on is not None  # noqa: S101 - an adopted draft has its day
    return draft.adopted_on.year + 1


def unreported() -> QuerySet[Draft]:
    """Adopted drafts whose report on the execution is asked for and not filed."""
    adopted = Draft.objects.filter(state=DraftState.ADOPTED, execution_report=None)
    asked = adopted.filter(procedure__rules__key="report_by").order_by("pk")
    return asked.select_related("document", "procedure").prefetch_related("procedure__rules")


def is_rung(draft: Draft) -> bool:
    """Whether the record says already that the report is overdue."""
    return draft.trail.filter(kind=OVERDUE).exists()
