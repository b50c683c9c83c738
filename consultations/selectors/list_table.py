"""The public list of comments as a table for a spreadsheet."""

from collections.abc import Iterator

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from consultations import calendar, wording
from consultations.models import Comment, Consultation
from consultations.selectors import comments as shown_comments
from consultations.selectors import listing
from consultations.selectors.texts import words_of
from consultations.text.formats.writable import safe_cell


def table(consultation: Consultation, found: QuerySet[Comment]) -> Iterator[list[str]]:
    """Safe cells, the heading first; answers once they are published, names as for a visitor."""
    yield _heading()
    for chunk in listing.chunks(found):
        for one in shown_comments.shown(chunk, None):
            yield [safe_cell(cell) for cell in _row(consultation, one)]


def _heading() -> list[str]:
    return [
        _("number"),
        pgettext("column", "received"),
        _("who filed it"),
        _("provision"),
        _("current wording"),
        _("kind of comment"),
        _("proposed wording"),
        _("reasons"),
        _("what was added"),
        _("supporters"),
        _("state"),
        _("outcome"),
        _("accepted part"),
        _("reasons of the answer"),
        pgettext("column", "answered"),
        _("address"),
    ]


def _row(consultation: Consultation, one: shown_comments.Shown) -> list[str]:
    comment, answer = one.comment, one.answer
    published = answer.published_at if answer else None
    path = reverse("comment", args=[consultation.slug, comment.number])
    return [
        str(comment.number),
        calendar.local_day(comment.filed_at).isoformat(),
        one.who,
        comment.wording.citation if comment.wording else _("the whole draft"),
        words_of(comment.wording),
        str(comment.get_kind_display()),
        wording.kept(comment.proposed_wording),
        wording.kept(comment.reasons),
        wording.kept(comment.supplement),
        str(one.supporters),
        str(comment.get_state_display()),
        str(wording.OUTCOMES.get(answer.outcome, answer.outcome)) if answer else "",
        answer.accepted_part if answer else "",
        answer.reasons if answer else "",
        calendar.local_day(published).isoformat() if published else "",
        f"{settings.ORIGIN}{path}",
    ]
