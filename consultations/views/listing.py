"""The public list of comments of a round, as a page and for a spreadsheet."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from consultations.access import ActingRequest, access
from consultations.errors import Invalid
from consultations.forms.listing import ListFilterForm, begin
from consultations.selectors import comments as shown_comments
from consultations.selectors import list_table, listing
from consultations.views.finding import found, live
from consultations.views.reading import standing
from consultations.views.spreadsheet import spreadsheet

PLACES = ("po", "przed", "od", "koniec")


@access("public")
@require_safe
def comments(request: ActingRequest, slug: str) -> HttpResponse:
    """Every public comment by its number, narrowed by filters; a page begins at a number."""
    one = found(request, slug)
    form = ListFilterForm(request.GET, consultation=one)
    asked = form.asked
    rows = listing.listed(one, asked)
    page = listing.page(rows, begin(request.GET))
    shown = standing(one) | {
        "form": form,
        "count": rows.count(),
        "page": page,
        "comments": shown_comments.shown(page.rows, request.actor),
        "filtered": not asked.is_empty,
        "query": _filters(request),
    }
    return render(request, "consultations/public/comments.html", shown | live(one.draft, slug))


def _filters(request: HttpRequest) -> str:
    """The filters of the address without the place in the list, for links."""
    kept: Any = request.GET.copy()
    for name in PLACES:
        kept.pop(name, None)
    return str(kept.urlencode())


@access("public")
@require_safe
def comments_csv(request: ActingRequest, slug: str) -> HttpResponseBase:
    """What the page lists, with the same filters; the names everybody may read.

    A file of other comments than were asked for would deceive: a wrong filter is refused.
    """
    one = found(request, slug)
    form = ListFilterForm(request.GET, consultation=one)
    if not form.is_valid():
        raise Invalid(_("A filter in this address cannot be read. Set it again on the list."))
    table = list_table.table(one, listing.listed(one, form.asked))
    return spreadsheet(request, table, f"{slug}-uwagi.csv")
