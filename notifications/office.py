"""The office's letters: which there are, and the words of the one that is opened."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from consultations import wording
from consultations.access import ActingRequest, access, person
from consultations.errors import Invalid, Refused, WrongState
from consultations.models import Actor
from notifications import examples, letters, services
from notifications.forms import EditLetterForm
from notifications.letters import Words
from notifications.selectors import reworded

DONE = 200


@access("office.edit_letter")
@require_http_methods(["GET", "HEAD", "POST"])
def letter_templates(request: ActingRequest) -> HttpResponse:
    """All letters; `?list=` and `?jezyk=` open one, with its fields and how it will look."""
    if "list" not in request.GET:
        return render(request, "notifications/letter_templates.html", {"rows": _rows()})
    kind, language = request.GET["list"], request.GET.get("jezyk", settings.LANGUAGE_CODE)
    if kind not in letters.LETTERS or language not in dict(settings.LANGUAGES):
        raise Http404
    stands = letters.words_of(kind, language)
    form = EditLetterForm(request.POST or None, initial=vars(stands))
    preview = "preview" in request.POST
    status = _refused(form, kind, language, by=person(request), only_look=preview)
    if form.is_bound and not preview and status == DONE:
        messages.success(request, _("The letter was saved. The change is on record."))
        return redirect("letter_templates")
    shown = {"rows": _rows(), "form": form} | _opened(kind, language, form, stands)
    shown["clash"] = stands if status == WrongState.status else None
    return render(request, "notifications/letter_templates.html", shown, status=status)


def _rows() -> list[tuple[Any, list[tuple[str, str, str, bool]]]]:
    """Every letter in words, and in each language whether the office has rewritten it."""
    own = reworded()
    return [
        (
            wording.LETTERS[kind],
            [(kind, code, name, (kind, code) in own) for code, name in settings.LANGUAGES],
        )
        for kind in letters.LETTERS
    ]


def _opened(kind: str, language: str, form: EditLetterForm, stands: Words) -> dict[str, Any]:
    typed = Words(form["subject"].value() or "", form["body"].value() or "")
    return {
        "kind_words": wording.LETTERS[kind],
        "language": dict(settings.LANGUAGES)[language],
        "language_code": language,
        "names": examples.named(kind, language),
        "preview": examples.letter(kind, language, typed),
        "is_own": stands.version > 0,
    }


def _refused(form: EditLetterForm, kind: str, language: str, *, by: Actor, only_look: bool) -> int:
    """Check what was typed, and save it unless it is only looked at; the status of the answer."""
    if not form.is_bound:
        return DONE
    if not form.is_valid():
        return Invalid.status
    said = form.cleaned_data
    seen = said.pop("version")
    try:
        services.check_letter(kind, **said)
        if not only_look:
            services.edit_letter(kind, language, **said, seen_version=seen, by=by)
    except Refused as refusal:
        form.refuse(refusal)
        if isinstance(refusal, WrongState):
            form.put(version=str(letters.words_of(kind, language).version))
        return refusal.status
    return DONE
