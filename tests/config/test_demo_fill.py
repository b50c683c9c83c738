"""The demonstration: one draft at every stage, believable instants, told once, filled once."""

from collections import Counter
from datetime import time

import pytest
from django.db.models import F

from config.demo.fill import fill
from config.demo.stage import Stage, Story, at
from config.demo.stories_now import NOW
from consultations.calendar import WARSAW, is_working_day
from consultations.models import (
    Answer,
    Comment,
    CommentState,
    Consultation,
    Draft,
    DraftState,
    Entry,
    Opinion,
    Role,
    User,
    Way,
    Wording,
)
from consultations.models.clock import move_to, now
from consultations.selectors.notices import proof
from consultations.text.tree import Level
from notifications.models import Dispatched, Notice
from workflows.flow_check import mismatches

OFFICE = (Role.OFFICER, Role.APPROVER, Role.EXPERT, Role.CLERK)
OPENS, CLOSES = time(8, 0), time(16, 0)


def test_there_is_a_draft_at_every_stage(city: None) -> None:
    stages = dict(Draft.objects.values_list("rounds__slug", "state"))
    assert stages == {
        "wieloletni-2025-2028": DraftState.ADOPTED,
        "program-2026": DraftState.ADOPTED,
        "rada-pozytku": DraftState.COUNCIL_VOTE,
        "opieka-nad-zwierzetami": DraftState.COMMENT_REVIEW,
        "program-2027": DraftState.PUBLIC_CONSULTATION,
        "otwarte-miasto": DraftState.DRAFTING,
    }


def test_the_open_consultation_has_at_least_sixty_provisions_to_comment_on(city: None) -> None:
    consultation = Consultation.objects.get(state="open")
    wordings = Wording.objects.filter(text_version=consultation.text_version_id)
    assert wordings.exclude(level__in=[Level.CHAPTER, Level.INTRO]).count() >= 60


@pytest.mark.parametrize(
    ("slug", "states"),
    [
        (
            "program-2027",
            {
                CommentState.RECEIVED: 5,
                CommentState.RETURNED: 1,
                CommentState.ADMITTED: 10,
                CommentState.ASSIGNED: 7,
                CommentState.WITHDRAWN: 1,
            },
        ),
        (
            "opieka-nad-zwierzetami",
            {
                CommentState.ADMITTED: 2,
                CommentState.ASSIGNED: 2,
                CommentState.PROPOSED: 2,
                CommentState.APPROVED: 1,
                CommentState.PUBLISHED: 3,
                CommentState.LEFT: 1,
            },
        ),
    ],
)
def test_comments_stand_in_different_states(city: None, slug: str, states: dict[str, int]) -> None:
    found = Comment.objects.filter(consultation__slug=slug).values_list("state", flat=True)
    assert {state: list(found).count(state) for state in set(found)} == states


def kinds(*wanted: str) -> dict[str, int]:
    found = Entry.objects.filter(kind__in=wanted).values_list("kind", flat=True)
    return dict(Counter(found))


def test_every_turn_of_the_road_is_there_to_be_shown(city: None) -> None:
    assert kinds(
        "consultation.correct",
        "consultation.prolong",
        "consultation.cancel_way",
        "consultation.record_meeting",
        "comment.return_for_completion",
        "comment.complete",
        "opinion.give",
        "opinion.waive",
        "report.prepare",
        "report.release",
        "council_file.schedule",
        "draft.record_publication",
        "office.substitute",
    ) == {
        "consultation.correct": 1,
        "consultation.prolong": 1,
        "consultation.cancel_way": 1,
        "consultation.record_meeting": 8,
        "comment.return_for_completion": 2,
        "comment.complete": 1,
        "opinion.give": 4,
        "opinion.waive": 1,
        "report.prepare": 4,
        "report.release": 3,
        "council_file.schedule": 3,
        "draft.record_publication": 4,
        "office.substitute": 1,
    }


def test_one_opinion_is_awaited_and_one_meeting_lies_ahead(city: None) -> None:
    awaited = Opinion.objects.get(state="awaited")
    ahead = Way.objects.filter(starts_at__gt=now(), cancelled_because="")
    without_minutes = Way.objects.filter(starts_at__lt=now(), attendance=None, cancelled_because="")
    assert awaited.draft.rounds.get().slug == "opieka-nad-zwierzetami"
    assert [(one.consultation.slug, one.kind) for one in (*ahead, *without_minutes)] == [
        ("program-2027", "workshop"),
        ("program-2027", "expert_hours"),
    ]


def test_the_published_text_was_found_unchanged_every_day(city: None) -> None:
    shown = proof(Consultation.objects.get(state="open"))
    assert shown is not None
    assert {(one.found, one.sha256) for one in shown.probes} == {(True, shown.sha256)}
    assert len(shown.probes) == (NOW.date() - at("2026-09-23").date()).days


def test_it_is_a_working_morning_of_the_open_consultation(city: None) -> None:
    assert (now() - NOW).total_seconds() < 120
    assert is_working_day(NOW.date())
    assert Consultation.objects.get(state="open").takes_comments_at(now())


def test_the_record_ascends_in_time_to_the_present(city: None) -> None:
    times = list(Entry.objects.order_by("seq").values_list("at", flat=True))
    assert times == sorted(set(times))
    assert times[-1] <= now()
    assert (times[-1] - times[0]).days > 700


def test_offices_act_in_office_hours_of_working_days(city: None) -> None:
    acts = Entry.objects.filter(role__in=OFFICE)
    local = [one.astimezone(WARSAW) for one in acts.values_list("at", flat=True)]
    odd = [one for one in local if not (is_working_day(one) and OPENS <= one.time() < CLOSES)]
    assert (len(local) > 100, odd) == (True, [])


def test_comments_come_in_over_the_weeks_and_answers_after_them(city: None) -> None:
    comments = Comment.objects.filter(late=False).select_related("consultation")
    late = [one for one in comments if not one.consultation.takes_comments_at(one.filed_at)]
    days = {(one.consultation_id, one.filed_at.astimezone(WARSAW).date()) for one in comments}
    early = Answer.objects.filter(answered_at__lt=F("comment__consultation__closes_at"))
    assert (late, early.count()) == ([], 0)
    assert len(days) > 35


def test_rounds_open_and_close_by_the_clock_at_midnight(city: None) -> None:
    acts = Entry.objects.filter(kind__in=["consultation.open", "consultation.close"])
    local = {entry.at.astimezone(WARSAW).strftime("%H:%M") for entry in acts}
    assert (acts.count(), local, {one.role for one in acts}) == (9, {"00:00"}, {"clock"})


def test_nobody_signs_their_own_answer(city: None) -> None:
    assert Answer.objects.filter(approver=F("author")).count() == 0
    assert Entry.objects.filter(kind="comment.send_back").count() == 2


def test_every_flow_waits_for_the_step_its_draft_calls_for(city: None) -> None:
    assert mismatches() == []


def test_everybody_was_told_of_everything_once(city: None) -> None:
    assert Dispatched.objects.count() == Entry.objects.count()
    assert Dispatched.objects.filter(failed_at__isnull=False).count() == 0


def test_bells_show_what_is_new_and_old_notices_are_read(city: None) -> None:
    officer = User.objects.get(email="marta.wisniak@przykladowo.example").actor
    unread = Notice.objects.filter(recipient=officer, read_at=None)
    assert unread.count() > 5
    assert unread.filter(entry__at__lt=at("2026-10-12", "7:00")).count() == 0
    assert Notice.objects.filter(recipient=officer).exclude(read_at=None).count() > 50


def test_a_second_filling_changes_nothing(city: None) -> None:
    before = (Entry.objects.count(), User.objects.count(), Notice.objects.count())
    assert fill(say=lambda _words: None) is False
    assert (Entry.objects.count(), User.objects.count(), Notice.objects.count()) == before


@pytest.mark.django_db(transaction=True)
def test_a_filling_that_is_killed_leaves_an_empty_database(monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(_stage: Stage, until: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Stage, "run", killed)
    with pytest.raises(KeyboardInterrupt):
        fill(say=lambda _words: None)
    assert (User.objects.count(), Entry.objects.count()) == (0, 0)


def test_stories_are_played_in_the_order_of_their_instants(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    stage = Stage()

    def story(name: str, *days: str) -> Story:
        for day in days:
            yield at(day)
            told.append(f"{name} {day}")

    move_to(at("2026-01-01"))
    stage.play(story("a", "2026-01-02", "2026-01-05"))
    stage.play(story("b", "2026-01-03", "2026-01-04", "2026-02-01"))
    stage.run(until=at("2026-01-10"))
    assert told == ["a 2026-01-02", "b 2026-01-03", "b 2026-01-04", "a 2026-01-05"]
    assert (now() - at("2026-01-10")).total_seconds() < 60
