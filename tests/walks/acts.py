"""Everything that can be done to one draft, each act with a number that varies how it is done.

An act gives its arguments as people do: mostly sensible, sometimes wrong. What the services make
of it is theirs to say; a walk only looks whether what they said is what they did.
"""

from datetime import timedelta

from django.db import transaction

from consultations import calendar
from consultations.models import (
    Consultation,
    Draft,
)
from consultations.models.clock import move_to, now
from consultations.services import (
    afterwards,
    answers,
    appeals,
    comments,
    drafts,
    editing,
    leaving,
    opinions,
    overrides,
    plan,
    reports,
    sessions,
    texts,
)
from consultations.services.causes import Because
from consultations.services.consultations import Notice, earliest_days
from tests.walks.scene import Nothing, Scene, why
from tests.workflows.walk import Walk
from workflows import services
from workflows.tick import tick

OUTCOMES = ("rejected", "accepted", "explained", "partly", "rejected", "nonsense")
JUMPS = (
    timedelta(minutes=1),
    timedelta(hours=1),
    timedelta(days=1),
    timedelta(days=8),
    timedelta(days=22),
)


def announce(s: Scene, n: int) -> None:
    first, last = earliest_days(s.round)
    shifted = last + timedelta(days=n % 4 - 1)
    notice = Notice(first, shifted, "Poznać zdanie.", "Referat", "tel. 12")
    services.announce_consultation(s.round, notice, by=s.by(s.world.officer))


def correct(s: Scene, n: int) -> None:
    services.correct_notice(
        s.round, changed={"host": f"Referat {n}"}, because=why(n), by=s.by(s.world.officer)
    )


def prolong(s: Scene, n: int) -> None:
    last = (s.round.last_day or calendar.local_day(now())) + timedelta(days=n % 9 - 1)
    services.prolong_consultation(s.round, last_day=last, because=why(n), by=s.by(s.world.officer))


def cancel(s: Scene, n: int) -> None:
    services.cancel_consultation(s.round, because=why(n), by=s.by(s.world.officer))


def plan_ways(s: Scene, _n: int) -> None:
    if s.round.ways.exists() or s.stranger:
        raise Nothing
    with transaction.atomic():  # several acts: the first must not stay without the last
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
    comments.return_comment(s.comment(n), because=why(n), complete_by=day, by=s.by(s.world.officer))


def complete(s: Scene, n: int) -> None:
    comments.complete_comment(s.comment(n), supplement=why(n), by=s.by(s.world.officer))


def leave(s: Scene, n: int) -> None:
    leaving.leave_comment(s.comment(n), because=why(n), by=s.by(s.world.officer))


def take_up(s: Scene, n: int) -> None:
    leaving.take_up_comment(s.comment(n), by=s.by(s.world.officer))


def withdraw_comment(s: Scene, n: int) -> None:
    comments.withdraw_comment(s.comment(n), by=s.by(s.comment(n).filed_by))


def hide(s: Scene, n: int) -> None:
    comments.hide_comment(s.comment(n), because=why(n), by=s.by(s.world.officer))


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
        reasons=why(n),
        accepted_part="Zdanie pierwsze." if n % 3 else "",
        changed=named,
        by=s.by(s.world.officer if n % 3 else s.world.expert),
    )


def approve(s: Scene, n: int) -> None:
    answers.approve_answer(s.comment(n), by=s.by(s.world.approver))


def send_back_answer(s: Scene, n: int) -> None:
    answers.send_back_answer(s.comment(n), remark=why(n), by=s.by(s.world.approver))


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
    opinions.give_opinion(s.opinion(n), outcome=outcome, remarks=why(n), by=s.by(s.world.officer))


def waive_opinion(s: Scene, n: int) -> None:
    opinions.waive_opinion(s.opinion(n), by=s.by(s.world.clock))


def withdraw_draft(s: Scene, n: int) -> None:
    services.withdraw_draft(s.draft, because=why(n), by=s.by(s.world.officer))


def number_case(s: Scene, n: int) -> None:
    drafts.number_draft_case(s.draft, case_number=f"OR.{n}", by=s.by(s.world.officer))


def begin_another(s: Scene, n: int) -> None:
    """The road of this draft has ended: the walk goes on with the next one."""
    s.pk = Walk(s.world).drafted(f"walk-{s.pk}-{n}").draft_id


def consult_again(s: Scene, n: int) -> None:
    services.consult_again(s.draft, because=why(n), by=s.by(s.world.officer))


def ask_override(s: Scene, n: int) -> None:
    """From a condition of the next step; often from one that is absolute or holds."""
    subject: Consultation | Draft = s.round if n % 2 else s.draft
    act = "consultation.announce" if n % 2 else ("council_file.submit", "draft.adopt")[n % 3 > 1]
    code = ("opinions_settled", "forms_planned", "elements_placed", "all_answered")[n % 4]
    overrides.ask_override(
        subject, act_kind=act, guard_code=code, because=why(n), by=s.by(s.world.officer)
    )


def grant_override(s: Scene, n: int) -> None:
    overrides.grant_override(s.override(n), by=s.by(s.world.approver))


def refuse_override(s: Scene, n: int) -> None:
    overrides.refuse_override(s.override(n), because=why(n), by=s.by(s.world.approver))


def withdraw_override(s: Scene, n: int) -> None:
    overrides.withdraw_override(s.override(n), by=s.by(s.world.officer))


def add_session(s: Scene, n: int) -> None:
    day = calendar.local_day(now()) + timedelta(days=n % 60)
    sessions.add_session(number=f"S{n}", day=day, by=s.by(s.world.clerk))


def move_day(s: Scene, n: int) -> None:
    step = ("announce", "answers", "submit", "session", "close")[n % 5]
    day = calendar.local_day(now()) + timedelta(days=n % 60)
    plan.move_day(s.draft, step=step, day=day, because=why(n), by=s.by(s.world.officer))


def watch_plan(s: Scene, _n: int) -> None:
    plan.watch_plan(s.draft, by=s.world.clock)


def enter_into_force(s: Scene, n: int) -> None:
    day = calendar.local_day(now()) + timedelta(days=n % 30)
    afterwards.enter_into_force(s.draft, day=day, by=s.by(s.world.clerk))
