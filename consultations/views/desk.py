"""Small addresses of the desk: who is at a comment, and views a person keeps."""

import re

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from consultations.access import ActingRequest, access, person
from consultations.errors import Refused
from consultations.limits import limited
from consultations.models import SavedView
from consultations.selectors.news import changed_since, news_words
from consultations.selectors.presence import present
from consultations.selectors.queue import Filters
from consultations.services import presence as signs
from consultations.services import saved_views
from consultations.views.finding import found
from consultations.views.queue import picked, queue_page


@access("desk.see")
@require_POST
@limited("presence")
def presence(request: ActingRequest, slug: str, number: int) -> HttpResponse:
    """A sign of life; the answer says in words who else is there, and who is writing."""
    comment = picked(request, found(request, slug), number)
    typing = request.POST.get("typing") == "1"
    signs.look_at_comment(comment, typing=typing, by=person(request))
    there = present(comment, request.actor)
    return JsonResponse(
        {"looking": there.looking, "typing": there.typing}, headers={"Cache-Control": "no-store"}
    )


@access("desk.see")
@require_safe
def news(request: ActingRequest, slug: str) -> HttpResponse:
    """How many comments under these filters are new or changed since an event of the record."""
    consultation = found(request, slug)
    seen = request.GET.get("od", "")
    since = int(seen) if re.fullmatch(r"[0-9]{1,15}", seen) else 0
    count = changed_since(request.actor, consultation, Filters.of(request.GET), since)
    return JsonResponse({"words": news_words(count)}, headers={"Cache-Control": "no-store"})


@access("desk.see")
@require_POST
def save_view(request: ActingRequest, slug: str) -> HttpResponse:
    """Keep the filters of the list under a name; a refusal comes back on the list."""
    consultation, filters = found(request, slug), Filters.of(request.POST).first_page()
    try:
        saved_views.save_view(
            consultation,
            name=request.POST.get("nazwa", "").replace("\0", ""),
            query=filters.query(),
            everywhere=request.POST.get("wszedzie") == "1",
            by=person(request),
        )
    except Refused as refusal:
        return queue_page(request, consultation, filters, None, refusal)
    messages.success(request, _("The view is saved."))
    return redirect(reverse("queue", args=[slug]) + filters.query())


@access("desk.see")
@require_POST
def delete_view(request: ActingRequest, slug: str, view: int) -> HttpResponse:
    """Forget one of one's own views."""
    consultation = found(request, slug)
    row = get_object_or_404(SavedView, owner=person(request), pk=view)
    saved_views.delete_view(row)
    messages.success(request, _("The view is deleted."))
    return redirect("queue", slug=consultation.slug)
