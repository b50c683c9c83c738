"""Saying it anew until the deadline, and taking one's name away at any time."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from consultations.errors import Changed, Invalid, TooLate, WrongState
from consultations.models import Actor, Answer, Comment
from consultations.models.clock import now
from consultations.selectors.consultations import takes_comments
from consultations.services.door import hold, one_action, pass_through, require
from consultations.services.filing import Said, check_words
from consultations.services.report_files import withdraw_files
from consultations.services.signing import check_still_here, signed


@dataclass(frozen=True)
class Anew:
    """What a correction says in place of what stands."""

    kind: str
    proposed_wording: str
    reasons: str


def correct_comment(comment: Comment, anew: Anew, *, seen_version: int, by: Actor) -> Comment:
    """Put new words in place of one's own, while comments are taken and nothing is proposed.

    The old ones stay sealed in the record; the unit admits the comment anew. `seen_version` is
    the version the person read. Raises NotYours, TooLate, Changed, WrongState, Invalid.
    """
    words: dict[str, Any] = {
        "proposed_wording": anew.proposed_wording.strip(),
        "reasons": anew.reasons.strip(),
    }
    with one_action():
        row = hold(comment)
        require(by, "comment.correct", row)
        check_still_here(by)
        _check_time(row)
        if row.version != seen_version:
            raise Changed
        said = {"kind": anew.kind, **words}
        check_words(Said(row.wording, row.organisation, **said))
        if all(getattr(row, name) == text for name, text in said.items()):
            raise Invalid(_("Nothing is changed: it says what it said before."), "reasons")
        facts = {"number": row.number, "kind": anew.kind, **signed(row.organisation_id, by)}
        return pass_through(row, "correct", by=by, words=words, facts=facts, **said)


def _check_time(row: Comment) -> None:
    if not takes_comments(row.consultation, now()):
        raise TooLate(_("A comment can be corrected only until the closing day."))
    if row.organisation and row.organisation.needs_sign_off:
        raise WrongState(
            _(
                "A second person of the organisation signed off these words. Withdraw the comment"
                " and file another one."
            )
        )
    if Answer.objects.filter(comment=row).exists():
        raise WrongState(_("An answer to this comment is being written: its words stay."))


def stop_naming(comment: Comment, *, by: Actor) -> Comment:
    """Take one's name from everything that is made from now on; it cannot be put back.

    Raises NotYours, Invalid.
    """
    with one_action():
        row = hold(comment)
        require(by, "comment.stop_naming", row)
        if not row.named:
            raise Invalid(_("Your name is not shown with this comment."))
        withdraw_files(row.consultation.draft_id)
        return pass_through(row, "stop_naming", by=by, facts={"number": row.number})
