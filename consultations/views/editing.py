"""Editing one provision of the working version: its words, its place, and why."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from consultations.access import ActingRequest, access, person
from consultations.errors import Invalid, Refused, WrongState
from consultations.forms.base import LONGEST, refusal_of
from consultations.forms.editing import (
    CUT,
    AddProvisionForm,
    BecauseForm,
    EditProvisionForm,
    KeepUnsavedForm,
    MoveProvisionForm,
    SplitProvisionForm,
)
from consultations.models import Consultation, Provision, TextVersion, UnsavedEdit
from consultations.selectors import near, text_desk
from consultations.selectors.elements import places
from consultations.selectors.near import Line, Near
from consultations.services import editing
from consultations.services.editing import New
from consultations.text.tree import Level
from consultations.views.finding import found
from consultations.views.texts import METHODS, names


@dataclass(frozen=True)
class At:
    """The provision of an address, in the version it is edited in (the last one there is)."""

    consultation: Consultation
    version: TextVersion
    provision: Provision
    near: list[Near]
    line: Line


def _at(request: ActingRequest, slug: str, key: uuid.UUID) -> At:
    one = found(request, slug)
    provision = get_object_or_404(one.draft.provisions, key=key)
    version = one.draft.versions.last()
    line = near.line(version, provision, request.actor) if version else None
    if version is None or line is None or line.wording is None:
        raise WrongState(_("This provision is no longer in the working version."))
    return At(one, version, provision, near.comments_near(one.draft, provision), line)


def _page(
    request: ActingRequest, template: str, at: At, form: BecauseForm, status: int = 200, **more: Any
) -> HttpResponse:
    shown = names(request, at.consultation) | {
        "at": at,
        "line": at.line,
        "form": form,
        "first_version": at.version.number == 1,
    }
    return render(request, f"consultations/office/{template}.html", shown | more, status=status)


@access("draft.edit_text")
@require_http_methods(METHODS)
def edit_provision(request: ActingRequest, slug: str, key: uuid.UUID) -> HttpResponse:
    """New words for a provision; when somebody was faster, both texts come back side by side."""
    at = _at(request, slug, key)
    if request.method != "POST":
        unsaved = _unsaved(request, at)
        return _page(request, "edit_provision", at, _begun(at, unsaved), unsaved=unsaved)
    form = _form(at, request.POST)
    refused = refusal_of(form, lambda: _edit(request, at, form))
    if refused is None:
        messages.success(request, _("%(place)s is saved.") % {"place": at.line.place})
        return redirect(_desk(slug, key))
    if refused == WrongState.status:
        return _clash(request, slug, key, form)
    return _page(request, "edit_provision", at, form, refused)


def _edit(request: ActingRequest, at: At, form: EditProvisionForm) -> None:
    given, standing = form.cleaned_data, at.line.wording
    editing.edit_provision(
        at.consultation.draft,
        at.provision.key,
        heading=given.get("heading", standing.heading if standing else ""),
        text=given.get("text", standing.text if standing else ""),
        seen_revision=given["revision"],
        by=person(request),
        because=form.because(),
    )


def _begun(at: At, unsaved: UnsavedEdit | None) -> EditProvisionForm:
    """The words as they stand; what was typed before and not saved goes first."""
    words: Any = unsaved or at.line.wording
    initial = {"heading": words.heading, "text": words.text, "revision": words.revision}
    return _form(at, initial=initial)


def _form(at: At, data: Any = None, **more: Any) -> EditProvisionForm:
    """Comments that are named already are not offered again."""
    named = {one.cause.comment_id for one in at.line.change.causes} if at.line.change else set()
    offered = [one for one in at.near if one.comment.pk not in named]
    standing: Any = at.line.wording
    draft = at.consultation.draft
    return EditProvisionForm(data, draft=draft, near=offered, level=standing.level, **more)


def _unsaved(request: ActingRequest, at: At) -> UnsavedEdit | None:
    return UnsavedEdit.objects.filter(
        author=person(request), text_version=at.version, provision=at.provision
    ).first()


def _clash(
    request: ActingRequest, slug: str, key: uuid.UUID, form: EditProvisionForm
) -> HttpResponse:
    """What stands now beside what the person wrote; saving again replaces it knowingly."""
    at = _at(request, slug, key)
    standing: Any = at.line.wording
    form.put(revision=str(standing.revision))
    return _page(request, "edit_clash", at, form, WrongState.status, standing=standing)


@access("draft.edit_text")
@require_POST
def keep_unsaved(request: ActingRequest, slug: str, key: uuid.UUID) -> HttpResponse:
    """What is being typed, kept by the script while one types; 204 when it is kept."""
    one = found(request, slug)
    get_object_or_404(one.draft.provisions, key=key)
    form = KeepUnsavedForm(request.POST)
    if not form.is_valid():
        return HttpResponse(_("This cannot be kept: it is too long."), "text/plain", Invalid.status)
    try:
        editing.keep_unsaved(one.draft, key, **form.cleaned_data, by=person(request))
    except Refused as refusal:
        return HttpResponse(str(refusal), "text/plain", refusal.status)
    return HttpResponse(status=204)


@access("draft.edit_text")
@require_POST
def compare_wording(request: ActingRequest, slug: str, key: uuid.UUID) -> HttpResponse:
    """What is being typed against the version before, as a piece of a page for the script."""
    one = found(request, slug)
    provision = get_object_or_404(one.draft.provisions, key=key)
    sent = (request.POST.get("heading", "").strip(), request.POST.get("text", "").strip())
    shown = {
        "before": text_desk.before(one.draft.versions.latest("number"), provision),
        "after": "\n".join(filter(None, sent)).replace("\r\n", "\n")[:LONGEST],
    }
    return render(request, "consultations/office/compared.html", shown)


@access("draft.edit_text")
@require_POST
def drop_unsaved(request: ActingRequest, slug: str, key: uuid.UUID) -> HttpResponse:
    """Throw away what was typed and not saved."""
    at = _at(request, slug, key)
    UnsavedEdit.objects.filter(
        author=person(request), text_version=at.version, provision=at.provision
    ).delete()
    return redirect("edit_provision", slug=slug, key=key)


@access("draft.edit_text")
@require_http_methods(METHODS)
def add_provision(request: ActingRequest, slug: str, key: uuid.UUID) -> HttpResponse:
    """A new provision behind this one or below it."""
    at = _at(request, slug, key)
    standing: Any = at.line.wording
    form = AddProvisionForm(
        request.POST or None,
        draft=at.consultation.draft,
        near=at.near,
        initial={"where": "after", "level": standing.level, "number": f"{standing.number}a"},
    )

    def add() -> None:
        given = form.cleaned_data
        new = New(Level(given["level"]), given["number"], given["heading"], given["text"])
        editing.add_provision(
            at.consultation.draft,
            key,
            new,
            into=given["where"] == "into",
            by=person(request),
            because=form.because(),
        )

    return _done(request, at, "add_provision", form, add, _("The provision is added."))


@access("draft.edit_text")
@require_http_methods(METHODS)
def delete_provision(request: ActingRequest, slug: str, key: uuid.UUID) -> HttpResponse:
    """Asks once more and why, then takes the provision out."""
    at = _at(request, slug, key)
    form = BecauseForm(request.POST or None, draft=at.consultation.draft, near=at.near)

    def delete() -> None:
        editing.delete_provision(
            at.consultation.draft, key, by=person(request), because=form.because()
        )

    return _done(request, at, "delete_provision", form, delete, _("The provision is deleted."))


@access("draft.edit_text")
@require_http_methods(METHODS)
def move_provision(request: ActingRequest, slug: str, key: uuid.UUID) -> HttpResponse:
    """The provision goes elsewhere with all below it; its comments go with it."""
    at = _at(request, slug, key)
    others = [(one, words) for one, words in places(at.consultation.draft) if one != key]
    form = MoveProvisionForm(
        request.POST or None, draft=at.consultation.draft, near=at.near, places=others
    )

    def move() -> None:
        given = form.cleaned_data
        editing.move_provision(
            at.consultation.draft,
            key,
            beside=given["beside"],
            into=given["where"] == "into",
            by=person(request),
            because=form.because(),
        )

    return _done(request, at, "move_provision", form, move, _("The provision is moved."))


@access("draft.edit_text")
@require_http_methods(METHODS)
def split_provision(request: ActingRequest, slug: str, key: uuid.UUID) -> HttpResponse:
    """One provision becomes several: the first keeps key and comments."""
    at = _at(request, slug, key)
    standing: Any = at.line.wording
    form = SplitProvisionForm(
        request.POST or None,
        draft=at.consultation.draft,
        near=at.near,
        initial={"pieces": standing.text},
    )

    def split() -> None:
        editing.split_provision(
            at.consultation.draft, key, form.cut(), by=person(request), because=form.because()
        )

    return _done(request, at, "split_provision", form, split, _("The provision is split."), cut=CUT)


@access("draft.edit_text")
@require_http_methods(METHODS)
def join_provision(request: ActingRequest, slug: str, key: uuid.UUID) -> HttpResponse:
    """The next provision of the same kind becomes part of this one."""
    at = _at(request, slug, key)
    form = BecauseForm(request.POST or None, draft=at.consultation.draft, near=at.near)

    def join() -> None:
        editing.join_provision(
            at.consultation.draft, key, by=person(request), because=form.because()
        )

    following = text_desk.following(at.version, at.provision)
    return _done(
        request, at, "join_provision", form, join, _("The provisions are joined."), next=following
    )


def _done(
    request: ActingRequest,
    at: At,
    template: str,
    form: BecauseForm,
    act: Callable[[], None],
    done: str,
    **more: Any,
) -> HttpResponse:
    status = 200
    if request.method == "POST":
        refused = refusal_of(form, act)
        if refused is None:
            messages.success(request, done)
            return redirect("edit_text", slug=at.consultation.slug)
        status = refused
    return _page(request, template, at, form, status, **more)


def _desk(slug: str, key: uuid.UUID) -> str:
    return f"{reverse('edit_text', args=[slug])}#p-{key}"
