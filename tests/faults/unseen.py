"""Rounds whose days have passed unseen, and what became of them once somebody looked."""

import json
from collections import Counter
from datetime import timedelta
from typing import Any

from django.core.management import call_command
from django.utils import timezone
from viewflow.workflow.models import Task
from viewflow.workflow.status import STATUS

from consultations.models import Consultation, Entry, Role
from consultations.models.clock import move_to
from consultations.services.consultations import Notice, earliest_days
from tests.bench.filling import drafted, staff
from workflows import services
from workflows.flow_check import mismatches

BEHIND = timedelta(days=40)  # the notice stands 7 days, comments are taken for 21
INSTANTS = {"consultation.open": "opens_at", "consultation.close": "closes_at"}
FIRED = (*INSTANTS, "draft.begin_consultation", "draft.begin_review")


def fill(rounds: int) -> None:
    """Announce rounds by a clock that is behind: by the real one each should be over already."""
    call_command("migrate", verbosity=0)
    move_to(timezone.now() - BEHIND)
    officer = staff("officer@urzad.test", Role.OFFICER)
    for n in range(rounds):
        one = Consultation.objects.get(slug=drafted(f"projekt-{n}", 1, officer))
        notice = Notice(*earliest_days(one), "Poznać zdanie.", "Referat", "tel. 12")
        services.announce_consultation(one, notice, by=officer)


def count() -> dict[str, Any]:
    """How many timers still wait, of each act to how many drafts it happened how often, faults."""
    times = Counter(Entry.objects.filter(kind__in=FIRED).values_list("kind", "case"))
    often = {kind: Counter(times[one] for one in times if one[0] == kind) for kind in FIRED}
    return {"waiting": _waiting(), "often": often, "faults": [*_untrue(), *mismatches()]}


def _waiting() -> int:
    timers = Task.objects.filter(status=STATUS.SCHEDULED, flow_task_type="TIMER")
    return int(timers.filter(scheduled__lte=timezone.now()).count())


def _untrue() -> list[str]:
    """Entries that do not carry the instant at which the round was to open or close."""
    acts = Entry.objects.filter(kind__in=INSTANTS).select_related("consultation")
    return [
        f"entry {entry.seq}: {entry.kind} was not due then"
        for entry in acts
        if json.loads(entry.payload)["facts"]["due_at"] != _instant(entry)
    ]


def _instant(entry: Entry) -> str:
    return str(getattr(entry.consultation, INSTANTS[entry.kind]).isoformat())
