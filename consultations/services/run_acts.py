"""What a run may do to a comment: what stands against it, and the act itself through the door."""

import uuid
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from consultations import policy, wording
from consultations.errors import Invalid, NotYours, Refused, Unmet, WrongState
from consultations.models import Actor, Comment, Department, Phrase, RunAct, User
from consultations.models.machine import find_act
from consultations.selectors.phrases import FIELDS, facts
from consultations.services import answers, comments
from consultations.services.door import hold
from consultations.text.fields import filled

Asked = Mapping[str, Any]
SIGNED = (RunAct.APPROVE, RunAct.PUBLISH)
ANY_WORDS = dict.fromkeys(FIELDS, "…")  # what stands for each field before it is known


def kind_of(act: str) -> str:
    """The action of the policy, which is also the kind of its entry."""
    return f"comment.{RunAct(act).value}"


def obstacle(comment: Comment, act: str, by: Actor) -> Refused | None:
    """Why this act cannot be done to the comment now, as far as can be told beforehand."""
    transition = find_act(comment, act)
    if str(comment.state) not in transition.sources:
        state = comment.get_state_display()
        return WrongState(_("Its state is “%(state)s”.") % {"state": state})
    if act == RunAct.APPROVE and not policy.not_own_answer.test(by, comment):
        return NotYours(answers.OWN_ANSWER)
    if not policy.can(by, transition.kind, comment):
        return NotYours()
    if act == RunAct.ADMIT and (faults := _faults(comment)):
        return faults
    unmet = transition.unmet(comment) if act in SIGNED else ()
    return Unmet(unmet, comment) if unmet else None


def _faults(comment: Comment) -> Invalid | None:
    """A formal fault is decided on by itself."""
    if not comment.grounds:
        return None
    words = ", ".join(str(wording.MARKS[one]) for one in comment.grounds)
    return Invalid(_("Decide on it by itself: %(faults)s.") % {"faults": words})


def refuse_unknown_fields(text: str) -> None:
    """Raises Invalid for a field in braces that can be filled for no comment."""
    answers.refuse_fields(filled(text, ANY_WORDS), "reasons")


def check_asked(comment: Comment, act: str, asked: Asked) -> None:
    """Raises Invalid for what every comment would be refused for; fields may be filled later."""
    if act == RunAct.ANSWER:
        answers.check_said(
            comment,
            outcome=asked["outcome"],
            reasons=filled(asked["reasons"], ANY_WORDS),
            accepted_part=filled(asked.get("accepted_part", ""), ANY_WORDS),
            changed=[uuid.UUID(key) for key in asked.get("changed", ())],
        )


def carry_out(comment: Comment, act: str, asked: Asked, seen_version: int, by: Actor) -> Comment:
    """Do the act, if the comment is still what was looked at. The caller is inside one action.

    Raises whatever the single act raises.
    """
    if not User.objects.filter(actor=by, is_active=True).exists():
        raise NotYours
    if act != RunAct.ANSWER:  # answering takes the draft's lock first, and compares by itself
        comment = hold(comment)
        if comment.version != seen_version:
            raise WrongState
    return DO[RunAct(act)](comment, asked, seen_version, by)


def _admit(comment: Comment, _asked: Asked, _seen: int, by: Actor) -> Comment:
    if faults := _faults(comment):
        raise faults
    return comments.admit_comment(comment, by=by)


def _assign(comment: Comment, asked: Asked, _seen: int, by: Actor) -> Comment:
    department = Department.objects.filter(slug=asked["department"]).first()
    if department is None:
        raise Invalid(_("Choose the department."), "department")
    day = date.fromisoformat(asked["due_on"]) if asked.get("due_on") else None
    return comments.assign_comment(comment, department=department, due_on=day, by=by)


def _answer(comment: Comment, asked: Asked, seen: int, by: Actor) -> Comment:
    """Fields in braces are filled for each comment by itself."""
    known = facts(comment)
    return answers.answer_comment(
        comment,
        outcome=asked["outcome"],
        reasons=filled(asked["reasons"], known),
        accepted_part=filled(asked.get("accepted_part", ""), known),
        phrase=Phrase.objects.filter(pk=asked.get("phrase") or 0).first(),
        changed=[uuid.UUID(key) for key in asked.get("changed", ())],
        seen_version=seen,
        by=by,
    )


DO: dict[RunAct, Callable[[Comment, Asked, int, Actor], Comment]] = {
    RunAct.ADMIT: _admit,
    RunAct.ASSIGN: _assign,
    RunAct.ANSWER: _answer,
    RunAct.APPROVE: lambda comment, _asked, _seen, by: answers.approve_answer(comment, by=by),
    RunAct.PUBLISH: lambda comment, _asked, _seen, by: answers.publish_answer(comment, by=by),
}
