"""Sheets of comments: kept for a while, tried, entered row by row, forgotten.

A sheet is no part of the record; every comment entered from it is, by an act of its own.
"""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from consultations.errors import Invalid, NotOpen, Refused, SameKey, WrongState
from consultations.models import Actor, Channel, Comment, Consultation, Intake
from consultations.models.clock import now
from consultations.selectors.papers import takes_entries
from consultations.services.door import require
from consultations.services.filing import file_comment
from consultations.services.intake_rows import Row, judged
from consultations.text import headings
from consultations.text.formats.sheets import Rows

ROWS_AT_ONCE = 250
LONGEST_NAME = 120
NEEDED = {"reasons": _("Say which column holds the reasons.")}


def keep_sheet(consultation: Consultation, name: str, rows: Rows, *, by: Actor) -> Intake:
    """Keep the rows of an uploaded sheet; its columns are guessed from the headings.

    Raises NotYours, NotOpen, Invalid.
    """
    require(by, "comment.record")
    if not takes_entries(consultation):
        raise NotOpen
    place = headings.heading_row([cells for _number, cells in rows])
    below = rows[place + 1 :]
    if not below:
        raise Invalid(_("There is no row under the headings."), "file")
    return Intake.objects.create(
        consultation=consultation,
        uploaded_by=by,
        uploaded_at=now(),
        name=name[:LONGEST_NAME],
        headings=rows[place][1],
        rows=below,
        columns=headings.guess(rows[place][1]),
    )


def map_columns(intake: Intake, columns: Mapping[str, int], *, channel: str, by: Actor) -> Intake:
    """Say which column (from 0) holds what, and how comments came of whom the sheet does not say.

    Raises NotYours, Invalid, WrongState.
    """
    require(by, "comment.record")
    if intake.done or intake.finished_at:
        raise WrongState
    for name, words in NEEDED.items():
        if name not in columns:
            raise Invalid(words, name)
    if len(set(columns.values())) < len(columns):
        raise Invalid(_("One column cannot hold two things."))
    if channel and (channel not in Channel.values or channel == Channel.FORM):
        raise Invalid(_("Choose how the comment came."), "channel")
    intake.columns, intake.channel = dict(columns), channel
    intake.save(update_fields=["columns", "channel"])
    return intake


def enter_rows(intake: Intake, *, by: Actor) -> Intake:
    """Enter the next rows, one act each; what is there already stays, what is wrong is said.

    Broken off or done by two at once it may be done again: no row is entered twice.
    Raises NotYours, Invalid.
    """
    require(by, "comment.record")
    for name, words in NEEDED.items():
        if name not in intake.columns:
            raise Invalid(words, name)
    begun = intake.done
    rows = judged(intake)[begun : begun + ROWS_AT_ONCE]
    outcome = [_entered(intake.consultation, row, by) for row in rows]
    intake.outcome += outcome
    intake.done = begun + len(outcome)
    if intake.done >= len(intake.rows):
        intake.finished_at, intake.rows, intake.headings = now(), [], []
    fields = ("outcome", "done", "finished_at", "rows", "headings")
    Intake.objects.filter(pk=intake.pk, done=begun, finished_at=None).update(
        **{name: getattr(intake, name) for name in fields}
    )
    intake.refresh_from_db()
    return intake


def _entered(consultation: Consultation, row: Row, by: Actor) -> tuple[int, int, bool, str]:
    """Row, number of its comment, whether it was there before, why there is none."""
    if row.errors or row.said is None or row.key is None:
        return row.number, 0, False, " ".join(row.errors)
    if row.already:
        return row.number, row.already, True, ""
    try:
        comment = file_comment(
            consultation,
            row.said,
            key=row.key,
            by=by,
            filed_by=row.filed_by,
            sender=row.sender,
        )
    except SameKey:  # another officer was faster: the key is the content
        known = Comment.objects.get(idempotency_key=row.key)
        return row.number, known.number, True, ""
    except Refused as refusal:
        return row.number, 0, False, str(refusal)
    return row.number, comment.number, False, ""


def drop_sheet(intake: Intake, *, by: Actor) -> None:
    """Forget a sheet; what was entered from it stays. Raises NotYours."""
    require(by, "comment.record")
    intake.delete()
