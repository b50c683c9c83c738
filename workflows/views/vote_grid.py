"""The page with a row for each councillor: five keys or radio buttons, then looked over."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from consultations.access import ActingRequest, access
from consultations.models import CouncilFile, RollCall
from consultations.selectors.clashing import conflicts_in
from workflows import roll_calls, vote_grid, vote_sheets
from workflows.council_acts import aside
from workflows.council_forms import RecordVoteForm, ReplaceVoteForm
from workflows.views.acting import UNREADABLE, file_at, page
from workflows.views.voting import preview
from workflows.vote_grid import GridForm

FIRST = "record_vote"
REPEATED = ("held_on", "because", "standing")  # what the look at the list sends back


@access("council_file.enter_vote")
@require_http_methods(["GET", "HEAD", "POST"])
def vote_by_name(request: ActingRequest, pk: int) -> HttpResponse:
    """Entered from paper, councillor by councillor; what is sent is looked over first."""
    file, act = file_at(request, pk), request.GET.get("akt", FIRST)
    if not _is_open(request, file, act):
        return redirect("council_file", pk=file.pk)
    replacing = act != FIRST
    if request.method != "POST" or "correct" in request.POST:
        return _page(request, file, act, _begun(request, file, replacing=replacing))
    form = GridForm(request.POST, file=file, replacing=replacing, rows=())
    if not form.is_valid():
        return _page(request, file, act, form, UNREADABLE)
    made = ReplaceVoteForm if replacing else RecordVoteForm
    sent = made(
        {
            "held_on": form.cleaned_data["held_on"].isoformat(),
            "because": form.cleaned_data.get("because", ""),
            "standing": form.cleaned_data.get("standing"),
            "source": RollCall.Source.PAPER,
            "text": roll_calls.write(form.rows()),
        },
        council_file=file,
    )
    if sent.is_valid():
        return preview(request, file, sent, act, by_name=True)
    for field, sentences in sent.errors.items():
        for sentence in sentences:
            form.add_error(field if field in form.fields else None, sentence)
    return _page(request, file, act, form, UNREADABLE)


def _begun(request: ActingRequest, file: CouncilFile, *, replacing: bool) -> GridForm:
    """From what is corrected, or from the council as it was named last."""
    if "correct" not in request.POST:
        rows = vote_grid.beginning(file, replacing=replacing)
        return GridForm(file=file, replacing=replacing, rows=rows)
    given = {name: request.POST.get(name, "") for name in REPEATED}
    rows = list(roll_calls.parse(request.POST.get("text", "")).rows)
    return GridForm(file=file, replacing=replacing, rows=rows, initial=given)


def _is_open(request: ActingRequest, file: CouncilFile, act: str) -> bool:
    if act not in vote_sheets.KINDS:
        return False
    if act == FIRST:
        return file.is_to_be_voted_on and file.waiting_sheet is None
    return act in [one.url for one in aside(file, request.actor)]


def _page(
    request: ActingRequest, file: CouncilFile, act: str, form: GridForm, status: int = 200
) -> HttpResponse:
    names = {
        "file": file,
        "draft": file.draft,
        "act": act,
        "form": form,
        "lines": form.lines(),
        "totals": form.totals(),
        "edit": "nazwiska" in request.GET,
        "quorum": file.draft.procedure.quorum,
        "slug": file.draft.rounds.all()[0].slug,
        "conflicts": conflicts_in(file, request.actor),
        "heading": _("Enter the roll call name by name"),
    }
    return page(request, "vote_by_name", names, status)
