"""One answer for a group, from the form of the answer to one of its comments."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from consultations.access import ActingRequest, access, person
from consultations.errors import Invalid, Refused
from consultations.forms.answers import AnswerCommentForm
from consultations.models import Comment, Consultation
from consultations.selectors.queue import Filters
from consultations.services.group_answers import Result
from consultations.services.group_answers import answer_group as answer
from consultations.views.finding import found
from consultations.views.queue import picked, queue_page
from consultations.views.rooms import rooms


@access("comment.answer")
@require_http_methods(["GET", "HEAD", "POST"])
def answer_group(request: ActingRequest, slug: str, number: int) -> HttpResponse:
    """The same answer is proposed to every member that waits for one; each refusal is named."""
    consultation = found(request, slug)
    comment = picked(request, consultation, number, anywhere=True)
    filters = Filters.of(request.POST)
    if request.method != "POST":
        return redirect(_address(consultation, Filters.of(request.GET), number))
    form = AnswerCommentForm(request.POST, comment=comment)
    if not form.is_valid():
        return queue_page(
            request, consultation, filters, comment, Invalid(""), wrong={"answer": form}
        )
    try:
        results = _answered(request, comment, form)
    except Refused as refusal:
        form.refuse(refusal)
        fresh = picked(request, consultation, number, anywhere=True)
        return queue_page(request, consultation, filters, fresh, refusal, wrong={"answer": form})
    return _told(request, consultation, form, results, number)


def _answered(request: ActingRequest, comment: Comment, form: AnswerCommentForm) -> list[Result]:
    said = form.cleaned_data
    return answer(
        comment,
        outcome=said["outcome"],
        reasons=said["reasons"],
        changed=[said["changed"]] if said.get("changed") else [],
        seen_version=said["version"],
        by=person(request),
    )


def _told(
    request: ActingRequest,
    consultation: Consultation,
    form: AnswerCommentForm,
    results: list[Result],
    number: int,
) -> HttpResponse:
    refused = [one for one in results if one.refusal is not None]
    done = len(results) - len(refused)
    words = ngettext(
        "An answer to %(count)d comment of the group is proposed.",
        "An answer to %(count)d comments of the group is proposed.",
        done,
    ) % {"count": done}
    back = _address(consultation, Filters.of(request.POST).first_page(), number)
    if not refused:
        messages.success(request, words)
        return redirect(back)
    shown = {
        "consultation": consultation,
        "draft": consultation.draft,
        "rooms": rooms(request, consultation, "queue"),
        "refused": refused,
        "done": words,
        "reasons": form.cleaned_data["reasons"],
        "back": back,
    }
    status = refused[0].refusal.status if refused[0].refusal else 409
    return render(request, "consultations/office/answered_group.html", shown, status=status)


def _address(consultation: Consultation, filters: Filters, number: int) -> str:
    return f"{reverse('queue', args=[consultation.slug])}{filters.query(uwaga=number)}#uwaga"
