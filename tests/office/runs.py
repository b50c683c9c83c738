"""Runs in tests: made of numbers, begun, carried out to their end."""

from typing import Any

from consultations.models import Actor, Comment, Consultation, RowState, Run, RunRow
from consultations.services import carrying_out, runs
from tests.office.pages import proposed
from tests.world import World

ASKED = {"outcome": "rejected", "reasons": "Zostaje 21 dni: to minimum ustawy."}


def admitted(world: World, many: int, **said: Any) -> Consultation:
    """A running round with so many admitted comments."""
    consultation = world.opened()
    for _ in range(many):
        world.admitted(consultation, **said)
    return consultation


def answered(world: World, many: int) -> Consultation:
    """The same, each with an answer of the officer to be approved."""
    consultation = admitted(world, many)
    for one in consultation.comments.all():
        proposed(one, by=world.officer)
    return consultation


def prepared(
    consultation: Consultation, act: str, by: Actor, asked: dict[str, Any] | None = None
) -> Run:
    """A run of all comments of the round, looked over and not begun."""
    there = consultation.comments.order_by("number").select_related("given_answer")
    run = runs.prepare_run(consultation, act, there, by=by)
    return runs.ask_of_run(run, asked, by=by) if asked else run


def begun(
    consultation: Consultation, act: str, by: Actor, asked: dict[str, Any] | None = None
) -> Run:
    """The same, confirmed: the loop would carry it out."""
    run = prepared(consultation, act, by, asked)
    runs.start_run(run, by=by)
    return run


def to_the_end(run: Run) -> Run:
    """All slices, one after another."""
    for _ in range(1_000):
        carrying_out.carry_out_runs()
        run.refresh_from_db()
        if run.finished_at:
            return run
    raise AssertionError("the run does not end")


def outcome(run: Run) -> dict[int, tuple[str, str]]:
    """State and code of each row, by its number."""
    rows = RunRow.objects.filter(run=run)
    return {
        number: (state, code) for number, state, code in rows.values_list("number", "state", "code")
    }


def all_of(state: str, many: int, code: str = "") -> dict[int, tuple[str, str]]:
    """What `outcome` gives when every row came out alike."""
    return {number: (str(state), code) for number in range(1, many + 1)}


def states(consultation: Consultation) -> list[str]:
    return list(
        Comment.objects.filter(consultation=consultation)
        .order_by("number")
        .values_list("state", flat=True)
    )


DONE, REFUSED, WAITING = RowState.DONE, RowState.REFUSED, RowState.WAITING
