"""What somebody keeps for herself at the council's desk: a private note, «seen»."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from consultations.access import ActingRequest, access, person
from consultations.forms.base import refusal_of
from consultations.models import DraftMark
from consultations.services import draft_marks
from workflows.council_forms import SeenForm, WriteNoteForm
from workflows.views.acting import page, round_at


@access("council.see")
@require_POST
def mark_draft_seen(request: ActingRequest, slug: str) -> HttpResponse:
    """«Seen»: up to what the page showed."""
    one, form = round_at(request, slug), SeenForm(request.POST)
    refused = refusal_of(
        form,
        lambda: draft_marks.mark_draft_seen(
            one.draft, upto=form.cleaned_data["upto"], by=person(request)
        ),
    )
    if refused is None:
        messages.success(request, _("Marked as seen. It comes back when something changes."))
    else:
        messages.error(request, _("Load the page anew, then mark the draft as seen."))
    return redirect(f"{reverse('council')}#projekt-{one.draft_id}")


@access("council.see")
@require_http_methods(["GET", "HEAD", "POST"])
def write_note(request: ActingRequest, slug: str) -> HttpResponse:
    """Her note on the draft, which nobody else reads."""
    one, actor = round_at(request, slug), person(request)
    mark = DraftMark.objects.filter(actor=actor, draft=one.draft_id).first()
    form = WriteNoteForm(initial={"note": mark.note if mark else ""})
    status = 200
    if request.method == "POST":
        form = WriteNoteForm(request.POST)
        refused = refusal_of(
            form,
            lambda: draft_marks.write_note(one.draft, text=form.cleaned_data["note"], by=actor),
        )
        if refused is None:
            messages.success(request, _("The note is saved. Only you read it."))
            return redirect(f"{reverse('council')}#projekt-{one.draft_id}")
        status = refused
    return page(request, "write_note", {"draft": one.draft, "round": one, "form": form}, status)
