"""The council's pages: its files, and the acts of the council office."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from consultations.access import ActingRequest, access, person
from consultations.forms.base import RefusableForm
from consultations.models import CouncilFile, RollCall, Vote
from consultations.selectors.journal import live_words, public_counter
from workflows import selectors, services
from workflows.forms import AdoptDraftForm, ConfirmForm, GivePrintNumberForm, RecordVoteForm
from workflows.steps import STEPS, Step
from workflows.views.acting import UNREADABLE, file_at, page, refusal_of

Forms = dict[str, Callable[[CouncilFile], RefusableForm]]
EMPTY: Forms = {
    "give_print_number": lambda _file: GivePrintNumberForm(),
    "record_vote": lambda file: RecordVoteForm(council_file=file),
    "adopt_draft": lambda file: AdoptDraftForm(initial={"adopted_on": file.roll_call.held_on}),
    "reject_draft": lambda _file: ConfirmForm(),
}


@access("council.see")
@require_safe
def council(request: ActingRequest) -> HttpResponse:
    """What is and what was before the council, and what will come."""
    names = {
        "files": selectors.files_seen(request.actor),
        "coming": selectors.coming_to_council(request.actor),
    }
    return page(request, "council", names)


@access("council.see")
@require_safe
def council_file(request: ActingRequest, pk: int) -> HttpResponse:
    """One file: where it stands, what it is about, and the next act for whoever may do it."""
    file = file_at(request, pk)
    return _file_page(request, file, None)


@access("council_file.give_print_number")
@require_http_methods(["GET", "HEAD", "POST"])
def give_print_number(request: ActingRequest, pk: int) -> HttpResponse:
    """The print number."""
    actor, file = person(request), file_at(request, pk)
    if request.method != "POST":
        return _file_page(request, file, "give_print_number")
    form = GivePrintNumberForm(request.POST)
    refused = refusal_of(
        form, lambda: services.give_print_number(file, **form.cleaned_data, by=actor)
    )
    return _answer(request, file, form, refused, _("The print number is given."))


@access("council_file.record_vote")
@require_http_methods(["GET", "HEAD", "POST"])
def record_vote(request: ActingRequest, pk: int) -> HttpResponse:
    """The roll call: sent, looked over, and only then confirmed."""
    actor, file = person(request), file_at(request, pk)
    if request.method != "POST":
        return _file_page(request, file, "record_vote")
    form = RecordVoteForm(request.POST, request.FILES, council_file=file)
    if not form.is_valid() or "correct" in request.POST:
        status = 200 if "correct" in request.POST else UNREADABLE
        return _file_page(request, file, "record_vote", form, status)
    if "confirm" not in request.POST:
        return _preview(request, file, form)
    refused = refusal_of(
        form,
        lambda: services.record_vote(
            file, called=form.called(), held_on=form.cleaned_data["held_on"], by=actor
        ),
    )
    return _answer(request, file, form, refused, _("The roll call is entered."))


def _preview(request: ActingRequest, file: CouncilFile, form: RecordVoteForm) -> HttpResponse:
    """What the list says, before anything is written."""
    counts = RollCall.counts(row.vote for row in form.rows)
    vote = RollCall(council_file=file, held_on=form.cleaned_data["held_on"], **counts)
    names = {
        "file": file,
        "draft": file.draft,
        "vote": vote,
        "quorate": vote.present >= file.draft.procedure.quorum,
        "majority": file.draft.procedure.rule("majority").value,
        "rows": [(row, Vote(row.vote).label) for row in form.rows],
        "plain": form.plain(),
    }
    return page(request, "preview_vote", names)


@access("draft.adopt")
@require_http_methods(["GET", "HEAD", "POST"])
def adopt_draft(request: ActingRequest, pk: int) -> HttpResponse:
    """Number and date of the resolution."""
    actor, file = person(request), file_at(request, pk)
    if request.method != "POST":
        return _file_page(request, file, "adopt_draft")
    form = AdoptDraftForm(request.POST)
    refused = refusal_of(
        form, lambda: services.adopt_draft(file.draft, **form.cleaned_data, by=actor)
    )
    return _answer(request, file, form, refused, _("The resolution is entered."))


@access("draft.reject")
@require_http_methods(["GET", "HEAD", "POST"])
def reject_draft(request: ActingRequest, pk: int) -> HttpResponse:
    """Asks once more, then closes the draft as rejected."""
    actor, file = person(request), file_at(request, pk)
    if request.method != "POST":
        return _file_page(request, file, "reject_draft")
    form = ConfirmForm(request.POST)
    refused = refusal_of(form, lambda: services.reject_draft(file.draft, by=actor))
    return _answer(request, file, form, refused, _("The rejection is recorded."))


def _answer(
    request: ActingRequest,
    file: CouncilFile,
    form: RefusableForm,
    refused: int | None,
    done: str,
) -> HttpResponse:
    if refused is None:
        messages.success(request, done)
        return redirect("council_file", pk=file.pk)
    act = request.resolver_match.url_name if request.resolver_match else None
    return _file_page(request, file, act, form, refused)


def _file_page(
    request: ActingRequest,
    file: CouncilFile,
    act: str | None,
    form: RefusableForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page of the file with the form of `act`, or of the next act when none is asked for."""
    next_step = selectors.next_step(file.draft, request.actor)
    due = next_step.step.url if next_step and next_step.step.at_council else None
    if form is None and act not in (None, due):
        return redirect("council_file", pk=file.pk)
    shown = act or due
    if form is None and shown is not None and next_step is not None and next_step.may:
        form = EMPTY[shown](file)
    slug = file.draft.rounds.all()[0].slug
    names: dict[str, Any] = {
        "file": file,
        "draft": file.draft,
        "slug": slug,
        "vote": getattr(file, "roll_call", None),
        "quorum": file.draft.procedure.quorum,
        "next": next_step,
        "step": _step_at(shown),
        "form": form,
        "live_topic": f"k:{slug}",
        "live_seen": public_counter(file.draft),
        "live_words": live_words(),
    }
    return page(request, "council_file", names, status)


def _step_at(url: str | None) -> Step | None:
    return next((step for step in STEPS.values() if step.url == url), None)
