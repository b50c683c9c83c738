"""Home and the page of one consultation."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from consultations.access import ActingRequest, access
from consultations.selectors import consultations as rounds
from consultations.selectors import notices, votes
from consultations.selectors.again import rounds_beside
from consultations.selectors.clashing import conflicts_of
from consultations.selectors.opinions import opinions
from consultations.selectors.plan import is_running, rung
from consultations.selectors.stages import stages
from consultations.selectors.ways import grouped
from consultations.views.finding import found, live, paged
from consultations.views.reading import standing

FINISHED_ON_PAGE = 12


@access("public")
@require_safe
def home(request: ActingRequest) -> HttpResponse:
    """Consultations: open, coming, under review or before the council, over."""
    viewer = request.actor
    finished = paged(request, rounds.finished(viewer), FINISHED_ON_PAGE)
    shown = {
        "open_now": rounds.cards(rounds.open_now(viewer)),
        "coming": rounds.cards(rounds.coming(viewer)),
        "under_way": rounds.cards(rounds.under_way(viewer), over=True),
        "finished": rounds.cards(finished["page"], over=True),
    }
    return render(request, "consultations/public/home.html", shown | finished)


@access("public")
@require_safe
def consultation(request: ActingRequest, slug: str) -> HttpResponse:
    """The page of one consultation: where it stands, what for, when and where to take part."""
    one = found(request, slug)
    shown = standing(one) | {
        "document": one.draft.document,
        "carries_out": one.draft.document.carries_out.all(),
        "numbers": rounds.numbers_of([one])[one.pk],
        "stages": stages(one.draft),
        "alarm": rung(one.draft) if is_running(one.draft) else None,
        "vote": votes.latest(one.draft),
        "ways": grouped(one),
        "rounds": rounds_beside(one, request.actor),
        "corrections": notices.corrections(one),
        "opinions": opinions(one.draft, request.actor),
        "publications": one.draft.publications.all(),
        "conflicts": conflicts_of(one.draft, request.actor),
    }
    return render(request, "consultations/public/consultation.html", shown | live(one.draft, slug))
