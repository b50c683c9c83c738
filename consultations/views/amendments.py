"""Amendments for everybody: all of a draft, and one with its redline."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from consultations import policy
from consultations.access import ActingRequest, access
from consultations.selectors import amendments as selected
from consultations.selectors.readings import reading_of
from consultations.selectors.stages import stages
from consultations.views.finding import found, live, paged

ON_A_PAGE = 25


@access("public")
@require_safe
def amendments(request: ActingRequest, slug: str) -> HttpResponse:
    """Every amendment with its conflicts and its state; until when one can be filed."""
    one = found(request, slug)
    listed = selected.of_draft(one.draft, request.actor)
    last = one.draft.council_files.order_by("-pk").first()
    shown = paged(request, listed, ON_A_PAGE) | live(one.draft, slug)
    shown |= {
        "consultation": one,
        "draft": one.draft,
        "stages": stages(one.draft),
        "file": last,
        "reading": reading_of(last) if last else None,
        "merges": policy.can(request.actor, "amendment.merge"),
    }
    return render(request, "consultations/public/amendments.html", shown)


@access("public")
@require_safe
def amendment(request: ActingRequest, slug: str, number: int) -> HttpResponse:
    """One amendment: who moves it and why, the redline of each place, what became of it."""
    one = found(request, slug)
    seen = selected.visible(request.actor).filter(council_file__draft=one.draft)
    row = seen.filter(number=number).order_by("-council_file").first()
    if row is None:
        raise Http404
    beside = selected.of_file(row.council_file, request.actor)
    (line,) = [each for each in beside if each.amendment.pk == row.pk]
    shown = live(one.draft, slug) | {
        "consultation": one,
        "draft": one.draft,
        "line": line,
        "may": {
            act: policy.can(request.actor, f"amendment.{act}")
            for act in ("adopt", "reject", "withdraw", "merge")
        },
    }
    return render(request, "consultations/public/amendment.html", shown)
