"""Who waits for whom in one consultation, and whether the answers will be ready in time."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from consultations.access import ActingRequest, access
from consultations.selectors import burndown
from consultations.selectors import workload as selected
from consultations.views.finding import found
from consultations.views.rooms import rooms


@access("workload.see")
@require_safe
def workload(request: ActingRequest, slug: str) -> HttpResponse:
    """A row for each role and department, and the comments left day by day."""
    consultation = found(request, slug)
    loads = selected.workload(consultation)
    shown = {
        "consultation": consultation,
        "draft": consultation.draft,
        "rooms": rooms(request, consultation, "workload"),
        "loads": loads,
        "waiting": sum(one.count for one in loads),
        "late": sum(one.overdue for one in loads),
        "burn": burndown.burn_down(consultation),
    }
    return render(request, "consultations/office/workload.html", shown)
