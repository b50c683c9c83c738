"""Reading: the draft with comments beside it, one provision, one comment."""

import uuid
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from consultations import policy
from consultations.access import ActingRequest, access
from consultations.forms.comments import FileCommentForm
from consultations.models import Consultation, TextVersion, Wording
from consultations.models.clock import now
from consultations.selectors import (
    amendments,
    earlier,
    provision_history,
    recorded,
    revision,
    supports,
    texts,
)
from consultations.selectors import comments as shown_comments
from consultations.selectors import consultations as rounds
from consultations.selectors.appeals import may_appeal
from consultations.selectors.course import course
from consultations.selectors.fate import fate
from consultations.selectors.organisations import signature
from consultations.selectors.replies import talking_back
from consultations.selectors.stages import stages
from consultations.selectors.writing import attachments_of
from consultations.text.formats.writing import FORMATS
from consultations.views.finding import asked_wording, found, live, paged

UNDER_A_PROVISION = 20
ON_A_PAGE = 25


@access("public")
@require_safe
def read_draft(request: ActingRequest, slug: str) -> HttpResponse:
    """The text provision by provision; `?przepis=` opens one, `?tylko=uwagi` lists comments.

    `?wersja=` shows another published version than the one under consultation.
    """
    one = found(request, slug)
    shown = standing(one) | live(one.draft, slug) | {"stages": stages(one.draft)}
    if request.GET.get("tylko") == "uwagi":
        return _only_comments(request, one, shown)
    versions = list(revision.published(one.draft))
    version = _version(request, versions)
    shown |= {
        "reading": texts.reading(one, version),
        "version": version or one.text_version,
        "latest": versions[-1] if versions else None,
        "files": versions_files(one, version or one.text_version),
        "amended": amendments.by_provision(one.draft, request.actor),
    }
    if version is not None and version != one.text_version:
        shown |= {"takes_comments": False, "another": True}
    elif "przepis" in request.GET:
        shown |= _panel(request, one)
    return render(request, "consultations/public/read.html", shown)


def _version(request: ActingRequest, versions: list[TextVersion]) -> TextVersion | None:
    """The version asked for; 404 for a number no published one has."""
    asked = request.GET.get("wersja", "")
    if not asked:
        return None
    for one in versions:
        if str(one.number) == asked:
            return one
    raise Http404


def versions_files(one: Consultation, version: TextVersion | None) -> list[dict[str, str]]:
    """The files of a version: kind and address of each."""
    if version is None:
        return []
    return [
        {
            "kind": kind.upper(),
            "url": reverse("draft_file", args=[one.slug, version.number, kind]),
        }
        for kind in FORMATS
    ]


def standing(consultation: Consultation) -> dict[str, Any]:
    """Names for `public/standing.html`: whether comments are taken, and if not, why."""
    instant = now()
    return {
        "consultation": consultation,
        "draft": consultation.draft,
        "takes_comments": rounds.takes_comments(consultation, instant),
        "is_over": rounds.is_over(consultation, instant),
        "report_released": rounds.report_is_released(consultation),
        "time": rounds.time_in_words(consultation, instant),
    }


def _panel(request: ActingRequest, consultation: Consultation) -> dict[str, Any]:
    """What opens under a provision: the form, and the first comments there."""
    wording = asked_wording(request, consultation)
    listed = shown_comments.on(consultation, wording)[: UNDER_A_PROVISION + 1]
    shown = shown_comments.shown(listed, request.actor)
    return {
        "opened": wording.provision.key if wording else "calosc",
        "wording": wording,
        "panel_comments": shown[:UNDER_A_PROVISION],
        "more_comments": len(shown) > UNDER_A_PROVISION,
        "form": FileCommentForm(actor=request.actor, wording=wording) if request.actor else None,
    }


def _only_comments(
    request: ActingRequest, consultation: Consultation, shown: dict[str, Any]
) -> HttpResponse:
    listed = shown_comments.public(consultation)
    if "przepis" in request.GET:
        shown["wording"] = asked_wording(request, consultation)
        shown["filtered"] = True
        listed = listed.filter(wording=shown["wording"])
    shown |= paged(request, listed, ON_A_PAGE)
    shown["comments"] = shown_comments.shown(shown["page"], request.actor)
    return render(request, "consultations/public/only_comments.html", shown)


@access("public")
@require_safe
def comment(request: ActingRequest, slug: str, number: int) -> HttpResponse:
    """One comment: place, proposal, reasons, course, answer."""
    viewer = request.actor
    row = get_object_or_404(shown_comments.visible(viewer, slug), number=number)
    became, corrections = fate(row, viewer), earlier.corrections(row, viewer)
    backing = supports.standing(row)
    shown = {
        "consultation": row.consultation,
        "draft": row.consultation.draft,
        "one": shown_comments.shown([row], viewer)[0],
        "signature": signature(row, viewer),
        "course": course(row, viewer, became),
        "fate": became,
        "supporters": supports.supporters(backing, corrections[0].at if corrections else None),
        "voices": supports.voices(row, viewer, backing),
        "may_support": shown_comments.may_support(row),
        "corrections": corrections,
        "may_correct": shown_comments.may_correct(row, viewer),
        "may_stop_naming": row.named and policy.can(viewer, "comment.stop_naming", row),
        "is_author": policy.can(viewer, "comment.withdraw", row),
        "is_theirs": policy.is_theirs(viewer, row),
        "may_withdraw": shown_comments.may_withdraw(row, viewer),
        "reads_why_hidden": shown_comments.reads_why_hidden(row, viewer),
        "lateness": recorded.lateness(row),
        "faults": recorded.faults(row),
        "may_appeal": may_appeal(row, viewer),
        "attachments": attachments_of(row, viewer),
        "talking_back": talking_back(row, viewer),
        "just_filed": "zgloszona" in request.GET,
    }
    return render(
        request,
        "consultations/public/comment.html",
        shown | live(row.consultation.draft, slug),
    )


@access("public")
@require_safe
def provision(request: ActingRequest, key: uuid.UUID) -> HttpResponse:
    """One provision through its published versions, with its comments."""
    wordings = list(texts.wordings_of(request.actor, key))
    if not wordings:
        raise Http404
    latest = wordings[0]
    consultation = _round_of(request, latest)
    listed = paged(request, shown_comments.on_provision(latest.provision), ON_A_PAGE)
    shown = standing(consultation) | {
        "wording": latest,
        "amended": amendments.by_provision(consultation.draft, request.actor),
        "history": provision_history.history(latest.provision, request.actor),
        "comments": shown_comments.shown(listed["page"], request.actor),
    }
    return render(request, "consultations/public/provision.html", shown | listed)


def _round_of(request: ActingRequest, wording: Wording) -> Consultation:
    """The latest round of the draft the wording belongs to; 404 when there is none to see."""
    seen = rounds.visible(request.actor).filter(draft=wording.provision.draft_id)
    latest = seen.order_by("-number").first()
    if latest is None:
        raise Http404
    return latest
