"""The desk of the text: the version at work, its changes and causes, and what is done with it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from consultations import policy
from consultations.access import ActingRequest, access, person
from consultations.errors import Refused
from consultations.forms.base import refusal_of
from consultations.forms.editing import ElementsForm, NameCauseForm
from consultations.models import Cause, Consultation, Draft
from consultations.selectors import amendments, near, text_desk
from consultations.selectors import elements as selected
from consultations.services import causes, editing, elements, texts
from consultations.views.finding import found
from consultations.views.rooms import rooms

METHODS = ["GET", "HEAD", "POST"]


@access("desk.see")
@require_safe
def edit_text(request: ActingRequest, slug: str) -> HttpResponse:
    """The version at work: every provision with its change, its causes, and what stands loose."""
    one = found(request, slug)
    shown = names(request, one) | {
        "desk": text_desk.desk(one.draft, request.actor),
        "may_edit": policy.can(request.actor, "draft.edit_text", one.draft),
        "to_merge": amendments.to_merge(one.draft),
    }
    return render(request, "consultations/office/edit_text.html", shown)


def names(request: ActingRequest, one: Consultation) -> dict[str, Any]:
    """What every page of the text is given."""
    return {"consultation": one, "draft": one.draft, "rooms": rooms(request, one, "edit_text")}


@access("draft.begin_version")
@require_POST
def begin_version(request: ActingRequest, slug: str) -> HttpResponse:
    """Begin work on the next version, as a copy of the last."""
    done = _("Work on the next version has begun. Nothing is public until you publish it.")
    return _carried_out(
        request, slug, lambda draft: texts.begin_version(draft, by=person(request)), done
    )


@access("draft.discard_version")
@require_http_methods(METHODS)
def discard_version(request: ActingRequest, slug: str) -> HttpResponse:
    """Asks once more, then gives the working version up."""
    if request.method != "POST":
        one = found(request, slug)
        return render(request, "consultations/office/discard_version.html", names(request, one))
    done = _("The working version is discarded.")
    return _carried_out(
        request, slug, lambda draft: texts.discard_version(draft, by=person(request)), done
    )


@access("draft.publish_version")
@require_http_methods(METHODS)
def publish_version(request: ActingRequest, slug: str) -> HttpResponse:
    """Shows what will become public and whom it tells, then publishes the version."""
    if request.method != "POST":
        one = found(request, slug)
        shown = names(request, one) | {"desk": text_desk.desk(one.draft, request.actor)}
        return render(request, "consultations/office/publish_version.html", shown)
    done = _("The version is published. From now on it cannot be edited.")
    return _carried_out(
        request, slug, lambda draft: texts.publish_version(draft, by=person(request)), done
    )


@access("draft.edit_text")
@require_POST
def renumber(request: ActingRequest, slug: str) -> HttpResponse:
    """Number all provisions anew in their order."""
    done = _(
        "The provisions are numbered anew. Check references such as «ust. 2»: they are not changed."
    )
    return _carried_out(
        request, slug, lambda draft: editing.renumber(draft, by=person(request)), done
    )


def _carried_out(
    request: ActingRequest, slug: str, act: Callable[[Draft], object], done: str
) -> HttpResponse:
    one = found(request, slug)
    try:
        act(one.draft)
    except Refused as refusal:
        shown = names(request, one) | {
            "desk": text_desk.desk(one.draft, request.actor),
            "may_edit": True,
            "refusal": refusal,
        }
        return render(request, "consultations/office/edit_text.html", shown, status=refusal.status)
    messages.success(request, done)
    return redirect("edit_text", slug=slug)


@access("draft.name_cause")
@require_http_methods(METHODS)
def name_cause(request: ActingRequest, slug: str, version: int, key: Any) -> HttpResponse:
    """Say why a provision changed in a version; taking a cause back stands beside."""
    one = found(request, slug)
    of_version = get_object_or_404(one.draft.versions, number=version)
    provision = get_object_or_404(one.draft.provisions, key=key)
    form = NameCauseForm(
        request.POST or None, draft=one.draft, near=near.comments_near(one.draft, provision)
    )
    status = 200
    if request.method == "POST":
        refused = refusal_of(
            form,
            lambda: causes.name_causes(of_version, provision, form.because(), by=person(request)),
        )
        if refused is None:
            messages.success(request, _("The cause is named."))
            return redirect("edit_text", slug=slug)
        status = refused
    shown = names(request, one) | {
        "form": form,
        "line": near.line(of_version, provision, request.actor),
        "version": of_version,
    }
    return render(request, "consultations/office/name_cause.html", shown, status=status)


@access("draft.drop_cause")
@require_POST
def drop_cause(request: ActingRequest, slug: str, cause: int) -> HttpResponse:
    """Take a cause back."""
    one = found(request, slug)
    row = get_object_or_404(Cause, pk=cause, text_version__draft=one.draft)
    done = _("The cause is taken back.")
    return _carried_out(
        request, slug, lambda _draft: causes.drop_cause(row, by=person(request)), done
    )


@access("draft.place_elements")
@require_http_methods(METHODS)
def place_elements(request: ActingRequest, slug: str) -> HttpResponse:
    """The mandatory elements, each with the provisions that hold it."""
    one = found(request, slug)
    form = ElementsForm(
        request.POST or None,
        elements=selected.elements(one.draft),
        places=selected.places(one.draft),
        initial=selected.standing(one.draft),
    )
    status = 200
    if request.method == "POST":
        refused = refusal_of(
            form, lambda: elements.place_elements(one.draft, form.places(), by=person(request))
        )
        if refused is None:
            messages.success(request, _("The elements are tied to the text."))
            return redirect("place_elements", slug=slug)
        status = refused
    shown = names(request, one) | {
        "form": form,
        "missing": selected.missing(one.draft),
        "has_elements": bool(form.codes),
        "proposed": selected.is_proposal(one.draft),
        "making": selected.making(one),
    }
    return render(request, "consultations/office/elements.html", shown, status=status)
