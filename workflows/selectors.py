"""What waits for whom: open steps by role, comments by the stage of their work, the next step."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from viewflow.workflow.models import Task
from viewflow.workflow.status import STATUS

from consultations import policy
from consultations.models import (
    Actor,
    Comment,
    CommentState,
    Consultation,
    CouncilFile,
    Draft,
    Role,
)
from consultations.selectors import journal
from workflows import steps
from workflows.conditions import Condition
from workflows.council_duties import not_yet
from workflows.road import BESIDE
from workflows.steps import STEPS, Step

OPEN = (STATUS.NEW, STATUS.SCHEDULED)
LAST_EVENTS = 10


@dataclass(frozen=True)
class Todo:
    """One open step that the person may take."""

    task: Any
    draft: Draft
    url: str


@dataclass(frozen=True)
class Waiting:
    """Comments of one round that wait for one kind of work by the person."""

    label: Any
    title: str
    count: int
    url: str


@dataclass(frozen=True)
class Next:
    """The next step of a draft, seen by one person."""

    step: Step
    conditions: list[Condition]
    may: bool
    who: str
    url: str
    told: str

    @property
    def obstacles(self) -> list[Condition]:
        """What still stands in the way."""
        return [one for one in self.conditions if not one.is_met]

    @property
    def holds(self) -> list[Condition]:
        """What is met already."""
        return [one for one in self.conditions if one.is_met]

    @property
    def ready(self) -> bool:
        return self.may and not self.obstacles


@dataclass(frozen=True)
class Event:
    """One line of the record for the office."""

    at: Any
    sentence: str
    role: Any
    url: str


def rounds_seen(viewer: Actor | None) -> QuerySet[Consultation]:
    """Rounds the viewer may see, with draft, document and procedure."""
    seen = policy.visible(viewer, Consultation.objects.all())
    return seen.select_related("draft__document", "draft__procedure")


def files_seen(viewer: Actor | None) -> QuerySet[CouncilFile]:
    """Council files the viewer may see, with draft, result and the address of the round."""
    seen = policy.visible(viewer, CouncilFile.objects.order_by("-pk"))
    rounds = Prefetch("draft__rounds", Consultation.objects.order_by("-number"))
    return seen.select_related("draft__procedure").prefetch_related(
        rounds, "draft__procedure__rules", "roll_calls", "vote_sheets"
    )


def open_node(draft: Draft) -> str:
    """The name of the open step of the draft's flow; empty when the road has ended."""
    tasks = Task.objects.filter(process__draftingprocess__draft=draft, status__in=OPEN)
    names = [str(task.flow_task.name) for task in tasks.order_by("pk")]
    return next((name for name in names if name not in BESIDE), "")


def next_step(draft: Draft, viewer: Actor | None) -> Next | None:
    """The open step of people, with what still stands in its way; None while the clock waits."""
    step = STEPS.get(open_node(draft))
    if step is None:
        return None
    return Next(
        step=step,
        conditions=steps.conditions(step, draft),
        may=steps.may(viewer, step),
        who=steps.who(step),
        url=steps.page_of(step, draft),
        told=steps.told(step, draft, viewer),
    )


def todos(actor: Actor) -> list[Todo]:
    """Every open step the person may take by role, the oldest first."""
    nodes = [node for node, step in STEPS.items() if steps.may(actor, step)]
    if not nodes:
        return []
    tasks = Task.objects.filter(process__draftingprocess__isnull=False, status=STATUS.NEW)
    tasks = tasks.select_related("process__draftingprocess__draft").order_by("pk")
    found = [
        (STEPS[task.flow_task.name], task.process.draftingprocess.draft)
        for task in tasks
        if task.flow_task.name in nodes
    ]
    ahead = not_yet([draft for _step, draft in found])
    found = [(step, draft) for step, draft in found if not step.at_council or draft.pk not in ahead]
    return [Todo(step.task, draft, steps.place_of(step, draft)) for step, draft in found]


def waiting(actor: Actor) -> list[Waiting]:
    """Comments that wait for the person, by kind of work and consultation."""
    return [
        line
        for action, label, stan, which in _kinds(actor)
        if policy.can(actor, action)
        for line in _lines(actor, label, stan, which)
    ]


def _kinds(actor: Actor) -> Iterable[tuple[str, Any, str, Q]]:
    """Action, words, view of the queue, and which comments. An expert answers the department's."""
    S, held = CommentState, policy.roles_of(actor)  # noqa: N806 - as everywhere
    own = Q(given_answer__author=actor)
    answering = ("admitted", Q(state=S.ADMITTED))
    if Role.OFFICER not in held:
        of_department = Q(department=held.get(Role.EXPERT), department__isnull=False)
        answering = ("assigned", Q(state__in=[S.ADMITTED, S.ASSIGNED]) & of_department)
    return (
        ("comment.admit", _("Comments to admit"), "received", Q(state=S.RECEIVED)),
        ("comment.answer", _("Comments to answer"), *answering),
        ("comment.approve", _("Answers to approve"), "proposed", Q(state=S.PROPOSED) & ~own),
        ("comment.publish", _("Answers to publish"), "approved", Q(state=S.APPROVED)),
    )


def _lines(actor: Actor, label: Any, stan: str, which: Q) -> list[Waiting]:
    rows = (
        policy.visible(actor, Comment.objects.filter(which))
        .order_by("consultation__closes_at", "consultation")
        .values_list("consultation__slug", "consultation__draft__title", "consultation")
        .annotate(count=Count("pk"))
        .values_list("consultation__slug", "consultation__draft__title", "count")
    )
    return [
        Waiting(label, title, count, f"{reverse('queue', args=[slug])}?stan={stan}")
        for slug, title, count in rows
    ]


def last_events(draft: Draft, viewer: Actor | None) -> list[Event]:
    """The latest lines of the record that the viewer may read."""
    entries = list(journal.journal(draft, viewer)[:LAST_EVENTS])
    roles, staff = journal.roles(entries), policy.is_staff(viewer)
    return [
        Event(
            entry.at,
            journal.sentence(entry),
            roles[entry.pk],
            journal.address(entry, staff=staff),
        )
        for entry in entries
    ]
