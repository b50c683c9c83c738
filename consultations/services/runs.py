"""Runs: rows chosen and looked over, begun, stopped. What carries them out is `carrying_out`."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import prefetch_related_objects
from django.utils import translation
from django.utils.translation import gettext as _

from consultations.errors import Invalid, NotYours, Refused, WrongState
from consultations.models import Actor, Comment, Consultation, RowState, Run, RunAct, RunRow
from consultations.models.clock import now
from consultations.services.door import require
from consultations.services.run_acts import check_asked, kind_of, obstacle
from consultations.signals import work_waits

MOST = 2_000  # rows of one run, as of one sheet
ROWS_AT_ONCE = 500
NOT_THERE = "not_there"


@dataclass
class Row:
    """One row to be: the comment it is about, what it gets, or why it gets nothing."""

    place: int
    number: int
    comment: Comment | None = None
    seen_version: int = 0
    asked: dict[str, Any] = field(default_factory=dict)
    state: str = RowState.WAITING
    code: str = ""
    said: str = ""

    def refuse(self, refusal: Refused) -> "Row":
        self.state, self.code, self.said = RowState.REFUSED, refusal.code, str(refusal)
        return self


def prepare_run(
    consultation: Consultation,
    act: str,
    there: Iterable[Comment],
    *,
    missing: Sequence[int] = (),
    left: int = 0,
    by: Actor,
) -> Run:
    """A run of these comments, to be looked over: who cannot get the act is named with the reason.

    `there` come with their answers; `missing` are numbers on no desk of this person, `left` how
    many more wait for another run. Nothing is done yet. Raises NotYours, Invalid.
    """
    if act not in RunAct.values:
        raise Invalid(_("Choose what is to be done."))
    require(by, kind_of(act))
    rows = [_row(place, one, act, by) for place, one in enumerate(_of(consultation, there), 1)]
    gone = Refused(_("There is no such comment on your desk."))
    gone.code = NOT_THERE
    rows += [Row(len(rows) + place, one).refuse(gone) for place, one in enumerate(missing, 1)]
    if not rows:
        raise Invalid(_("Choose at least one comment."))
    notes = {"left": left} if left else {}
    return keep_run(consultation, act, rows, by=by, notes=notes)


def _of(consultation: Consultation, there: Iterable[Comment]) -> list[Comment]:
    """The comments with all that the guards ask of them, read once for all."""
    found = list(there)
    prefetch_related_objects([consultation.draft.procedure], "outcomes")
    prefetch_related_objects(found, "changes")
    for one in found:
        one.consultation = consultation
    return found


def _row(place: int, comment: Comment, act: str, by: Actor) -> Row:
    row = Row(place, comment.number, comment, comment.version)
    against = obstacle(comment, act, by)
    return row.refuse(against) if against else row


def keep_run(
    consultation: Consultation, act: str, rows: Sequence[Row], *, by: Actor, **fields: Any
) -> Run:
    """Write the run with its rows; nothing is done yet."""
    if len(rows) > MOST:
        raise Invalid(_("That is too much at once: choose %(most)d at most.") % {"most": MOST})
    with transaction.atomic():
        run = Run.objects.create(
            consultation=consultation,
            act=act,
            by=by,
            made_at=now(),
            language=translation.get_language() or "",
            **fields,
        )
        made = [RunRow(run=run, **vars(one)) for one in rows]
        RunRow.objects.bulk_create(made, batch_size=ROWS_AT_ONCE)
    return run


def ask_of_run(run: Run, asked: dict[str, Any], *, by: Actor) -> Run:
    """Say what every comment of the run gets. Raises NotYours, Invalid, WrongState."""
    _refuse_another(run, by)
    if run.started_at or run.sheet:
        raise WrongState
    waiting = Comment.objects.filter(run_rows__run=run, run_rows__state=RowState.WAITING)
    first = waiting.select_related("consultation__draft__procedure").first()
    if first is not None:
        check_asked(first, run.act, asked)
    waits = Run.objects.filter(pk=run.pk, started_at=None, finished_at=None)
    if not waits.update(asked=asked):
        raise WrongState
    run.asked = asked
    return run


def start_run(run: Run, *, seen: str = "", by: Actor) -> None:
    """Let the loop carry it out; a second time changes nothing.

    `seen` is the mark of what was looked over. Raises NotYours, Invalid, WrongState.
    """
    _refuse_another(run, by)
    require(by, kind_of(run.act))
    if run.lacks_asked:
        raise Invalid(_("Say first what the comments are to get."))
    if seen and seen != run.mark:
        raise WrongState(_("What the comments get was changed meanwhile: look it over again."))
    Run.objects.filter(pk=run.pk, started_at=None, finished_at=None).update(started_at=now())
    transaction.on_commit(lambda: work_waits.send(sender=Run), robust=True)


def stop_run(run: Run, *, by: Actor) -> int:
    """Leave what has not been done; gives how many rows that were. What is done stays."""
    _refuse_another(run, by)
    with transaction.atomic():
        stopped = RunRow.objects.filter(run=run, state=RowState.WAITING).update(
            state=RowState.STOPPED
        )
        Run.objects.filter(pk=run.pk, finished_at=None).update(stopped_at=now(), finished_at=now())
    return stopped


def _refuse_another(run: Run, by: Actor) -> None:
    if run.by_id != by.pk:
        raise NotYours
