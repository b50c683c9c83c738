"""The files of a report as pages show them: ready with size and hash, or how far they have come."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from consultations.models import (
    Consultation,
    CopyKind,
    Making,
    ReportCopy,
    ReportFile,
    ReportPiece,
)
from consultations.text.formats.reports.volumes import MOST_ROWS

PDF = "pdf"
FORMATS = {
    "html": _("page for any browser (HTML)"),
    PDF: _("for reading and printing (PDF)"),
    "docx": _("for Word (DOCX)"),
    "odt": _("for LibreOffice (ODT)"),
    "xlsx": _("all tables, for Excel (XLSX)"),
    "csv": _("table of comments (CSV)"),
    "json": _("data with their schema (JSON)"),
}
IN_MAKING = (Making.GATHERING, Making.WRITING)
GATHERED = 40  # percent of the way, when all rows are described


@dataclass(frozen=True)
class Line:
    """One format: its files, several of a PDF; none while it is being prepared."""

    ending: str
    label: str
    files: list[ReportFile]


@dataclass(frozen=True)
class Shelf:
    """What there is of one kind of copy. `percent` is None when nothing is being written.

    `at` is the instant of the words in the files that can be taken.
    """

    kind: str
    lines: list[Line]
    percent: int | None
    failed: bool
    at: datetime | None

    @property
    def is_empty(self) -> bool:
        return not any(line.files for line in self.lines)


@dataclass(frozen=True)
class Earlier:
    """A copy that a later one took the place of: when, and the hashes of its files."""

    replaced_at: datetime
    files: list[ReportFile]


def shelf(consultation: Consultation, kind: str) -> Shelf:
    """The files in the language of the page, of one copy: two queries."""
    copies = list(_copies(consultation, kind))
    shown = _shown(copies)
    files = _kept(shown) if shown else []
    making = next((one for one in copies if one.making in IN_MAKING), None)
    lines = [
        Line(ending, str(label), [one for one in files if one.ending == ending])
        for ending, label in FORMATS.items()
    ]
    failed = bool(copies) and copies[0].making == Making.FAILED
    percent = _percent(making, len(files) if making == shown else 0) if making else None
    return Shelf(kind, lines, percent, failed, shown.at if shown and files else None)


def _copies(consultation: Consultation, kind: str) -> QuerySet[ReportCopy]:
    """Those that nothing took the place of, the newest first; `has_words` unless erased."""
    there = ReportPiece.objects.filter(file__report_copy=OuterRef("pk")).exclude(file__ending="")
    return (
        ReportCopy.objects.filter(
            consultation=consultation, kind=kind, language=get_language() or "pl", replaced_at=None
        )
        .annotate(has_words=Exists(there))
        .order_by("-pk")
    )


def _shown(copies: list[ReportCopy]) -> ReportCopy | None:
    """The newest finished copy with its words; without one what is there of the one in making."""
    whole = (one for one in copies if one.making == Making.READY and one.has_words)  # type: ignore[attr-defined]
    return next(whole, None) or next((one for one in copies if one.making in IN_MAKING), None)


def _kept(copy: ReportCopy) -> list[ReportFile]:
    """The files that can be taken: one whose words were erased cannot."""
    there = ReportPiece.objects.filter(file=OuterRef("pk"), number=0)
    return list(ReportFile.objects.filter(Exists(there), report_copy=copy).exclude(ending=""))


def _percent(copy: ReportCopy, written: int) -> int:
    """How far it has come, of a hundred: gathering first, then a step for each file."""
    if copy.making == Making.GATHERING:
        return GATHERED * copy.rows_gathered // max(copy.rows, 1)
    whole = len(FORMATS) + copy.rows // MOST_ROWS
    return min(99, GATHERED + (100 - GATHERED) * written // whole)


def found(consultation: Consultation, kind: str, ending: str, part: int) -> ReportFile | None:
    """The file of that name on the shelf: parts of two copies are never mixed."""
    shown = _shown(list(_copies(consultation, kind)))
    files = _kept(shown) if shown else []
    return next((one for one in files if (one.ending, one.part) == (ending, part)), None)


def pieces(file: ReportFile) -> Iterator[bytes]:
    """The file piece by piece."""
    number = 0
    while True:
        piece = ReportPiece.objects.filter(file=file, number=number).first()
        if piece is None:
            return
        yield bytes(piece.data)
        number += 1


def earlier(consultation: Consultation) -> list[Earlier]:
    """Public copies of this language that were replaced, the newest first: two queries."""
    copies = ReportCopy.objects.filter(
        consultation=consultation,
        kind=CopyKind.PUBLIC,
        language=get_language() or "pl",
        replaced_at__isnull=False,
    )
    listed = copies.prefetch_related("files").order_by("-replaced_at", "-pk")
    return [Earlier(one.replaced_at, list(one.files.all())) for one in listed if one.replaced_at]
