"""What the public views share: the round of an address, pages of a list, the live counter."""

import uuid
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404

from consultations.access import ActingRequest
from consultations.models import Consultation, Draft, Wording
from consultations.selectors import consultations, texts
from consultations.selectors.journal import live_words, public_counter

WHOLE = "calosc"


def found(request: ActingRequest, slug: str) -> Consultation:
    """The round of this address, if this person may see it; else 404.

    What a page shows beside it is read along, except for a form that was sent: it shows none.
    """
    if request.method != "POST":
        return get_object_or_404(consultations.visible(request.actor), slug=slug)
    try:
        return consultations.sent_to(request.actor, slug)
    except Consultation.DoesNotExist as wrong:
        raise Http404 from wrong


def asked_wording(request: ActingRequest, consultation: Consultation) -> Wording | None:
    """The provision named by `?przepis=`; None for the whole draft, 404 for one not in the text."""
    key = request.GET.get("przepis", WHOLE)
    if key == WHOLE:
        return None
    try:
        return texts.wording_in(consultation, uuid.UUID(key))
    except (ValueError, Wording.DoesNotExist) as wrong:
        raise Http404 from wrong


def page_of(request: ActingRequest, things: Any, size: int, count: int | None = None) -> Page[Any]:
    """The page asked for by `?strona=`; the first or last one for a number there is not."""
    pages = Paginator(things, size)
    if count is not None:
        pages.__dict__["count"] = count  # where the cached property would keep it
    return pages.get_page(request.GET.get("strona"))


def query_without_page(request: ActingRequest) -> str:
    """The other parameters of the address, for the links to further pages."""
    others = request.GET.copy()
    others.pop("strona", None)
    return f"{others.urlencode()}&" if others else ""


def paged(
    request: ActingRequest, things: Any, size: int, *, count: int | None = None
) -> dict[str, Any]:
    """Names for `public/pages.html`; a `count` that is known already is not asked for again."""
    page = page_of(request, things, size, count)
    return {"page": page, "other_query": query_without_page(request)}


def live(draft: Draft, slug: str) -> dict[str, Any]:
    """Names for `public/live.html`: the topic, what this page has seen, words for what is newer."""
    return {
        "live_topic": f"k:{slug}",
        "live_seen": public_counter(draft),
        "live_words": live_words(),
    }
