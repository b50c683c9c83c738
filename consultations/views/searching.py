"""Search in all that the reader may see."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from consultations import limits
from consultations.access import ActingRequest, access
from consultations.errors import TooOften
from consultations.forms.search import SearchForm
from consultations.selectors import search as found
from consultations.text.folding import terms
from consultations.views.finding import paged

ON_A_PAGE = 20


@access("public")
@require_safe
def search(request: ActingRequest) -> HttpResponse:
    """`?q=` finds some of each kind; `?rodzaj=` all of one kind, page by page."""
    form = SearchForm(request.GET if "q" in request.GET else None)
    shown: dict[str, Any] = {"form": form, "said": "", "kind": ""}
    status = 200
    if form.is_valid():
        try:
            limits.take(request, "search")
            shown |= _found(request, form.cleaned_data["q"])
        except TooOften as refusal:
            form.add_error("q", str(refusal))
            status = refusal.status
    return render(request, "consultations/public/search.html", shown, status=status)


def _found(request: ActingRequest, said: str) -> dict[str, Any]:
    asked, kind = terms(said), request.GET.get("rodzaj", "")
    if kind not in found.KINDS:
        groups = found.some(request.actor, asked)
        return {"said": said, "groups": groups, "in_all": _sum(groups)}
    groups = found.counts(request.actor, asked)
    one = found.KINDS[kind]
    count = next(group.count for group in groups if group.code == kind)
    listed = paged(request, one.rows(request.actor, asked), ON_A_PAGE, count=count)
    hits = one.hits(listed["page"], request.actor, asked)
    return listed | {
        "said": said,
        "kind": kind,
        "words": one.words,
        "groups": groups,
        "in_all": _sum(groups),
        "hits": hits,
    }


def _sum(groups: list[found.Found]) -> int:
    return sum(one.count for one in groups)
