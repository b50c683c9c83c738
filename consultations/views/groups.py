"""Similar comments and groups: what is proposed, what was made, and every act on a group."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Page
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from consultations import policy
from consultations.access import ActingRequest, access, person
from consultations.errors import Invalid, Refused, WrongState
from consultations.models import Actor, Comment, CommentGroup, Consultation
from consultations.models.comments import IN_WORK
from consultations.selectors import groups as made_groups
from consultations.selectors import queue as listing
from consultations.selectors import similar
from consultations.selectors.queue import Filters
from consultations.services import groups as services
from consultations.views.finding import found, paged
from consultations.views.queue import picked, queue_page
from consultations.views.rooms import rooms

ROWS_ON_A_PAGE = 25
MADE = "utworzone"
METHODS = ["GET", "HEAD", "POST"]


@dataclass(frozen=True)
class Line:
    """A proposed group, or one that was made; `more` say nearly the same and are outside."""

    lead: Comment
    count: int
    gist: str = ""
    more: int = 0


@access("desk.see")
@require_safe
def groups(request: ActingRequest, slug: str) -> HttpResponse:
    """What may become a group, the largest first; with `?pokaz=utworzone` the groups there are."""
    consultation = found(request, slug)
    made = request.GET.get("pokaz") == MADE
    actor = request.actor
    things: Any = (
        made_groups.groups(actor, consultation)
        if made
        else list(similar.proposed(actor, consultation))  # counted and listed by one query
    )
    shown = paged(request, things, ROWS_ON_A_PAGE)
    page: Any = shown["page"]
    shown["rows"] = _made(page.object_list, actor) if made else _proposed(page, consultation)
    return render(
        request,
        "consultations/office/groups.html",
        _frame(request, consultation) | shown | {"made": made},
    )


def _made(page: Sequence[CommentGroup], actor: Actor | None) -> list[Line]:
    listed = made_groups.counted(page)
    more = similar.outside([one.lead for one in listed], actor)
    return [Line(one.lead, one.count, one.group.gist, more.get(one.lead.pk, 0)) for one in listed]


def _proposed(page: Page[Any], consultation: Consultation) -> list[Line]:
    rows = list(page.object_list)
    leads = consultation.comments.filter(number__in=[row["first"] for row in rows])
    by_number = {one.number: one for one in leads.select_related("wording")}
    return [Line(by_number[row["first"]], row["count"]) for row in rows]


def _frame(request: ActingRequest, consultation: Consultation) -> dict[str, Any]:
    return {
        "consultation": consultation,
        "draft": consultation.draft,
        "rooms": rooms(request, consultation, "queue"),
        "whole": _("the whole draft"),
    }


@access("desk.see")
@require_safe
def similar_comments(request: ActingRequest, slug: str, number: int) -> HttpResponse:
    """Every comment in work that says nearly the same of the provision, ticked, to be grouped."""
    consultation = found(request, slug)
    return _similar(request, consultation, picked(request, consultation, number, anywhere=True))


def _similar(
    request: ActingRequest,
    consultation: Consultation,
    comment: Comment,
    refusal: Refused | None = None,
) -> HttpResponse:
    there = similar.together_with(comment, request.actor)
    room = services.MOST - (2 if comment.group_id else 1)  # the comment itself, and its lead
    listed = similar.compared(comment, there[:room])
    sent = listing.numbers_in(" ".join(request.POST.getlist("uwaga")))
    shown = _frame(request, consultation) | {
        "comment": comment,
        "similar": listed,
        "left": max(0, there.count() - len(listed)),
        "ticked": sent if refusal else [one.comment.number for one in listed],
        "gist": request.POST.get("istota", "")[:200],
        "refusal": refusal,
        "may_group": comment.state in IN_WORK
        and policy.can(request.actor, "comment.join_group", comment),
    }
    status = refusal.status if refusal else 200
    return render(request, "consultations/office/similar_comments.html", shown, status=status)


@access("comment.join_group")
@require_http_methods(METHODS)
def group_comments(request: ActingRequest, slug: str, number: int) -> HttpResponse:
    """The chosen ones and this comment become a group, or join the one that one of them is in."""
    consultation = found(request, slug)
    comment = picked(request, consultation, number, anywhere=True)
    if request.method != "POST":
        return redirect(reverse("similar_comments", args=[slug, number]))
    wanted = listing.numbers_in(" ".join(request.POST.getlist("uwaga")))[: services.MOST + 1]
    chosen = list(listing.desk(request.actor, consultation).filter(number__in=wanted))
    try:
        lead = _lead(comment, chosen)
        gist = request.POST.get("istota", "").replace("\0", "")
        group = services.group_comments(
            [comment, *chosen], lead=lead, gist=gist, by=person(request)
        )
    except Refused as refusal:
        if "wszystkie" in request.POST:
            return _similar(request, consultation, comment, refusal)
        return queue_page(request, consultation, Filters.of(request.POST), comment, refusal)
    words = ngettext(
        "The group of comment %(lead)s has %(count)d comment now.",
        "The group of comment %(lead)s has %(count)d comments now.",
        (count := group.comments.count()),
    )
    messages.success(request, words % {"lead": lead.number, "count": count})
    return redirect(_address(request, consultation, lead.number))


def _lead(comment: Comment, chosen: Sequence[Comment]) -> Comment:
    """Who leads: of the group one of them is in its lead, else the comment looked at."""
    there = {one.group_id for one in (comment, *chosen) if one.group_id is not None}
    if len(there) > 1:
        raise Invalid(_("The chosen comments are in different groups: take them out first."))
    if not there:
        return comment
    lead = Comment.objects.filter(leads=there.pop()).first()
    if lead is None:  # dissolved meanwhile
        raise WrongState
    return lead


@access("comment.leave_group")
@require_http_methods(METHODS)
def leave_group(request: ActingRequest, slug: str, number: int) -> HttpResponse:
    """The comment is answered by itself again."""
    said = _("Comment %(number)s is out of its group.")
    return _changed(request, slug, number, services.leave_group, said)


@access("comment.lead_group")
@require_http_methods(METHODS)
def lead_group(request: ActingRequest, slug: str, number: int) -> HttpResponse:
    """This member leads the group from now on."""
    said = _("Comment %(number)s leads its group now.")
    return _changed(request, slug, number, services.lead_group, said)


@access("comment.leave_group")
@require_http_methods(METHODS)
def dissolve_group(request: ActingRequest, slug: str, number: int) -> HttpResponse:
    """Every member is answered by itself again."""
    said = _("The group of comment %(number)s is dissolved.")
    return _changed(request, slug, number, services.dissolve_group, said)


def _changed(
    request: ActingRequest, slug: str, number: int, change: Callable[..., object], said: str
) -> HttpResponse:
    consultation = found(request, slug)
    comment = picked(request, consultation, number, anywhere=True)
    if request.method == "POST":
        try:
            change(comment, by=person(request))
        except Refused as refusal:
            fresh = picked(request, consultation, number, anywhere=True)
            return queue_page(request, consultation, Filters.of(request.POST), fresh, refusal)
        messages.success(request, said % {"number": number})
    return redirect(_address(request, consultation, number))


def _address(request: ActingRequest, consultation: Consultation, number: int) -> str:
    """Back to the comment, under the same filters."""
    filters = Filters.of(request.POST if request.method == "POST" else request.GET).first_page()
    query = filters.query(uwaga=number)
    return f"{reverse('queue', args=[consultation.slug])}{query}#uwaga"
