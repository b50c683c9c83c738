"""What happens inside the site's environment when one answer is given to many comments."""

import time
from typing import Any

from consultations.models import Actor, Comment, Entry, RoleGrant, Run, RunRow
from consultations.services import runs

PATIENCE = 120.0
LOOK_EVERY = 0.1


def begin(many: int) -> int:
    """Begin a run of the first comments; gives its key. Inside the site's environment."""
    officer = Actor.objects.get(pk=RoleGrant.objects.get(role="officer").actor_id)
    there = list(Comment.objects.order_by("number").select_related("given_answer")[:many])
    run = runs.prepare_run(there[0].consultation, "answer", there, by=officer)
    asked = {"outcome": "rejected", "reasons": "Zostaje 21 dni: to minimum ustawy.", "changed": []}
    runs.ask_of_run(run, asked, by=officer)
    runs.start_run(run, by=officer)
    return int(run.pk)


def awaited(key: int, least: int | None = None) -> dict[str, Any]:
    """What became of it when it had ended, or when `least` rows were done."""
    until = time.monotonic() + PATIENCE
    rows = RunRow.objects.filter(run=key)
    run = Run.objects.get(pk=key)
    while time.monotonic() < until:
        run.refresh_from_db()
        if run.finished_at or (least and rows.filter(state="done").count() >= least):
            break
        time.sleep(LOOK_EVERY)
    entries = Entry.objects.filter(kind="comment.answer").values_list("comment", flat=True)
    took = None
    if run.finished_at and run.started_at:
        took = (run.finished_at - run.started_at).total_seconds()
    return {
        "run": key,
        "seconds": took,
        "done": rows.filter(state="done").count(),
        "rows": rows.count(),
        "acts": len(entries),
        "comments": len(set(entries)),
    }


def ask(words: list[str]) -> dict[str, Any]:
    """`begin 500`, `wait 1`, `wait 1 20`, `both 500`."""
    numbers = [int(one) for one in words[1:]]
    if words[0] == "begin":
        return {"run": begin(numbers[0])}
    return awaited(begin(numbers[0])) if words[0] == "both" else awaited(*numbers)
