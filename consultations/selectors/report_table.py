"""The table of the report: a row for every comment with its answer, for a file to download.

The public copy holds what was answered, with the names everybody may read. The internal copy
holds every comment filed, with all names, for those who may read them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass
from itertools import chain

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from consultations import calendar, wording
from consultations.models import Actor, Comment, CommentState, Consultation
from consultations.selectors import advising, detail, left, recorded, supports
from consultations.selectors import comments as shown_comments
from consultations.selectors.texts import words_of
from consultations.text.formats.sheets import written_sheet

CHUNK = 500
WIDTHS = (8, 12, 14, 30, 18, 50, 18, 50, 50, 30, 12, 18, 50, 50, 12, 12, *[20] * 10, 50)


@dataclass(frozen=True)
class Row:
    """One comment in words; days are ISO."""

    number: str
    received: str
    channel: str
    who: str
    place: str
    words: str
    kind: str
    proposal: str
    reasons: str
    supplement: str
    supporters: str
    outcome: str
    accepted_part: str
    answer: str
    answered: str
    late: str


@dataclass(frozen=True)
class Inside:
    """What the internal copy adds to a row."""

    state: str
    department: str
    case_number: str
    posted: str
    hidden_because: str
    recorded_by: str
    taken_at: str
    text: str
    faults: str
    left_because: str
    advice: str


def rows(consultation: Consultation) -> QuerySet[Comment]:
    """Every answered comment, by number."""
    answered = left.counted(consultation).filter(state=CommentState.PUBLISHED)
    return shown_comments.joined(answered).order_by("number")


def heading() -> list[str]:
    """The names of the columns of the public copy."""
    return [
        _("number"),
        pgettext("column", "received"),
        _("channel"),
        _("who filed it"),
        _("provision"),
        _("current wording"),
        _("kind of comment"),
        _("proposed wording"),
        _("reasons"),
        _("what was added"),
        _("supporters"),
        _("outcome"),
        _("accepted part"),
        _("reasons of the answer"),
        pgettext("column", "answered"),
        _("in time or late"),
    ]


def inside_heading() -> list[str]:
    """The names of the columns of the internal copy."""
    return [
        *heading(),
        _("state"),
        _("department"),
        _("case number"),
        _("postmark"),
        _("why it is hidden"),
        _("entered by"),
        _("where it was taken"),
        _("version of the text"),
        _("completeness"),
        _("why it is left without consideration"),
        _("opinion of the department"),
    ]


def shown_rows(comments: Sequence[Comment]) -> list[Row]:
    """The rows of these answered comments, with the names a visitor may read."""
    shown = shown_comments.shown(comments, None)
    return [_row(one.comment, one.who, one.supporters) for one in shown]


def inside_rows(consultation: Consultation, viewer: Actor) -> Iterator[tuple[Row, Inside]]:
    """Every comment filed, whatever became of it, with the names this person may read."""
    for chunk in _chunks(register(consultation)):
        yield from inside(chunk, viewer)


def register(consultation: Consultation) -> QuerySet[Comment]:
    """Every comment filed, by number, with all that its row reads."""
    filed = shown_comments.joined(consultation.comments.order_by("number"))
    return filed.select_related("department", "way", "wording__text_version", "recorded_by__user")


def inside(comments: Sequence[Comment], viewer: Actor) -> list[tuple[Row, Inside]]:
    """The rows of these comments with the names this person may read."""
    names, counted = detail.who_of(comments, viewer), supports.counts(comments)
    said = advising.in_words(comments)
    return [
        (
            _row(one, names[one.pk], counted.get(one.pk, 0)),
            _inside(one, viewer, said.get(one.pk, "")),
        )
        for one in comments
    ]


def _chunks(found: QuerySet[Comment]) -> Iterator[list[Comment]]:
    """The comments by 500, so that any number of them will do."""
    last = 0
    while chunk := list(found.filter(number__gt=last)[:CHUNK]):
        yield chunk
        last = chunk[-1].number


def _row(comment: Comment, who: str, supporters: int) -> Row:
    answer = getattr(comment, "given_answer", None)
    published = answer.published_at if answer else None
    return Row(
        number=str(comment.number),
        received=left.day_received(comment),
        channel=str(comment.get_channel_display()),
        who=who,
        place=comment.wording.citation if comment.wording else _("the whole draft"),
        words=words_of(comment.wording),
        kind=str(comment.get_kind_display()),
        proposal=wording.kept(comment.proposed_wording),
        reasons=wording.kept(comment.reasons),
        supplement=wording.kept(comment.supplement),
        supporters=str(supporters),
        outcome=str(wording.OUTCOMES.get(answer.outcome, answer.outcome)) if answer else "",
        accepted_part=answer.accepted_part if answer else "",
        answer=answer.reasons if answer else "",
        answered=calendar.local_day(published).isoformat() if published else "",
        late=_("late") if comment.late else _("in time"),
    )


def _inside(comment: Comment, viewer: Actor, advice: str) -> Inside:
    version = comment.wording.text_version.number if comment.wording else ""
    return Inside(
        state=str(comment.get_state_display()),
        department=str(comment.department or "") if comment.department_id else "",
        case_number=comment.case_number,
        posted=comment.posted_on.isoformat() if comment.posted_on else "",
        hidden_because=wording.kept(comment.hidden_because),
        recorded_by=recorded.recorded_by(comment, viewer),
        taken_at=f"{comment.way.get_kind_display()}, {comment.way.place}" if comment.way else "",
        text=str(version),
        faults=left.grounds(comment) or _("complete"),
        left_because=wording.kept(comment.left_because),
        advice=advice,
    )


def register_file(consultation: Consultation, viewer: Actor) -> bytes:
    """The register as XLSX: the cells of the internal copy, the number as a number."""
    rows = (
        [int(row.number), *astuple(row)[1:], *astuple(more)]
        for row, more in inside_rows(consultation, viewer)
    )
    return written_sheet(_("Register of comments"), chain([inside_heading()], rows), WIDTHS)
