"""Organisations in the office: the list, one of them, correcting and verifying it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from consultations.access import ActingRequest, access, person
from consultations.forms.base import refusal_of
from consultations.forms.organisations import OrganisationForm
from consultations.models import Organisation
from consultations.selectors import organisations as selected
from consultations.services import organisations as services
from consultations.views.finding import paged

ON_A_PAGE = 50


@access("office.see")
@require_safe
def organisations(request: ActingRequest) -> HttpResponse:
    """All of them, what waits first; `?q=` is a part of the name or a number."""
    query = request.GET.get("q", "").strip()
    shown = {"query": query, **paged(request, selected.for_the_office(query), ON_A_PAGE)}
    return render(request, "consultations/office/organisations.html", shown)


@access("office.see")
@require_http_methods(["GET", "HEAD", "POST"])
def organisation(request: ActingRequest, organisation: int) -> HttpResponse:
    """Its data, which may be corrected; the people with their mandates; its comments."""
    row = get_object_or_404(Organisation.objects.select_related("verified_by"), pk=organisation)
    if request.method != "POST":
        return _page(request, row, OrganisationForm.filled(row))
    form, actor = OrganisationForm(request.POST), person(request)
    refused = refusal_of(
        form, lambda: services.correct_organisation(row, form.data_given(), by=actor)
    )
    if refused is not None:
        return _page(request, row, form, refused)
    messages.success(request, _("The data of the organisation are corrected."))
    return redirect("organisation", row.pk)


def _page(
    request: ActingRequest, row: Organisation, form: OrganisationForm, status: int = 200
) -> HttpResponse:
    actor = person(request)
    shown = {
        "organisation": row,
        "form": form,
        "lines": selected.of_organisation(row, actor),
        **paged(request, selected.comments_of(row, actor), ON_A_PAGE),
    }
    return render(request, "consultations/office/organisation.html", shown, status=status)


@access("office.verify_organisation")
@require_POST
def verify_organisation(request: ActingRequest, organisation: int) -> HttpResponse:
    """Its data agree with the register: from now on it files comments."""
    row = get_object_or_404(Organisation, pk=organisation)
    services.verify_organisation(row, by=person(request))
    messages.success(request, _("The organisation is verified; its people are told."))
    return redirect("organisation", row.pk)
