"""Requests for erasure at the desk of a head of unit: the list, what would go, the decision."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from consultations import policy
from consultations.access import ActingRequest, access, person
from consultations.forms.base import refusal_of
from consultations.forms.own_data import DecideErasureForm
from consultations.models import ErasureRequest, ErasureState
from consultations.selectors import erasures
from consultations.services import requests
from consultations.services.erasing import find

Decide = Callable[..., ErasureRequest]


@access("person.accept_erasure")
@require_safe
def erasure_requests(request: ActingRequest) -> HttpResponse:
    """Every request that is kept, what waits first, with its last day."""
    shown = {"lines": erasures.lines()}
    return render(request, "consultations/office/erasure_requests.html", shown)


@access("person.accept_erasure")
@require_safe
def erasure_request(request: ActingRequest, asked: int) -> HttpResponse:
    """One request: who asked, what would go, and both decisions."""
    return _page(request, get_object_or_404(ErasureRequest, pk=asked))


@access("person.accept_erasure")
@require_POST
def accept_erasure(request: ActingRequest, asked: int) -> HttpResponse:
    """She gets a letter, then her data go."""
    said = _("Accepted. Once the letter is on its way, the data are erased.")
    return _decided(request, asked, requests.accept_erasure, said)


@access("person.refuse_erasure")
@require_POST
def refuse_erasure(request: ActingRequest, asked: int) -> HttpResponse:
    """She gets a letter with the reason."""
    return _decided(
        request, asked, requests.refuse_erasure, _("Refused. The person gets a letter.")
    )


def _decided(request: ActingRequest, asked: int, decide: Decide, said: str) -> HttpResponse:
    row = get_object_or_404(ErasureRequest, pk=asked)
    form, by = DecideErasureForm(request.POST), person(request)
    status = refusal_of(form, lambda: decide(row, because=form.cleaned_data["because"], by=by))
    if status is not None:
        return _page(request, row, form, status)
    messages.success(request, said)
    return redirect("erasure_requests")


def _page(
    request: ActingRequest,
    row: ErasureRequest,
    form: DecideErasureForm | None = None,
    status: int = 200,
) -> HttpResponse:
    waits = row.state == ErasureState.ASKED
    shown = {
        "line": erasures.line(row),
        "counts": erasures.in_words(find(row.actor).counts()) if waits else [],
        "form": form or DecideErasureForm(),
        "may_decide": waits and policy.can(request.actor, "person.accept_erasure", row),
    }
    return render(request, "consultations/office/erasure_request.html", shown, status=status)
