"""Filing a comment, looking at the change while it is typed, taking a comment back."""

import logging

from django.contrib import messages
from django.db import OperationalError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from consultations import limits
from consultations.access import ActingRequest, access, person
from consultations.errors import Busy, Invalid, Refused
from consultations.forms.comments import FileCommentForm
from consultations.models import Actor, Consultation, Wording
from consultations.selectors import comments as shown_comments
from consultations.services import comments, filing
from consultations.views import writing
from consultations.views.finding import asked_wording, found
from consultations.views.form_page import form_page, preview_of
from consultations.views.guests import forget_typed, guest_form, kept_initial

log = logging.getLogger(__name__)
LOOK = "pokaz"  # the button of the form that shows the change and files nothing


# Open to everybody: a visitor gets the form with an e-mail address, and one who was signed out
# while typing finds the text in it.
@access("public")
@require_http_methods(["GET", "HEAD", "POST"])
def file_comment(request: ActingRequest, slug: str) -> HttpResponse:
    """The form alone, on `?przepis=` or the whole draft; a refusal keeps everything typed."""
    consultation = found(request, slug)
    wording = asked_wording(request, consultation)
    if request.actor is None:
        return guest_form(request, consultation, wording)
    if request.method != "POST":
        kept = kept_initial(request)
        form = FileCommentForm(initial=kept, actor=request.actor, wording=wording)
        return form_page(request, consultation, wording, form)
    if LOOK in request.POST:
        return _changed(request, consultation, wording, request.actor)
    if writing.is_draft(request):
        return writing.work(request, consultation, wording, request.actor)
    form = FileCommentForm(request.POST, actor=request.actor, wording=wording)
    filed = _filed(request, form, consultation, request.actor)
    if isinstance(filed, Refused):
        change = preview_of(request, wording)
        return form_page(request, consultation, wording, form, filed.status, preview=change)
    forget_typed(request)
    return redirect(f"{reverse('comment', args=[slug, filed])}?zgloszona")


def _filed(
    request: ActingRequest, form: FileCommentForm, consultation: Consultation, actor: Actor
) -> int | Refused:
    """The number of the comment, or the refusal, which then stands on the form."""
    if not form.is_valid():
        return Invalid("")
    try:
        limits.take(request, "file")
        said, key = form.said(), form.cleaned_data["key"]
        return filing.file_comment(consultation, said, key=key, by=actor).number
    except Refused as refusal:
        form.refuse(refusal)
        return refusal
    except OperationalError:
        log.warning("a comment could not be filed", exc_info=True)
        form.refuse(busy := Busy())
        return busy


def _changed(
    request: ActingRequest, consultation: Consultation, wording: Wording | None, actor: Actor
) -> HttpResponse:
    """The form as it was typed, with the change under the wording; nothing is filed."""
    form = FileCommentForm.retyped(request.POST, actor=actor, wording=wording)
    change, kept = preview_of(request, wording), writing.kept_draft(request, actor)
    return form_page(request, consultation, wording, form, kept_draft=kept, preview=change)


@access("signed_in")
@require_POST
def preview_change(request: ActingRequest, slug: str) -> HttpResponse:
    """The change as a piece of a page, for the script that follows the typing."""
    wording = asked_wording(request, found(request, slug))
    shown = {"preview": preview_of(request, wording)}
    return render(request, "consultations/public/preview.html", shown)


@access("signed_in")
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_comment(request: ActingRequest, slug: str, number: int) -> HttpResponse:
    """Asks once more, then takes the comment back."""
    actor = person(request)
    row = get_object_or_404(shown_comments.visible(actor, slug), number=number)
    if request.method == "POST":
        comments.withdraw_comment(row, by=actor)
        messages.success(request, _("Comment %(number)s is withdrawn.") % {"number": number})
        return redirect("comment", slug=slug, number=number)
    if not shown_comments.may_withdraw(row, actor):
        return redirect("comment", slug=slug, number=number)
    shown = {"consultation": row.consultation, "comment": row}
    return render(request, "consultations/public/withdraw_comment.html", shown)
