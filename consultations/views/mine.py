"""My comments, and those of the organisations I speak for."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from consultations.access import ActingRequest, access, person
from consultations.selectors import comments as shown_comments
from consultations.selectors import consultations as rounds
from consultations.selectors import writing
from consultations.selectors.comments import Shown
from consultations.selectors.course_short import in_short
from consultations.selectors.own_file import own_file
from consultations.text.formats.letter import MIME
from consultations.views.finding import paged

ON_A_PAGE = 50
MOST = 2_000  # comments of one file


@access("signed_in")
@require_safe
def my_comments(request: ActingRequest) -> HttpResponse:
    """My drafts, what waits for me, then all by consultation, with the state of each; without any,
    the consultations one may join.
    """
    actor = person(request)
    listed = paged(request, shown_comments.mine(actor), ON_A_PAGE)
    comments = shown_comments.shown(listed["page"], actor)
    shown = {
        "drafts": writing.by_consultation(actor),
        "to_complete": shown_comments.to_complete(actor),
        "comments": comments,
        "short": in_short([one.comment for one in comments]),
        "open_now": rounds.cards(rounds.open_now(actor)),
    }
    return render(request, "consultations/public/my_comments.html", shown | listed)


@access("signed_in")
@require_safe
def my_comments_file(request: ActingRequest) -> HttpResponse:
    """All my comments, or those of `?konsultacja=`, as DOCX."""
    headers = {"Content-Disposition": 'attachment; filename="uwagi.docx"'}
    return HttpResponse(own_file(_asked(request)), content_type=MIME, headers=headers)


@access("signed_in")
@require_safe
def my_comments_print(request: ActingRequest) -> HttpResponse:
    """The same to be read from top to bottom, and printed."""
    shown = {"comments": _asked(request), "asked": request.GET.get("konsultacja", "")}
    return render(request, "consultations/public/my_comments_print.html", shown)


def _asked(request: ActingRequest) -> list[Shown]:
    actor = person(request)
    rows = shown_comments.mine(actor)
    if "konsultacja" in request.GET:
        rows = rows.filter(consultation__slug=request.GET["konsultacja"])
    return shown_comments.shown(rows[:MOST], actor)
