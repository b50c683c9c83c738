"""The queue of comments: views, list, and one comment beside it with the acts possible now."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from consultations import policy
from consultations.access import ActingRequest, access
from consultations.errors import Refused
from consultations.forms import answers as forms
from consultations.forms.advising import AdviseCommentForm, DeclineCommentForm
from consultations.forms.appeals import UpholdHidingForm
from consultations.models import Actor, Comment, Consultation, DraftState
from consultations.selectors import advising, phrases, recorded, urgency
from consultations.selectors import detail as selected
from consultations.selectors import queue as listing
from consultations.selectors.journal import desk_counter, live_words
from consultations.selectors.presence import present
from consultations.selectors.queue import Filters
from consultations.selectors.replies import talking_back
from consultations.views import grouped
from consultations.views.finding import found
from consultations.views.rooms import rooms

# The form of each act that asks for something; the others are a single button.
FORMS: dict[str, type[forms.ActForm]] = {
    "admit": forms.AdmitCommentForm,
    "assign": forms.AssignCommentForm,
    "set_due": forms.SetCommentDueForm,
    "answer": forms.AnswerCommentForm,
    "send_back": forms.SendBackAnswerForm,
    "return_for_completion": forms.ReturnCommentForm,
    "number_case": forms.NumberCommentCaseForm,
    "hide": forms.HideCommentForm,
    "leave": forms.LeaveCommentForm,
    "uphold": UpholdHidingForm,
    "advise": AdviseCommentForm,
    "decline": DeclineCommentForm,
}


class Together(NamedTuple):
    """An act on several comments: its name, its two buttons."""

    act: str
    chosen: Any
    all: Any


ADMIT = Together("admit", gettext_lazy("Admit the chosen ones"), gettext_lazy("Admit all"))
ASSIGN = Together("assign", gettext_lazy("Pass on the chosen ones"), gettext_lazy("Pass on all"))
ANSWER = Together("answer", gettext_lazy("Answer the chosen ones"), gettext_lazy("Answer all"))
APPROVE = Together("approve", gettext_lazy("Approve the chosen ones"), gettext_lazy("Approve all"))
PUBLISH = Together("publish", gettext_lazy("Publish the chosen ones"), gettext_lazy("Publish all"))
# What is offered in a view, by the view.
TOGETHER: dict[str, tuple[Together, ...]] = {
    "received": (ADMIT,),
    "admitted": (ANSWER, ASSIGN),
    "assigned": (ANSWER, ASSIGN),
    "proposed": (APPROVE,),
    "approved": (PUBLISH,),
}


@access("desk.see")
@require_safe
def queue(request: ActingRequest, slug: str) -> HttpResponse:
    """The list under the filters of the address; `?uwaga=` is the comment beside it."""
    consultation = found(request, slug)
    chosen = request.GET.get("uwaga", "")
    comment = picked(request, consultation, chosen) if chosen else None
    return queue_page(request, consultation, Filters.of(request.GET), comment)


def picked(
    request: ActingRequest, consultation: Consultation, number: int | str, *, anywhere: bool = False
) -> Comment:
    """The comment of this number on this person's desk, or anywhere they may see; else 404.

    An expert's desk is all she reads of what is not public.
    """
    if not re.fullmatch(r"[0-9]{1,9}", str(number)):
        raise Http404
    everything = anywhere and not listing.is_expert(request.actor)
    choose = listing.seen if everything else listing.desk
    comment: Comment = get_object_or_404(
        selected.joined(choose(request.actor, consultation)), number=int(number)
    )
    comment.consultation = consultation
    return comment


def queue_page(
    request: ActingRequest,
    consultation: Consultation,
    filters: Filters,
    comment: Comment | None,
    refusal: Refused | None = None,
    wrong: Mapping[str, forms.ActForm] = MappingProxyType({}),
) -> HttpResponse:
    """The whole page; a refused act shows its sentence, and `wrong` the form as it was sent."""
    shown = _list(request, consultation, filters, comment) | {
        "consultation": consultation,
        "draft": consultation.draft,
        "filters": filters,
        "address": reverse("queue", args=[consultation.slug]),
        "rooms": rooms(request, consultation, "queue"),
        "refusal": refusal,
        "whole": _("the whole draft"),
        "saved_views": listing.saved(request.actor, consultation),
        "view_name": request.POST.get("nazwa", "")[:60],
        "live_topic": f"desk:{consultation.slug}",
        "live_words": live_words(),
        "live_seen": (seen := desk_counter(consultation.draft)),
        "news_query": filters.first_page().query(od=seen),
    }
    if comment is not None:
        shown |= _beside(request, comment, wrong)
    status = refusal.status if refusal else 200
    return render(request, "consultations/office/queue.html", shown, status=status)


def _beside(
    request: ActingRequest, comment: Comment, wrong: Mapping[str, forms.ActForm]
) -> dict[str, Any]:
    """The comment with the forms of what may be done to it, and what was typed in vain."""
    detail = selected.detail(comment, request.actor)
    fresh = {name: form(comment=comment) for name, form in FORMS.items() if name in detail.acts}
    lost = [form for name, form in wrong.items() if name not in detail.acts]
    return {
        "detail": detail,
        "present": present(comment, request.actor),
        "forms": fresh | dict(wrong),
        "advice": advising.advice(comment, request.actor),
        "declined": advising.declined(comment),
        "talking_back": talking_back(comment, request.actor),
        "phrases": phrases.offered(comment) if "answer" in detail.acts else [],
        "came": recorded.came(comment),
        "lateness": recorded.lateness(comment),
        "faults": recorded.faults(comment),
        "recorded_by": recorded.recorded_by(comment, request.actor),
        "kept": [pair for form in lost for pair in form.kept()],
        "wrong": next(iter(wrong.values()), None),
        **grouped.beside(comment, request.actor),
    }


def _list(
    request: ActingRequest, consultation: Consultation, filters: Filters, comment: Comment | None
) -> dict[str, Any]:
    actor = request.actor
    listed = listing.listed(actor, consultation, filters)
    wanted: int | str = filters.strona
    if comment is not None and not filters.strona:
        wanted = urgency.page_of(listed, comment.number, listing.ROWS)
    page = Paginator(listing.keys(listed, filters), listing.ROWS).get_page(wanted)
    rows = selected.rows(selected.in_order(page.object_list), actor)
    plain = filters.first_page()
    views = listing.views(actor, consultation)
    codes = {view.code for view in views}
    current = filters.stan if filters.stan in codes else "open"
    in_review = consultation.draft.state == DraftState.COMMENT_REVIEW
    return {
        "page": page,
        "rows": rows,
        "by_number": plain.query(kolejnosc=urgency.BY_NUMBER) or "?",
        "by_urgency": plain.query(kolejnosc="") or "?",
        **grouped.in_rows(rows, actor),
        "links": {row.comment.pk: plain.query(uwaga=row.comment.number) for row in rows},
        "other_query": f"{plain.query()[1:]}&" if plain.query() else "",
        "views": views,
        "current": current,
        "together": _together(actor, current),
        "answers_in_sheet": policy.can(actor, "comment.answer"),
        "sends": policy.can(actor, "comment.publish"),
        "signs": policy.can(actor, "office.substitute"),
        "in_work": listing.unanswered(consultation) if in_review else 0,
        "may_finish": policy.can(actor, "draft.finish_review"),
        "in_review": in_review,
        "places": listing.places(actor, consultation),
        "departments": list(listing.departments()),
        "is_expert": listing.is_expert(actor),
    }


def _together(actor: Actor | None, view: str) -> list[Together]:
    """What may be done to several comments of this view at once."""
    return [one for one in TOGETHER.get(view, ()) if policy.can(actor, f"comment.{one.act}")]
