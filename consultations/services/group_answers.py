"""One answer for a group: every member that can be answered gets an answer of its own."""

import logging
import uuid
from collections.abc import Collection
from dataclasses import dataclass

from django.db import OperationalError

from consultations.errors import Busy, Refused, WrongState
from consultations.models import Actor, Comment
from consultations.selectors.groups import to_answer
from consultations.services.answers import answer_comment

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Result:
    """What became of one member; `refusal` is None where the answer is proposed."""

    number: int
    refusal: Refused | None = None


def answer_group(
    comment: Comment,
    *,
    outcome: str,
    reasons: str,
    by: Actor,
    changed: Collection[uuid.UUID] = (),
    seen_version: int | None = None,
) -> list[Result]:
    """Propose the same answer to every member of its group that waits for one.

    Each is an act of its own. The comment, as it was seen on the page, is the first: when that is
    refused nothing is done to the others, and the refusal is raised (NotYours, Invalid,
    WrongState, Unmet). Of the others each result says what became of it; the rest stands.
    """
    if comment.group is None:
        raise WrongState
    said = Said(outcome, reasons, changed, by)
    others = list(to_answer(comment.group, by).exclude(pk=comment.pk))
    said.to(comment, seen_version)
    results = [Result(comment.number), *(_result(one, said) for one in others)]
    return sorted(results, key=lambda one: one.number)


def _result(member: Comment, said: "Said") -> Result:
    try:
        said.to(member, member.version)
    except Refused as refusal:
        return Result(member.number, refusal)
    except OperationalError:
        log.warning("a member of a group could not be answered", exc_info=True)
        return Result(member.number, Busy())
    return Result(member.number)


@dataclass(frozen=True)
class Said:
    """The answer that serves them all."""

    outcome: str
    reasons: str
    changed: Collection[uuid.UUID]
    by: Actor

    def to(self, comment: Comment, seen_version: int | None) -> None:
        """Propose it to one comment."""
        answer_comment(
            comment,
            outcome=self.outcome,
            reasons=self.reasons,
            changed=self.changed,
            seen_version=seen_version,
            by=self.by,
        )
