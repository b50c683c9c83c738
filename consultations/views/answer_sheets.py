"""Answers in a spreadsheet: the comments of a filter as a file, and the file back as a run."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from consultations.access import ActingRequest, access, person
from consultations.forms.base import refusal_of
from consultations.forms.runs import UploadAnswersForm
from consultations.models import Run
from consultations.selectors import answer_sheet as selected
from consultations.selectors import queue as listing
from consultations.selectors.queue import Filters
from consultations.services.answer_rows import prepare_answers
from consultations.text.formats.sheets import MIME
from consultations.views.finding import found
from consultations.views.rooms import rooms


@access("comment.answer")
@require_safe
def answers_sheet(request: ActingRequest, slug: str) -> HttpResponse:
    """The comments under the filters of the address, to be answered in a spreadsheet."""
    consultation = found(request, slug)
    rows = listing.listed(request.actor, consultation, Filters.of(request.GET))
    content = selected.answers_file(consultation, rows, request.actor)
    headers = {"Content-Disposition": f'attachment; filename="uwagi-{slug}.xlsx"'}
    return HttpResponse(content, content_type=MIME, headers=headers)


@access("comment.answer")
@require_http_methods(["GET", "HEAD", "POST"])
def upload_answers(request: ActingRequest, slug: str) -> HttpResponse:
    """The file filled in: it is read and looked over as a run, and nothing is done yet."""
    consultation, form, status = found(request, slug), UploadAnswersForm(), None
    filters = Filters.of(request.GET)
    if request.method == "POST":
        form, made = UploadAnswersForm(request.POST, request.FILES), list[Run]()

        def prepare() -> None:
            name = form.cleaned_data["file"].name
            made.append(prepare_answers(consultation, name, form.rows, by=person(request)))

        status = refusal_of(form, prepare)
        if status is None:
            return redirect("run", slug=slug, run=made[0].pk)
    shown = {
        "form": form,
        "consultation": consultation,
        "draft": consultation.draft,
        "rooms": rooms(request, consultation, "queue"),
        "query": filters.first_page().query(),
        "count": listing.listed(request.actor, consultation, filters).count(),
        "most": selected.MOST,
    }
    return render(request, "consultations/office/upload_answers.html", shown, status=status or 200)
