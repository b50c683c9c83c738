"""The page with the form of a comment, for whatever happens on it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from consultations.access import ActingRequest
from consultations.forms.comments import FileCommentForm
from consultations.models import CommentDraft, Consultation, Wording
from consultations.models.clock import now
from consultations.selectors.grace import grace
from consultations.selectors.preview import Preview, preview
from consultations.services.writing import may_be_finished
from consultations.views.reading import standing


def form_page(
    request: ActingRequest,
    consultation: Consultation,
    wording: Wording | None,
    form: FileCommentForm | None,
    status: int = 200,
    *,
    kept_draft: CommentDraft | None = None,
    template: str = "file_comment",
    **more: Any,
) -> HttpResponse:
    """The form, or what was typed where it can no longer be sent."""
    shown = standing(consultation) | {
        "wording": wording,
        "form": form,
        "kept_draft": kept_draft,
        "attachments": list(kept_draft.attachments.all()) if kept_draft else [],
        "grace": grace(consultation, now()),
    }
    in_grace = kept_draft is not None and may_be_finished(kept_draft)
    shown["may_type"] = shown["takes_comments"] or in_grace
    return render(request, f"consultations/public/{template}.html", shown | more, status=status)


def preview_of(request: ActingRequest, wording: Wording | None) -> Preview:
    """The change that was typed."""
    sent = request.POST
    return preview(wording, sent.get("kind", ""), sent.get("proposed_wording", ""))
