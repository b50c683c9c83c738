"""Opinions on a draft: asking for one, entering one, where each stands."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from consultations import policy
from consultations.access import ActingRequest, access, person
from consultations.forms.base import refusal_of
from consultations.forms.opinions import GiveOpinionForm, RequestOpinionForm
from consultations.models import Consultation
from consultations.selectors import opinions as selected
from consultations.services import opinions as services
from consultations.views.finding import found
from consultations.views.rooms import rooms


@access("desk.see")
@require_safe
def opinions(request: ActingRequest, slug: str) -> HttpResponse:
    """Every opinion with its state and last day; for the unit, the form to ask for another."""
    return _list(request, found(request, slug), RequestOpinionForm())


@access("opinion.request")
@require_POST
def request_opinion(request: ActingRequest, slug: str) -> HttpResponse:
    """Record that the draft was delivered; a refusal comes back on the list's page."""
    one, form = found(request, slug), RequestOpinionForm(request.POST)
    refused = refusal_of(
        form,
        lambda: services.request_opinion(one.draft, **form.cleaned_data, by=person(request)),
    )
    if refused is not None:
        return _list(request, one, form, refused)
    messages.success(request, _("The opinion is asked for."))
    return redirect("opinions", slug=slug)


@access("opinion.give")
@require_http_methods(["GET", "HEAD", "POST"])
def give_opinion(request: ActingRequest, slug: str, opinion: int) -> HttpResponse:
    """Enter what the body said; what was settled meanwhile leads back to the list."""
    one = found(request, slug)
    asked = selected.visible(request.actor).filter(draft=one.draft_id)
    row = get_object_or_404(asked, pk=opinion)
    line = selected.line(row, request.actor)
    form, refused = GiveOpinionForm(request.POST or None), None
    if request.method == "POST":
        refused = refusal_of(
            form, lambda: services.give_opinion(row, **form.cleaned_data, by=person(request))
        )
        if refused is None:
            messages.success(request, _("The opinion is entered."))
            return redirect("opinions", slug=slug)
    elif not line.may_give:
        return redirect("opinions", slug=slug)
    shown = _shown(request, one) | {"line": line, "form": form}
    return render(request, "consultations/office/give_opinion.html", shown, status=refused or 200)


def _list(
    request: ActingRequest, one: Consultation, form: RequestOpinionForm, status: int = 200
) -> HttpResponse:
    asks = policy.can(request.actor, "opinion.request", one.draft)
    shown = _shown(request, one) | {
        "lines": selected.opinions(one.draft, request.actor),
        "rule": one.draft.procedure.rule("opinion_days"),
        "in_time": one.draft.state in services.WHEN,
        "asks": asks,
        "form": form,
    }
    return render(request, "consultations/office/opinions.html", shown, status=status)


def _shown(request: ActingRequest, one: Consultation) -> dict[str, Any]:
    return {"consultation": one, "draft": one.draft, "rooms": rooms(request, one, "opinions")}
