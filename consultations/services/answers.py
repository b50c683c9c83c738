"""Answers: proposing, the second signature, sending back, publishing."""

import uuid
from collections.abc import Collection

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from consultations.errors import Invalid, NotYours, WrongState
from consultations.models import Actor, Answer, Comment, Outcome, Phrase
from consultations.models.clock import now
from consultations.services.causes import name_changes
from consultations.services.door import hold, one_action, pass_through, refuse_unmet, require
from consultations.text.fields import in_braces, names_in
from consultations.text.said import says_something

OWN_ANSWER = _("You wrote this answer: somebody else must approve it.")


def answer_comment(
    comment: Comment,
    *,
    outcome: str,
    reasons: str,
    by: Actor,
    changed: Collection[uuid.UUID] = (),
    accepted_part: str = "",
    phrase: Phrase | None = None,
    seen_version: int | None = None,
) -> Comment:
    """Propose the answer: outcome and reasons, both required; `changed` for what is accepted,
    `accepted_part` for what is accepted in part, `phrase` the saved one it was written with.

    In order: lock, policy, the answer's row (a former version stays sealed in the trail), the
    changes it leads to (keys of provisions), the transition `comment.answer`, the entry; after
    commit the approvers are told. `seen_version` is the version of the comment on the page:
    WrongState when somebody was faster. Raises NotYours, Invalid, WrongState.
    """
    with one_action():
        if _chosen(comment, outcome, leads_to_change=True):
            hold(comment.consultation.draft)  # a version may begin: the draft's lock comes first
        comment = hold(comment)
        require(by, "comment.answer", comment)
        _refuse_stale(comment, seen_version)
        chosen, reasons = _checked(comment, outcome, reasons)
        part = _part(chosen, accepted_part)
        changed = _wanted(chosen, changed)
        fields = {
            "outcome": outcome,
            "accepted_part": part,
            "reasons": reasons,
            "author": by,
            "answered_at": now(),
            "approver": None,
            "approved_at": None,
        }
        comment.given_answer, _new = Answer.objects.update_or_create(
            comment=comment, defaults=fields
        )
        changes = name_changes(comment, changed, by=by)
        words: dict[str, str] = {"reasons": reasons, "accepted_part": part}
        facts: dict[str, object] = {"outcome": outcome}
        if changes:
            facts["changed"] = changes
        if phrase is not None:
            facts["phrase"] = phrase.pk
            Phrase.objects.filter(pk=phrase.pk).update(used=F("used") + 1)
        return pass_through(comment, "answer", by=by, words=words, facts=facts)


def check_said(
    comment: Comment,
    *,
    outcome: str,
    reasons: str,
    accepted_part: str,
    changed: Collection[uuid.UUID],
) -> None:
    """Raises Invalid for what answering would refuse whatever the comment; nothing is done."""
    chosen, _reasons = _checked(comment, outcome, reasons)
    _part(chosen, accepted_part)
    _wanted(chosen, changed)


def _refuse_stale(comment: Comment, seen_version: int | None) -> None:
    from_state = comment.state in {"admitted", "assigned", "proposed"}
    if not from_state or (seen_version is not None and seen_version != comment.version):
        raise WrongState


def _checked(comment: Comment, outcome: str, reasons: str) -> tuple[Outcome, str]:
    chosen = _chosen(comment, outcome)
    if chosen is None:
        raise Invalid(_("Choose the outcome."), "outcome")
    if not says_something(reasons):
        raise Invalid(_("Give the reasons: an answer without reasons is not an answer."), "reasons")
    refuse_fields(reasons, "reasons")
    return chosen, reasons.strip()


def refuse_fields(text: str, field: str) -> None:
    """Raises Invalid for a field in braces that nobody filled: it is no answer."""
    if names := names_in(text):
        raise Invalid(
            _("Fill in what stands in braces: %(names)s.") % {"names": in_braces(names)}, field
        )


def _chosen(comment: Comment, outcome: str, **where: bool) -> Outcome | None:
    procedure = comment.consultation.draft.procedure
    found: Outcome | None = procedure.outcomes.filter(code=outcome, **where).first()
    return found


def _part(chosen: Outcome, accepted_part: str) -> str:
    """In which part it is accepted: required where the outcome asks for it, else nothing."""
    if chosen.asks_part and not says_something(accepted_part):
        raise Invalid(_("Say in which part the comment is accepted."), "accepted_part")
    refuse_fields(accepted_part if chosen.asks_part else "", "accepted_part")
    return accepted_part.strip() if chosen.asks_part else ""


def _wanted(chosen: Outcome, changed: Collection[uuid.UUID]) -> Collection[uuid.UUID]:
    """The provisions the answer changes: required of what is accepted, none of the rest."""
    if chosen.leads_to_change and not changed:
        raise Invalid(
            _("Name the change this leads to: choose the provision that changes."), "changed"
        )
    return changed if chosen.leads_to_change else ()


def approve_answer(comment: Comment, *, by: Actor) -> Comment:
    """Put the second signature; refused for the author of the answer."""
    with one_action():
        comment = hold(comment)
        answer = Answer.objects.filter(comment=comment).first()
        if answer is not None and answer.author_id == by.pk:
            raise NotYours(OWN_ANSWER)
        require(by, "comment.approve", comment)
        if answer is not None and comment.state == "proposed":
            answer.sign(approver=by, at=now())
            answer.save(update_fields=["approver", "approved_at"])
        return pass_through(comment, "approve", by=by)


def send_back_answer(comment: Comment, *, remark: str, by: Actor) -> Comment:
    """Return the answer to its author with a remark."""
    if not says_something(remark):
        raise Invalid(_("Say what should be improved."), "remark")
    with one_action():
        comment = hold(comment)
        require(by, "comment.send_back", comment)
        if comment.state in {"proposed", "approved"}:
            comment.given_answer.unsign(remark.strip())
            comment.given_answer.save(update_fields=["approver", "approved_at", "remark"])
        return pass_through(comment, "send_back", by=by, words={"remark": remark.strip()})


def publish_answer(comment: Comment, *, by: Actor) -> Comment:
    """Make the approved answer public; after commit its author is told."""
    with one_action():
        comment = hold(comment)
        require(by, "comment.publish", comment)
        if comment.state == "approved":
            refuse_unmet(comment, "publish")
            comment.given_answer.published_at = now()
            comment.given_answer.save(update_fields=["published_at"])
        facts = {"outcome": comment.given_answer.outcome} if comment.state == "approved" else {}
        return pass_through(comment, "publish", by=by, facts=facts)
