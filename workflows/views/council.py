"""The council's pages: the desk, each file, and the acts of the council office."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from consultations.access import ActingRequest, access, person
from consultations.forms.base import RefusableForm, refusal_of
from consultations.models import CouncilFile
from consultations.selectors.journal import live_words, public_counter
from consultations.services import council as records
from consultations.services.visits import look_at_council
from workflows import council_desk, services, vote_sheets
from workflows.council_acts import ASIDE, aside
from workflows.council_forms import (
    AdoptDraftForm,
    GivePrintNumberForm,
    RecordPublicationForm,
    RecordVoteForm,
    ReplaceVoteForm,
    ScheduleSessionForm,
    SendBackDraftForm,
)
from workflows.forms import ConfirmForm
from workflows.reading_forms import (
    DeadlinesForm,
    DecideTwoReadingsForm,
    MoveTwoReadingsForm,
    TakeOffAgendaForm,
)
from workflows.steps import STEPS, Step
from workflows.views.acting import file_at, page

Forms = dict[str, Callable[[CouncilFile], RefusableForm]]
EMPTY: Forms = {
    "give_print_number": lambda _file: GivePrintNumberForm(),
    "record_vote": lambda file: RecordVoteForm(
        council_file=file, initial=vote_sheets.initial(vote_sheets.returned(file, "vote"))
    ),
    "correct_vote": lambda file: ReplaceVoteForm(
        council_file=file, initial=vote_sheets.standing(file, "correction")
    ),
    "repeat_vote": lambda file: ReplaceVoteForm(
        council_file=file, initial=vote_sheets.before(file, "repeated")
    ),
    "adopt_draft": lambda file: AdoptDraftForm(
        initial={"adopted_on": file.roll_call.held_on if file.roll_call else None}
    ),
    "reject_draft": lambda _file: ConfirmForm(),
    "schedule_session": lambda file: ScheduleSessionForm(
        initial={"session_number": file.session_number, "session_on": file.session_on}
    ),
    "send_back_draft": lambda _file: SendBackDraftForm(),
    "record_publication": lambda _file: RecordPublicationForm(),
    "take_off_agenda": lambda _file: TakeOffAgendaForm(),
    "move_two_readings": lambda file: MoveTwoReadingsForm(council_file=file),
    "decide_two_readings": lambda _file: DecideTwoReadingsForm(),
    "hold_first_reading": lambda _file: DeadlinesForm(),
    "set_deadlines": lambda file: DeadlinesForm(initial=DeadlinesForm.standing(file)),
    **dict.fromkeys(
        ("begin_reading", "hold_reading", "hold_second_reading"), lambda _file: ConfirmForm()
    ),
}


@access("council.see")
@require_safe
def council(request: ActingRequest) -> HttpResponse:
    """The desk: each draft of interest with what is next and what is new; the clerk's to-do."""
    actor = person(request)
    visit = look_at_council(by=actor)
    return page(request, "council", {"visit": visit, "desk": council_desk.desk(actor, visit)})


@access("council.see")
@require_safe
def council_file(request: ActingRequest, pk: int) -> HttpResponse:
    """One file: where it stands, what it is about, and the next act for whoever may do it."""
    file = file_at(request, pk)
    return file_page(request, file, None)


@access("council_file.give_print_number")
@require_http_methods(["GET", "HEAD", "POST"])
def give_print_number(request: ActingRequest, pk: int) -> HttpResponse:
    """The print number."""
    actor, file = person(request), file_at(request, pk)
    if request.method != "POST":
        return file_page(request, file, "give_print_number")
    form = GivePrintNumberForm(request.POST)
    refused = refusal_of(
        form, lambda: services.give_print_number(file, **form.cleaned_data, by=actor)
    )
    return answer(request, file, form, refused, _("The print number is given."))


@access("council_file.schedule")
@require_http_methods(["GET", "HEAD", "POST"])
def schedule_session(request: ActingRequest, pk: int) -> HttpResponse:
    """Number and day of the session."""
    actor, file = person(request), file_at(request, pk)
    if request.method != "POST":
        return file_page(request, file, "schedule_session")
    form = ScheduleSessionForm(request.POST)
    refused = refusal_of(
        form, lambda: records.schedule_session(file, **form.cleaned_data, by=actor)
    )
    return answer(request, file, form, refused, _("The draft is on the agenda."))


@access("council_file.send_back")
@require_http_methods(["GET", "HEAD", "POST"])
def send_back_draft(request: ActingRequest, pk: int) -> HttpResponse:
    """Asks for the reason, then sends the draft back to its sponsor."""
    actor, file = person(request), file_at(request, pk)
    if request.method != "POST":
        return file_page(request, file, "send_back_draft")
    form = SendBackDraftForm(request.POST)
    refused = refusal_of(
        form, lambda: services.send_back_draft(file, **form.cleaned_data, by=actor)
    )
    return answer(request, file, form, refused, _("The draft is sent back to its sponsor."))


@access("draft.adopt")
@require_http_methods(["GET", "HEAD", "POST"])
def adopt_draft(request: ActingRequest, pk: int) -> HttpResponse:
    """Number and date of the resolution."""
    actor, file = person(request), file_at(request, pk)
    if request.method != "POST":
        return file_page(request, file, "adopt_draft")
    form = AdoptDraftForm(request.POST)
    refused = refusal_of(
        form, lambda: services.adopt_draft(file.draft, **form.cleaned_data, by=actor)
    )
    return answer(request, file, form, refused, _("The resolution is entered."))


@access("draft.reject")
@require_http_methods(["GET", "HEAD", "POST"])
def reject_draft(request: ActingRequest, pk: int) -> HttpResponse:
    """Asks once more, then closes the draft as rejected."""
    actor, file = person(request), file_at(request, pk)
    if request.method != "POST":
        return file_page(request, file, "reject_draft")
    form = ConfirmForm(request.POST)
    refused = refusal_of(form, lambda: services.reject_draft(file.draft, by=actor))
    return answer(request, file, form, refused, _("The rejection is recorded."))


@access("draft.record_publication")
@require_http_methods(["GET", "HEAD", "POST"])
def record_publication(request: ActingRequest, pk: int) -> HttpResponse:
    """One place where the resolution appeared."""
    actor, file = person(request), file_at(request, pk)
    if request.method != "POST":
        return file_page(request, file, "record_publication")
    form = RecordPublicationForm(request.POST)
    refused = refusal_of(
        form, lambda: records.record_publication(file.draft, **form.cleaned_data, by=actor)
    )
    return answer(request, file, form, refused, _("The publication is recorded."))


def answer(
    request: ActingRequest,
    file: CouncilFile,
    form: RefusableForm,
    refused: int | None,
    done: str,
) -> HttpResponse:
    """Back to the file when the act is done, else the form with the refusal."""
    if refused is None:
        messages.success(request, done)
        return redirect("council_file", pk=file.pk)
    act = request.resolver_match.url_name if request.resolver_match else None
    return file_page(request, file, act, form, refused)


def file_page(
    request: ActingRequest,
    file: CouncilFile,
    act: str | None,
    form: RefusableForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page of the file with the form of `act`, or of the next act when none is asked for."""
    next_step = council_desk.next_at_council(file, request.actor)
    beside = aside(file, request.actor)
    due = next_step.step.url if next_step and next_step.may else None
    due = None if due == "record_vote" and file.waiting_sheet is not None else due
    said = council_desk.facts(file, request.actor) | vote_sheets.facts(file, request.actor)
    if form is None and act not in (None, due, *(one.url for one in beside)):
        return redirect("council_file", pk=file.pk)
    if said["lost"] and any(one.url == "schedule_session" for one in beside):
        due = "schedule_session"
    shown = act or due
    if form is None and shown is not None:
        form = EMPTY[shown](file)
    slug = file.draft.rounds.all()[0].slug
    names: dict[str, Any] = said | {
        "returned": vote_sheets.returned_of(file, shown),
        "file": file,
        "draft": file.draft,
        "slug": slug,
        "next": next_step,
        "beside": [one for one in beside if one.url != shown],
        "asked": act,
        "step": _step_at(shown),
        "form": form,
        "live_topic": f"k:{slug}",
        "live_seen": public_counter(file.draft),
        "live_words": live_words(),
    }
    return page(request, "council_file", names, status)


def _step_at(url: str | None) -> Step | None:
    known = (*STEPS.values(), *ASIDE.values())
    return next((step for step in known if step.url == url), None)
