"""One walk: acts one after another, and after each a look at what must be true."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connection, transaction
from django.db.models import Q
from viewflow.workflow.models import Task

from consultations.errors import Refused
from consultations.models import MACHINES, Draft, Entry, LogHead, VoteSheet
from consultations.models.machine import acts_of
from consultations.selectors import replay
from tests.walks.lists import EVERY, ONWARD, Act
from tests.walks.scene import Nothing, Scene
from tests.world import World
from workflows.flow_check import mismatches
from workflows.leases import this_process

EDGES = {
    (act.kind, source, target)
    for model in MACHINES
    for act in acts_of(model)
    for source, target in act.edges
}
ELSEWHERE = ("drafting", "public_consultation", "comment_review", "withdrawn")
WITH_THE_STEP = ("council_file.submit",)
KINDS = {kind for kind, _source, _target in EDGES}
TABLES = [
    model._meta.db_table
    for label in ("consultations", "workflows", "viewflow", "notifications")
    for model in apps.get_app_config(label).get_models()
    if model._meta.managed and not model._meta.proxy
]


@dataclass(frozen=True)
class Step:
    """Which act, by whom, how: drawn by hypothesis."""

    onward: bool
    which: int
    stranger: int
    how: int


def walk(world: World, draft: Draft, steps: list[Step]) -> Counter[str]:
    """Take the steps; gives how often each act was done, refused or had nothing to be done to.

    AssertionError names the step after which something was not true.
    """
    scene, done = Scene(world, draft), Counter[str]()
    people = [world.ngo, world.outsider, world.councillor, world.clerk, world.auditor]
    people += [world.expert, world.approver, world.officer]
    for place, step in enumerate(steps):
        act = _choose(scene, step)
        scene.stranger = people[step.stranger % 8] if step.stranger < 8 else None
        before, seq = snapshot(), LogHead.objects.get(pk=1).size
        state = str(scene.draft.state)
        outcome = _take(scene, act, step.how)
        done[f"{act.__name__}: {outcome}"] += 1
        where = f"after {act.__name__}({step.how}), {outcome}, step {place} of {steps[: place + 1]}"
        if outcome != "done":  # then what was true before is true still
            assert snapshot() == before, f"{where}: something changed all the same"
            continue
        _check(seq, where)
        _check_council(seq, state, where)
    assert list(replay.faults()) == []
    return done


def _choose(scene: Scene, step: Step) -> Act:
    acts = ONWARD[str(scene.draft.state)] if step.onward else EVERY
    return acts[step.which % len(acts)]


def _take(scene: Scene, act: Act, how: int) -> str:
    """«done», «nothing», or the code of the refusal, which has a sentence."""
    try:
        act(scene, how)
    except Nothing:
        return "nothing"
    except Refused as refusal:
        sentence = str(refusal)
        assert sentence.strip(), f"{act.__name__} was refused without a word"
        assert "%(" not in sentence, sentence
        return refusal.code
    return "done"


def _check(seq: int, where: str) -> None:
    """State = open step of the flow = what the record says, along declared edges only."""
    faults = [str(fault) for model in MACHINES for fault in replay._states(model)]
    found = mismatches() + faults
    assert not found, f"{where}: {found}"
    for entry in Entry.objects.filter(seq__gt=seq, kind__in=KINDS):
        edge = (entry.kind, entry.from_state, entry.to_state)
        assert edge in EDGES, f"{where}: {edge} is no edge of the machine"


def _check_council(seq: int, state: str, where: str) -> None:
    """The council does nothing to a draft it does not have; no paper waits where none can be."""
    new = Entry.objects.filter(seq__gt=seq).exclude(kind__in=WITH_THE_STEP)
    done = new.filter(Q(kind__startswith="council_file.") | Q(kind__startswith="amendment."))
    assert state not in ELSEWHERE or not done.exists(), f"{where}: the draft was «{state}»"
    waiting = VoteSheet.objects.filter(state="waiting")
    lost = waiting.filter(
        Q(council_file__state="sent_back") | Q(council_file__draft__state__in=ELSEWHERE)
    )
    assert not lost.exists(), f"{where}: a sheet waits on a file that is over"


def snapshot() -> tuple[Any, ...]:
    """How many rows every table has, the head of the log, every state and every step."""
    counts = " UNION ALL ".join(f"SELECT COUNT(*) FROM {table}" for table in TABLES)  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(counts)
        rows = [count for (count,) in cursor.fetchall()]
    states = [
        list(model.objects.order_by("pk").values_list("pk", "version", "state"))
        for model in MACHINES
    ]
    tasks = list(Task.objects.order_by("pk").values_list("pk", "status", "scheduled"))
    head = LogHead.objects.values_list("size", flat=True).get(pk=1)
    return rows, states, tasks, head


@contextmanager
def undone() -> Iterator[None]:
    """What happens inside is undone at the end; the lease with its row."""
    with transaction.atomic():
        this_process._renew_at = 0.0
        yield
        transaction.set_rollback(True)
    this_process._renew_at = 0.0
