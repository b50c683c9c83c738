"""The road of a draft for everybody: as a picture with a list, and as BPMN."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from consultations.access import ActingRequest, access
from consultations.limits import limited
from consultations.selectors.stages import stages
from workflows import selectors
from workflows.bpmn import bpmn
from workflows.picture import picture
from workflows.views.acting import page, round_at

BPMN = "application/xml; charset=utf-8"


@access("public")
@require_safe
def road(request: ActingRequest, slug: str) -> HttpResponse:
    """Where the draft is: every step done, open now or to come."""
    one = round_at(request, slug)
    draft = one.draft
    names = {
        "consultation": one,
        "draft": draft,
        "stages": stages(draft),
        "flow": picture(draft, selectors.open_node(draft)),
    }
    return page(request, "road", names)


@access("public")
@require_safe
@limited("download")
def road_bpmn(request: ActingRequest, slug: str) -> HttpResponse:
    """The same as BPMN 2.0, to be opened in a tool for processes."""
    one = round_at(request, slug)
    return HttpResponse(
        bpmn(one.draft),
        content_type=BPMN,
        headers={"Content-Disposition": f'attachment; filename="{slug}.bpmn"'},
    )
