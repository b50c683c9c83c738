"""The council's desk: of each draft what is next and what is new; what waits for the clerk."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.urls import reverse

from consultations import calendar, policy
from consultations.models import (
    Actor,
    Consultation,
    CouncilFile,
    CouncilFileState,
    Draft,
    DraftState,
    Entry,
    ReportState,
    Visit,
    Watch,
)
from consultations.models.clock import now
from consultations.models.council import BEFORE_THE_VOTE
from consultations.selectors import amendments, journal
from consultations.selectors.agenda import mark_lost
from consultations.selectors.amendments import Tally, tally
from consultations.selectors.clashing import conflicts_in
from consultations.selectors.lineage import Lineage, lineage
from consultations.selectors.opinions import opinions
from consultations.selectors.readings import reading_of
from consultations.selectors.stages import adopt_by
from consultations.selectors.votes import contradicts, earlier
from workflows import selectors
from workflows.ahead import Ahead, lost_words, whats_next
from workflows.council_acts import ASIDE
from workflows.desk_since import Changed, Refused, Since, changed, newer, refused, since
from workflows.road import before_the_vote
from workflows.selectors import Next
from workflows.steps import STEPS, Step

ENDED = (DraftState.ADOPTED, DraftState.REJECTED, DraftState.WITHDRAWN)
NEWS_SHOWN, DECIDED_SHOWN = 3, 20
DAILY = "consultation.probe"  # the clock's look at the published text is no news


@dataclass(frozen=True)
class News:
    """What the record got since the last visit: how much, and its turns in words."""

    count: int = 0
    comments: int = 0
    answers: int = 0
    lines: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Card:
    """One draft of the desk."""

    draft: Draft
    slug: str
    ahead: Ahead
    adopt_by: date | None
    watched: bool
    news: News
    file: CouncilFile | None
    vote: Any
    amendments: Tally | None
    has_report: bool
    since: Since
    changed: Changed
    refused: Refused

    @property
    def is_new(self) -> bool:
        """Whether anything waits to be read."""
        return bool(self.news.count or self.changed.count)

    @property
    def is_seen(self) -> bool:
        """She marked it, and nothing has happened since."""
        return self.since.marked and not self.is_new


@dataclass(frozen=True)
class Todo:
    """One act that waits for the council office."""

    step: Step
    file: CouncilFile
    url: str


@dataclass(frozen=True)
class Desk:
    """What waits for the viewer, drafts on their way or followed, and what is decided."""

    todos: list[Todo]
    coming: list[Card]
    cards: list[Card]
    decided: list[Card]
    is_office: bool


def next_at_council(file: CouncilFile, viewer: Actor | None) -> Next | None:
    """The next step on this file; None when it is over, or the draft is in another one."""
    if file.state == CouncilFileState.SENT_BACK or file.draft.state != DraftState.COUNCIL_VOTE:
        return None
    found = selectors.next_step(file.draft, viewer)
    return found if found and found.step.at_council else None


def facts(file: CouncilFile, viewer: Actor | None) -> dict[str, Any]:
    """What stands on the page of a file."""
    procedure, files = file.draft.procedure, list(file.draft.council_files.all())
    mark_lost([file])
    return {
        "vote": file.roll_call,
        "lost": lost_words(file) if file.lost_session else "",
        "earlier": earlier(file),
        "contradicts": contradicts(file.draft, file.roll_call),
        "quorum": procedure.quorum,
        "reading": reading_of(file),
        "amendments": amendments.of_file(file, viewer),
        "conflicts": conflicts_in(file, viewer),
        "asks_opinion": policy.can(viewer, "opinion.request", file.draft),
        "files_amendment": policy.can(viewer, "amendment.file"),
        "opinions": opinions(file.draft, viewer),
        "publications": file.draft.publications.all(),
        "newer": files[-1] if files[-1].pk != file.pk else None,
    }


def desk(viewer: Actor, visit: Visit) -> Desk:
    """The whole desk: a constant number of queries for any number of drafts."""
    drafts, today = list(_of_interest(viewer)), calendar.local_day(now())
    mark_lost([file for draft in drafts for file in draft.files[:1]])  # type: ignore[attr-defined]
    marks = since(viewer, drafts, visit)
    news, told = _news(viewer, drafts, marks), _told(viewer, drafts, marks)
    lines = _lines(drafts)
    found = [
        _card(draft, news[draft.pk], today, (marks[draft.pk], *told[draft.pk]), lines)
        for draft in drafts
    ]
    ended = [one for one in found if one.draft.state in ENDED]
    shown = [one for one in found if one.watched or one not in ended]
    files = sorted((one.file for one in found if one.file), key=lambda file: file.pk)
    return Desk(
        todos=[
            todo for file in sorted(files, key=lambda one: one.pk) for todo in _todos(file, viewer)
        ],
        coming=_coming(shown, today),
        cards=sorted(
            shown, key=lambda one: (one.is_seen, one.ahead.day is None, one.ahead.day or today)
        ),
        decided=ended,
        is_office=policy.can(viewer, "council_file.give_print_number"),
    )


def _todos(file: CouncilFile, viewer: Actor) -> list[Todo]:
    """What the viewer can do now with the file."""
    return [
        Todo(step, file, reverse(step.url, args=[file.pk]))
        for step in _due(file)
        if policy.can(viewer, step.action, file)
    ]


def _due(file: CouncilFile) -> list[Step]:
    """The acts the file waits for; none once it was sent back or the draft's road has ended."""
    ended = file.draft.state in (DraftState.REJECTED, DraftState.WITHDRAWN)
    if ended or file.state == CouncilFileState.SENT_BACK:
        return []
    if file.waiting_sheet is not None:
        return [ASIDE["confirm_vote"]]
    if file.state == CouncilFileState.SUBMITTED:
        return [STEPS["give_print_number"]]
    if file.state in BEFORE_THE_VOTE:
        return _before_the_vote(file)
    if file.draft.state == DraftState.ADOPTED:
        return [] if file.draft.publications.all() else [ASIDE["record_publication"]]
    call = file.roll_call
    return [STEPS["adopt" if call is not None and call.carried else "reject"]]


def _before_the_vote(file: CouncilFile) -> list[Step]:
    """The next reading or the vote, unless its session lies ahead; the session, when none is set.

    A decision on a motion comes before everything, and another session where one was lost.
    """
    if any(one.decided_at is None for one in file.motions.all()):
        return [ASIDE["decide_two_readings"]]
    if file.lost_session:
        return [ASIDE["schedule_session"]]
    is_set = file.session_on and file.session_on > calendar.local_day(now())
    act = [] if is_set else [STEPS[before_the_vote(file)]]
    return act if file.session_on else [ASIDE["schedule_session"], *act]


def _announced(viewer: Actor) -> QuerySet[Draft]:
    """Drafts of which a round was announced, with all that a card reads."""
    rounds = Consultation.objects.filter(announced_at__isnull=False).order_by("-number")
    files = CouncilFile.objects.prefetch_related("roll_calls", "vote_sheets").order_by("-pk")
    files = files.prefetch_related("motions", "amendments__places")
    drafts = policy.visible(viewer, Draft.objects.select_related("procedure", "document"))
    return drafts.filter(Exists(rounds.filter(draft=OuterRef("pk")))).prefetch_related(
        "procedure__rules",
        "opinions",
        "publications",
        Prefetch("rounds", rounds.select_related("report")),
        Prefetch("council_files", files, to_attr="files"),
    )


def _of_interest(viewer: Actor) -> QuerySet[Draft]:
    """On their way, decided of late, or followed: the draft, its document or a provision."""
    own = Watch.objects.filter(actor=viewer)
    followed = own.filter(
        Q(draft=OuterRef("pk"))
        | Q(document=OuterRef("document"))
        | Q(provision__draft=OuterRef("pk"))
    )
    drafts = _announced(viewer).annotate(watched=Exists(followed)).order_by("-pk")
    of_late = Draft.objects.filter(state__in=ENDED).order_by("-pk").values("pk")[:DECIDED_SHOWN]
    return drafts.filter(~Q(state__in=ENDED) | Q(watched=True) | Q(pk__in=of_late))


def _coming(cards: Iterable[Card], today: date) -> list[Card]:
    """Votes of sessions that are set, the nearest first."""
    found = [
        one
        for one in cards
        if one.file
        and one.file.state in BEFORE_THE_VOTE
        and one.file.session_on
        and one.file.session_on >= today
        and not one.file.lost_session
    ]
    return sorted(found, key=lambda one: (one.ahead.day or today, one.draft.pk))


def _told(
    viewer: Actor, drafts: Sequence[Draft], marks: dict[int, Since]
) -> dict[int, tuple[Changed, Refused]]:
    """Provisions and refusals of drafts that are not over; of the others the record tells."""
    going = [draft for draft in drafts if draft.state not in ENDED]
    slugs = {draft.pk: draft.rounds.all()[0].slug for draft in going}
    texts, refusals = changed(going, marks, slugs, viewer), refused(going, marks, viewer)
    return {
        draft.pk: (texts.get(draft.pk, Changed()), refusals.get(draft.pk, Refused()))
        for draft in drafts
    }


def _lines(drafts: Iterable[Draft]) -> Lineage:
    """Where the provisions of all amendments of the latest files stood."""
    files = [file for draft in drafts for file in draft.files[:1]]  # type: ignore[attr-defined]
    return lineage([one for file in files for one in file.amendments.all()])


def _card(
    draft: Draft,
    news: News,
    today: date,
    own: tuple[Since, Changed, Refused],
    lines: Lineage,
) -> Card:
    files: Sequence[CouncilFile] = draft.files  # type: ignore[attr-defined]
    latest, file = draft.rounds.all()[0], next(iter(files), None)
    report = getattr(latest, "report", None)
    return Card(
        draft=draft,
        slug=latest.slug,
        ahead=whats_next(draft, latest, file, today),
        adopt_by=None if draft.state in ENDED else adopt_by(draft),
        watched=getattr(draft, "watched", False),
        news=news,
        file=file,
        vote=file.roll_call if file else None,
        amendments=tally(file, lines),
        has_report=report is not None and report.state == ReportState.RELEASED,
        since=own[0],
        changed=own[1],
        refused=own[2],
    )


def _news(viewer: Actor, drafts: Iterable[Draft], marks: dict[int, Since]) -> dict[int, News]:
    """The events the viewer may read that are new to her: two queries for all drafts."""
    entries = policy.visible(viewer, Entry.objects.filter(newer(marks)))
    public = entries.filter(kind__in=policy.PUBLIC_KINDS).exclude(kind=DAILY)
    counts: dict[int, dict[str, int]] = defaultdict(dict)
    rows = public.order_by().values("case", "kind").annotate(many=Count("pk"))
    for row in rows.values_list("case", "kind", "many"):
        counts[row[0]][row[1]] = row[2]
    lines = _turns(public.exclude(kind__startswith="comment."))
    return {
        draft.pk: News(
            count=sum(counts[draft.pk].values()),
            comments=counts[draft.pk].get("comment.admit", 0),
            answers=counts[draft.pk].get("comment.publish", 0),
            lines=lines[draft.pk][:NEWS_SHOWN],
        )
        for draft in drafts
    }


def _turns(entries: QuerySet[Entry]) -> dict[int, list[str]]:
    """What happened to each draft, the latest first, without its title: the card has it."""
    found: dict[int, list[str]] = defaultdict(list)
    for entry in journal.with_subjects(entries).order_by("-seq"):
        title = entry.case.title if entry.case else ""
        found[entry.case_id or 0].append(journal.sentence(entry).replace(f": {title}", "", 1))
    return found
