"""A person's organisations: her mandates, joining one, and what signatories decide in theirs."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from consultations import policy
from consultations.access import ActingRequest, access, person
from consultations.forms.base import RefusableForm, refusal_of
from consultations.forms.organisations import MandateForm, RefuseMandateForm, RegisterForm
from consultations.models import Actor, Mandate, Organisation
from consultations.selectors import organisations as selected
from consultations.services import mandates, organisations
from consultations.views.finding import paged

ON_A_PAGE = 20


@access("signed_in")
@require_safe
def my_organisations(request: ActingRequest) -> HttpResponse:
    """The person's mandates: running, asked for, ended; the way to further organisations."""
    actor = person(request)
    shown = {"lines": selected.of_person(actor), "speaks_for": policy.speaks_for(actor)}
    return render(request, "consultations/public/my_organisations.html", shown)


@access("signed_in")
@require_safe
def find_organisation(request: ActingRequest) -> HttpResponse:
    """Organisations by number or name, to ask for a mandate of one of them."""
    query = request.GET.get("q", "").strip()
    found = selected.joinable(query, person(request)) if query else Organisation.objects.none()
    shown = {"query": query, **paged(request, found, ON_A_PAGE)}
    return render(request, "consultations/public/find_organisation.html", shown)


@access("office.ask_for_mandate")
@require_http_methods(["GET", "HEAD", "POST"])
def ask_for_mandate(request: ActingRequest, organisation: int) -> HttpResponse:
    """Which function, on what basis, until when; a refusal keeps everything typed."""
    row = get_object_or_404(Organisation, pk=organisation)
    if request.method != "POST":
        return _asking(request, MandateForm(), row)
    form, actor = MandateForm(request.POST), person(request)
    refused = refusal_of(
        form, lambda: mandates.ask_for_mandate(row, **form.mandate_given(), by=actor)
    )
    return _asked(request, form, refused, row)


@access("office.add_organisation")
@require_http_methods(["GET", "HEAD", "POST"])
def register_organisation(request: ActingRequest) -> HttpResponse:
    """A new organisation with the mandate asked for in it, in one form."""
    actor = person(request)
    if request.method != "POST":
        return _asking(request, RegisterForm(), None)
    form = RegisterForm(request.POST)
    refused = refusal_of(
        form,
        lambda: mandates.register_organisation(form.data_given(), **form.mandate_given(), by=actor),
    )
    return _asked(request, form, refused, None)


def _asked(
    request: ActingRequest, form: RefusableForm, refused: int | None, row: Organisation | None
) -> HttpResponse:
    if refused is not None:
        return _asking(request, form, row, refused)
    messages.success(request, _("You have asked. You will be told when it is decided."))
    return redirect("my_organisations")


def _asking(
    request: ActingRequest, form: RefusableForm, row: Organisation | None, status: int = 200
) -> HttpResponse:
    shown = {"form": form, "organisation": row}
    return render(request, "consultations/public/ask_for_mandate.html", shown, status=status)


@access("signed_in")
@require_safe
def my_organisation(request: ActingRequest, organisation: int) -> HttpResponse:
    """One organisation of the person: who acts for it and, for its signatories, the acts."""
    actor = person(request)
    row = get_object_or_404(Organisation, pk=organisation)
    if row not in policy.speaks_for(actor):
        raise Http404
    signs = row in policy.signs_for(actor)
    shown = {
        "organisation": row,
        "signs": signs,
        "lines": selected.of_organisation(row, actor) if signs else [],
    }
    return render(request, "consultations/public/my_organisation.html", shown)


@access("office.switch_sign_off")
@require_POST
def switch_sign_off(request: ActingRequest, organisation: int) -> HttpResponse:
    """From now on a second person looks at drafts before they are filed, or no longer."""
    row = get_object_or_404(Organisation, pk=organisation)
    needed = request.POST.get("needed") == "1"
    organisations.switch_sign_off(row, needed=needed, by=person(request))
    words = _("Internal sign-off is on.") if needed else _("Internal sign-off is off.")
    messages.success(request, words)
    return redirect(_back(person(request), row.pk))


@access("office.grant_mandate")
@require_POST
def grant_mandate(request: ActingRequest, mandate: int) -> HttpResponse:
    """The person may act from now on."""
    row = get_object_or_404(Mandate, pk=mandate)
    mandates.grant_mandate(row, by=person(request))
    messages.success(request, _("The mandate is granted; the person is told."))
    return redirect(_back(person(request), row.organisation_id))


@access("office.refuse_mandate")
@require_http_methods(["GET", "HEAD", "POST"])
def refuse_mandate(request: ActingRequest, mandate: int) -> HttpResponse:
    """Asks why, then tells the person."""
    actor = person(request)
    row = _decided_by(actor, "office.refuse_mandate", mandate)
    if request.method != "POST":
        return _refusing(request, RefuseMandateForm(), row)
    form = RefuseMandateForm(request.POST)
    refused = refusal_of(
        form,
        lambda: mandates.refuse_mandate(row, because=form.cleaned_data["because"], by=actor),
    )
    if refused is not None:
        return _refusing(request, form, row, refused)
    messages.success(request, _("The mandate is refused; the person is told why."))
    return redirect(_back(actor, row.organisation_id))


def _refusing(
    request: ActingRequest, form: RefuseMandateForm, row: Mandate, status: int = 200
) -> HttpResponse:
    shown = {"form": form, **_about(row, person(request))}
    return render(request, "consultations/public/refuse_mandate.html", shown, status=status)


def _about(row: Mandate, actor: Actor) -> dict[str, Any]:
    back = _back(actor, row.organisation_id)
    return {"mandate": row, "who": selected.holder(row), "back": back}


@access("office.end_mandate")
@require_http_methods(["GET", "HEAD", "POST"])
def end_mandate(request: ActingRequest, mandate: int) -> HttpResponse:
    """Asks once more, then ends it; what was done under it stays."""
    actor = person(request)
    row = _decided_by(actor, "office.end_mandate", mandate)
    if request.method != "POST":
        return render(request, "consultations/public/end_mandate.html", _about(row, actor))
    mandates.end_mandate(row, by=actor)
    messages.success(request, _("The mandate is ended; the person is told."))
    return redirect(_back(actor, row.organisation_id))


def _decided_by(actor: Actor, action: str, mandate: int) -> Mandate:
    """The mandate, for whoever may decide on it: the page names a person; else 404."""
    row = get_object_or_404(Mandate.objects.select_related("organisation"), pk=mandate)
    if not policy.can(actor, action, row):
        raise Http404
    return row


def _back(actor: Actor, organisation: int) -> str:
    """The office's page of the organisation, its people's, or the list of the person's own."""
    if policy.can(actor, "office.see"):
        return reverse("organisation", args=[organisation])
    own = Mandate.objects.running().filter(actor=actor, organisation=organisation)
    return reverse("my_organisation", args=[organisation]) if own else reverse("my_organisations")
