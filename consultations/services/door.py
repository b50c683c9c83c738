"""The one door: every change of a state and every entry of the trail passes here.

Lock · policy · transition · trail entry · save, in one transaction. Lock order, always: flow
process, draft, consultation, comment or council file, log head. Nothing else changes a state
(the database refuses it) or writes the trail.
"""

import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta
from functools import cache
from typing import Any, TypeVar

from django.db import connection, models, transaction
from django.db.models import QuerySet

from consultations import policy, trail
from consultations.errors import NotYours, Unmet, WrongState
from consultations.models import (
    Actor,
    Amendment,
    Comment,
    Consultation,
    CouncilFile,
    Draft,
    Entry,
    LogHead,
    Opinion,
    Override,
    Report,
)
from consultations.models.clock import EPOCH
from consultations.models.machine import Act, Stateful, door_open, find_act
from consultations.models.overrides import RUNNING
from consultations.models.plain import Plain
from consultations.signals import recorded

AnyStateful = TypeVar("AnyStateful", bound=Stateful)
OF_A_DRAFT = Consultation | CouncilFile | Opinion | Override | Amendment
OVER = "overridden"  # the fact of an entry: the conditions the act passed over
# Ways back, aside and to the end: no exception of the draft outlives them.
ENDS_EXCEPTIONS = (
    "draft.consult_again",
    "draft.take_back",
    "draft.withdraw",
    "draft.adopt",
    "draft.reject",
)
_action: ContextVar[uuid.UUID | None] = ContextVar("action", default=None)


@contextmanager
def one_action() -> Iterator[uuid.UUID]:
    """Group everything one click did under one id, in one transaction: all of it or nothing.

    Inside another one there is no savepoint: what is refused there undoes the whole action.
    """
    current = _action.get()
    action = current or uuid.uuid4()
    token = _action.set(action)
    try:
        with transaction.atomic(savepoint=current is None):
            yield action
    finally:
        _action.reset(token)


def hold(obj: AnyStateful) -> AnyStateful:
    """Lock the row and its ancestors in the lock order; gives a fresh copy of the row."""
    if isinstance(obj, Comment | Report):
        share(obj.consultation_id)
    elif isinstance(obj, OF_A_DRAFT) and connection.features.has_select_for_update:
        Draft.objects.select_for_update(no_key=True).values_list("pk").get(pk=obj.draft_id)
    return hold_alone(obj)


def hold_alone(obj: AnyStateful) -> AnyStateful:
    """Lock the row only, for an act that changes nothing of its ancestors; gives a fresh copy.

    Nobody who calls this may take an ancestor's lock afterwards: that would be against the order.
    """
    if connection.features.has_select_for_update and not connection.in_atomic_block:
        raise transaction.TransactionManagementError("a lock needs a transaction")
    found: AnyStateful | None = _one(type(obj)).first(obj.pk)
    if found is None:
        raise type(obj).DoesNotExist
    return found


@cache
def _one(model: type[AnyStateful]) -> Plain[AnyStateful]:
    locked = " FOR NO KEY UPDATE" if connection.features.has_select_for_update else ""
    return Plain(model, f"WHERE id = %s{locked}")


def share(consultation: int) -> None:
    """Keep the round as it is until commit: acts on comments run side by side, closing waits."""
    if connection.vendor == "postgresql":
        table = Consultation._meta.db_table
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT 1 FROM {table} WHERE id = %s FOR SHARE", [consultation])  # noqa: S608 - a constant name


def require(by: Actor, action: str, obj: Any = None) -> str:
    """Refuse with `NotYours` unless the policy lets `by`; gives the role in which they act."""
    if not policy.can(by, action, obj):
        raise NotYours
    return policy.acting_role(by)


def pass_through(
    obj: AnyStateful,
    name: str,
    *,
    by: Actor,
    words: Mapping[str, str] | None = None,
    facts: Mapping[str, Any] | None = None,
    **fields: Any,
) -> AnyStateful:
    """Let `obj` make the transition `name`; gives the changed row.

    The caller has already locked and, where needed, changed what hangs on the row (the answer).
    `words` are sealed (may be personal), `facts` are not. Raises NotYours, WrongState, Unmet.
    """
    with one_action():
        row = hold(obj)
        transition = find_act(row, name)
        role = require(by, transition.kind, row)
        if str(row.__dict__["state"]) not in transition.sources:
            raise WrongState
        over = go_over(row, transition, by=by)
        before = str(row.state)
        with door_open(row, over.get(OVER, ())):
            getattr(row, name)(**fields)
        row.version += 1
        told = {**(facts or {}), **over}
        _record(row, transition.kind, by, role, (before, str(row.state)), words, told)
        row.save()
    return row


def go_over(row: Stateful, transition: Act, *, by: Actor) -> dict[str, list[str]]:
    """Use up the exceptions the act needs, end those it does not; gives the facts for its entry.

    The row is locked already. Raises Unmet for what no granted exception goes over.
    """
    unmet, over = transition.weighed(row)
    if unmet:
        raise Unmet(unmet, row)
    if transition.kind in ENDS_EXCEPTIONS:
        lapse(Override.objects.filter(draft=row.pk, state__in=RUNNING), by=by)
    if all(guard.absolute for guard in transition.guards):
        return {}
    codes = sorted(guard.code for guard in over)
    running = Override.objects.filter(act_kind=transition.kind, state__in=RUNNING)
    for one in running.filter(**{row.machine: row.pk}).order_by("pk"):
        facts = {"condition": one.guard_code, "act": one.act_kind}
        pass_through(one, "use" if one.guard_code in codes else "lapse", by=by, facts=facts)
    return {OVER: codes} if codes else {}


def lapse(overrides: QuerySet[Override], *, by: Actor) -> None:
    """End these exceptions unused. Raises NotYours."""
    for one in overrides.order_by("pk"):
        pass_through(one, "lapse", by=by, facts={"condition": one.guard_code, "act": one.act_kind})


def refuse_unmet(obj: Stateful, name: str) -> None:
    """Raises Unmet as the act would, for a verb that writes another row before the transition."""
    unmet = find_act(obj, name).unmet(obj)
    if unmet:
        raise Unmet(unmet, obj)


def note(
    obj: models.Model | None,
    kind: str,
    *,
    by: Actor,
    words: Mapping[str, str] | None = None,
    facts: Mapping[str, Any] | None = None,
) -> Entry:
    """Record an event that changes no state: a thing was made, a version published."""
    with one_action():
        role = require(by, kind, obj)
        state = str(obj.state) if isinstance(obj, Stateful) else ""
        return _record(obj, kind, by, role, (state, state), words, facts)


def recorded_at() -> datetime:
    """The instant of the entry that was written last, for a row that the database holds to it.

    To be called in the action that wrote it: its transaction holds the head of the log.
    """
    return EPOCH + timedelta(microseconds=LogHead.objects.values_list("last_t_us", flat=True)[0])


def _record(
    obj: models.Model | None,
    kind: str,
    by: Actor,
    role: str,
    states: tuple[str, str],
    words: Mapping[str, str] | None,
    facts: Mapping[str, Any] | None,
) -> Entry:
    entry = trail.write(
        trail.Event(
            kind=kind,
            by=by,
            subject=obj,
            role=role,
            from_state=states[0],
            to_state=states[1],
            words=words or {},
            facts=facts or {},
            action=_action.get() or uuid.uuid4(),
        )
    )
    transaction.on_commit(lambda: recorded.send(sender=Entry, seq=entry.seq), robust=True)
    return entry
