"""Filing a comment, looking at the change while it is typed, taking a comment back."""

import logging
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.db import OperationalError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from consultations.access import ActingRequest, access, person
from consultations.errors import Busy, Invalid, NotYours, Refused
from consultations.forms.comments import FileCommentForm
from consultations.models import Actor, Consultation, Wording
from consultations.selectors import comments as shown_comments
from consultations.selectors.preview import Preview, preview
from consultations.services import comments
from consultations.views.finding import asked_wording, found
from consultations.views.reading import standing

log = logging.getLogger(__name__)
LOOK = "pokaz"  # the button of the form that shows the change and files nothing


# Open to everybody, so that whoever was signed out while typing is not sent away from the text.
@access("public")
@require_http_methods(["GET", "HEAD", "POST"])
def file_comment(request: ActingRequest, slug: str) -> HttpResponse:
    """The form alone, on `?przepis=` or the whole draft; a refusal keeps everything typed."""
    consultation = found(request, slug)
    wording = asked_wording(request, consultation)
    if request.actor is None:
        return _signed_out(request, consultation, wording)
    if request.method != "POST":
        form = FileCommentForm(actor=request.actor, wording=wording)
        return _form_page(request, consultation, wording, form)
    if LOOK in request.POST:
        return _changed(request, consultation, wording, request.actor)
    form = FileCommentForm(request.POST, actor=request.actor, wording=wording)
    filed = _filed(form, consultation, request.actor)
    if isinstance(filed, Refused):
        change = _preview(request, wording)
        return _form_page(request, consultation, wording, form, filed.status, preview=change)
    return redirect(f"{reverse('comment', args=[slug, filed])}?zgloszona")


def _filed(form: FileCommentForm, consultation: Consultation, actor: Actor) -> int | Refused:
    """The number of the comment, or the refusal, which then stands on the form."""
    if not form.is_valid():
        return Invalid("")
    try:
        said, key = form.said(), form.cleaned_data["key"]
        return comments.file_comment(consultation, said, key=key, by=actor).number
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
    return _form_page(request, consultation, wording, form, preview=_preview(request, wording))


def _preview(request: ActingRequest, wording: Wording | None) -> Preview:
    sent = request.POST
    return preview(wording, sent.get("kind", ""), sent.get("proposed_wording", ""))


@access("signed_in")
@require_POST
def preview_change(request: ActingRequest, slug: str) -> HttpResponse:
    """The change as a piece of a page, for the script that follows the typing."""
    wording = asked_wording(request, found(request, slug))
    shown = {"preview": _preview(request, wording)}
    return render(request, "consultations/public/preview.html", shown)


def _form_page(
    request: ActingRequest,
    consultation: Consultation,
    wording: Wording | None,
    form: FileCommentForm | None,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    shown = standing(consultation) | {"wording": wording, "form": form} | more
    return render(request, "consultations/public/file_comment.html", shown, status=status)


def _signed_out(
    request: ActingRequest, consultation: Consultation, wording: Wording | None
) -> HttpResponse:
    """To the login; what was already typed is shown, so that it can be copied."""
    if request.method != "POST":
        return redirect_to_login(request.get_full_path())
    names = ((_("Proposed wording"), "proposed_wording"), (_("Reasons"), "reasons"))
    kept = [(label, text) for label, name in names if (text := request.POST.get(name, "").strip())]
    return _form_page(request, consultation, wording, None, NotYours.status, kept=kept)


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
