"""Filing several drafts together: all of them to be looked at, then one click, then the numbers."""

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_safe

from consultations import limits
from consultations.access import ActingRequest, access, person
from consultations.errors import Refused, WrongState
from consultations.models import Comment, Consultation
from consultations.models.clock import now
from consultations.selectors import comments as shown_comments
from consultations.selectors import writing as shown_drafts
from consultations.selectors.grace import grace
from consultations.services import writing
from consultations.text.numbers import number_in
from consultations.views.finding import found
from consultations.views.reading import standing

CHOSEN = "szkic"
MOST = 200


@access("signed_in")
@require_http_methods(["GET", "HEAD", "POST"])
def check_drafts(request: ActingRequest, slug: str) -> HttpResponse:
    """Check your answers: what will be filed and in whose name; POST files what is ticked."""
    consultation, actor = found(request, slug), person(request)
    if request.method != "POST":
        return _page(request, consultation, None)
    chosen = _chosen(request)
    try:
        limits.take(request, "file")
        filed = writing.file_drafts(consultation, chosen, by=actor)
    except Refused as refusal:
        return _page(request, consultation, refusal)
    numbers = urlencode([("nr", one.number) for one in filed])
    return redirect(f"{reverse('filed_together', args=[slug])}?{numbers}")


def _chosen(request: ActingRequest) -> dict[uuid.UUID, int]:
    """What was ticked: the key of each draft with the version that was looked at."""
    chosen: dict[uuid.UUID, int] = {}
    for sent in request.POST.getlist(CHOSEN)[:MOST]:
        key, _colon, version = sent.partition(":")
        try:
            chosen[uuid.UUID(key)] = int(version[:9])
        except ValueError:
            raise WrongState from None
    return chosen


def _page(
    request: ActingRequest, consultation: Consultation, refusal: Refused | None
) -> HttpResponse:
    """What can be filed, ticked; what cannot, with the reason."""
    actor = person(request)
    rows = shown_drafts.waiting(actor).filter(consultation=consultation)
    judged = [(one, writing.obstacle(one.draft, by=actor)) for one in shown_drafts.lines(rows)]
    ticked = {sent.partition(":")[0] for sent in request.POST.getlist(CHOSEN)}
    shown: dict[str, Any] = standing(consultation) | {
        "lines": [
            (line, str(line.draft.key) in ticked if refusal else _is_offered(line))
            for line, obstacle in judged
            if not obstacle
        ],
        "left": [(line, obstacle) for line, obstacle in judged if obstacle],
        "refusal": refusal,
        "grace": grace(consultation, now()),
    }
    status = refusal.status if refusal else 200
    return render(request, "consultations/public/check_drafts.html", shown, status=status)


def _is_offered(line: shown_drafts.Line) -> bool:
    """One's own is ticked; of an organisation only what was marked as ready."""
    return line.draft.ready or not line.is_of_organisation


@access("signed_in")
@require_safe
def filed_together(request: ActingRequest, slug: str) -> HttpResponse:
    """The numbers of what was just filed; only of comments that are the viewer's."""
    consultation, actor = found(request, slug), person(request)
    asked = [number_in(one) for one in request.GET.getlist("nr")[:MOST]]
    rows = shown_comments.mine(actor).filter(consultation=consultation, number__in=asked)
    filed: list[Comment] = list(rows)
    shown = standing(consultation) | {"comments": shown_comments.shown(filed, actor)}
    return render(request, "consultations/public/filed_together.html", shown)
