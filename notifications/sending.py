"""«Do wysyłki»: approved answers with the letter each will send, a note to write, publishing."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from consultations import policy
from consultations.access import ActingRequest, access, person
from consultations.forms.base import refusal_of
from consultations.models import Comment, Consultation, Entry
from consultations.selectors import queue as listing
from consultations.selectors import sending as selected
from consultations.services import sending as services
from consultations.views.finding import found, paged
from consultations.views.rooms import rooms
from notifications import letters
from notifications.forms import CoveringNoteForm
from notifications.letters import Words

ON_A_PAGE = 20
KIND = "comment.publish"


@dataclass(frozen=True)
class Waiting:
    """An approved answer: how many hear of it, the letter as it will go out, the note's form."""

    comment: Comment
    told: int
    letter: Words
    form: CoveringNoteForm


@access("comment.publish")
@require_http_methods(["GET", "HEAD", "POST"])
def sending(request: ActingRequest, slug: str) -> HttpResponse:
    """The answers that wait; POST keeps a covering note, a refusal keeps everything typed."""
    consultation = found(request, slug)
    if request.method != "POST":
        return _page(request, consultation)
    form = CoveringNoteForm(request.POST, prefix=_number(request))
    row = get_object_or_404(
        selected.waiting(request.actor, consultation), number=int(_number(request))
    )
    refused = refusal_of(
        form,
        lambda: services.add_note(
            row,
            note=form.cleaned_data["note"],
            seen_version=form.cleaned_data["version"],
            by=person(request),
        ),
    )
    if refused is not None:
        form.put(version=str(row.version))
        return _page(request, consultation, {row.pk: form}, refused)
    messages.success(
        request, _("The note to the author of comment %(number)s is kept.") % {"number": row.number}
    )
    query = urlencode({"strona": request.GET.get("strona", "1")})
    return redirect(f"{reverse('sending', args=[slug])}?{query}#uwaga-{row.number}")


def _number(request: ActingRequest) -> str:
    given = request.POST.get("numer", "")
    return given if given.isascii() and given.isdecimal() and len(given) < 10 else "0"


def _page(
    request: ActingRequest,
    consultation: Consultation,
    wrong: Mapping[int, CoveringNoteForm] = MappingProxyType({}),
    status: int = 200,
) -> HttpResponse:
    actor = person(request)
    shown = paged(request, selected.waiting(actor, consultation), ON_A_PAGE)
    comments = list(shown["page"])
    told = selected.told(comments, actor)
    rows = [
        Waiting(one, told[one.pk], _letter(one), wrong.get(one.pk) or _form(one))
        for one in comments
    ]
    shown |= {
        "consultation": consultation,
        "draft": consultation.draft,
        "rows": rows,
        "rooms": rooms(request, consultation, "queue"),
        "told": listing.told_of(comments, actor),
        "may_take_back": policy.can(actor, "comment.send_back"),
        "form": next(iter(wrong.values()), None),
    }
    return render(request, "notifications/sending.html", shown, status=status)


def _form(comment: Comment) -> CoveringNoteForm:
    stands: dict[str, Any] = {"note": _note(comment), "version": comment.version}
    return CoveringNoteForm(initial=stands, prefix=str(comment.number))


def _note(comment: Comment) -> str:
    return getattr(getattr(comment, "covering_note", None), "text", "")


def _letter(comment: Comment) -> Words:
    """What its author will read, in the language of this page and without the fixed frame."""
    coming = Entry(
        kind=KIND,
        comment=comment,
        case=comment.consultation.draft,
        payload=json.dumps({"facts": {}}),
    )
    words = letters.words_of(KIND, get_language() or "pl").filled(letters.facts_of(coming))
    return Words(words.subject, letters.with_note(words.body, coming))
