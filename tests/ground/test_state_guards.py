"""No state without its entry: the machines' guards, one by one, on all four machines."""

import uuid
from datetime import UTC, date, datetime
from typing import Any

import pytest

from consultations.errors import NotThroughTheDoor
from consultations.models import (
    MACHINES,
    Amendment,
    Comment,
    Consultation,
    CouncilFile,
    Draft,
    Opinion,
    Override,
    Report,
)
from consultations.models.clock import move_to, now
from consultations.models.machine import Stateful, door_open
from consultations.services import consultations as rounds
from tests.ground.attacks import (
    REFUSED_BY_ITS_GUARD,
    Attack,
    as_foreign_client,
    as_replica,
    each,
    forge,
    replace,
    sql,
    stands,
)
from tests.ground.scene import Scene

# The step each machine's row of the scene could make, and one it cannot.
NEXT = {
    Draft: "comment_review",
    Consultation: "closed",
    Comment: "admitted",
    CouncilFile: "numbered",
    Opinion: "waived",
    Report: "released",
    Override: "withdrawn",
    Amendment: "adopted",
}
FAR = {
    Draft: "council_vote",
    Consultation: "announced",
    Comment: "assigned",
    CouncilFile: "voted",
    Opinion: "unheard",
    Report: "burnt",
    Override: "used",
    Amendment: "burnt",
}
# A column that no act changes.
LASTING = {
    Draft: "registered_at = '2020-01-01T00:00:00Z'",
    Consultation: "slug = 'other'",
    Comment: "channel = 'email'",
    CouncilFile: "submitted_at = '2020-01-01T00:00:00Z'",
    Opinion: "delivered_on = '2020-01-01'",
    Report: "consultation_id = (SELECT MAX(id) FROM {consultation})",
    Override: "because = 'x'",
    Amendment: "mover_name = 'Inny klub'",
}


def row_of(scene: Scene, model: type[Stateful]) -> Any:
    """The row of the scene, fresh."""
    if model is CouncilFile:
        return CouncilFile.objects.first() or CouncilFile.objects.create(
            draft=scene.draft, submitted_at=scene.draft.registered_at
        )
    if model is Opinion:
        return Opinion.objects.first() or Opinion.objects.create(
            draft=scene.draft,
            body="krdpp",
            delivered_on=date(2026, 9, 1),
            due_at=datetime(2026, 9, 16, tzinfo=UTC),
        )
    if model is Report:
        return Report.objects.first() or report(scene)
    if model is Override:
        return Override.objects.first() or override(scene)
    if model is Amendment:
        return Amendment.objects.first() or amendment(scene)
    rows = {Draft: scene.draft, Consultation: scene.consultation, Comment: scene.received}
    return model._default_manager.get(pk=rows[model].pk)


def amendment(scene: Scene) -> Amendment:
    """In a file that is before the vote as far as the machine of amendments looks."""
    return Amendment.objects.create(
        council_file=row_of(scene, CouncilFile),
        number=1,
        kind="amendment",
        mover="group",
        mover_name="Klub",
        reasons="Bo tak.",
        text_version=scene.draft.versions.get(),
        filed_at=scene.draft.registered_at,
    )


def report(scene: Scene) -> Report:
    """A report on the scene's round, and a later round it could be moved to."""
    later = another(scene, Consultation)
    later.slug = "later"
    later.save()
    return Report.objects.create(
        consultation=scene.consultation,
        prepared_by=scene.world.officer,
        released_by=scene.world.approver,
        released_at=now(),
    )


def override(scene: Scene, code: str = "opinions_settled") -> Override:
    """An exception somebody asked for, on the scene's draft."""
    return Override.objects.create(
        draft=scene.draft,
        act_kind="council_file.submit",
        guard_code=code,
        because="Powódź.",
        asked_by=scene.world.officer,
        asked_at=now(),
        decided_by=scene.world.approver,
        decided_at=now(),
    )


def another(scene: Scene, model: type[Stateful], state: str = "", version: int = 0) -> Any:
    """A new row like that of the scene, with keys of its own; not saved."""
    row = row_of(scene, model)
    row.pk, row.version, row._state.adding = None, version, True
    row.__dict__["state"] = state or model.initial
    if model is Comment:
        row.number, row.idempotency_key = 99, uuid.uuid4()
    if model is Amendment:
        row.number = 99
    if model is Report:
        row.consultation = another(scene, Consultation)
        row.consultation.save()
    if model is Override:
        row.draft = another(scene, Draft)
        row.draft.save()
        row.draft_id = row.draft.pk
    if model is Consultation:
        row.draft, row.slug = another(scene, Draft), "another"
        row.draft.save()
        row.draft_id = row.draft.pk
    return row


def update(scene: Scene, model: type[Stateful], setting: str, *values: Any) -> int:
    table = model._meta.db_table
    return sql(f"UPDATE {table} SET {setting} WHERE id = %s", *values, row_of(scene, model).pk)  # noqa: S608 - ours


def witnessed(scene: Scene, model: type[Stateful], target: str, setting: str = "") -> int:
    """Change the row after forging the entry a step to `target` would have."""
    row = row_of(scene, model)
    fields: dict[str, Any] = dict.fromkeys(one.machine for one in MACHINES)
    fields |= {model.machine: row, "from_state": row.state, "to_state": target}
    forge(scene, **fields, object_version=row.version + 1)
    more = f", {setting}" if setting else ""
    return update(scene, model, f"state = %s, version = version + 1{more}", target)


def bulk_update(row: Any, state: str) -> None:
    row.__dict__["state"] = state
    type(row)._default_manager.bulk_update([row], ["state"])


def delete_lone(scene: Scene, model: type[Stateful]) -> None:
    """Delete a row on which nothing hangs."""
    row = another(scene, model)
    row.save()
    model._default_manager.filter(pk=row.pk).delete()


def replaced_with(scene: Scene, model: type[Stateful]) -> int:
    return replace(
        model._meta.db_table, row_of(scene, model), state=f"'{model.initial}'", version="0"
    )


def take_key(scene: Scene) -> int:
    """Push comment 1 out by giving its number to another."""
    as_foreign_client()
    return sql("UPDATE OR REPLACE {comment} SET number = 1 WHERE id = %s", scene.received.pk)


def attacks_on(model: type[Stateful]) -> list[Any]:
    name, after = model.machine, NEXT[model]
    rows: Any = model._default_manager
    begin, state, step = f"{name}_begin", f"{name}_state", f"{name}_step"
    return each(
        Attack(f"{name} created later", lambda s: another(s, model, after).save(), (begin,)),
        Attack(
            f"{name} created with a past", lambda s: another(s, model, version=7).save(), (begin,)
        ),
        Attack(
            f"{name} bulk created later",
            lambda s: rows.bulk_create([another(s, model, after)]),
            (begin,),
        ),
        Attack(
            f"{name} queryset update",
            lambda s: rows.filter(pk=row_of(s, model).pk).update(state=after),
            (state,),
        ),
        Attack(f"{name} bulk update", lambda s: bulk_update(row_of(s, model), after), (state,)),
        Attack(f"{name} raw update", lambda s: update(s, model, "state = %s", after), (state,)),
        Attack(
            f"{name} raw update with its version",
            lambda s: update(s, model, "state = %s, version = version + 1", after),
            (state,),
        ),
        Attack(
            f"{name} update as a replica",
            lambda s: (as_replica(), update(s, model, "state = %s", after)),
            (state,),
            needs="postgresql",
        ),
        Attack(f"{name} saved outside an act", lambda s: row_of(s, model).save(), (state, step)),
        Attack(f"{name} version back", lambda s: update(s, model, "version = 0"), (state, step)),
        Attack(f"{name} jumps", lambda s: witnessed(s, model, FAR[model]), (step,)),
        Attack(
            f"{name} rewritten under a true step",
            lambda s: witnessed(s, model, after, LASTING[model]),
            (f"{name}_lasting",),
        ),
        Attack(f"{name} deleted", lambda s: delete_lone(s, model), (f"{name}_delete",)),
        Attack(
            f"{name} replaced",
            lambda s: replaced_with(s, model),
            (begin,),
            needs="sqlite",
        ),
    )


EVERY = [
    *(attack for model in MACHINES for attack in attacks_on(model)),
    *each(
        Attack(
            "comment pushed out by its number",
            take_key,
            ("comment_state", "comment_step", "comment_lasting"),
            needs="sqlite",
        ),
        Attack(
            "comment replaced by its number",
            lambda s: replace(
                "{comment}", s.received, id="NULL", idempotency_key="hex(randomblob(16))"
            ),
            ("comment_begin",),
            needs="sqlite",
        ),
        Attack(
            "comment replaced by its idempotency key",
            lambda s: replace("{comment}", s.received, id="NULL", number="99"),
            ("comment_begin",),
            needs="sqlite",
        ),
    ),
]


@pytest.mark.parametrize("attack", EVERY)
def test_a_state_changes_only_with_its_entry(scene: Scene, attack: Attack) -> None:
    assert stands(attack, scene) == REFUSED_BY_ITS_GUARD


@pytest.mark.parametrize("model", MACHINES)
def test_a_state_cannot_be_assigned(scene: Scene, model: type[Stateful]) -> None:
    row = row_of(scene, model)
    with pytest.raises(AttributeError):
        row.state = NEXT[model]
    assert row.state == row_of(scene, model).state


@pytest.mark.parametrize("model", MACHINES)
def test_a_step_is_refused_outside_the_door(scene: Scene, model: type[Stateful]) -> None:
    """The control opens the door by hand: then the same call passes."""
    calls: dict[Any, Any] = {
        Draft: lambda row: row.begin_review(),
        Consultation: lambda row: row.close(),
        Comment: lambda row: row.admit(),
        CouncilFile: lambda row: row.give_print_number(print_number="1"),
        Amendment: lambda row: row.adopt(at=now()),
        Opinion: lambda row: row.waive(at=now()),
        Report: lambda row: row.edit(introduction="", prepared_by=scene.world.officer),
        Override: lambda row: row.withdraw(),
    }
    assert scene.consultation.closes_at is not None
    move_to(scene.consultation.closes_at)
    if model is Draft:
        rounds.close_consultation(scene.consultation, by=scene.world.clock)
    row = row_of(scene, model)
    if model in (CouncilFile, Amendment):  # their guards look at where the draft is
        file = row if model is CouncilFile else row.council_file
        file.draft.__dict__["state"] = "council_vote"
    with pytest.raises(NotThroughTheDoor):
        calls[model](row)
    assert row.state == row_of(scene, model).state
    with door_open(row):
        calls[model](row)
    assert row.state == ("prepared" if model is Report else NEXT[model])


def test_the_door_is_open_for_one_row_only(scene: Scene) -> None:
    with door_open(scene.received), pytest.raises(NotThroughTheDoor):
        scene.admitted.withdraw()
