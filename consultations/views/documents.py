"""The register of documents."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from consultations.access import ActingRequest, access
from consultations.selectors import documents as register


@access("public")
@require_safe
def documents(request: ActingRequest) -> HttpResponse:
    """Every document with its kind and place."""
    shown = {"documents": register.documents(request.actor)}
    return render(request, "consultations/public/documents.html", shown)


@access("public")
@require_safe
def document(request: ActingRequest, slug: str) -> HttpResponse:
    """One document: what it belongs to, what belongs to it, its drafts."""
    one = get_object_or_404(register.documents(request.actor), slug=slug)
    shown = {
        "document": one,
        "parts": one.parts.all(),
        "carries_out": one.carries_out.all(),
        "carried_out_by": one.carried_out_by.all(),
        "drafts": register.drafts_of(one, request.actor),
    }
    return render(request, "consultations/public/document.html", shown)
