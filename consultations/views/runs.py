"""One act on many comments: chosen in the list, looked over, confirmed, followed, read again."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from consultations.access import ActingRequest, access, person
from consultations.errors import Invalid
from consultations.forms.base import refusal_of
from consultations.forms.runs import FORMS
from consultations.models import Comment, Consultation, Run, RunAct
from consultations.models.machine import find_act
from consultations.selectors import queue as listing
from consultations.selectors import runs as selected
from consultations.selectors.detail import joined
from consultations.selectors.queue import Filters
from consultations.services import runs
from consultations.views.finding import found
from consultations.views.rooms import rooms

METHODS = ["GET", "HEAD", "POST"]
ROWS = 50
# What is said before it is confirmed.
WARNINGS = {
    RunAct.PUBLISH: gettext_lazy(
        "The answers become public at once and cannot be changed afterwards."
    ),
    RunAct.APPROVE: gettext_lazy(
        "Read each of them: your signature says that you did. They are not public yet."
    ),
}


@access("desk.see")
@require_http_methods(METHODS)
def prepare_run(request: ActingRequest, slug: str) -> HttpResponse:
    """The runs of the round; POST prepares one of what was chosen: nothing is done yet."""
    consultation, actor = found(request, slug), person(request)
    if request.method != "POST":
        shown = {"runs": selected.recent(actor, consultation)}
        return _page(request, consultation, "runs", shown)
    act = request.POST.get("wszystkie") or request.POST.get("czynnosc", "")
    filters = Filters.of(request.POST)
    try:
        there, missing, left = _chosen(request, consultation, filters, act)
        run = runs.prepare_run(consultation, act, there, missing=missing, left=left, by=actor)
    except Invalid as refusal:
        messages.warning(request, str(refusal))
        return redirect(f"{reverse('queue', args=[slug])}{filters.query()}")
    return redirect("run", slug=slug, run=run.pk)


def _chosen(
    request: ActingRequest, consultation: Consultation, filters: Filters, act: str
) -> tuple[list[Comment], list[int], int]:
    """The comments that were ticked, or all under the filter that the act fits; what is gone; how
    many more there are than one run holds.
    """
    if request.POST.get("wszystkie"):
        fitting = find_act(Comment(), act).sources if act in RunAct.values else ()
        every = listing.listed(request.actor, consultation, filters).filter(state__in=fitting)
        return list(joined(every)[: runs.MOST]), [], max(0, every.count() - runs.MOST)
    wanted = listing.numbers_in(" ".join(request.POST.getlist("uwaga")))[: runs.MOST]
    on_desk = listing.desk(request.actor, consultation).filter(number__in=wanted)
    there = list(joined(on_desk.order_by("number")))
    return there, sorted(set(wanted) - {one.number for one in there}), 0


@access("desk.see")
@require_http_methods(METHODS)
def run(request: ActingRequest, slug: str, run: int) -> HttpResponse:
    """Looked over, followed or read again; POST says what its comments are to get."""
    consultation, one = _found(request, slug, run)
    if request.method != "POST":
        return _run_page(request, consultation, one, _form(one))
    form = _form(one, request.POST)
    if form is None:
        raise Invalid(_("Nothing is asked here."))
    status = refusal_of(form, lambda: runs.ask_of_run(one, form.asked(), by=person(request)))
    if status is None:
        return redirect("run", slug=slug, run=run)
    return _run_page(request, consultation, one, form, status)


@access("desk.see")
@require_POST
def start_run(request: ActingRequest, slug: str, run: int) -> HttpResponse:
    """Confirmed: the loop carries it out."""
    _consultation, one = _found(request, slug, run)
    runs.start_run(one, seen=request.POST.get("widziane", ""), by=person(request))
    return redirect("run", slug=slug, run=run)


@access("desk.see")
@require_POST
def stop_run(request: ActingRequest, slug: str, run: int) -> HttpResponse:
    """What has not been done is left; before it began, the whole run is."""
    _consultation, one = _found(request, slug, run)
    runs.stop_run(one, by=person(request))
    messages.success(request, _("What was not done yet is left as it was."))
    return redirect("run", slug=slug, run=run)


def _found(request: ActingRequest, slug: str, key: int) -> tuple[Consultation, Run]:
    consultation = found(request, slug)
    if key >= 2**63:
        key = 0
    one: Run = get_object_or_404(selected.seen(person(request), consultation), pk=key)
    one.consultation = consultation
    return consultation, one


def _form(one: Run, data: Any = None) -> Any:
    """What the run asks; None for one that asks nothing, or no more."""
    form = FORMS.get(one.act)
    first = one.rows.exclude(comment=None).select_related("comment").first()
    if form is None or one.sheet or one.started_at or one.finished_at or first is None:
        return None
    comment: Any = first.comment
    comment.consultation = one.consultation
    return form(data, comment=comment)


def _run_page(
    request: ActingRequest, consultation: Consultation, one: Run, form: Any, status: int = 200
) -> HttpResponse:
    actor, listed = person(request), selected.rows(one)
    size = runs.MOST if "druk" in request.GET else ROWS
    page = Paginator(listed, size).get_page(request.GET.get("strona"))
    mine = one.by_id == actor.pk
    shown = {
        "run": one,
        "mine": mine,
        "form": form if mine else None,
        "page": page,
        "lines": selected.lines(one, list(page.object_list), actor),
        "progress": selected.progress(one),
        "warning": WARNINGS.get(RunAct(one.act)),
        "told": selected.told(one, actor) if _asks_told(one) else None,
        "other_query": "",
        "whole": _("the whole draft"),
    }
    return _page(request, consultation, "run", shown, status)


def _asks_told(one: Run) -> bool:
    return one.act == RunAct.PUBLISH and one.started_at is None


def _page(
    request: ActingRequest,
    consultation: Consultation,
    name: str,
    shown: dict[str, Any],
    status: int = 200,
) -> HttpResponse:
    names = shown | {
        "consultation": consultation,
        "draft": consultation.draft,
        "rooms": rooms(request, consultation, "queue"),
    }
    return render(request, f"consultations/office/{name}.html", names, status=status)
