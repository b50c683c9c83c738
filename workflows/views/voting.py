"""The roll call entered in the council office: sent, looked over, and only then recorded.

From paper it then waits for a second person, who compares it with the minutes.
"""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from consultations.access import ActingRequest, access, person
from consultations.forms.base import refusal_of
from consultations.models import CouncilFile, RollCall
from consultations.models import Vote as Kinds
from consultations.models.majority import MAJORITIES
from consultations.selectors.clashing import conflicts_in
from consultations.services import votes
from consultations.services.council import Totals, totals_of
from consultations.services.votes import Vote
from workflows import services, vote_sheets
from workflows.council_forms import (
    ConfirmVoteForm,
    RecordVoteForm,
    ReplaceVoteForm,
    ReturnVoteForm,
)
from workflows.views.acting import UNREADABLE, file_at, page
from workflows.views.council import answer, file_page

PAPER = RollCall.Source.PAPER


@access("council_file.record_vote")
@require_http_methods(["GET", "HEAD", "POST"])
def record_vote(request: ActingRequest, pk: int) -> HttpResponse:
    """The first roll call on a draft."""
    return _vote(request, pk, "record_vote")


@access("council_file.correct_vote")
@require_http_methods(["GET", "HEAD", "POST"])
def correct_vote(request: ActingRequest, pk: int) -> HttpResponse:
    """A roll call in place of one that was entered wrongly."""
    return _vote(request, pk, "correct_vote")


@access("council_file.repeat_vote")
@require_http_methods(["GET", "HEAD", "POST"])
def repeat_vote(request: ActingRequest, pk: int) -> HttpResponse:
    """The vote the council took again."""
    return _vote(request, pk, "repeat_vote")


@access("council_file.confirm_vote")
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_vote(request: ActingRequest, pk: int) -> HttpResponse:
    """What another person entered, beside the blank totals to be read from the minutes."""
    file = file_at(request, pk)
    if file.waiting_sheet is None:
        messages.info(request, _("No roll call waits for a second person."))
        return redirect("council_file", pk=file.pk)
    if request.method != "POST":
        return _comparing(request, file, ConfirmVoteForm())
    actor, form = person(request), ConfirmVoteForm(request.POST)
    refused = refusal_of(
        form,
        lambda: services.confirm_vote(file, totals=Totals(**form.cleaned_data), by=actor),
    )
    if refused is not None:
        return _comparing(request, file, form, refused)
    messages.success(request, _("The roll call is confirmed and entered."))
    return redirect("council_file", pk=file.pk)


@access("council_file.return_vote")
@require_http_methods(["POST"])
def return_vote(request: ActingRequest, pk: int) -> HttpResponse:
    """Back to whoever entered it, with a remark."""
    file, form = file_at(request, pk), ReturnVoteForm(request.POST)
    actor = person(request)
    refused = refusal_of(form, lambda: votes.return_vote(file, **form.cleaned_data, by=actor))
    if refused is None:
        messages.success(request, _("The roll call is sent back to be corrected."))
        return redirect("council_file", pk=file.pk)
    if file.waiting_sheet is None:
        messages.info(request, _("No roll call waits for a second person."))
        return redirect("council_file", pk=file.pk)
    return _comparing(request, file, ConfirmVoteForm(), refused, form)


def _comparing(
    request: ActingRequest,
    file: CouncilFile,
    form: ConfirmVoteForm,
    status: int = 200,
    returning: ReturnVoteForm | None = None,
) -> HttpResponse:
    sheet = file.waiting_sheet
    names = vote_sheets.facts(file, request.actor) | {
        "file": file,
        "draft": file.draft,
        "form": form,
        "returning": returning or ReturnVoteForm(),
        "rows": vote_sheets.shown(sheet),
        "own": sheet.entered_by_id == person(request).pk,
    }
    return page(request, "confirm_vote", names, status)


def _vote(request: ActingRequest, pk: int, act: str) -> HttpResponse:
    """Sent, looked over, and only then recorded."""
    file = file_at(request, pk)
    if request.method != "POST":
        return file_page(request, file, act)
    made = RecordVoteForm if act == "record_vote" else ReplaceVoteForm
    form = made(request.POST, request.FILES, council_file=file)
    if not form.is_valid() or "correct" in request.POST:
        status = 200 if "correct" in request.POST else UNREADABLE
        return file_page(request, file, act, form, status)
    if "confirm" not in request.POST:
        return preview(request, file, form, act)
    refused = refusal_of(form, lambda: _enter(request, file, form, act))
    done = (
        _("The roll call is entered; another person compares it with the minutes.")
        if form.cleaned_data.get("source") == PAPER
        else _("The roll call is entered.")
    )
    return answer(request, file, form, refused, done)


def _enter(request: ActingRequest, file: CouncilFile, form: RecordVoteForm, act: str) -> None:
    actor, given = person(request), form.cleaned_data
    vote = Vote(
        form.called(),
        given["held_on"],
        form.declared(),
        given.get("because", ""),
        given.get("standing"),
    )
    if given["source"] == PAPER:
        votes.enter_vote(file, vote, by=actor, kind=vote_sheets.KINDS[act])
    elif act == "record_vote":
        day, declared = vote.held_on, vote.declared
        services.record_vote(file, called=vote.called, held_on=day, declared=declared, by=actor)
    elif act == "correct_vote":
        services.correct_vote(file, vote, by=actor)
    else:
        services.repeat_vote(file, vote, by=actor)


def preview(
    request: ActingRequest,
    file: CouncilFile,
    form: RecordVoteForm,
    act: str,
    *,
    by_name: bool = False,
) -> HttpResponse:
    """What the list and the totals say, before anything is written."""
    procedure, declared = file.draft.procedure, form.declared()
    totals = totals_of(form.called(), declared, procedure)
    given, listed = form.cleaned_data, form.listed
    held_on, quorum = given["held_on"], procedure.quorum
    vote = RollCall(council_file=file, held_on=held_on, declared=declared is not None, **totals)
    because = {name: given[name] for name in ("because", "standing") if given.get(name)}
    names = {
        "file": file,
        "draft": file.draft,
        "act": act,
        "by_name": by_name,
        "vote": vote,
        "paper": given["source"] == PAPER,
        "slug": file.draft.rounds.all()[0].slug,
        "conflicts": conflicts_in(file, request.actor),
        "because": given.get("because", ""),
        "unnamed": vote.unnamed(row.vote for row in form.rows),
        "known": len(form.rows),
        "quorate": vote.present >= quorum,
        "blocked": vote.present < quorum and act != "correct_vote",
        "majority": MAJORITIES[procedure.rule("majority").value].words,
        "rows": [(row, Kinds(row.vote).label) for row in form.rows],
        "listed": listed,
        "other_day": listed and listed.held_on not in (None, held_on),
        "sent": {"text": form.plain(), "source": given["source"], **because}
        | (vars(declared) if declared else {}),
    }
    return page(request, "preview_vote", names)
