"""What stays on record: the report and the journal."""

import csv
import io
from collections.abc import AsyncIterator, Iterator
from itertools import islice

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIRequest
from django.http import Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_safe

from consultations.access import ActingRequest, access
from consultations.models import Consultation
from consultations.selectors import comments as shown_comments
from consultations.selectors import consultations as rounds
from consultations.selectors import journal as record
from consultations.selectors import report as reports
from consultations.selectors.stages import stages
from consultations.views.finding import found, live, paged

ROWS_ON_A_PAGE = 50
LINES_AT_ONCE = 200


@access("public")
@require_safe
def report(request: ActingRequest, slug: str) -> HttpResponse:
    """The report on the consultation; before its release, when it will come."""
    one = found(request, slug)
    shown = {"consultation": one, "draft": one.draft} | live(one.draft, slug)
    if not rounds.report_is_released(one):
        return render(request, "consultations/public/report_to_come.html", shown)
    listed = paged(request, reports.rows(one), ROWS_ON_A_PAGE)
    shown |= {
        "course": reports.course(one.draft),
        "totals": reports.totals(one),
        "rows": shown_comments.shown(listed["page"], None),
        "stages": stages(one.draft),
    }
    return render(request, "consultations/public/report.html", shown | listed)


@access("public")
@require_safe
def report_csv(request: ActingRequest, slug: str) -> HttpResponseBase:
    """The table of the report for a spreadsheet: UTF-8 with BOM, semicolons, safe cells."""
    one = found(request, slug)
    if not rounds.report_is_released(one):
        raise Http404
    lines = _lines(one, translation.get_language())
    streamed = _spread(lines) if isinstance(request, ASGIRequest) else lines
    return StreamingHttpResponse(
        streamed,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{slug}.csv"'},
    )


def _lines(consultation: Consultation, language: str | None) -> Iterator[str]:
    """The file in pieces of many lines; read while they are sent, in the language of the page."""
    yield "\N{BOM}"
    rows = reports.table(consultation)
    while True:
        with translation.override(language):
            some = list(islice(rows, LINES_AT_ONCE))
        if not some:
            return
        piece = io.StringIO()
        csv.writer(piece, delimiter=";").writerows(some)
        yield piece.getvalue()


async def _spread(lines: Iterator[str]) -> AsyncIterator[str]:
    """The same for a server that must not wait."""
    while (line := await sync_to_async(_next)(lines)) is not None:
        yield line


def _next(lines: Iterator[str]) -> str | None:
    return next(lines, None)


@access("public")
@require_safe
def journal(request: ActingRequest, slug: str) -> HttpResponse:
    """The record: what happened, when, and in which role it was done."""
    one = found(request, slug)
    group = request.GET.get("rodzaj", "")
    entries = record.of_group(record.journal(one.draft, request.actor), group)
    listed = paged(request, entries, ROWS_ON_A_PAGE)
    shown = {
        "consultation": one,
        "draft": one.draft,
        "lines": record.lines(listed["page"]),
        "groups": record.GROUPS.items(),
        "group": group if group in record.GROUPS else "",
    }
    return render(
        request, "consultations/public/journal.html", shown | listed | live(one.draft, slug)
    )
