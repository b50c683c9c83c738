"""My comments, and those of the organisations I speak for."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from consultations.access import ActingRequest, access, person
from consultations.selectors import comments as shown_comments
from consultations.selectors import consultations as rounds
from consultations.views.finding import paged

ON_A_PAGE = 50


@access("signed_in")
@require_safe
def my_comments(request: ActingRequest) -> HttpResponse:
    """What waits for me, then all by consultation, with the state of each; without any, the
    consultations one may join.
    """
    actor = person(request)
    listed = paged(request, shown_comments.mine(actor), ON_A_PAGE)
    shown = {
        "to_complete": shown_comments.to_complete(actor),
        "comments": shown_comments.shown(listed["page"], actor),
        "open_now": rounds.cards(rounds.open_now(actor)),
    }
    return render(request, "consultations/public/my_comments.html", shown | listed)
