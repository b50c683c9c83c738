"""What stays on record: the journal, as a page and as files."""

from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from consultations.access import ActingRequest, access
from consultations.errors import Invalid
from consultations.forms.journal import JournalFilterForm
from consultations.limits import limited
from consultations.models import Entry
from consultations.selectors import journal as record
from consultations.selectors import journal_file
from consultations.views.finding import found, live, paged, query_without_page
from consultations.views.spreadsheet import JSON_LINES, in_pieces, spreadsheet

ROWS_ON_A_PAGE = 50


@access("public")
@require_safe
def journal(request: ActingRequest, slug: str) -> HttpResponse:
    """The record: what happened, when, in which role it was done, and which words it changed."""
    one = found(request, slug)
    form = JournalFilterForm(request.GET)
    asked = form.filter
    listed = paged(request, asked.of(record.journal(one.draft, request.actor)), ROWS_ON_A_PAGE)
    shown = {
        "consultation": one,
        "draft": one.draft,
        "form": form,
        "told": journal_file.told(list(listed["page"]), request.actor),
        "filtered": not asked.is_empty,
        "file_query": query_without_page(request).rstrip("&"),
    }
    return render(
        request, "consultations/public/journal.html", shown | listed | live(one.draft, slug)
    )


@access("public")
@require_safe
@limited("download")
def journal_csv(request: ActingRequest, slug: str) -> HttpResponseBase:
    """What the page shows, with the same filters, for a spreadsheet."""
    table = journal_file.table(_asked(request, slug), request.actor)
    return spreadsheet(request, table, f"{slug}-dziennik.csv")


@access("public")
@require_safe
@limited("download")
def journal_jsonl(request: ActingRequest, slug: str) -> HttpResponseBase:
    """The same for programs, an object a line."""
    lines = journal_file.json_lines(_asked(request, slug), request.actor)
    return in_pieces(request, lines, JSON_LINES, f"{slug}-dziennik.jsonl")


def _asked(request: ActingRequest, slug: str) -> QuerySet[Entry]:
    """A file of other entries than were asked for would deceive: a wrong filter is refused."""
    entries = record.journal(found(request, slug).draft, request.actor)
    form = JournalFilterForm(request.GET)
    if not form.is_valid():
        raise Invalid(_("A filter in this address cannot be read. Set it again on the record."))
    return form.filter.of(entries)
