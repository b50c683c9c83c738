"""One's own comments as a DOCX file: a row each, with the change, the state and the answer."""

from collections.abc import Iterable
from itertools import groupby

from django.conf import settings
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from consultations import wording
from consultations.selectors.comments import Shown
from consultations.selectors.revision import pieces_in_words
from consultations.text.formats.tables import Part, Table
from consultations.text.formats.tables import report as written
from consultations.text.redline import redline

WIDTHS = (3.0, 3.6, 5.4, 5.4, 4.5, 4.8)
SECONDS = 0.15  # for one comparison; then it is shown coarser


def own_file(comments: Iterable[Shown]) -> bytes:
    """The comments by consultation, in the order they are given."""
    parts = [
        Part(title, (), Table(_heading(), WIDTHS, [_cells(one) for one in group]))
        for title, group in groupby(comments, lambda one: one.comment.consultation.draft.title)
    ]
    language = get_language() or "pl"
    return written(_("My comments"), parts, author=settings.UNIT, language=language)


def _heading() -> tuple[str, ...]:
    return (
        _("No., received"),
        _("Provision, in whose name"),
        _("Current wording"),
        _("Proposal"),
        _("Reasons"),
        _("State and answer"),
    )


def _cells(one: Shown) -> tuple[str, ...]:
    comment, answer = one.comment, one.answer
    place = comment.wording.citation if comment.wording else _("the whole draft")
    said = [str(comment.get_state_display())]
    if answer is not None:
        outcome = str(wording.OUTCOMES.get(answer.outcome, answer.outcome))
        said += [part for part in (outcome, answer.accepted_part, answer.reasons) if part]
    return (
        f"{comment.number}\n{date_format(localtime(comment.filed_at), 'j E Y, H:i')}",
        f"{place}\n{one.who}",
        one.words,
        f"{comment.get_kind_display()}\n{_proposal(one)}",
        "\n".join(filter(None, map(wording.kept, (comment.reasons, comment.supplement)))),
        "\n".join(said),
    )


def _proposal(one: Shown) -> str:
    """The change word by word; of a long one, or of what is added, the text as proposed."""
    if not one.is_compared:
        return wording.kept(one.comment.proposed_wording)
    pieces = redline(one.words, one.comment.proposed_wording, seconds=SECONDS)
    return pieces_in_words(pieces)
