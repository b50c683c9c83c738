"""One answer for a group, from the form of the answer to one of its comments."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from consultations.access import ActingRequest, access, person
from consultations.errors import Invalid, Refused
from consultations.forms.answers import AnswerCommentForm
from consultations.forms.runs import asked_of
from consultations.selectors.queue import Filters
from consultations.services.group_answers import prepare_group_answer
from consultations.views.finding import found
from consultations.views.queue import picked, queue_page


@access("comment.answer")
@require_http_methods(["GET", "HEAD", "POST"])
def answer_group(request: ActingRequest, slug: str, number: int) -> HttpResponse:
    """What every member that waits for an answer would get, to be looked over and confirmed."""
    consultation = found(request, slug)
    comment = picked(request, consultation, number, anywhere=True)
    if request.method != "POST":
        query = Filters.of(request.GET).query(uwaga=number)
        return redirect(f"{reverse('queue', args=[slug])}{query}#uwaga")
    form, filters = AnswerCommentForm(request.POST, comment=comment), Filters.of(request.POST)
    wrong = {"answer": form}
    if not form.is_valid():
        return queue_page(request, consultation, filters, comment, Invalid(""), wrong=wrong)
    said = form.cleaned_data
    try:
        run = prepare_group_answer(
            comment, asked_of(said), seen_version=said["version"], by=person(request)
        )
    except Refused as refusal:
        form.refuse(refusal)
        return queue_page(request, consultation, filters, comment, refusal, wrong=wrong)
    return redirect("run", slug=slug, run=run.pk)
