"""The table of the report: a row for every comment with its answer, for a file to download.

The public copy holds what was answered, with the names everybody may read. The internal copy
holds every comment filed, with all names, for those who may read them.
"""

from collections.abc import Iterator
from dataclasses import astuple, dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from consultations import calendar, wording
from consultations.models import Actor, Comment, CommentState, Consultation
from consultations.selectors import comments as shown_comments
from consultations.selectors import detail
from consultations.selectors.texts import words_of

CHUNK = 500
# What a spreadsheet would take for a formula (OWASP, «CSV injection»).
FORMULA = ("=", "+", "-", "@", "\t", "\r")


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
    outcome: str
    answer: str
    answered: str


@dataclass(frozen=True)
class Inside:
    """What the internal copy adds to a row."""

    state: str
    department: str
    case_number: str
    posted: str
    hidden_because: str


def rows(consultation: Consultation) -> QuerySet[Comment]:
    """Every answered comment, by number."""
    answered = consultation.comments.filter(state=CommentState.PUBLISHED)
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
        _("outcome"),
        _("reasons of the answer"),
        pgettext("column", "answered"),
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
    ]


def table(consultation: Consultation) -> Iterator[list[str]]:
    """The public copy as safe cells, its heading first."""
    yield heading()
    for row in public_rows(consultation):
        yield [safe_cell(cell) for cell in astuple(row)]


def inside_table(consultation: Consultation, viewer: Actor) -> Iterator[list[str]]:
    """The internal copy as safe cells, its heading first."""
    yield inside_heading()
    for row, inside in inside_rows(consultation, viewer):
        yield [safe_cell(cell) for cell in (*astuple(row), *astuple(inside))]


def public_rows(consultation: Consultation) -> Iterator[Row]:
    """Every answered comment, with the names a visitor may read."""
    for chunk in _chunks(rows(consultation)):
        for one in shown_comments.shown(chunk, None):
            yield _row(one.comment, one.who)


def inside_rows(consultation: Consultation, viewer: Actor) -> Iterator[tuple[Row, Inside]]:
    """Every comment filed, whatever became of it, with the names this person may read."""
    filed = shown_comments.joined(consultation.comments.all()).select_related("department")
    for chunk in _chunks(filed.order_by("number")):
        names = detail.who_of(chunk, viewer)
        for one in chunk:
            yield _row(one, names[one.pk]), _inside(one)


def _chunks(found: QuerySet[Comment]) -> Iterator[list[Comment]]:
    """The comments by 500, so that any number of them will do."""
    last = 0
    while chunk := list(found.filter(number__gt=last)[:CHUNK]):
        yield chunk
        last = chunk[-1].number


def _row(comment: Comment, who: str) -> Row:
    answer = getattr(comment, "given_answer", None)
    published = answer.published_at if answer else None
    return Row(
        number=str(comment.number),
        received=calendar.local_day(comment.filed_at).isoformat(),
        channel=str(comment.get_channel_display()),
        who=who,
        place=comment.wording.citation if comment.wording else _("the whole draft"),
        words=words_of(comment.wording),
        kind=str(comment.get_kind_display()),
        proposal=wording.kept(comment.proposed_wording),
        reasons=wording.kept(comment.reasons),
        supplement=wording.kept(comment.supplement),
        outcome=str(wording.OUTCOMES.get(answer.outcome, answer.outcome)) if answer else "",
        answer=answer.reasons if answer else "",
        answered=calendar.local_day(published).isoformat() if published else "",
    )


def _inside(comment: Comment) -> Inside:
    return Inside(
        state=str(comment.get_state_display()),
        department=str(comment.department or "") if comment.department_id else "",
        case_number=comment.case_number,
        posted=comment.posted_on.isoformat() if comment.posted_on else "",
        hidden_because=wording.kept(comment.hidden_because),
    )


def safe_cell(text: str) -> str:
    """The text so that a spreadsheet shows it and never computes it."""
    return f"'{text}" if text.startswith(FORMULA) else text
