"""The procedures the system is delivered with, loaded after every migration when missing.

Sources: Act of 24 April 2003 on public benefit and volunteer work (UDPP) and Kraków's resolution
CXI/2904/18 as summarised publicly. What could not be confirmed is marked `confirmed=False`.
"""

from datetime import date
from typing import NamedTuple

from consultations.models.contents import Element
from consultations.models.procedure import DocumentKind, Outcome, Procedure, Rule

UDPP = "ustawa z 24.04.2003 o działalności pożytku publicznego i o wolontariacie"
LOCAL = "uchwała CXI/2904/18 (streszczenie publiczne)"
USG = "ustawa z 8.03.1990 o samorządzie gminnym"
PRACTICE = "praktyka konsultacji w gminach"


class Figure(NamedTuple):
    key: str
    value: str
    unit: str
    legal_basis: str
    confirmed: bool = True


GRACE = Figure(
    "grace_minutes", "15", "minutes", f"{PRACTICE}: dokończenie rozpoczętej uwagi", confirmed=False
)
COMMON = (
    Figure("notice_days", "7", "days", f"{LOCAL}: akcja informacyjna"),
    Figure("consultation_days", "21", "days", f"{LOCAL}: czas konsultacji"),
    Figure("forms", "3", "forms", f"{LOCAL}: formy konsultacji"),
    Figure("opinion_days", "14", "days", f"{UDPP}, art. 41i ust. 2"),
    Figure("paper_grace_days", "7", "days", f"{PRACTICE}: decyduje data stempla", confirmed=False),
    GRACE,
    Figure("council_seats", "43", "seats", f"{USG}, art. 17"),
    Figure("quorum_percent", "50", "percent", f"{USG}, art. 14 ust. 1"),
    Figure("majority", "simple", "rule", f"{USG}, art. 14 ust. 1"),
    Figure("readings", "1", "readings", "statut gminy", confirmed=False),
)
# Figures that came later: written for versions of the law that stand already, too.
LATER = (
    Figure("appeal_days", "7", "days", f"{PRACTICE}: odwołanie od ukrycia", confirmed=False),
    Figure("review_days", "14", "days", f"{PRACTICE}: czas na stanowiska", confirmed=False),
    Figure(
        *("department_days", "5", "working days", f"{PRACTICE}: odpowiedź wydziału"),
        confirmed=False,
    ),
    Figure("signing_days", "2", "working days", f"{PRACTICE}: drugi podpis", confirmed=False),
    Figure("submission_days", "7", "days", "statut gminy: materiały przed sesją", confirmed=False),
    Figure(
        *("two_readings_percent", "10", "percent", "statut gminy: wniosek o dwa czytania"),
        confirmed=False,
    ),
    Figure("reply_days", "14", "days", f"{PRACTICE}: replika na stanowisko", confirmed=False),
)
ANNUAL = (
    Figure("adopt_by", "11-30", "month-day", f"{UDPP}, art. 5a ust. 1"),
    Figure("report_by", "05-31", "month-day", f"{UDPP}, art. 5a ust. 3"),
)
OUTCOMES = ("accepted", "partly", "rejected", "explained", "out_of_scope")
LEADING_TO_CHANGE = ("accepted", "partly")
ASKING_PART = ("partly",)
# The points of art. 5a ust. 4, in their order; `wording.ELEMENTS` has the words.
ELEMENTS = (
    *("goals", "principles", "subject", "forms", "priorities", "period", "carrying_out", "funds"),
    *("evaluation", "making", "commissions"),
)
VALID_FROM = date(2018, 10, 1)


def load() -> None:
    """Write every procedure that is not there yet; never touches one that is."""
    for kind in DocumentKind.values:
        if not Procedure.objects.filter(kind=kind, number=1).exists():
            _write(kind, COMMON + (ANNUAL if kind == DocumentKind.ANNUAL else ()))
    _write_later()
    _write_elements()
    _write_grace()


def _write(kind: str, figures: tuple[Figure, ...]) -> None:
    procedure = Procedure.objects.create(kind=kind, number=1, valid_from=VALID_FROM)
    Rule.objects.bulk_create(Rule(procedure=procedure, **one._asdict()) for one in figures)
    Outcome.objects.bulk_create(
        Outcome(
            procedure=procedure,
            code=code,
            position=place,
            legal_basis=PRACTICE,
            leads_to_change=code in LEADING_TO_CHANGE,
            asks_part=code in ASKING_PART,
        )
        for place, code in enumerate(OUTCOMES, 1)
    )


def _write_later() -> None:
    """What the law's older versions do not say, for every version that does not say it yet."""
    for one in LATER:
        for procedure in Procedure.objects.exclude(rules__key=one.key):
            Rule.objects.create(procedure=procedure, **one._asdict())


def _write_elements() -> None:
    """The mandatory elements of the annual programme, for every version that has none yet."""
    for procedure in Procedure.objects.filter(kind=DocumentKind.ANNUAL, elements=None):
        Element.objects.bulk_create(
            Element(
                procedure=procedure,
                number=number,
                code=code,
                legal_basis=f"{UDPP}, art. 5a ust. 4 pkt {number}",
            )
            for number, code in enumerate(ELEMENTS, 1)
        )


def _write_grace() -> None:
    """The minutes for finishing a comment, for every version that says nothing of them.

    A city that gives none writes 0 in its own version.
    """
    silent = Procedure.objects.exclude(rules__key=GRACE.key)
    Rule.objects.bulk_create(Rule(procedure=one, **GRACE._asdict()) for one in silent)
