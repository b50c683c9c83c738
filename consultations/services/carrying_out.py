"""Carrying out runs: a slice at a time, each row and its act in one transaction.

Killed at any moment it goes on where it stood: a row is done with its act, or it still waits. Each
act is asked of the policy anew, for the person who began the run.
"""

import logging
import time
from collections.abc import Iterator

from django.db import OperationalError
from django.utils import translation
from django.utils.translation import gettext as _

from consultations.errors import Refused
from consultations.models import Actor, Comment, RowState, Run, RunRow
from consultations.models.clock import now
from consultations.services.door import one_action
from consultations.services.run_acts import carry_out
from consultations.signals import work_waits

log = logging.getLogger(__name__)
SLICE = 0.75  # seconds of one turn: what others do meanwhile is told between two of them
ROWS_AT_ONCE = 20


def carry_out_runs() -> int:
    """A job of the tick: rows of all that runs, in turn, until the slice is over."""
    ends, done = time.monotonic() + SLICE, 0
    runs = list(Run.objects.filter(started_at__isnull=False, finished_at=None).order_by("pk"))
    rows = {run.pk: _waiting(run) for run in runs}
    while runs:
        for run in list(runs):
            pk = next(rows[run.pk], None)
            if pk is None:
                Run.objects.filter(pk=run.pk, finished_at=None).update(finished_at=now())
                runs.remove(run)
            else:
                done += _do(run, pk)
        if time.monotonic() >= ends:
            break
    if runs:
        work_waits.send(sender=Run)
    return done


def _waiting(run: Run) -> Iterator[int]:
    """The rows that wait, a few at a time; one of them may be done or stopped meanwhile."""
    waiting = RunRow.objects.filter(run=run, state=RowState.WAITING).order_by("place")
    while some := list(waiting.values_list("pk", flat=True)[:ROWS_AT_ONCE]):
        yield from some


def _do(run: Run, pk: int) -> int:
    """One row: done, or refused with nothing of its act left; 0 when somebody was faster."""
    with translation.override(run.language):
        try:
            return _act(run, pk)
        except Refused as refusal:
            return _refuse(pk, refusal.code, str(refusal))
        except OperationalError:  # a lock that was not given: the next turn tries again
            raise
        except Exception:  # whatever it was, the rows after it must not wait for ever
            log.exception("a row of a run could not be carried out")
            return _refuse(pk, "failed", _("Something went wrong here; nothing was changed."))


def _act(run: Run, pk: int) -> int:
    """The row is taken first: whoever takes it second finds it done, or waits until it is."""
    with one_action():
        row = RunRow.objects.filter(pk=pk, state=RowState.WAITING)
        if not row.update(state=RowState.DONE, done_at=now()):
            return 0
        asked, seen, about = row_of(pk)
        comment = Comment.objects.select_related("consultation__draft__procedure").get(pk=about)
        person = Actor.objects.get(pk=run.by_id)  # her roles as they are now
        carry_out(comment, run.act, asked or run.asked, seen, person)
    return 1


def row_of(pk: int) -> tuple[dict[str, object], int, int]:
    """What the row gets, the version that was looked at, the key of its comment."""
    found: tuple[dict[str, object], int, int] = RunRow.objects.values_list(
        "asked", "seen_version", "comment"
    ).get(pk=pk)
    return found


def _refuse(pk: int, code: str, said: str) -> int:
    waiting = RunRow.objects.filter(pk=pk, state=RowState.WAITING)
    return waiting.update(state=RowState.REFUSED, code=code, said=said[:500], done_at=now())
