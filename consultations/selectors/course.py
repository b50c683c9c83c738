"""The course of a comment: received, admitted, with a department, answered, report, council."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations import policy
from consultations.models import Actor, Comment, CommentState, CouncilFile, Entry
from consultations.selectors import people
from consultations.selectors.journal import sentence, with_subjects

# What everybody reads of an admitted comment, and what only its author and the unit do.
PUBLIC = ("comment.file", "comment.admit", "comment.assign", "comment.publish")
OWN = ("comment.return_for_completion", "comment.complete", "comment.withdraw", "comment.hide")
OF_THE_DRAFT = (
    "council_file.submit",
    "council_file.schedule",
    "council_file.send_back",
    "council_file.record_vote",
    "draft.adopt",
    "draft.reject",
    "draft.withdraw",
)
REPORT = "report.release"
ENDS = {"draft.adopt", "draft.reject", "draft.withdraw"}

NAMES: dict[str, Any] = {
    "comment.file": gettext_lazy("Received"),
    "comment.return_for_completion": gettext_lazy("Returned for completion"),
    "comment.complete": gettext_lazy("Completed"),
    "comment.admit": gettext_lazy("Admitted"),
    "comment.assign": gettext_lazy("With a department"),
    "comment.publish": gettext_lazy("Answered"),
    "comment.withdraw": gettext_lazy("Withdrawn"),
    "comment.hide": gettext_lazy("Hidden"),
    REPORT: gettext_lazy("Report"),
} | dict.fromkeys(OF_THE_DRAFT, gettext_lazy("Council"))


@dataclass(frozen=True)
class Step:
    """One step: its name and what happened; without an instant it is still to come."""

    at: datetime | None
    name: Any
    sentence: str


def course(comment: Comment, viewer: Actor | None) -> list[Step]:
    """What happened to the comment, dated by the trail, and what is still to come."""
    entries = list(_entries(comment, viewer))
    done = [Step(entry.at, NAMES[entry.kind], sentence(entry)) for entry in entries]
    return done + _to_come(comment, {entry.kind for entry in entries})


def _entries(comment: Comment, viewer: Actor | None) -> Iterable[Entry]:
    close = policy.can(viewer, "comment.withdraw", comment) or people.reads_names(viewer)
    about = Q(comment=comment, kind__in=(*PUBLIC, *OWN) if close else PUBLIC)
    about |= Q(report__consultation=comment.consultation_id, kind=REPORT)
    about |= Q(case=comment.consultation.draft_id, kind__in=OF_THE_DRAFT)
    return with_subjects(Entry.objects.filter(about)).order_by("seq")


def _to_come(comment: Comment, happened: set[str]) -> list[Step]:
    if comment.state in {CommentState.WITHDRAWN, CommentState.HIDDEN} or happened & ENDS:
        return []
    returned = comment.state == CommentState.RETURNED
    steps = [
        ("comment.complete", _("Its author adds what is missing."), returned),
        ("comment.admit", _("The unit checks the comment and admits it."), None),
        ("comment.publish", _("The answer with its reasons is published."), None),
        (REPORT, _("All comments and answers are released in the report."), None),
        ("draft.adopt", _of_the_council(comment), True),
    ]
    return [
        Step(None, NAMES[kind], words)
        for kind, words, waits in steps
        if (kind not in happened if waits is None else waits)
    ]


def _of_the_council(comment: Comment) -> str:
    """What the council does next, with the day of the session where it is known."""
    file = CouncilFile.objects.filter(draft=comment.consultation.draft_id).last()
    if file is None or file.session_on is None or file.state != "numbered":
        return _("The council votes on the draft.")
    return _("The council votes on the draft: session %(number)s, %(day)s.") % {
        "number": file.session_number,
        "day": date_format(file.session_on, "j E Y"),
    }
