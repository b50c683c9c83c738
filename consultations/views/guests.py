"""Commenting without an account: the form, the page after it, and the page of the link."""

import logging
from typing import Any

from django.contrib import messages
from django.db import OperationalError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from consultations import limits
from consultations.access import ActingRequest, access
from consultations.errors import Busy, Invalid, Refused
from consultations.forms.guests import GuestCommentForm
from consultations.models import Comment, Consultation, GuestComment, Wording
from consultations.models.clock import now
from consultations.selectors import guests as selected
from consultations.selectors.preview import preview
from consultations.selectors.texts import words_of
from consultations.services import guests
from consultations.views.finding import found
from consultations.views.reading import standing

log = logging.getLogger(__name__)
SIGN_IN, LOOK = "zaloguj", "pokaz"  # buttons of the form that send nothing
TYPED, SENT = "uw-uwaga", "uw-wyslana"  # in the session: what was typed; the key of what was sent


def guest_form(
    request: ActingRequest, consultation: Consultation, wording: Wording | None
) -> HttpResponse:
    """The form for a visitor; a refusal keeps everything typed."""
    if request.method != "POST":
        return _form_page(request, consultation, wording, GuestCommentForm(wording=wording))
    if SIGN_IN in request.POST:
        return _to_sign_in(request)
    if LOOK in request.POST:
        typed = GuestCommentForm(initial=_typed(request), wording=wording)
        return _form_page(request, consultation, wording, typed)
    form = GuestCommentForm(request.POST, wording=wording)
    refusal = _sent(request, form, consultation)
    if refusal is not None:
        return _form_page(request, consultation, wording, form, refusal.status)
    request.session[SENT] = str(form.cleaned_data["key"])
    return redirect("guest_sent", slug=consultation.slug)


def _sent(
    request: ActingRequest, form: GuestCommentForm, consultation: Consultation
) -> Refused | None:
    """None when it is kept and its letter on the way; else the refusal, which the form shows."""
    if not form.is_valid():
        return Invalid("")
    try:
        limits.take(request, "guest")
        limits.take(request, "guest_email", form.cleaned_data["email"])
        guests.send_guest_comment(
            consultation, form.said(), form.sender(), key=form.cleaned_data["key"]
        )
    except Refused as refusal:
        form.refuse(refusal)
        return refusal
    except OperationalError:
        log.warning("a guest's comment could not be kept", exc_info=True)
        form.refuse(busy := Busy())
        return busy
    return None


def _typed(request: ActingRequest) -> dict[str, Any]:
    sent = request.POST
    return {name: sent[name] for name in GuestCommentForm.base_fields if name in sent}


def _to_sign_in(request: ActingRequest) -> HttpResponse:
    """To the code; what was typed waits in the session for the form that follows."""
    names = ("kind", "proposed_wording", "reasons")
    here = request.get_full_path()
    kept = {name: request.POST.get(name, "") for name in names}
    request.session[TYPED] = kept | {"page": here}
    return redirect(reverse("account_request_login_code", query={"next": here}))


def kept_initial(request: ActingRequest) -> dict[str, str]:
    """What was typed on this page before its author signed in; nothing where nothing was."""
    kept = request.session.get(TYPED, {})
    return {name: said for name, said in kept.items() if kept["page"] == request.get_full_path()}


def forget_typed(request: ActingRequest) -> None:
    """It has become a comment."""
    request.session.pop(TYPED, None)


def _form_page(
    request: ActingRequest,
    consultation: Consultation,
    wording: Wording | None,
    form: GuestCommentForm,
    status: int = 200,
) -> HttpResponse:
    sent = request.POST
    shown = standing(consultation)
    shown |= {"may_type": shown["takes_comments"]} | {"wording": wording, "form": form}
    if request.method == "POST":
        shown["preview"] = preview(wording, sent.get("kind", ""), sent.get("proposed_wording", ""))
        shown["signed_out"] = "in_name_of" in sent
    return render(request, "consultations/public/guest_form.html", shown, status=status)


@access("public")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def guest_sent(request: ActingRequest, slug: str) -> HttpResponse:
    """What happens next, and what to do when no letter comes; POST sends the letter again."""
    consultation = found(request, slug)
    key = request.session.get(SENT)
    guest = GuestComment.objects.filter(key=key, consultation=consultation).first() if key else None
    if guest is None:
        return redirect("file_comment", slug=slug)
    refusal: Refused | None = None
    if request.method == "POST":
        refusal = _again(request, guest)
        if refusal is None:
            messages.success(request, _("The letter is on its way again."))
            return redirect("guest_sent", slug=slug)
    shown = {
        "consultation": consultation,
        "draft": consultation.draft,
        "guest": guest,
        "refusal": refusal,
        "may_send_again": guest.comment is None and guest.letters < guests.MOST_LETTERS,
    }
    status = refusal.status if refusal else 200
    return render(request, "consultations/public/guest_sent.html", shown, status=status)


def _again(request: ActingRequest, guest: GuestComment) -> Refused | None:
    try:
        limits.take(request, "guest")
        limits.take(request, "guest_email", guest.email or str(guest.key))
        guests.send_again(guest)
    except Refused as refusal:
        return refusal
    return None


@access("public")
@never_cache
@require_safe
def guest_comment(request: ActingRequest, token: str) -> HttpResponse:
    """The page of the link: the comment and one button. Looking at it changes nothing."""
    return _link_page(request, selected.by_token(token), token)


@access("public")
@never_cache
@require_POST
def confirm_guest_comment(request: ActingRequest) -> HttpResponse:
    """The button of that page. The secret comes in the body, so that no log ever holds it."""
    token = request.POST.get("token", "")
    guest = selected.by_token(token)
    if guest is None:
        return _link_page(request, None, token)
    try:
        guests.confirm_guest_comment(guest)
    except Refused as refusal:
        return _link_page(request, guest, token, refusal)
    return redirect("guest_comment", token=token)


def _link_page(
    request: ActingRequest, guest: GuestComment | None, token: str, refusal: Refused | None = None
) -> HttpResponse:
    if guest is None:
        return render(request, "consultations/public/guest_unknown.html", status=404)
    comment: Comment | None = guest.comment
    shown = standing(guest.consultation) | {
        "guest": guest,
        "token": token,
        "comment": comment,
        "one": comment or guest,
        "words": words_of(guest.wording),
        "may_confirm": comment is None and selected.may_be_confirmed(guest, now()),
        "refusal": refusal,
    }
    status = refusal.status if refusal else 200
    return render(request, "consultations/public/guest_comment.html", shown, status=status)
