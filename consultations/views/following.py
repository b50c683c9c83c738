"""Following in one click, and stopping."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from consultations.access import ActingRequest, access, person
from consultations.selectors import following as watches
from consultations.services import following


@access("signed_in")
@require_POST
def follow(request: ActingRequest) -> HttpResponse:
    """Follow the thing named by `thing`."""
    return _done(request, following.follow, _("You will be told what becomes of it."))


@access("signed_in")
@require_POST
def unfollow(request: ActingRequest) -> HttpResponse:
    """Follow it no more."""
    return _done(request, following.unfollow, _("You no longer follow it."))


def _done(request: ActingRequest, act: Callable[..., None], words: str) -> HttpResponse:
    """Do it, say so, and go back to where the button stood; 404 for what one may not see."""
    actor = person(request)
    thing = watches.find(actor, request.POST.get("thing", ""))
    if thing is None:
        raise Http404
    act(thing, by=actor)
    messages.success(request, words)
    back = request.POST.get("next", "")
    here = back.startswith("/") and url_has_allowed_host_and_scheme(
        back, {request.get_host()}, request.is_secure()
    )
    return redirect(back if here else "inbox")
