"""Several answers at once: chosen in the list, read over, then approved or published one by one.

Each row is an act of its own. What was refused is named with its reason; the rest stands.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db import OperationalError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from consultations.access import ActingRequest, access, person
from consultations.errors import Busy, Refused, WrongState
from consultations.models import Actor, Comment, CommentState, Consultation
from consultations.selectors import detail as selected
from consultations.selectors import queue as listing
from consultations.services import answers
from consultations.views.finding import found
from consultations.views.rooms import rooms

log = logging.getLogger(__name__)

MOST = 200  # acts in one request
METHODS = ["GET", "HEAD", "POST"]


@dataclass(frozen=True)
class Together:
    """One act that can be done to several answers."""

    url: str
    state: str
    title: Any
    button: Any
    warning: Any
    done: Callable[[int], str]
    do: Callable[[Comment, Actor], Comment]
    told: bool = False


PUBLISH = Together(
    "publish_answers",
    CommentState.APPROVED,
    _("Publish answers together"),
    _("Publish these answers"),
    _("The answers become public at once and cannot be changed afterwards."),
    lambda count: ngettext(
        "%(count)d answer is published.", "%(count)d answers are published.", count
    ),
    lambda comment, by: answers.publish_answer(comment, by=by),
    told=True,
)
APPROVE = Together(
    "approve_answers",
    CommentState.PROPOSED,
    _("Approve answers together"),
    _("Approve these answers"),
    _("Read each of them: your signature says that you did. They are not public yet."),
    lambda count: ngettext(
        "%(count)d answer is approved.", "%(count)d answers are approved.", count
    ),
    lambda comment, by: answers.approve_answer(comment, by=by),
)


@access("comment.publish")
@require_http_methods(METHODS)
def publish_answers(request: ActingRequest, slug: str) -> HttpResponse:
    """Approved answers become public together."""
    return _together(request, slug, PUBLISH)


@access("comment.approve")
@require_http_methods(METHODS)
def approve_answers(request: ActingRequest, slug: str) -> HttpResponse:
    """Proposed answers get the second signature together; never one's own."""
    return _together(request, slug, APPROVE)


def _together(request: ActingRequest, slug: str, act: Together) -> HttpResponse:
    consultation = found(request, slug)
    if request.method != "POST":
        return _confirm(request, consultation, act)
    wanted = listing.numbers_in(request.POST.get("numery", ""))[:MOST]
    refused = _refused(request, consultation, act, wanted)
    done = len(set(wanted)) - len(refused)
    said = act.done(done) % {"count": done}
    if not refused:
        messages.success(request, said)
        return redirect(_list(consultation, act))
    shown = {"refused": refused, "done": said}
    return _page(request, consultation, act, shown, refused[0][1].status)


def _refused(
    request: ActingRequest, consultation: Consultation, act: Together, wanted: list[int]
) -> list[tuple[int, Refused]]:
    """Does each act by itself; gives the numbers it was not done to, each with the reason."""
    there = listing.desk(request.actor, consultation).filter(number__in=wanted)
    on_desk = {one.number: one for one in there}
    refused: list[tuple[int, Refused]] = []
    for number in sorted(set(wanted)):
        try:
            if number not in on_desk:
                raise WrongState
            act.do(on_desk[number], person(request))
        except Refused as refusal:
            refused.append((number, refusal))
        except OperationalError:
            log.warning("an answer could not be dealt with", exc_info=True)
            refused.append((number, Busy()))
    return refused


def _confirm(request: ActingRequest, consultation: Consultation, act: Together) -> HttpResponse:
    """The answers that would be touched, in full, and whom it tells."""
    wanted = listing.numbers_in(" ".join(request.GET.getlist("uwaga")))
    ready = listing.ready(request.actor, consultation, act.state)
    chosen = ready if "wszystkie" in request.GET else ready.filter(number__in=wanted)
    rows = selected.rows(selected.joined(chosen.order_by("number"))[:MOST], request.actor)
    if not rows:
        messages.warning(request, _("Choose at least one answer that can be dealt with now."))
        return redirect(_list(consultation, act))
    comments = [row.comment for row in rows]
    shown = {
        "rows": rows,
        "numbers": " ".join(str(one.number) for one in comments),
        "left": chosen.count() - len(rows),
        "told": listing.told_of(comments, person(request)) if act.told else None,
    }
    return _page(request, consultation, act, shown)


def _list(consultation: Consultation, act: Together) -> str:
    return f"{reverse('queue', args=[consultation.slug])}?stan={act.state}"


def _page(
    request: ActingRequest,
    consultation: Consultation,
    act: Together,
    shown: dict[str, Any],
    status: int = 200,
) -> HttpResponse:
    names = shown | {
        "consultation": consultation,
        "draft": consultation.draft,
        "rooms": rooms(request, consultation, "queue"),
        "act": act,
        "address": reverse(act.url, args=[consultation.slug]),
        "back": _list(consultation, act),
        "whole": _("the whole draft"),
    }
    return render(request, "consultations/office/together.html", names, status=status)
