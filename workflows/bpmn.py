"""The flow of one draft as BPMN 2.0, for tools that draw and compare processes."""

from django.utils.translation import gettext_lazy as _
from viewflow.workflow import chart
from viewflow.workflow.models import Task
from viewflow.workflow.status import STATUS

from consultations.models import Draft
from workflows.flows import DraftingFlow
from workflows.picture import STATES, STATIONS

# What the flow does alone, and where it begins and ends.
ALONE = {
    "start": _("The draft is registered"),
    "opening_due": _("Has the opening day come?"),
    "open": _("The clock opens the consultation"),
    "closing_due": _("Is the closing day over?"),
    "close": _("The clock closes the consultation"),
    "review_late": _("The days of the review are over"),
    "mark_review_late": _("The delay is recorded"),
    "marked": _("The delay was told"),
    "readings": _("One reading or two?"),
    "carried": _("Was the draft adopted?"),
    "end": _("The road has ended"),
}
STATUS_WORDS = {STATUS.DONE: "done", STATUS.NEW: "now", STATUS.SCHEDULED: "now"}


def bpmn(draft: Draft) -> str:
    """The diagram with its layout; each step that was begun says in brackets how far it is.

    Steps of people and waits of the clock have the words of the page.
    """
    grid = chart.calc_layout_data(DraftingFlow)
    said = _status_of(draft)
    for cell in grid.cells:
        name = cell.node.name
        words = str(STATIONS[name].words if name in STATIONS else ALONE[name])
        status = said.get(name)
        cell.title = f"{words} ({STATES[status]})" if status else words
        cell.shape.text = []  # the lines of a drawing: the title takes their place
    return str(chart.grid_to_bpmn(grid)).lstrip()


def _status_of(draft: Draft) -> dict[str, str]:
    """How far each node is that the draft came to; of several turns the last one counts."""
    tasks = Task.objects.filter(process__draftingprocess__draft=draft).order_by("pk")
    return {
        task.flow_task.name: STATUS_WORDS[task.status]
        for task in tasks
        if task.status in STATUS_WORDS
    }
