"""The report on a consultation: its course, what it still misses, who wrote and released it.

The report is the same for everybody: names are those a visitor may read.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Prefetch, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations import calendar, policy, wording
from consultations.models import (
    Actor,
    CommentState,
    Consultation,
    ConsultationState,
    Entry,
    Report,
    Sealed,
    User,
)
from consultations.models.clock import now
from consultations.models.reports import ReportState
from consultations.selectors import ways
from consultations.selectors.figures import by_state
from consultations.selectors.journal import sentence, with_subjects
from consultations.selectors.waiting import WAITING, queue_address

VOTES = (
    "council_file.record_vote",
    "council_file.correct_vote",
    "council_file.repeat_vote",
)
OF_THE_ROUND = (
    "consultation.announce",
    "consultation.correct",
    "consultation.prolong",
    "consultation.cancel",
    "consultation.open",
    "consultation.close",
)
OF_THE_DRAFT = (
    "draft.begin_review",
    "draft.finish_review",
    "draft.consult_again",
    "draft.take_back",
    "draft.withdraw",
    "draft.adopt",
    "draft.reject",
)
VERSIONS = ("report.prepare", "report.edit", "report.release")


@dataclass(frozen=True)
class Step:
    """One date of the course, with the public reason where there is one."""

    at: datetime
    sentence: str
    because: str = ""


@dataclass(frozen=True)
class Missing:
    """Something the report still needs, and where it is done."""

    sentence: str
    url: str


@dataclass(frozen=True)
class Version:
    """One line of the report's own history: who, when, and the introduction as it was then.

    `before` is the introduction of the version before it, if there was one.
    """

    at: datetime
    sentence: str
    who: str
    introduction: str
    before: str = ""


def found(viewer: Actor | None, consultation: Consultation) -> Report | None:
    """The report of the round, if this person may see it."""
    seen = policy.visible(viewer, Report.objects.filter(consultation=consultation))
    report: Report | None = seen.select_related("prepared_by", "released_by").first()
    return report


def is_released(report: Report | None) -> bool:
    return report is not None and report.state == ReportState.RELEASED


def course(consultation: Consultation) -> list[Step]:
    """The dates of the consultation, from the trail: two queries."""
    mine = Q(consultation=consultation, kind__in=OF_THE_ROUND)
    mine |= Q(report__consultation=consultation, kind="report.release")
    mine |= Q(draft=consultation.draft_id, kind__in=OF_THE_DRAFT)
    mine |= Q(council_file__draft=consultation.draft_id, kind__in=VOTES)
    mine |= _exceptions(consultation)
    reasons = Prefetch("words", Sealed.objects.filter(field="because"), to_attr="reasons")
    entries = with_subjects(Entry.objects.filter(mine)).prefetch_related(reasons).order_by("seq")
    return [Step(entry.at, sentence(entry), _because(entry)) for entry in entries]


def _exceptions(consultation: Consultation) -> Q:
    """Of this round, and of the draft as a whole; those of another round stand in its report."""
    of_this = Q(override__consultation=consultation)
    of_all = Q(override__draft=consultation.draft_id, override__consultation=None)
    return of_this | of_all


def _because(entry: Any) -> str:
    return str(entry.reasons[0].text) if entry.reasons else ""


def versions(report: Report, viewer: Actor | None) -> list[Version]:
    """Every version of the report from the record, the newest first, for those who run it."""
    words = Prefetch("words", Sealed.objects.filter(field="introduction"), to_attr="written")
    entries = with_subjects(report.entries.filter(kind__in=VERSIONS))
    listed: list[Any] = list(entries.prefetch_related(words).order_by("-seq"))
    names: dict[int, str] = {}
    if policy.can(viewer, "names.see"):
        users = User.objects.filter(actor__in={entry.actor_id for entry in listed})
        names = {user.actor_id: str(user) for user in users}
    earlier = [*map(_written, listed[1:]), ""]
    return [
        Version(entry.at, sentence(entry), _who(entry, names), _written(entry), before)
        for entry, before in zip(listed, earlier, strict=True)
    ]


def _who(entry: Entry, names: dict[int, str]) -> str:
    role = str(wording.ROLES.get(entry.role, entry.role))
    name = names.get(entry.actor_id, "")
    return f"{name}, {role}" if name else role


def _written(entry: Any) -> str:
    return str(entry.written[0].text) if entry.written else ""


def missing(consultation: Consultation, report: Report | None) -> list[Missing]:
    """What the report still needs, each with the list that clears it; nothing once released."""
    if is_released(report):
        return []
    return [*_unclosed(consultation), *_comments(consultation), *_meetings(consultation)]


def _unclosed(consultation: Consultation) -> Iterable[Missing]:
    if consultation.state != ConsultationState.CLOSED:
        words = _("The consultation has not closed: the report is prepared after its last day.")
        yield Missing(words, reverse("control_room", args=[consultation.slug]))


def _comments(consultation: Consultation) -> Iterable[Missing]:
    counts = by_state(consultation)
    for state, label in WAITING:
        if counts[state]:
            url = queue_address(consultation, str(state))
            yield Missing(f"{label}: {counts[state]}", url)
    waiting = _not_lapsed(consultation)
    if waiting:
        words = ngettext(
            "%(count)d comment was returned to its author, whose day is not over.",
            "%(count)d comments were returned to their authors, whose days are not over.",
            waiting,
        ) % {"count": waiting}
        yield Missing(words, queue_address(consultation, CommentState.RETURNED))


def _not_lapsed(consultation: Consultation) -> int:
    today = calendar.local_day(now())
    returned = consultation.comments.filter(state=CommentState.RETURNED, complete_by__gte=today)
    return returned.count()


def _meetings(consultation: Consultation) -> Iterable[Missing]:
    for line in ways.ways(consultation):
        if line.stage == "due":
            words = _("Attendance and minutes are not entered: %(form)s") % {"form": line.words}
            yield Missing(words, reverse("ways", args=[consultation.slug]))
