"""The plan of a draft for everybody; for the unit, moving one of its days."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from consultations import policy
from consultations.access import ActingRequest, access, person
from consultations.forms.base import refusal_of
from consultations.forms.plan import MoveDayForm
from consultations.selectors import plan_page
from consultations.selectors.plan import is_running
from consultations.services import plan as services
from consultations.views.finding import found, live


@access("public")
@require_safe
def plan(request: ActingRequest, slug: str) -> HttpResponse:
    """Every day of the road with its last day and slack, the alarm, and what was moved."""
    one = found(request, slug)
    shown = {
        "consultation": one,
        "draft": one.draft,
        "plan": plan_page.plan_of(one.draft),
        "told": plan_page.told(one.draft),
        "may_move": is_running(one.draft) and policy.can(request.actor, "draft.move_day"),
    }
    return render(request, "consultations/public/plan.html", shown | live(one.draft, slug))


@access("draft.move_day")
@require_http_methods(["GET", "HEAD", "POST"])
def move_day(request: ActingRequest, slug: str) -> HttpResponse:
    """Another day for one step, for a public reason; a refusal keeps what was typed."""
    one = found(request, slug)
    seen = plan_page.plan_of(one.draft)
    steps = services.movable(seen.case) if seen.is_running else []
    form, refused = MoveDayForm(request.POST or None, steps=steps), None
    if request.method == "POST":
        refused = refusal_of(
            form,
            lambda: services.move_day(one.draft, **form.cleaned_data, by=person(request)),
        )
        if refused is None:
            messages.success(request, _("The day is moved; what comes after it moves along."))
            return redirect("plan", slug=slug)
    elif not steps:
        return redirect("plan", slug=slug)
    shown = {"consultation": one, "draft": one.draft, "plan": seen, "form": form}
    return render(request, "consultations/office/move_day.html", shown, status=refused or 200)
