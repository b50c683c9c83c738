"""The roll call entered in the council office: sent, looked over, and only then confirmed."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from consultations.access import ActingRequest, access, person
from consultations.forms.base import refusal_of
from consultations.models import CouncilFile, RollCall, Vote
from consultations.models.majority import MAJORITIES
from consultations.services.council import totals_of
from workflows import services
from workflows.council_forms import RecordVoteForm
from workflows.views.acting import UNREADABLE, file_at, page
from workflows.views.council import answer, file_page


@access("council_file.record_vote")
@require_http_methods(["GET", "HEAD", "POST"])
def record_vote(request: ActingRequest, pk: int) -> HttpResponse:
    """The roll call: sent, looked over, and only then confirmed."""
    actor, file = person(request), file_at(request, pk)
    if request.method != "POST":
        return file_page(request, file, "record_vote")
    form = RecordVoteForm(request.POST, request.FILES, council_file=file)
    if not form.is_valid() or "correct" in request.POST:
        status = 200 if "correct" in request.POST else UNREADABLE
        return file_page(request, file, "record_vote", form, status)
    if "confirm" not in request.POST:
        return _preview(request, file, form)
    refused = refusal_of(
        form,
        lambda: services.record_vote(
            file,
            called=form.called(),
            held_on=form.cleaned_data["held_on"],
            declared=form.declared(),
            by=actor,
        ),
    )
    return answer(request, file, form, refused, _("The roll call is entered."))


def _preview(request: ActingRequest, file: CouncilFile, form: RecordVoteForm) -> HttpResponse:
    """What the list and the totals say, before anything is written."""
    procedure, declared = file.draft.procedure, form.declared()
    totals = totals_of(form.called(), declared, procedure)
    held_on, listed = form.cleaned_data["held_on"], form.listed
    vote = RollCall(council_file=file, held_on=held_on, declared=declared is not None, **totals)
    names = {
        "file": file,
        "draft": file.draft,
        "vote": vote,
        "unnamed": vote.unnamed(row.vote for row in form.rows),
        "known": len(form.rows),
        "quorate": vote.present >= procedure.quorum,
        "majority": MAJORITIES[procedure.rule("majority").value].words,
        "rows": [(row, Vote(row.vote).label) for row in form.rows],
        "listed": listed,
        "other_day": listed and listed.held_on not in (None, held_on),
        "sent": {"text": form.plain(), **(vars(declared) if declared else {})},
    }
    return page(request, "preview_vote", names)
