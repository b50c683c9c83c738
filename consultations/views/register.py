"""The register of every comment (rejestr uwag): a page of rows, and the whole of it as a sheet."""

from dataclasses import astuple

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from consultations.access import ActingRequest, access, person
from consultations.selectors import report_table
from consultations.text.formats.sheets import MIME
from consultations.views.finding import found, paged
from consultations.views.rooms import rooms

ROWS_ON_A_PAGE = 50


@access("names.see")
@require_safe
def register(request: ActingRequest, slug: str) -> HttpResponse:
    """Every comment with the columns of a Polish register, names too."""
    consultation, actor = found(request, slug), person(request)
    shown = paged(request, report_table.register(consultation), ROWS_ON_A_PAGE)
    named = report_table.inside_heading()
    shown |= {
        "consultation": consultation,
        "draft": consultation.draft,
        "rooms": rooms(request, consultation, "register"),
        "heading": named,
        "rows": [
            list(zip(named, (*astuple(row), *astuple(more)), strict=True))
            for row, more in report_table.inside(list(shown["page"]), actor)
        ],
    }
    return render(request, "consultations/office/register.html", shown)


@access("names.see")
@require_safe
def register_xlsx(request: ActingRequest, slug: str) -> HttpResponse:
    """The whole register for a spreadsheet program."""
    written = report_table.register_file(found(request, slug), person(request))
    headers = {"Content-Disposition": f'attachment; filename="{slug}-rejestr.xlsx"'}
    return HttpResponse(written, content_type=MIME, headers=headers)
