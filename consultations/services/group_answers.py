"""One answer for a group: a run over the members that wait for one."""

from typing import Any

from django.db import transaction

from consultations.errors import WrongState
from consultations.models import Actor, Comment, Run, RunAct
from consultations.selectors.detail import joined
from consultations.selectors.groups import to_answer
from consultations.services.runs import MOST, ask_of_run, prepare_run


def prepare_group_answer(
    comment: Comment, asked: dict[str, Any], *, seen_version: int, by: Actor
) -> Run:
    """The run that would propose this answer to every member of its group that waits for one.

    Nothing is done before it is started; each member is a row and an act of its own. Of more
    members than one run holds the first are taken. Raises NotYours, Invalid, WrongState.
    """
    if comment.group is None or comment.version != seen_version:
        raise WrongState
    members = joined(to_answer(comment.group, by))[:MOST]
    with transaction.atomic():
        run = prepare_run(comment.consultation, RunAct.ANSWER, members, by=by)
        return ask_of_run(run, asked, by=by)
