"""Forms of consultation of a round: the list, planning, cancelling, attendance and minutes."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from consultations import policy
from consultations.access import ActingRequest, access, person
from consultations.forms.base import RefusableForm, refusal_of
from consultations.forms.ways import BecauseForm, PlanWayForm, RecordMeetingForm
from consultations.models import Channel, Consultation, Way
from consultations.models.clock import now
from consultations.selectors import ways as selected
from consultations.selectors.papers import takes_entries
from consultations.services import ways as services
from consultations.services.ways import RUNNING
from consultations.views.finding import found
from consultations.views.rooms import rooms


@access("desk.see")
@require_safe
def ways(request: ActingRequest, slug: str) -> HttpResponse:
    """What is planned, held and cancelled; for the unit, the form to plan another one."""
    return _list(request, found(request, slug), PlanWayForm())


@access("consultation.plan_way")
@require_POST
def plan_way(request: ActingRequest, slug: str) -> HttpResponse:
    """Plan one form; a refusal comes back on the list's page."""
    one, form = found(request, slug), PlanWayForm(request.POST)
    refused = refusal_of(form, lambda: services.plan_way(one, form.plan(), by=person(request)))
    if refused is not None:
        return _list(request, one, form, refused)
    messages.success(request, _("The form of consultation is planned."))
    return redirect("ways", slug=slug)


@access("consultation.cancel_way")
@require_http_methods(["GET", "HEAD", "POST"])
def cancel_way(request: ActingRequest, slug: str, way: int) -> HttpResponse:
    """Cancel one form, for a public reason."""
    one, row = _way(request, slug, way)
    form, refused = BecauseForm(request.POST or None), None
    if request.method == "POST":
        refused = refusal_of(
            form, lambda: services.cancel_way(row, **form.cleaned_data, by=person(request))
        )
        if refused is None:
            messages.success(request, _("The form of consultation is cancelled."))
            return redirect("ways", slug=slug)
    act = {"title": _("Cancel a form of consultation"), "button": _("Cancel it"), "grave": True}
    return _act(request, one, row, form, act, refused)


@access("consultation.record_meeting")
@require_http_methods(["GET", "HEAD", "POST"])
def record_meeting(request: ActingRequest, slug: str, way: int) -> HttpResponse:
    """Enter attendance and minutes of a meeting that was held."""
    one, row = _way(request, slug, way)
    form, refused = RecordMeetingForm(request.POST or None), None
    if request.method == "POST":
        refused = refusal_of(
            form, lambda: services.record_meeting(row, **form.cleaned_data, by=person(request))
        )
        if refused is None:
            messages.success(request, _("Attendance and minutes are entered."))
            return redirect("ways", slug=slug)
    act = {"title": _("Enter attendance and minutes"), "button": _("Enter them in the record")}
    return _act(request, one, row, form, act, refused)


def _way(request: ActingRequest, slug: str, way: int) -> tuple[Consultation, Way]:
    one = found(request, slug)
    return one, get_object_or_404(one.ways.all(), pk=way)


def _list(
    request: ActingRequest, one: Consultation, form: PlanWayForm, status: int = 200
) -> HttpResponse:
    lines, taken = selected.ways(one), selected.taken(one)
    runs_it = policy.can(request.actor, "consultation.plan_way")
    shown = _shown(request, one) | {
        "lines": [(line, _acts(one, line) if runs_it else []) for line in lines],
        "taken": [(line, taken[line.way.pk]) for line in lines if line.way.pk in taken],
        "held": [line for line in lines if line.stage == "held"],
        "may_plan": runs_it and one.state in RUNNING,
        "wanted": one.draft.procedure.rule("forms"),
        "form": form,
    }
    return render(request, "consultations/office/ways.html", shown, status=status)


def _acts(one: Consultation, line: selected.Line) -> list[tuple[str, str]]:
    """What can be done with a form: words and address."""
    names = [("record_meeting", _("enter attendance and minutes"))] if line.stage == "due" else []
    if line.stage in {"planned", "due"} and one.state in RUNNING:
        names.append(("cancel_way", _("cancel")))
    acts = [(words, reverse(name, args=[one.slug, line.way.pk])) for name, words in names]
    if line.way.is_dated and line.stage in {"due", "held"} and takes_entries(one):
        query = urlencode({"kanal": Channel.MEETING.value, "spotkanie": str(line.way.pk)})
        entering = f"{reverse('record_comment', args=[one.slug])}?{query}"
        acts.append((_("enter comments taken there"), entering))
    return acts


def _act(
    request: ActingRequest,
    one: Consultation,
    row: Way,
    form: RefusableForm,
    act: dict[str, Any],
    status: int | None,
) -> HttpResponse:
    line = selected.Line(row, selected.when(row), selected.stage(row, now()))
    shown = _shown(request, one) | {"line": line, "form": form, **act}
    return render(request, "consultations/office/way_act.html", shown, status=status or 200)


def _shown(request: ActingRequest, one: Consultation) -> dict[str, Any]:
    return {"consultation": one, "draft": one.draft, "rooms": rooms(request, one, "ways")}
