"""The desk of the unit: what needs attention, drafts by stage, documents added to the register."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from consultations import scanning
from consultations.access import ActingRequest, access, person
from consultations.errors import Invalid, Refused
from consultations.forms.documents import AddDocumentForm
from consultations.models import Document
from consultations.selectors import office as selected
from consultations.services import documents


@access("office.see")
@require_safe
def office(request: ActingRequest) -> HttpResponse:
    """What waits, counted and linked to the list that clears it; drafts by stage."""
    lines = selected.lines(request.actor)
    shown = {
        "attention": selected.attention(lines, request.actor),
        "stages": selected.by_stage(lines),
        "is_scanned": scanning.is_configured(),
    }
    return render(request, "consultations/office/office.html", shown)


@access("document.add")
@require_http_methods(["GET", "HEAD", "POST"])
def add_document(request: ActingRequest) -> HttpResponse:
    """Enter a document; the next step is to register its draft."""
    form = AddDocumentForm(request.POST or None)
    added = _added(request, form) if request.method == "POST" else None
    if isinstance(added, Document):
        messages.success(request, _("“%(title)s” is in the register.") % {"title": added.title})
        return redirect(f"{reverse('register_draft')}?dokument={added.slug}")
    status = added.status if added else 200
    return render(request, "consultations/office/add_document.html", {"form": form}, status=status)


def _added(request: ActingRequest, form: AddDocumentForm) -> Document | Refused:
    """The document, or the refusal, which then stands on the form."""
    if not form.is_valid():
        return Invalid("")
    try:
        return documents.add_document(**form.cleaned_data, by=person(request))
    except Refused as refusal:
        form.show_slug()
        form.refuse(refusal)
        return refusal
