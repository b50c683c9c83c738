"""Every act of the office on a comment: its own address, then back to the queue as it was."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from consultations import policy
from consultations.access import ActingRequest, access, person
from consultations.errors import Invalid, NotYours, Refused, WrongState
from consultations.forms.answers import (
    ActForm,
    AdmitCommentForm,
    AnswerCommentForm,
    AssignCommentForm,
    HideCommentForm,
    LeaveCommentForm,
    NumberCommentCaseForm,
    ReturnCommentForm,
    SendBackAnswerForm,
    SetCommentDueForm,
)
from consultations.forms.appeals import UpholdHidingForm
from consultations.models import Actor, Comment, Consultation
from consultations.selectors import detail as selected
from consultations.selectors import presence, urgency
from consultations.selectors import queue as listing
from consultations.selectors.queue import Filters
from consultations.services import answers, appeals, comments, due, leaving
from consultations.services import presence as signs
from consultations.views import inserting
from consultations.views.finding import found
from consultations.views.queue import picked, queue_page

# GET brings back to the comment: the way back from the login page leads through here.
METHODS = ["GET", "HEAD", "POST"]


@dataclass(frozen=True)
class Act:
    """What one button does: the service, the form it asks, and what is said afterwards."""

    name: str
    done: Any
    do: Callable[[Comment, dict[str, Any], Actor], Comment]
    form: type[ActForm] | None = None
    stays: bool = False  # on the same comment: the work on it goes on


ADMIT = Act(
    "admit",
    _("Comment %(number)s is admitted."),
    lambda comment, given, by: comments.admit_comment(comment, **given, by=by),
    AdmitCommentForm,
)
RETURN = Act(
    "return_for_completion",
    _("Comment %(number)s is returned to its author."),
    lambda comment, given, by: comments.return_comment(comment, **given, by=by),
    ReturnCommentForm,
)
NUMBER_CASE = Act(
    "number_case",
    _("The case number of comment %(number)s is entered."),
    lambda comment, given, by: comments.number_comment_case(comment, **given, by=by),
    NumberCommentCaseForm,
    stays=True,
)
ASSIGN = Act(
    "assign",
    _("Comment %(number)s is with the department."),
    lambda comment, given, by: comments.assign_comment(comment, **given, by=by),
    AssignCommentForm,
)
SET_DUE = Act(
    "set_due",
    _("The department of comment %(number)s has another day."),
    lambda comment, given, by: due.set_comment_due(comment, **given, by=by),
    SetCommentDueForm,
    stays=True,
)
APPROVE = Act(
    "approve",
    _("The answer to comment %(number)s is approved."),
    lambda comment, _given, by: answers.approve_answer(comment, by=by),
)
SEND_BACK = Act(
    "send_back",
    _("The answer to comment %(number)s is sent back."),
    lambda comment, given, by: answers.send_back_answer(comment, **given, by=by),
    SendBackAnswerForm,
)
PUBLISH = Act(
    "publish",
    _("The answer to comment %(number)s is published."),
    lambda comment, _given, by: answers.publish_answer(comment, by=by),
)
HIDE = Act(
    "hide",
    _("Comment %(number)s is hidden."),
    lambda comment, given, by: comments.hide_comment(comment, **given, by=by),
    HideCommentForm,
)
LEAVE = Act(
    "leave",
    _("Comment %(number)s is left without consideration."),
    lambda comment, given, by: leaving.leave_comment(comment, **given, by=by),
    LeaveCommentForm,
)
TAKE_UP = Act(
    "take_up",
    _("Comment %(number)s is taken up again."),
    lambda comment, _given, by: leaving.take_up_comment(comment, by=by),
    stays=True,
)
RESTORE = Act(
    "restore",
    _("Comment %(number)s is restored."),
    lambda comment, _given, by: appeals.restore_comment(comment, by=by),
)
UPHOLD = Act(
    "uphold",
    _("Comment %(number)s stays hidden."),
    lambda comment, given, by: appeals.uphold_hiding(comment, **given, by=by),
    UpholdHidingForm,
)
ANSWER = Act(
    "answer",
    _("The answer to comment %(number)s is proposed."),
    lambda comment, given, by: answers.answer_comment(
        comment,
        outcome=given["outcome"],
        reasons=given["reasons"],
        accepted_part=given["accepted_part"],
        phrase=given["phrase"],
        changed=[given["changed"]] if given.get("changed") else [],
        seen_version=given["version"],
        by=by,
    ),
    AnswerCommentForm,
)


@access("comment.admit")
@require_http_methods(METHODS)
def admit_comment(request: ActingRequest, slug: str, number: int) -> HttpResponse:
    """The comment becomes public and is counted."""
    return carried_out(request, slug, number, ADMIT)


@access("comment.return_for_completion")
@require_http_methods(METHODS)
def return_comment(request: ActingRequest, slug: str, number: int) -> HttpResponse:
    """The author is asked to complete the comment by a day."""
    return carried_out(request, slug, number, RETURN)


@access("comment.number_case")
@require_http_methods(METHODS)
def number_comment_case(request: ActingRequest, slug: str, number: int) -> HttpResponse:
    """The number of the records system is entered."""
    return carried_out(request, slug, number, NUMBER_CASE)


@access("comment.assign")
@require_http_methods(METHODS)
def assign_comment(request: ActingRequest, slug: str, number: int) -> HttpResponse:
    """A department is asked to answer."""
    return carried_out(request, slug, number, ASSIGN)


@access("comment.set_due")
@require_http_methods(METHODS)
def set_comment_due(request: ActingRequest, slug: str, number: int) -> HttpResponse:
    """The department gets another day."""
    return carried_out(request, slug, number, SET_DUE)


@access("comment.answer")
@require_http_methods(METHODS)
def answer_comment(request: ActingRequest, slug: str, number: int) -> HttpResponse:
    """The answer is proposed; when somebody was faster, both texts come back side by side."""
    if inserting.asked(request):
        return _inserted(request, slug, number)
    return carried_out(request, slug, number, ANSWER)


@access("comment.approve")
@require_http_methods(METHODS)
def approve_answer(request: ActingRequest, slug: str, number: int) -> HttpResponse:
    """The second signature."""
    return carried_out(request, slug, number, APPROVE)


@access("comment.send_back")
@require_http_methods(METHODS)
def send_back_answer(request: ActingRequest, slug: str, number: int) -> HttpResponse:
    """The answer returns to its author with a remark."""
    return carried_out(request, slug, number, SEND_BACK)


@access("comment.publish")
@require_http_methods(METHODS)
def publish_answer(request: ActingRequest, slug: str, number: int) -> HttpResponse:
    """The answer becomes public."""
    return carried_out(request, slug, number, PUBLISH)


@access("comment.hide")
@require_http_methods(METHODS)
def hide_comment(request: ActingRequest, slug: str, number: int) -> HttpResponse:
    """The comment is taken out of sight, for a reason its author reads."""
    return carried_out(request, slug, number, HIDE)


@access("comment.leave")
@require_http_methods(METHODS)
def leave_comment(request: ActingRequest, slug: str, number: int) -> HttpResponse:
    """The comment is left without consideration, for a reason its author reads."""
    return carried_out(request, slug, number, LEAVE)


@access("comment.take_up")
@require_http_methods(METHODS)
def take_up_comment(request: ActingRequest, slug: str, number: int) -> HttpResponse:
    """What was left is taken up again."""
    return carried_out(request, slug, number, TAKE_UP)


@access("comment.restore")
@require_http_methods(METHODS)
def restore_comment(request: ActingRequest, slug: str, number: int) -> HttpResponse:
    """The appeal is right: the comment is dealt with as every other."""
    return carried_out(request, slug, number, RESTORE)


@access("comment.uphold")
@require_http_methods(METHODS)
def uphold_hiding(request: ActingRequest, slug: str, number: int) -> HttpResponse:
    """The comment stays hidden, for a reason its author reads."""
    return carried_out(request, slug, number, UPHOLD)


def _inserted(request: ActingRequest, slug: str, number: int) -> HttpResponse:
    """The form as it was typed, with the chosen words put into the reasons; nothing is sent."""
    consultation = found(request, slug)
    comment = picked(request, consultation, number, anywhere=True)
    if not policy.can(request.actor, "comment.answer", comment):
        raise NotYours
    form = inserting.with_words(request, comment)
    filters = Filters.of(request.POST)
    return queue_page(request, consultation, filters, comment, wrong={"answer": form})


def carried_out(request: ActingRequest, slug: str, number: int, act: Act) -> HttpResponse:
    """Form, service, and the next comment; a refusal comes back with everything typed."""
    consultation = found(request, slug)
    comment = picked(request, consultation, number, anywhere=True)
    if request.method != "POST":
        return redirect(_address(consultation, Filters.of(request.GET), number))
    form = act.form(request.POST, comment=comment) if act.form else None
    filters = Filters.of(request.POST)
    if form is not None and not form.is_valid():
        return queue_page(
            request, consultation, filters, comment, Invalid(""), wrong={act.name: form}
        )
    if act is ANSWER and _someone_else_types(request, comment):
        typing = WrongState(presence.present(comment, request.actor).typing)
        shown = {act.name: form} if form else {}
        return queue_page(request, consultation, filters, comment, typing, wrong=shown)
    try:
        act.do(comment, form.cleaned_data if form else {}, person(request))
    except Refused as refusal:
        return _refused(request, consultation, number, act, form, refusal)
    return _to_the_next(request, consultation, number, act)


def _someone_else_types(request: ActingRequest, comment: Comment) -> bool:
    """A soft lock: whoever says so answers nevertheless."""
    if request.POST.get("nevertheless") == "1":
        return False
    return presence.somebody_types(comment, request.actor)


def _to_the_next(
    request: ActingRequest, consultation: Consultation, number: int, act: Act
) -> HttpResponse:
    """Says what was done and goes on under the same filters."""
    if act is ANSWER:
        signs.stop_typing(consultation, number, by=person(request))
    messages.success(request, act.done % {"number": number})
    filters = Filters.of(request.POST).first_page()
    if act.stays:
        return redirect(_address(consultation, filters, number))
    listed = listing.listed(request.actor, consultation, filters)
    return redirect(_address(consultation, filters, urgency.next_number(listed, number)))


def _address(consultation: Consultation, filters: Filters, number: int | None) -> str:
    chosen = filters.query(uwaga=number) + ("#uwaga" if number else "")
    return f"{reverse('queue', args=[consultation.slug])}{chosen}"


def _refused(
    request: ActingRequest,
    consultation: Consultation,
    number: int,
    act: Act,
    form: ActForm | None,
    refusal: Refused,
) -> HttpResponse:
    """The comment as it stands now; a clash of answers shows both texts."""
    comment = picked(request, consultation, number, anywhere=True)
    if isinstance(form, AnswerCommentForm) and not isinstance(refusal, Invalid):
        if _already_said(comment, form, person(request)):
            return _to_the_next(request, consultation, number, act)
        return _clash(request, consultation, comment, form, refusal)
    if form is not None:
        form.refuse(refusal)
    wrong = {act.name: form} if form else {}
    filters = Filters.of(request.POST)
    return queue_page(request, consultation, filters, comment, refusal, wrong=wrong)


def _already_said(comment: Comment, form: AnswerCommentForm, by: Actor) -> bool:
    """Whether the answer that stands is this very one: the button was pressed twice."""
    given = getattr(comment, "given_answer", None)
    if given is None or comment.state != "proposed" or given.author_id != by.pk:
        return False
    said = form.cleaned_data
    texts = ("reasons", "accepted_part")
    same = all(getattr(given, name) == said[name].strip() for name in texts)
    return bool(given.outcome == said["outcome"] and same)


def _clash(
    request: ActingRequest,
    consultation: Consultation,
    comment: Comment,
    form: AnswerCommentForm,
    refusal: Refused,
) -> HttpResponse:
    """What stands now beside what the person wrote; sending again replaces it knowingly."""
    filters, seen = Filters.of(request.POST), form.cleaned_data["version"]
    detail = selected.detail(comment, request.actor)
    form.take_version(comment)
    shown = {
        "consultation": consultation,
        "draft": consultation.draft,
        "detail": detail,
        "since": selected.since(comment, request.actor, seen),
        "form": form,
        "filters": filters,
        "refusal": refusal if not isinstance(refusal, WrongState) else None,
        "back": _address(consultation, filters, comment.number),
    }
    return render(request, "consultations/office/clash.html", shown, status=refusal.status)
