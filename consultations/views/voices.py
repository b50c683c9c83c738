"""An author corrects a comment or takes her name away; others support it."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from consultations import policy
from consultations.access import ActingRequest, access, person
from consultations.errors import Changed, Invalid, Refused
from consultations.forms.voices import CorrectCommentForm, VoiceForm
from consultations.models import Actor, Comment
from consultations.selectors import comments as shown_comments
from consultations.services import correcting, supporting


def _row(request: ActingRequest, slug: str, number: int) -> Comment:
    row: Comment = get_object_or_404(shown_comments.visible(person(request), slug), number=number)
    return row


@access("signed_in")
@require_http_methods(["GET", "HEAD", "POST"])
def correct_comment(request: ActingRequest, slug: str, number: int) -> HttpResponse:
    """The comment's words to be changed; a refusal keeps everything typed, a clash shows both."""
    actor, row = person(request), _row(request, slug, number)
    if request.method != "POST":
        if not shown_comments.may_correct(row, actor):
            return redirect("comment", slug=slug, number=number)
        return _page(request, row, CorrectCommentForm(comment=row))
    form = CorrectCommentForm(request.POST, comment=row)
    refusal = _corrected(form, row, actor)
    if refusal is not None:
        return _page(request, row, form, refusal)
    messages.success(
        request,
        _("Comment %(number)s is corrected. The unit admits it anew.") % {"number": number},
    )
    return redirect("comment", slug=slug, number=number)


def _corrected(form: CorrectCommentForm, row: Comment, actor: Actor) -> Refused | None:
    """None when it is done; after a clash the person may send the text again, knowingly."""
    if not form.is_valid():
        return Invalid("")
    seen = form.cleaned_data["version"]
    try:
        correcting.correct_comment(row, form.anew(), seen_version=seen, by=actor)
    except Refused as refusal:
        form.refuse(refusal)
        if isinstance(refusal, Changed):
            form.put(version=str(row.version))
        return refusal
    return None


def _page(
    request: ActingRequest,
    row: Comment,
    form: CorrectCommentForm,
    refusal: Refused | None = None,
) -> HttpResponse:
    shown = {
        "consultation": row.consultation,
        "draft": row.consultation.draft,
        "comment": row,
        "form": form,
        "clash": isinstance(refusal, Changed),
    }
    status = refusal.status if refusal else 200
    return render(request, "consultations/public/correct_comment.html", shown, status=status)


@access("signed_in")
@require_http_methods(["GET", "HEAD", "POST"])
def stop_naming(request: ActingRequest, slug: str, number: int) -> HttpResponse:
    """Says what it means, asks once more, then takes the name away."""
    actor, row = person(request), _row(request, slug, number)
    if request.method == "POST":
        correcting.stop_naming(row, by=actor)
        words = _("Your name is no longer shown with comment %(number)s.")
        messages.success(request, words % {"number": number})
        return redirect("comment", slug=slug, number=number)
    if not (row.named and policy.can(actor, "comment.stop_naming", row)):
        return redirect("comment", slug=slug, number=number)
    shown = {"consultation": row.consultation, "comment": row}
    return render(request, "consultations/public/stop_naming.html", shown)


@access("signed_in")
@require_POST
def support_comment(request: ActingRequest, slug: str, number: int) -> HttpResponse:
    """Support in the name that was chosen."""
    return _voiced(request, slug, number, supporting.support_comment, _("You support it."))


@access("signed_in")
@require_POST
def stop_supporting(request: ActingRequest, slug: str, number: int) -> HttpResponse:
    """Take the support in that name back."""
    words = _("You no longer support it.")
    return _voiced(request, slug, number, supporting.stop_supporting, words)


def _voiced(
    request: ActingRequest, slug: str, number: int, act: Callable[..., object], done: str
) -> HttpResponse:
    actor, row = person(request), _row(request, slug, number)
    form = VoiceForm(request.POST, comment=row, actor=actor)
    if not form.is_valid():
        raise Invalid(form.errors["in_name_of"][0], "in_name_of")
    act(row, organisation=form.organisation, by=actor)
    messages.success(request, done)
    return redirect("comment", slug=slug, number=number)
