"""Drafts of comments: kept while one types, continued, signed off, thrown away."""

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from consultations import limits
from consultations.access import ActingRequest, access, person
from consultations.errors import Invalid, Refused, WrongState
from consultations.forms.comments import FileCommentForm, KeepDraftForm
from consultations.models import Actor, Comment, CommentDraft, Consultation, Wording
from consultations.selectors import writing as shown_drafts
from consultations.services import attachments, filing, writing
from consultations.text.numbers import number_in
from consultations.views.finding import asked_wording, found
from consultations.views.form_page import form_page, preview_of
from consultations.views.guests import forget_typed
from consultations.views.reading import standing

SAVE = "szkic"  # the button that keeps the draft and files nothing
DROP = "usun_plik"  # the button beside a file
METHODS = ["GET", "HEAD", "POST"]


def is_draft(request: ActingRequest) -> bool:
    """Whether what was sent is a draft already, is to become one, or needs one for its file."""
    sent = request.POST
    return bool(SAVE in sent or DROP in sent or sent.get("version") or request.FILES)


def kept_draft(request: ActingRequest, actor: Actor) -> CommentDraft | None:
    """The draft of the form that was sent, if it is one."""
    if not request.POST.get("version"):
        return None
    try:
        key = uuid.UUID(request.POST.get("key", ""))
    except ValueError:
        return None
    return shown_drafts.waiting(actor).filter(key=key).first()


def work(
    request: ActingRequest, consultation: Consultation, wording: Wording | None, actor: Actor
) -> HttpResponse:
    """Keep the draft, then its file; then say so, or file it. A refusal loses nothing typed."""
    kept = kept_draft(request, actor)
    wording = kept.wording if kept else wording
    form = FileCommentForm(request.POST, request.FILES, actor=actor, wording=wording, draft=kept)
    typed = KeepDraftForm(request.POST, actor=actor, wording=wording)

    def page(status: int, draft: CommentDraft | None) -> HttpResponse:
        change = preview_of(request, wording)
        return form_page(
            request, consultation, wording, form, status, kept_draft=draft, preview=change
        )

    if not typed.is_valid():
        form.full_clean()
        return page(Invalid.status, kept)
    earlier = Comment.objects.filter(idempotency_key=typed.cleaned_data["key"]).exists()
    if earlier and SAVE not in request.POST:
        return _filed_before(consultation, form, actor, page)
    try:
        kept = _keep(consultation, wording, typed, actor)
    except Refused as refusal:
        return _not_kept(request, form, refusal, kept, page)
    forget_typed(request)
    form.put(version=str(kept.version))
    try:
        kept = _change_files(request, kept, actor)
    except Refused as refusal:
        _show(form, refusal)
        return page(refusal.status, kept)
    if SAVE in request.POST or DROP in request.POST:
        messages.success(request, _("The draft is saved."))
        return redirect("edit_draft", slug=consultation.slug, draft=kept.key)
    return _file(request, kept, form, page)


Page = Callable[[int, CommentDraft | None], HttpResponse]


def _keep(
    consultation: Consultation, wording: Wording | None, typed: KeepDraftForm, actor: Actor
) -> CommentDraft:
    return writing.keep_draft(
        consultation,
        wording,
        typed.typed(),
        key=typed.cleaned_data["key"],
        seen_version=typed.seen_version,
        by=actor,
    )


def _not_kept(
    request: ActingRequest,
    form: FileCommentForm,
    refusal: Refused,
    kept: CommentDraft | None,
    page: Page,
) -> HttpResponse:
    """Both texts where somebody was faster; where the draft is gone, the text as a new one."""
    if isinstance(refusal, WrongState) and kept is not None:
        form.put(version=str(kept.version))
        return form_page(
            request,
            kept.consultation,
            kept.wording,
            form,
            refusal.status,
            kept_draft=kept,
            template="draft_clash",
            preview=preview_of(request, kept.wording),
        )
    if isinstance(refusal, WrongState):
        form.put(version="")
        form.renew_key()
    _show(form, refusal)
    return page(refusal.status, kept)


def _show(form: FileCommentForm, refusal: Refused) -> None:
    """The refusal alone, beside its field: what is not typed yet is no fault of a draft."""
    form.full_clean()
    form.errors.clear()
    form.refuse(refusal)


def _change_files(request: ActingRequest, kept: CommentDraft, actor: Actor) -> CommentDraft:
    """Take a file out, or put one in; gives the draft as it stands then."""
    sent = request.FILES.get("file")
    if DROP in request.POST:
        wanted = request.POST[DROP]
        row = kept.attachments.filter(pk=number_in(wanted)).first()
        if row is not None:
            attachments.remove(row, by=actor)
    elif sent is not None:
        limits.take(request, "file")
        name, content = str(sent.name or ""), sent.read(attachments.limit() + 1)
        attachments.attach(kept, name=name, content=content, by=actor)
    else:
        return kept
    kept.refresh_from_db()
    return kept


def _file(
    request: ActingRequest, kept: CommentDraft, form: FileCommentForm, page: Page
) -> HttpResponse:
    consultation = kept.consultation
    form.put(version=str(kept.version))
    form.files = MultiValueDict()  # it is with the draft already
    form.full_clean()
    if not form.is_valid():
        return page(Invalid.status, kept)
    try:
        limits.take(request, "file")
        chosen = {kept.key: kept.version}
        filed = writing.file_drafts(consultation, chosen, by=person(request))
    except Refused as refusal:
        form.refuse(refusal)
        return page(refusal.status, kept)
    return redirect(f"{reverse('comment', args=[consultation.slug, filed[0].number])}?zgloszona")


def _filed_before(
    consultation: Consultation, form: FileCommentForm, actor: Actor, page: Page
) -> HttpResponse:
    """The form was sent twice: the same comment, unless the words are others now."""
    if not form.is_valid():
        return page(Invalid.status, None)
    key = form.cleaned_data["key"]
    try:
        filed = filing.file_comment(consultation, form.said(), key=key, by=actor)
    except Refused as refusal:
        form.refuse(refusal)
        return page(refusal.status, None)
    return redirect(f"{reverse('comment', args=[consultation.slug, filed.number])}?zgloszona")


@access("signed_in")
@require_POST
def keep_draft(request: ActingRequest, slug: str) -> HttpResponse:
    """What is being typed, kept by the script: its version and when, or why not, in words."""
    consultation, actor = found(request, slug), person(request)
    kept = kept_draft(request, actor)
    wording = kept.wording if kept else asked_wording(request, consultation)
    form = KeepDraftForm(request.POST, actor=actor, wording=wording)
    if not form.is_valid():
        return HttpResponse(_("This cannot be kept: it is too long."), "text/plain", Invalid.status)
    try:
        row = _keep(consultation, wording, form, actor)
    except Refused as refusal:
        return HttpResponse(str(refusal), "text/plain", refusal.status)
    at = date_format(localtime(row.saved_at), "H:i")
    words = _("The draft was saved on the server at %(at)s.") % {"at": at}
    return JsonResponse({"version": row.version, "words": words})


def _one(request: ActingRequest, slug: str, key: uuid.UUID) -> CommentDraft:
    return get_object_or_404(
        shown_drafts.waiting(person(request)), consultation=found(request, slug), key=key
    )


@access("signed_in")
@require_safe
def edit_draft(request: ActingRequest, slug: str, draft: uuid.UUID) -> HttpResponse:
    """The form as it was left; after the deadline the text to be read, copied and printed."""
    row = _one(request, slug, draft)
    form = FileCommentForm.of_draft(row, actor=person(request))
    return form_page(request, row.consultation, row.wording, form, kept_draft=row)


@access("signed_in")
@require_safe
def drafts(request: ActingRequest, slug: str) -> HttpResponse:
    """My drafts in this consultation, and those of the organisations I speak for."""
    consultation, actor = found(request, slug), person(request)
    rows = list(shown_drafts.waiting(actor).filter(consultation=consultation))
    shown: dict[str, Any] = standing(consultation) | {
        "lines": [
            (line, writing.obstacle(line.draft, by=actor), writing.may_be_finished(line.draft))
            for line in shown_drafts.lines(rows)
        ],
        "me": actor.pk,
    }
    return render(request, "consultations/public/drafts.html", shown)


@access("signed_in")
@require_http_methods(METHODS)
def delete_draft(request: ActingRequest, slug: str, draft: uuid.UUID) -> HttpResponse:
    """Asks once more, then throws the draft away."""
    row = _one(request, slug, draft)
    if request.method == "POST":
        writing.delete_draft(row, by=person(request))
        messages.success(request, _("The draft is deleted."))
        return redirect("drafts", slug=slug)
    shown = standing(row.consultation) | {"kept_draft": row}
    return render(request, "consultations/public/delete_draft.html", shown)


@access("signed_in")
@require_POST
def mark_ready(request: ActingRequest, slug: str, draft: uuid.UUID) -> HttpResponse:
    """The draft is finished, or is not after all."""
    row = _one(request, slug, draft)
    writing.mark_ready(row, ready="gotowy" in request.POST, by=person(request))
    return redirect("drafts", slug=slug)


@access("signed_in")
@require_POST
def sign_off_draft(request: ActingRequest, slug: str, draft: uuid.UUID) -> HttpResponse:
    """I have read it as it stood on the page."""
    row = _one(request, slug, draft)
    seen = number_in(request.POST.get("version", ""))
    writing.sign_off(row, seen_version=seen, by=person(request))
    messages.success(request, _("The draft is signed off."))
    return redirect("drafts", slug=slug)
