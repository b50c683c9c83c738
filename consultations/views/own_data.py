"""One's own data: a copy to take away, and the request to erase them."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from consultations.access import ActingRequest, access, person
from consultations.forms.base import refusal_of
from consultations.forms.own_data import AskErasureForm
from consultations.models.clock import now
from consultations.selectors import erasures
from consultations.selectors import own_data as selected
from consultations.services import requests


@access("signed_in")
@require_safe
def own_data(request: ActingRequest) -> HttpResponse:
    """What is kept of this person, the copy, and how her request for erasure stands."""
    actor = person(request)
    shown = {"parts": selected.parts(actor), "erasure": erasures.own(actor)}
    return render(request, "consultations/public/own_data.html", shown)


@access("signed_in")
@require_safe
def own_data_file(request: ActingRequest) -> HttpResponse:
    """Everything about herself, and of nobody else: a ZIP with a file of JSON for each part."""
    response = HttpResponse(selected.archive(person(request)), content_type="application/zip")
    name = _("my-data")
    response["Content-Disposition"] = f'attachment; filename="{name}-{now():%Y-%m-%d}.zip"'
    response["Cache-Control"] = "no-store"
    return response


@access("signed_in")
@require_http_methods(["GET", "HEAD", "POST"])
def ask_erasure(request: ActingRequest) -> HttpResponse:
    """What goes and what stays; asked for once it is confirmed."""
    actor, asks = person(request), request.method == "POST"
    form = AskErasureForm(request.POST if asks else None)
    status = refusal_of(form, lambda: requests.ask_erasure(by=actor)) if asks else 200
    if status is None:
        messages.success(request, _("Your request is with the office."))
        return redirect("own_data")
    page = "consultations/public/ask_erasure.html"
    return render(request, page, {"form": form}, status=status)


@access("signed_in")
@require_POST
def take_back_erasure(request: ActingRequest) -> HttpResponse:
    """The data stay."""
    requests.take_back_erasure(by=person(request))
    messages.success(request, _("You have taken the request back. Your data stay."))
    return redirect("own_data")
