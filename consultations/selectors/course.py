"""The course of a comment: received, admitted, with a department, answered, report, council, text.

What happened is dated by the record and leads to where it can be read; what is still to come, and
what does not apply to this comment, is said.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations import policy
from consultations.models import Actor, Comment, CommentState, CouncilFile, Entry
from consultations.models.council import BEFORE_THE_VOTE
from consultations.selectors import people
from consultations.selectors.agenda import what_became
from consultations.selectors.fate import Fate
from consultations.selectors.journal import sentence, with_subjects
from consultations.text.typography import typo

S = CommentState
# What everybody reads of an admitted comment, and what only its author and the unit do.
OWN = (
    *("comment.return_for_completion", "comment.complete", "comment.withdraw", "comment.hide"),
    *("comment.leave", "comment.take_up"),
)
PUBLIC = (
    "comment.file",
    "comment.correct",
    "comment.admit",
    "comment.assign",
    "comment.approve",
    "comment.publish",
)
OF_THE_DRAFT = (
    "council_file.submit",
    "council_file.schedule",
    "council_file.send_back",
    "council_file.record_vote",
    "council_file.correct_vote",
    "council_file.repeat_vote",
    "draft.adopt",
    "draft.reject",
    "draft.withdraw",
)
ENDED = {CommentState.WITHDRAWN, CommentState.HIDDEN, CommentState.LEFT}
REPORT, TEXT, APPROVED = "report.release", "text", "comment.approve"
ENDS = {"draft.adopt", "draft.reject", "draft.withdraw"}

NAMES: dict[str, Any] = {
    "comment.file": gettext_lazy("Received"),
    "comment.correct": gettext_lazy("Corrected"),
    "comment.return_for_completion": gettext_lazy("Returned for completion"),
    "comment.complete": gettext_lazy("Completed"),
    "comment.admit": gettext_lazy("Admitted"),
    "comment.assign": gettext_lazy("With a department"),
    APPROVED: gettext_lazy("Answer approved"),
    "comment.publish": gettext_lazy("Answered"),
    "comment.withdraw": gettext_lazy("Withdrawn"),
    "comment.hide": gettext_lazy("Hidden"),
    "comment.leave": gettext_lazy("Left without consideration"),
    "comment.take_up": gettext_lazy("Taken up again"),
    REPORT: gettext_lazy("Report"),
    TEXT: gettext_lazy("In the adopted text"),
} | dict.fromkeys(OF_THE_DRAFT, gettext_lazy("Council"))


@dataclass(frozen=True)
class Step:
    """One step: its name, what happened and where it can be read.

    Without an instant it is still to come, or does not apply to this comment.
    """

    at: datetime | None
    name: Any
    sentence: str
    url: str = ""
    applies: bool = True


def course(comment: Comment, viewer: Actor | None, fate: Fate) -> list[Step]:
    """What happened to the comment, dated by the record, and what is still to come."""
    entries = _standing(comment, _entries(comment, viewer))
    own = policy.is_theirs(viewer, comment)
    done = [
        Step(entry.at, NAMES[entry.kind], sentence(entry), _address(comment, entry.kind, own=own))
        for entry in entries
    ]
    happened = {entry.kind for entry in entries}
    return [*done, *_to_come(comment, happened), *_in_the_text(comment, happened, fate)]


def _entries(comment: Comment, viewer: Actor | None) -> Iterable[Entry]:
    close = policy.is_theirs(viewer, comment) or people.reads_names(viewer)
    about = Q(comment=comment, kind__in=(*PUBLIC, *OWN) if close else PUBLIC)
    about |= Q(report__consultation=comment.consultation_id, kind=REPORT)
    about |= Q(case=comment.consultation.draft_id, kind__in=OF_THE_DRAFT)
    return with_subjects(Entry.objects.filter(about)).order_by("seq")


def _standing(comment: Comment, entries: Iterable[Entry]) -> list[Entry]:
    """Without approvals of answers that were sent back afterwards."""
    listed = list(entries)
    signed = comment.state in {S.APPROVED, S.PUBLISHED}
    last = max((one.seq for one in listed if one.kind == APPROVED), default=0) if signed else 0
    return [one for one in listed if one.kind != APPROVED or one.seq == last]


def _address(comment: Comment, kind: str, *, own: bool) -> str:
    """Where the step can be read; nothing for what only the timeline tells."""
    slug, number = comment.consultation.slug, comment.number
    if kind in {"comment.file", "comment.correct"}:
        return reverse("receipt", args=[slug, number]) if own else ""
    addresses = {
        "comment.admit": f"{reverse('journal', args=[slug])}?uwaga={number}",
        "comment.publish": "#odpowiedz",
        REPORT: reverse("report", args=[slug]),
        "council_file.record_vote": reverse("roll_call", args=[slug]),
        "council_file.correct_vote": reverse("roll_call", args=[slug]),
        "council_file.repeat_vote": reverse("roll_call", args=[slug]),
        "draft.adopt": reverse("roll_call", args=[slug]),
        "draft.reject": reverse("roll_call", args=[slug]),
        "draft.withdraw": reverse("consultation", args=[slug]),
    }
    council = f"{reverse('journal', args=[slug])}?rodzaj=council_file"
    return addresses.get(kind, council if kind.startswith("council_file.") else "")


def _to_come(comment: Comment, happened: set[str]) -> list[Step]:
    """What waits, in its order, and what this comment will not see."""
    over = _why_over(comment)
    if over:
        return [Step(None, NAMES["comment.publish"], over, applies=False)]
    returned = comment.state == S.RETURNED
    # After a correction or a completion the unit looks at it anew, whatever was done before.
    admitted = comment.state not in {S.RECEIVED, S.RETURNED}
    answered = comment.state == S.PUBLISHED
    steps = [
        ("comment.complete", _("Its author adds what is missing."), returned),
        ("comment.admit", _("The unit checks the comment and admits it."), not admitted),
        (
            "comment.assign",
            _("The unit passes it to a department, if it does not answer it itself."),
            "comment.assign" not in happened and comment.state in {S.RECEIVED, S.ADMITTED},
        ),
        (
            APPROVED,
            _("A second person signs the answer."),
            comment.state not in {S.APPROVED, S.PUBLISHED},
        ),
        ("comment.publish", _("The answer with its reasons is published."), not answered),
        (
            REPORT,
            _("All comments and answers are released in the report."),
            REPORT not in happened,
        ),
    ]
    waiting = [Step(None, NAMES[kind], words) for kind, words, waits in steps if waits]
    if answered and "comment.assign" not in happened:
        itself = _("The unit answered it itself.")
        waiting.insert(0, Step(None, NAMES["comment.assign"], itself, applies=False))
    if not happened & ENDS:
        waiting.append(Step(None, NAMES["draft.adopt"], _of_the_council(comment)))
    return waiting


def _why_over(comment: Comment) -> str:
    """Why it gets no answer; empty when it gets one."""
    if comment.state == S.WITHDRAWN:
        return _("It was withdrawn, so it gets no answer and the council does not read it.")
    if comment.state == S.HIDDEN:
        return _("It is hidden, so it gets no answer and the council does not read it.")
    if comment.state == S.LEFT:
        return _("It is left without consideration, so it gets no answer.")
    if comment.state == S.RETURNED and not comment.awaits_completion:
        return _("It was not completed in time, so it gets no answer.")
    return ""


def _of_the_council(comment: Comment) -> str:
    """What the council does next, with the day of the session where it is known."""
    file = CouncilFile.objects.filter(draft=comment.consultation.draft_id).last()
    if file is None or file.session_on is None or file.state not in BEFORE_THE_VOTE:
        return _("The council votes on the draft.")
    if lost := what_became(file):
        return lost
    return _("The council votes on the draft: session %(number)s, %(day)s.") % {
        "number": file.session_number,
        "day": date_format(file.session_on, "j E Y"),
    }


def _in_the_text(comment: Comment, happened: set[str], fate: Fate) -> list[Step]:
    """The last step: what of it stands in the adopted text."""
    if _why_over(comment):
        return []
    nothing = _why_nothing(comment, happened, fate)
    if nothing:
        return [Step(None, NAMES[TEXT], nothing, applies=False)]
    if not fate.fulfilled:
        return [Step(None, NAMES[TEXT], _("It shows what the answer changed in the text."))]
    done = fate.fulfilled[-1]
    place = typo(done.change.wording.citation)
    url = f"{reverse('draft_changes', args=[comment.consultation.slug])}"
    url += f"?do={done.version.number}#{done.change.anchor}"
    facts = {"number": done.version.number, "place": place}
    if "draft.adopt" not in happened:
        words = _("Version %(number)s has the change in %(place)s; the council decides on it.")
        return [Step(None, NAMES[TEXT], words % facts, url)]
    words = _("The adopted text has the change in %(place)s, made in version %(number)s.")
    day = comment.consultation.draft.trail.filter(kind="draft.adopt").latest("seq").at
    return [Step(day, NAMES[TEXT], words % facts, url)]


def _why_nothing(comment: Comment, happened: set[str], fate: Fate) -> str:
    """Why nothing of it stands in an adopted text; empty while something may."""
    if "draft.withdraw" in happened:
        return _("The draft was withdrawn: there is no adopted text.")
    if "draft.reject" in happened:
        return _("The council did not adopt the draft: there is no adopted text.")
    if comment.state == S.PUBLISHED and not fate.fulfilled:
        return _("The answer changes nothing in the text.")
    return ""
