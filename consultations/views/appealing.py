"""Appealing against the hiding of one's comment."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from consultations.access import ActingRequest, access, person
from consultations.forms.appeals import AppealCommentForm
from consultations.forms.base import refusal_of
from consultations.models import Comment
from consultations.selectors import appeals as selected
from consultations.selectors import comments as shown_comments
from consultations.services import appeals


@access("signed_in")
@require_http_methods(["GET", "HEAD", "POST"])
def appeal_comment(request: ActingRequest, slug: str, number: int) -> HttpResponse:
    """Why it was hidden, and the author's own words; a refusal keeps everything typed."""
    actor = person(request)
    row = get_object_or_404(shown_comments.visible(actor, slug), number=number)
    if request.method != "POST":
        if not selected.may_appeal(row, actor):
            return redirect("comment", slug=slug, number=number)
        return _page(request, row, AppealCommentForm())
    form = AppealCommentForm(request.POST)
    refused = refusal_of(
        form,
        lambda: appeals.appeal_comment(row, reasons=form.cleaned_data["reasons"], by=actor),
    )
    if refused is not None:
        return _page(request, row, form, refused)
    messages.success(request, _("Your appeal is filed. You will be told what was decided."))
    return redirect("comment", slug=slug, number=number)


def _page(
    request: ActingRequest, row: Comment, form: AppealCommentForm, status: int = 200
) -> HttpResponse:
    shown = {
        "consultation": row.consultation,
        "draft": row.consultation.draft,
        "comment": row,
        "form": form,
        "reads_why_hidden": shown_comments.reads_why_hidden(row, request.actor),
    }
    return render(request, "consultations/public/appeal_comment.html", shown, status=status)
