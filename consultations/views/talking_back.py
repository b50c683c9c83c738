"""The author of a comment rates its answer and replies; the unit shows the reply to everybody."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from consultations.access import ActingRequest, access, person
from consultations.forms.base import RefusableForm, refusal_of
from consultations.forms.talking_back import RateAnswerForm, ReplyToAnswerForm
from consultations.models import Comment
from consultations.selectors import comments as shown_comments
from consultations.selectors import replies as selected
from consultations.services import talking_back
from consultations.views.answering import METHODS, Act, carried_out
from consultations.views.finding import found, paged
from consultations.views.rooms import rooms

ON_A_PAGE = 50
SHOW_REPLY = Act(
    "show_reply",
    gettext_lazy("The reply to comment %(number)s is public."),
    lambda comment, _given, by: talking_back.show_reply(comment, by=by),
    stays=True,
)


def _row(request: ActingRequest, slug: str, number: int) -> Comment:
    row: Comment = get_object_or_404(shown_comments.visible(person(request), slug), number=number)
    return row


@access("signed_in")
@require_http_methods(["GET", "HEAD", "POST"])
def rate_answer(request: ActingRequest, slug: str, number: int) -> HttpResponse:
    """Whether the answer addresses the comment: three choices and one button."""
    actor, row = person(request), _row(request, slug, number)
    back = redirect("comment", slug=slug, number=number)
    if request.method != "POST":
        said = selected.talking_back(row, actor)
        given = {"rating": said.reply.rating if said.reply else ""}
        return _page(request, row, RateAnswerForm(initial=given)) if said.may_rate else back
    form = RateAnswerForm(request.POST)
    refused = refusal_of(
        form,
        lambda: talking_back.rate_answer(row, rating=form.cleaned_data["rating"], by=actor),
    )
    if refused is not None:
        return _page(request, row, form, refused)
    messages.success(request, _("Thank you: your rating is kept."))
    return back


@access("signed_in")
@require_http_methods(["GET", "HEAD", "POST"])
def reply_to_answer(request: ActingRequest, slug: str, number: int) -> HttpResponse:
    """The answer and the form of the one reply; a refusal keeps everything typed."""
    actor, row = person(request), _row(request, slug, number)
    back = redirect("comment", slug=slug, number=number)
    if request.method != "POST":
        may = selected.talking_back(row, actor).may_reply
        return _page(request, row, ReplyToAnswerForm()) if may else back
    form = ReplyToAnswerForm(request.POST)
    refused = refusal_of(
        form,
        lambda: talking_back.reply_to_answer(row, text=form.cleaned_data["text"], by=actor),
    )
    if refused is not None:
        return _page(request, row, form, refused)
    messages.success(request, _("Your reply is filed. The unit reads it."))
    return back


def _page(
    request: ActingRequest, row: Comment, form: RefusableForm, status: int = 200
) -> HttpResponse:
    shown = {
        "consultation": row.consultation,
        "draft": row.consultation.draft,
        "comment": row,
        "answer": shown_comments.published_answer(row),
        "form": form,
        "last_day": selected.last_day(row),
        "replies": isinstance(form, ReplyToAnswerForm),
    }
    return render(request, "consultations/public/talk_back.html", shown, status=status)


@access("comment.show_reply")
@require_http_methods(METHODS)
def show_reply(request: ActingRequest, slug: str, number: int) -> HttpResponse:
    """Everybody may read the reply from now on."""
    return carried_out(request, slug, number, SHOW_REPLY)


@access("names.see")
@require_safe
def replies(request: ActingRequest, slug: str) -> HttpResponse:
    """How the answers were rated, and every reply."""
    consultation = found(request, slug)
    shown = paged(request, selected.replies(consultation), ON_A_PAGE) | {
        "consultation": consultation,
        "draft": consultation.draft,
        "ratings": selected.ratings(consultation),
        "rooms": rooms(request, consultation, "queue"),
    }
    return render(request, "consultations/office/replies.html", shown)
