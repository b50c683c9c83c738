"""What stays on record: the journal."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from consultations.access import ActingRequest, access
from consultations.selectors import journal as record
from consultations.views.finding import found, live, paged

ROWS_ON_A_PAGE = 50


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
