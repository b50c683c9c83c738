"""Goals and tasks of a document: the matrix for everybody, marking and linking for the office."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from consultations import policy
from consultations.access import ActingRequest, access, person
from consultations.errors import Refused, WrongState
from consultations.forms.base import refusal_of
from consultations.forms.goals import AddGoalForm, LinkGoalsForm, MarkGoalsForm
from consultations.limits import limited
from consultations.models import Document, Goal, TextVersion
from consultations.selectors import alignment
from consultations.selectors import goals as selected
from consultations.selectors.higher import above
from consultations.services import goals as acts
from consultations.views.finding import paged
from consultations.views.spreadsheet import spreadsheet

METHODS = ["GET", "HEAD", "POST"]
ROWS_ON_A_PAGE = 400  # two fields each: a form of a thousand is refused


def _found(request: ActingRequest, slug: str) -> Document:
    found: Document = get_object_or_404(
        policy.visible(request.actor, Document.objects.all()), slug=slug
    )
    return found


def _sent(request: ActingRequest) -> Any:
    """What was sent; nothing ticked is also an answer."""
    return request.POST if request.method == "POST" else None


@access("public")
@require_safe
def goals(request: ActingRequest, slug: str) -> HttpResponse:
    """What nothing serves, what serves nothing, and the matrix of both."""
    document = _found(request, slug)
    shown = {
        "document": document,
        "matrix": alignment.matrix(document, request.actor),
        "may_edit": policy.can(request.actor, "document.set_goals", document),
    }
    return render(request, "consultations/public/goals.html", shown)


@access("public")
@require_safe
@limited("download")
def goals_csv(request: ActingRequest, slug: str) -> HttpResponseBase:
    """The matrix for a spreadsheet."""
    table = alignment.table(_found(request, slug), request.actor)
    return spreadsheet(request, table, f"{slug}-cele.csv")


@access("document.set_goals")
@require_http_methods(METHODS)
def edit_goals(request: ActingRequest, slug: str) -> HttpResponse:
    """Marks in the text that is here; else the goals entered by hand."""
    document = _found(request, slug)
    version = selected.version_of(document, request.actor)
    if version is None:
        return _entering(request, document)
    return _marking(request, document, version)


def _marking(request: ActingRequest, document: Document, version: TextVersion) -> HttpResponse:
    listed = paged(request, selected.candidates(version), ROWS_ON_A_PAGE)
    draft, seen = version.draft, selected.state_of_marks(version.draft)
    form = MarkGoalsForm(_sent(request), candidates=list(listed["page"]), seen=seen)
    status: int | None = 200
    if request.method == "POST":
        status = refusal_of(form, lambda: _mark(request, draft, form))
        if status is None:
            return redirect(request.get_full_path())
        if status == WrongState.status:
            form.put(seen=seen)
    shown = listed | {"form": form, "version": version, "proposed": _proposed(form)}
    return _page(request, document, shown, status)


def _mark(request: ActingRequest, draft: Any, form: MarkGoalsForm) -> None:
    seen = form.cleaned_data["seen"]
    count = acts.mark_goals(draft, form.marks(), by=person(request), seen=seen)
    done = ngettext(
        "%(count)d provision is marked anew.", "%(count)d provisions are marked anew.", count
    )
    messages.success(request, done % {"count": count} if count else _("Nothing has changed."))


def _proposed(form: MarkGoalsForm) -> bool:
    return any(one.proposed for one in form.candidates)


def _entering(request: ActingRequest, document: Document) -> HttpResponse:
    form = AddGoalForm(_sent(request))
    status: int | None = 200
    if request.method == "POST":
        status = refusal_of(
            form, lambda: acts.add_goal(document, **form.cleaned_data, by=person(request))
        )
        if status is None:
            messages.success(request, _("It is entered. Everybody can read it now."))
            return redirect("edit_goals", slug=document.slug)
    return _page(request, document, {"form": form}, status)


def _page(
    request: ActingRequest, document: Document, shown: dict[str, Any], status: int | None
) -> HttpResponse:
    own = alignment.matrix(document, request.actor)
    names = {"document": document, "matrix": own, "served": _counts(own)}
    template = "consultations/office/goals.html"
    return render(request, template, names | shown, status=status)


def _counts(matrix: alignment.Matrix) -> dict[int, int]:
    """How many goals each of the document's own serves, by its key."""
    return {row.shown.goal.pk: sum(serves for _one, serves in row.cells) for row in matrix.rows}


@access("document.link_goals")
@require_http_methods(METHODS)
def link_goals(request: ActingRequest, slug: str, goal: int) -> HttpResponse:
    """Which goals of higher documents one goal or task serves."""
    document = _found(request, slug)
    shown = _shown(request, document, goal)
    groups, served = alignment.choices(document, request.actor), alignment.served_by(shown.goal)
    form = LinkGoalsForm(_sent(request), groups=groups, served=served)
    status: int | None = 200
    if request.method == "POST":
        status = refusal_of(form, lambda: _link(request, shown.goal, form, served))
        if status is None:
            messages.success(request, _("What it serves is saved."))
            return redirect("edit_goals", slug=slug)
    names = {"document": document, "shown": shown, "groups": groups, "form": form}
    return render(request, "consultations/office/link_goals.html", names, status=status)


def _link(request: ActingRequest, goal: Goal, form: LinkGoalsForm, served: set[int]) -> None:
    """What the page did not offer, such as a goal in an earlier draft, stays as it was."""
    kept = Goal.objects.filter(
        pk__in=served - form.offered.keys(), document__in=above(goal.document)
    )
    acts.link_goals(goal, [*form.chosen(), *kept], by=person(request))


def _shown(request: ActingRequest, document: Document, key: int) -> selected.GoalShown:
    own = selected.goals_of([document], request.actor)[document.pk]
    found = next((one for one in own if one.goal.pk == key), None)
    if found is None:
        raise Http404
    return found


@access("document.set_goals")
@require_POST
def remove_goal(request: ActingRequest, slug: str, goal: int) -> HttpResponse:
    """Take out a goal that was entered by hand."""
    document = _found(request, slug)
    shown = _shown(request, document, goal)
    try:
        acts.remove_goal(shown.goal, by=person(request))
    except Refused as refusal:
        return _page(request, document, {"refusal": refusal}, refusal.status)
    messages.success(request, _("It is taken out, with all that was said of it."))
    return redirect("edit_goals", slug=slug)
