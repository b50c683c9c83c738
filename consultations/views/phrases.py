"""The unit's saved phrases: list, new, rewriting, archive."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from consultations import wording
from consultations.access import ActingRequest, access, person
from consultations.errors import WrongState
from consultations.forms.base import refusal_of
from consultations.forms.phrases import PhraseForm
from consultations.models import Phrase
from consultations.selectors import phrases as selected
from consultations.services import phrases as services
from consultations.views.finding import paged

ON_A_PAGE = 50


@access("office.edit_phrase")
@require_safe
def phrases(request: ActingRequest) -> HttpResponse:
    """Those in use with how often each was used, and the archived ones."""
    shown = paged(request, selected.phrases(), ON_A_PAGE) | {
        "archived": selected.archived()[:ON_A_PAGE],
        "outcome_words": wording.OUTCOMES,
    }
    return render(request, "consultations/office/phrases.html", shown)


@access("office.add_phrase")
@require_http_methods(["GET", "HEAD", "POST"])
def add_phrase(request: ActingRequest) -> HttpResponse:
    """A new phrase; a refusal keeps everything typed."""
    if request.method != "POST":
        return _page(request, PhraseForm())
    form = PhraseForm(request.POST)
    refused = refusal_of(form, lambda: services.add_phrase(**form.said, by=person(request)))
    if refused is not None:
        return _page(request, form, status=refused)
    messages.success(request, _("The phrase is saved: everybody in the unit can use it."))
    return redirect("phrases")


@access("office.edit_phrase")
@require_http_methods(["GET", "HEAD", "POST"])
def edit_phrase(request: ActingRequest, phrase: int) -> HttpResponse:
    """The phrase to be rewritten; when somebody was faster, both texts are shown."""
    row = get_object_or_404(selected.phrases(), pk=phrase)
    if request.method != "POST":
        stands = {name: getattr(row, name) for name in PhraseForm.base_fields}
        return _page(request, PhraseForm(initial=stands), row)
    form = PhraseForm(request.POST)
    refused = refusal_of(
        form,
        lambda: services.edit_phrase(
            row, **form.said, seen_version=form.cleaned_data["version"] or 0, by=person(request)
        ),
    )
    if refused is not None:
        if refused == WrongState.status:
            form.put(version=str(row.version))
        return _page(request, form, row, status=refused)
    messages.success(request, _("The phrase is saved."))
    return redirect("phrases")


@access("office.archive_phrase")
@require_POST
def archive_phrase(request: ActingRequest, phrase: int) -> HttpResponse:
    """It is offered no more."""
    row = get_object_or_404(Phrase, pk=phrase)
    services.archive_phrase(row, by=person(request))
    messages.success(request, _("The phrase is archived: it is offered no more."))
    return redirect("phrases")


def _page(
    request: ActingRequest, form: PhraseForm, row: Phrase | None = None, status: int = 200
) -> HttpResponse:
    shown = {
        "form": form,
        "phrase": row,
        "clash": row if status == WrongState.status else None,
        "fields": [(f"{{{name}}}", words) for name, words in selected.FIELDS.items()],
    }
    return render(request, "consultations/office/phrase.html", shown, status=status)
