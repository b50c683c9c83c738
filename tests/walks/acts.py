"""Everything that can be done to one draft, each act with a number that varies how it is done.

An act gives its arguments as people do: mostly sensible, sometimes wrong. What the services make
of it is theirs to say; a walk only looks whether what they said is what they did.
"""

from collections.abc import Callable
from datetime import date, timedelta
from typing import TypeVar

from django.db.models import Model, QuerySet

from consultations import calendar
from consultations.models import (
    Actor,
    Comment,
    Consultation,
    CouncilFile,
    Draft,
    Opinion,
    Report,
)
from consultations.models.clock import move_to, now
from consultations.services import (
    answers,
    appeals,
    comments,
    council,
    drafts,
    editing,
    leaving,
    opinions,
    reports,
    texts,
)
from consultations.services.causes import Because
from consultations.services.consultations import Notice, earliest_days
from tests.workflows.walk import Walk
from tests.world import World, roll_call
from workflows import services
from workflows.tick import tick

WHY = ("Powód, który każdy przeczyta.", "   ")
OUTCOMES = ("rejected", "accepted", "explained", "partly", "rejected", "nonsense")
JUMPS = (
    timedelta(minutes=1),
    timedelta(hours=1),
    timedelta(days=1),
    timedelta(days=8),
    timedelta(days=22),
)


Row = TypeVar("Row", bound=Model)


class Nothing(Exception):
    """The act has no object yet."""


class Scene:
    """One draft and the people around it, as an act finds them."""

    def __init__(self, world: World, draft: Draft) -> None:
        self.world, self.pk = world, draft.pk
        self.stranger: Actor | None = None

    @property
    def draft(self) -> Draft:
        return Draft.objects.get(pk=self.pk)

    @property
    def round(self) -> Consultation:
        return Consultation.objects.filter(draft=self.pk).latest("number")

    @property
    def file(self) -> CouncilFile:
        return _any(CouncilFile.objects.filter(draft=self.pk), -1)

    @property
    def report(self) -> Report:
        return _any(Report.objects.filter(consultation=self.round), -1)

    def opinion(self, n: int) -> Opinion:
        return _any(Opinion.objects.filter(draft=self.pk), n)

    def comment(self, n: int) -> Comment:
        return _any(Comment.objects.filter(consultation__draft=self.pk), n)

    def by(self, right: Actor) -> Actor:
        """Whoever ought to do it, or the one who has strayed in."""
        return self.stranger or right


def _any(rows: QuerySet[Row], n: int) -> Row:
    """One of them, by its place."""
    found = list(rows.order_by("pk"))
    if not found:
        raise Nothing
    return found[n % len(found)]


def _why(n: int) -> str:
    return WHY[n % 7 == 0]


def announce(s: Scene, n: int) -> None:
    first, last = earliest_days(s.round)
    shifted = last + timedelta(days=n % 4 - 1)
    notice = Notice(first, shifted, "Poznać zdanie.", "Referat", "tel. 12")
    services.announce_consultation(s.round, notice, by=s.by(s.world.officer))


def correct(s: Scene, n: int) -> None:
    services.correct_notice(
        s.round, changed={"host": f"Referat {n}"}, because=_why(n), by=s.by(s.world.officer)
    )


def prolong(s: Scene, n: int) -> None:
    last = (s.round.last_day or calendar.local_day(now())) + timedelta(days=n % 9 - 1)
    services.prolong_consultation(s.round, last_day=last, because=_why(n), by=s.by(s.world.officer))


def cancel(s: Scene, n: int) -> None:
    services.cancel_consultation(s.round, because=_why(n), by=s.by(s.world.officer))


def plan_ways(s: Scene, _n: int) -> None:
    if s.round.ways.exists() or s.stranger:
        raise Nothing
    s.world.with_ways(s.round)


def let_time_pass(s: Scene, n: int) -> None:
    """The clock runs on, and the site's clock with it."""
    move_to(now() + JUMPS[n % len(JUMPS)])
    tick()


def stand_still(s: Scene, n: int) -> None:
    """Time passes while the machine is down."""
    move_to(now() + JUMPS[n % len(JUMPS)])


def reach_the_next_instant(s: Scene, n: int) -> None:
    """Exactly the instant at which the round opens or closes, or just before it."""
    one = s.round
    instants = [at for at in (one.opens_at, one.closes_at) if at and at > now()]
    if not instants:
        raise Nothing
    move_to(instants[0] - timedelta(microseconds=n % 2))
    tick()


def file_comment(s: Scene, n: int) -> None:
    if s.round.text_version is None:
        raise Nothing
    who = s.stranger or (s.world.ngo if n % 2 else s.world.outsider)
    said = {} if who == s.world.ngo else {"organisation": None}
    s.world.comment(s.round, by=who, **said)


def admit(s: Scene, n: int) -> None:
    comments.admit_comment(s.comment(n), by=s.by(s.world.officer))


def return_for_completion(s: Scene, n: int) -> None:
    day = calendar.local_day(now()) + timedelta(days=n % 6)
    comments.return_comment(
        s.comment(n), because=_why(n), complete_by=day, by=s.by(s.world.officer)
    )


def complete(s: Scene, n: int) -> None:
    comments.complete_comment(s.comment(n), supplement=_why(n), by=s.by(s.world.officer))


def leave(s: Scene, n: int) -> None:
    leaving.leave_comment(s.comment(n), because=_why(n), by=s.by(s.world.officer))


def take_up(s: Scene, n: int) -> None:
    leaving.take_up_comment(s.comment(n), by=s.by(s.world.officer))


def withdraw_comment(s: Scene, n: int) -> None:
    comments.withdraw_comment(s.comment(n), by=s.by(s.comment(n).filed_by))


def hide(s: Scene, n: int) -> None:
    comments.hide_comment(s.comment(n), because=_why(n), by=s.by(s.world.officer))


def restore(s: Scene, n: int) -> None:
    appeals.restore_comment(s.comment(n), by=s.by(s.world.approver))


def assign(s: Scene, n: int) -> None:
    comments.assign_comment(s.comment(n), department=s.world.department, by=s.by(s.world.officer))


def answer(s: Scene, n: int) -> None:
    comment = s.comment(n)
    named = [comment.wording.provision.key] if comment.wording and n % 5 else []
    answers.answer_comment(
        comment,
        outcome=OUTCOMES[n % len(OUTCOMES)],
        reasons=_why(n),
        accepted_part="Zdanie pierwsze." if n % 3 else "",
        changed=named,
        by=s.by(s.world.officer if n % 3 else s.world.expert),
    )


def approve(s: Scene, n: int) -> None:
    answers.approve_answer(s.comment(n), by=s.by(s.world.approver))


def send_back_answer(s: Scene, n: int) -> None:
    answers.send_back_answer(s.comment(n), remark=_why(n), by=s.by(s.world.approver))


def publish(s: Scene, n: int) -> None:
    answers.publish_answer(s.comment(n), by=s.by(s.world.officer))


def edit_text(s: Scene, n: int) -> None:
    latest = s.draft.versions.latest("number")
    one = latest.wordings.order_by("position")[n % max(latest.wordings.count(), 1)]
    editing.edit_provision(
        s.draft,
        one.provision.key,
        heading=one.heading,
        text=f"{one.text} Zmiana {n}.",
        seen_revision=one.revision,
        by=s.by(s.world.officer),
        because=[Because("office", note="Korekta redakcyjna.")] if n % 3 else [],
    )


def publish_text(s: Scene, _n: int) -> None:
    texts.publish_version(s.draft, by=s.by(s.world.officer))


def discard_text(s: Scene, _n: int) -> None:
    texts.discard_version(s.draft, by=s.by(s.world.officer))


def prepare_report(s: Scene, n: int) -> None:
    reports.prepare_report(s.round, introduction=f"Wstęp {n}.", by=s.by(s.world.officer))


def release_report(s: Scene, n: int) -> None:
    reports.release_report(s.report, by=s.by(s.world.approver))


def finish_review(s: Scene, _n: int) -> None:
    services.finish_review(s.draft, by=s.by(s.world.officer))


def request_opinion(s: Scene, n: int) -> None:
    body = ("krdpp", "committee", "dialogue")[n % 3]
    day = calendar.local_day(now()) - timedelta(days=n % 3)
    opinions.request_opinion(s.draft, body=body, delivered_on=day, by=s.by(s.world.officer))


def give_opinion(s: Scene, n: int) -> None:
    outcome = ("positive", "negative", "declined")[n % 3]
    opinions.give_opinion(s.opinion(n), outcome=outcome, remarks=_why(n), by=s.by(s.world.officer))


def waive_opinion(s: Scene, n: int) -> None:
    opinions.waive_opinion(s.opinion(n), by=s.by(s.world.clock))


def submit(s: Scene, n: int) -> None:
    services.submit_to_council(s.draft, by=s.by(s.world.officer), ordinance_number=str(n))


def give_print_number(s: Scene, n: int) -> None:
    services.give_print_number(s.file, print_number=str(n or ""), by=s.by(s.world.clerk))


def schedule(s: Scene, n: int) -> None:
    day = calendar.local_day(now()) + timedelta(days=n % 20)
    council.schedule_session(
        s.file, session_number=str(n or ""), session_on=day, by=s.by(s.world.clerk)
    )


def send_back_draft(s: Scene, n: int) -> None:
    services.send_back_draft(s.file, because=_why(n), by=s.by(s.world.clerk))


def record_vote(s: Scene, n: int) -> None:
    """Carried, lost, or without a quorum; sometimes of a list that is short."""
    called = roll_call(votes_for=n % 44)[: 43 if n % 6 else 40]
    if n % 5 == 0:
        called = [council.Called(one.councillor, one.club, "absent") for one in called]
    day = calendar.local_day(now())
    services.record_vote(s.file, called=called, held_on=day, by=s.by(s.world.clerk))


def adopt(s: Scene, n: int) -> None:
    services.adopt_draft(
        s.draft,
        resolution_number=f"XXX/{n}/26" if n % 9 else " ",
        adopted_on=date(2026, 11, 20),
        by=s.by(s.world.clerk),
    )


def reject(s: Scene, _n: int) -> None:
    services.reject_draft(s.draft, by=s.by(s.world.clerk))


def withdraw_draft(s: Scene, n: int) -> None:
    services.withdraw_draft(s.draft, because=_why(n), by=s.by(s.world.officer))


def number_case(s: Scene, n: int) -> None:
    drafts.number_draft_case(s.draft, case_number=f"OR.{n}", by=s.by(s.world.officer))


def begin_another(s: Scene, n: int) -> None:
    """The road of this draft has ended: the walk goes on with the next one."""
    s.pk = Walk(s.world).drafted(f"walk-{s.pk}-{n}").draft_id


Act = Callable[[Scene, int], None]
OF_COMMENTS: tuple[Act, ...] = (
    *(admit, assign, answer, approve, publish, send_back_answer),
    *(return_for_completion, complete, leave, take_up, hide, restore, withdraw_comment),
)
OF_TEXT: tuple[Act, ...] = (edit_text, publish_text, discard_text)
OF_TIME: tuple[Act, ...] = (let_time_pass, stand_still, reach_the_next_instant)
SIDEWAYS: tuple[Act, ...] = (withdraw_draft, send_back_draft, cancel, number_case)
# What leads on from each state of the draft, so that a walk gets somewhere.
ONWARD: dict[str, tuple[Act, ...]] = {
    "drafting": (plan_ways, announce, reach_the_next_instant, correct, prolong, edit_text),
    "public_consultation": (
        *(file_comment, file_comment, admit, admit, answer, approve, publish),
        *(prolong, correct, reach_the_next_instant),
    ),
    "comment_review": (
        *(admit, admit, answer, answer, approve, approve, publish, publish),
        *(prepare_report, release_report, publish_text, finish_review, finish_review),
        *(request_opinion, give_opinion),
    ),
    "council_vote": (
        *(submit, give_print_number, schedule, record_vote, adopt, reject, publish_text),
        *(give_opinion, request_opinion),
    ),
    "adopted": (begin_another,),
    "rejected": (begin_another,),
    "withdrawn": (begin_another,),
}
EVERY: tuple[Act, ...] = tuple(
    dict.fromkeys(
        (*OF_COMMENTS, *OF_TEXT, *OF_TIME, *SIDEWAYS, waive_opinion, *sum(ONWARD.values(), ()))
    )
)
