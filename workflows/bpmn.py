"""The flow of one draft as BPMN 2.0, for tools that draw and compare processes."""

from viewflow.workflow import chart
from viewflow.workflow.models import Task
from viewflow.workflow.status import STATUS

from consultations.models import Draft
from workflows.flows import DraftingFlow
from workflows.picture import STATES, STATIONS

STATUS_WORDS = {STATUS.DONE: "done", STATUS.NEW: "now", STATUS.SCHEDULED: "now"}


def bpmn(draft: Draft) -> str:
    """The diagram with its layout; each step that was begun says in brackets how far it is.

    Steps of people and waits of the clock have the words of the page; what the flow does alone
    keeps its name in the code.
    """
    grid = chart.calc_layout_data(DraftingFlow)
    said = _status_of(draft)
    for cell in grid.cells:
        name = cell.node.name
        words = str(STATIONS[name].words) if name in STATIONS else name
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
