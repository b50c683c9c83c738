"""The report on a consultation: its course, its numbers, every comment with its answer.

The report is the same for everybody: names are those a visitor may read.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from consultations import calendar, wording
from consultations.models import Answer, Comment, CommentState, Consultation, Draft, Outcome
from consultations.models.comments import PUBLIC_STATES
from consultations.selectors import comments as shown_comments
from consultations.selectors.journal import sentence, with_subjects
from consultations.selectors.texts import words_of

COURSE = (
    "consultation.announce",
    "consultation.open",
    "consultation.close",
    "draft.begin_review",
    "draft.finish_review",
    "council_file.record_vote",
    "draft.adopt",
    "draft.reject",
)
CHUNK = 500
# What a spreadsheet would take for a formula (OWASP, «CSV injection»).
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Totals:
    """How much came, from whom, and what became of it."""

    received: int
    published: int
    withdrawn: int
    hidden: int
    organisations: int
    from_persons: int
    outcomes: list[tuple[str, int]]


def course(draft: Draft) -> list[tuple[datetime, str]]:
    """The dates of the consultation, from the trail."""
    entries = with_subjects(draft.trail.filter(kind__in=COURSE)).order_by("seq")
    return [(entry.at, sentence(entry)) for entry in entries]


def totals(consultation: Consultation) -> Totals:
    """Counts of everything that was filed, withdrawn and hidden comments included."""
    public = Q(state__in=PUBLIC_STATES)
    counted = consultation.comments.aggregate(
        received=Count("pk"),
        published=Count("pk", filter=Q(state=CommentState.PUBLISHED)),
        withdrawn=Count("pk", filter=Q(state=CommentState.WITHDRAWN)),
        hidden=Count("pk", filter=Q(state=CommentState.HIDDEN)),
        organisations=Count("organisation", filter=public, distinct=True),
        from_persons=Count("pk", filter=public & Q(organisation=None)),
    )
    return Totals(**counted, outcomes=_outcomes(consultation))


def _outcomes(consultation: Consultation) -> list[tuple[str, int]]:
    """Every outcome of the procedure with its count, none left out."""
    given = Answer.objects.filter(
        comment__consultation=consultation, comment__state=CommentState.PUBLISHED
    )
    counts = dict(given.order_by().values_list("outcome").annotate(Count("pk")))
    codes = Outcome.objects.filter(procedure=consultation.draft.procedure_id)
    return [(one.code, counts.get(one.code, 0)) for one in codes]


def rows(consultation: Consultation) -> QuerySet[Comment]:
    """Every answered comment, by number."""
    answered = consultation.comments.filter(state=CommentState.PUBLISHED)
    return shown_comments.joined(answered).order_by("number")


def heading() -> list[str]:
    """The names of the columns of the table one downloads."""
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
        _("outcome"),
        _("reasons of the answer"),
        pgettext("column", "answered"),
    ]


def table(consultation: Consultation) -> Iterator[list[str]]:
    """The report as rows of safe cells; reads the comments by 500, so any number will do."""
    yield heading()
    last = 0
    while chunk := list(rows(consultation).filter(number__gt=last)[:CHUNK]):
        for one in shown_comments.shown(chunk, None):
            yield [safe_cell(cell) for cell in _cells(one)]
        last = chunk[-1].number


def _cells(one: shown_comments.Shown) -> list[str]:
    comment, answer = one.comment, one.answer
    return [
        str(comment.number),
        calendar.local_day(comment.filed_at).isoformat(),
        str(comment.get_channel_display()),
        one.who,
        comment.wording.citation if comment.wording else _("the whole draft"),
        words_of(comment.wording),
        str(comment.get_kind_display()),
        comment.proposed_wording,
        comment.reasons,
        str(wording.OUTCOMES[answer.outcome]) if answer else "",
        answer.reasons if answer else "",
        calendar.local_day(answer.published_at).isoformat()
        if answer and answer.published_at
        else "",
    ]


def safe_cell(text: str) -> str:
    """The text so that a spreadsheet shows it and never computes it."""
    return f"'{text}" if text.startswith(FORMULA) else text
