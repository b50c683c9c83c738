"""Completing a comment that was returned: its author, or the office for a letter."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from consultations import policy
from consultations.access import ActingRequest, access, person
from consultations.errors import Invalid, Refused
from consultations.forms.answers import CompleteCommentForm
from consultations.models import Actor, Comment
from consultations.selectors import comments as shown_comments
from consultations.services import comments


@access("signed_in")
@require_http_methods(["GET", "HEAD", "POST"])
def complete_comment(request: ActingRequest, slug: str, number: int) -> HttpResponse:
    """What is missing and by when; a refusal keeps everything typed."""
    actor = person(request)
    row = get_object_or_404(shown_comments.visible(actor, slug), number=number)
    if request.method != "POST":
        if not (row.awaits_completion and policy.can(actor, "comment.complete", row)):
            return redirect("comment", slug=slug, number=number)
        return _page(request, row, CompleteCommentForm(**_asked(actor, row)))
    form = CompleteCommentForm(request.POST, **_asked(actor, row))
    refusal = _completed(form, row, actor)
    if refusal is not None:
        return _page(request, row, form, refusal.status)
    messages.success(request, _("Comment %(number)s is completed.") % {"number": number})
    return redirect(_back(actor, row))


def _asked(actor: Actor, row: Comment) -> dict[str, Any]:
    return {"comment": row, "officer": policy.can(actor, "comment.record")}


def _completed(form: CompleteCommentForm, row: Comment, actor: Actor) -> Refused | None:
    if not form.is_valid():
        return Invalid("")
    try:
        comments.complete_comment(row, **form.cleaned_data, by=actor)
    except Refused as refusal:
        form.refuse(refusal)
        return refusal
    return None


def _back(actor: Actor, row: Comment) -> str:
    """An author goes back to the comment, an officer to the desk."""
    slug = row.consultation.slug
    if policy.can(actor, "comment.withdraw", row):
        return reverse("comment", args=[slug, row.number])
    return f"{reverse('queue', args=[slug])}?uwaga={row.number}#uwaga"


def _page(
    request: ActingRequest, row: Comment, form: CompleteCommentForm, status: int = 200
) -> HttpResponse:
    shown = {
        "consultation": row.consultation,
        "draft": row.consultation.draft,
        "comment": row,
        "form": form,
        "is_author": policy.can(request.actor, "comment.withdraw", row),
    }
    return render(request, "consultations/public/complete_comment.html", shown, status=status)
