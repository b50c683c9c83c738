"""Consulting again: a second round, nothing of the first one forgotten, when it is suggested."""

from typing import Any

import pytest
from django.urls import reverse

from consultations.errors import Invalid, NotYours, Unmet, WrongState
from consultations.models import Comment, Consultation, Draft
from consultations.models import guards as rules
from consultations.models.clock import move_to
from consultations.models.machine import Guard
from consultations.selectors.report import course
from consultations.services import answers, appeals, comments, reports
from consultations.services.causes import Because
from notifications.models import Notice
from notifications.outbox import dispatch
from tests.office.texting import begun, comment_led, edit, own, published
from tests.workflows.test_desk import signed_in
from tests.workflows.walk import Walk, fresh, open_step
from workflows import services
from workflows.again import suggested
from workflows.flow_check import mismatches
from workflows.road import latest_round
from workflows.selectors import next_step
from workflows.tick import tick

WHY = "Zmieniono dwie kwoty."
ENGLISH = {"accept-language": "en"}


def again(walk: Walk, one: Consultation, because: str = WHY) -> Consultation:
    return services.consult_again(one.draft, because=because, by=walk.world.officer)


def held(walk: Walk, one: Consultation) -> Consultation:
    """The planned round announced, opened and closed by the clock."""
    one = walk.announce(one)
    for instant in (one.opens_at, one.closes_at):
        assert instant is not None
        move_to(instant)
        tick()
    return fresh(one)


def state_of(draft: Draft) -> str:
    return str(Draft.objects.get(pk=draft.pk).state)


def test_a_draft_in_review_goes_back_to_drafting_with_another_round(walk: Walk) -> None:
    one = walk.closed()
    second = again(walk, one)
    assert (second.number, second.slug, second.state) == (2, "program-2027-r2", "planned")
    assert (state_of(one.draft), open_step(one.draft)) == ("drafting", "prepare_text")
    assert mismatches() == []
    second = held(walk, second)
    assert (second.state, state_of(one.draft)) == ("closed", "comment_review")
    assert (open_step(one.draft), mismatches()) == ("review_comments", [])


def test_the_reason_is_public_and_everybody_concerned_is_told(walk: Walk) -> None:
    one, world = walk.closed(), walk.world
    again(walk, one)
    dispatch()
    told = Notice.objects.filter(entry__kind="draft.consult_again")
    assert {each.recipient_id for each in told} == {world.ngo.pk, world.councillor.pk}
    assert [step.because for step in course(one)][-1] == WHY


@pytest.mark.parametrize("because", ["", " ", "…"])
def test_without_a_reason_nothing_happens(walk: Walk, because: str) -> None:
    one = walk.closed()
    with pytest.raises(Invalid):
        again(walk, one, because)
    assert (state_of(one.draft), open_step(one.draft)) == ("comment_review", "review_comments")


def test_only_the_unit_and_only_in_review(walk: Walk) -> None:
    one = walk.closed()
    with pytest.raises(NotYours):
        services.consult_again(one.draft, because=WHY, by=walk.world.approver)
    draft = services.finish_review(one.draft, by=walk.world.officer)
    with pytest.raises(WrongState):
        services.consult_again(draft, because=WHY, by=walk.world.officer)


def test_what_the_council_sent_back_can_be_consulted_again(walk: Walk) -> None:
    file = walk.numbered()
    services.send_back_draft(file, because="Do ponownych konsultacji.", by=walk.world.clerk)
    one = latest_round(file.draft)
    second = held(walk, again(walk, one))
    walk.world.reported(second)
    services.finish_review(one.draft, by=walk.world.officer)
    assert (open_step(one.draft), mismatches()) == ("submit_to_council", [])


def left_open(walk: Walk) -> tuple[Consultation, Consultation, Comment]:
    """A first round with an unanswered comment, and a second that was held and reported."""
    one = walk.closed(answered=False)
    second = held(walk, again(walk, one))
    walk.world.reported(second)
    return one, second, one.comments.get()


def codes(refusal: Any) -> list[str]:
    return [guard.code for guard in refusal.value.guards]


def test_a_comment_of_the_earlier_round_still_stops_the_council(walk: Walk) -> None:
    one, _second, comment = left_open(walk)
    with pytest.raises(Unmet) as refusal:
        services.finish_review(one.draft, by=walk.world.officer)
    assert codes(refusal) == ["all_answered", "report_released"]
    step = next_step(one.draft, walk.world.officer)
    assert step is not None
    assert [each.url for each in step.obstacles] == [
        reverse("queue", args=[one.slug]),
        reverse("prepare_report", args=[one.slug]),
    ]
    walk.world.answered(comment)
    walk.world.reported(fresh(one))
    services.finish_review(one.draft, by=walk.world.officer)
    assert open_step(one.draft) == "submit_to_council"


def test_with_the_guards_of_the_latest_round_only_it_would_be_forgotten(
    walk: Walk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: guards that look at the latest round alone let the draft go."""
    one, second, _comment = left_open(walk)
    latest: dict[Guard, Any] = {
        rules.ALL_ANSWERED: lambda _draft: not second.comments.unanswered().exists(),
        rules.REPORT_RELEASED: lambda _draft: second.report.state == "released",
    }
    for guard, holds in latest.items():
        monkeypatch.setitem(vars(guard), "holds", holds)
    services.finish_review(one.draft, by=walk.world.officer)
    assert state_of(one.draft) == "council_vote"


def test_an_open_appeal_of_the_earlier_round_stops_it_too(walk: Walk) -> None:
    one, _second, comment = left_open(walk)
    hidden = comments.hide_comment(comment, because="Obraża.", by=walk.world.officer)
    assert hidden.state == "hidden"
    appeals.appeal_comment(hidden, reasons="Nie obraża.", by=walk.world.ngo)
    with pytest.raises(Unmet) as refusal:
        services.finish_review(one.draft, by=walk.world.officer)
    assert codes(refusal) == ["appeals_decided", "report_released"]


@pytest.mark.parametrize("stage", ["planned", "announced", "open"])
def test_comments_of_the_earlier_round_are_answered_while_the_new_one_runs(
    walk: Walk, stage: str
) -> None:
    one, world = walk.closed(answered=False), walk.world
    second = again(walk, one)
    if stage != "planned":
        second = walk.announce(second)
    if stage == "open":
        assert second.opens_at is not None
        move_to(second.opens_at)
        tick()
    comment = one.comments.get()
    answers.answer_comment(comment, outcome="rejected", reasons="Bo tak.", by=world.officer)
    answers.approve_answer(comment, by=world.approver)
    answers.publish_answer(comment, by=world.officer)
    report = reports.prepare_report(fresh(one), introduction="", by=world.officer)
    assert reports.release_report(report, by=world.approver).state == "released"
    second.refresh_from_db()
    assert second.state == stage


def in_review(walk: Walk) -> tuple[Consultation, Comment]:
    """A closed round; its comment is accepted, and a working version is begun."""
    one = walk.closed(answered=False)
    comment = walk.world.answered(one.comments.get(), "accepted")
    return one, comment


def counted(one: Consultation) -> int:
    found = suggested(Draft.objects.get(pk=one.draft_id), one)
    return 0 if found is None else found.count


@pytest.mark.parametrize(
    ("because", "count"),
    [
        ("comment", 0),
        ("editorial", 0),
        ("own", 1),
        ("nothing", 1),
    ],
)
def test_it_is_suggested_when_the_text_changed_beyond_the_accepted_comments(
    walk: Walk, because: str, count: int
) -> None:
    one, comment = in_review(walk)
    assert counted(one) == 0
    causes: dict[str, tuple[Because, ...]] = {
        "comment": (comment_led(comment),),
        "editorial": (Because("editorial"),),
        "own": (own(),),
        "nothing": (),
    }
    if not one.draft.versions.filter(published_at=None).exists():
        begun(walk.world, one.draft)
    edit(walk.world, one.draft, "§ 1", "Program określa zasady i tryb.", *causes[because])
    published(walk.world, one.draft)
    assert counted(one) == count


def test_a_rejected_comment_asks_for_no_change(walk: Walk) -> None:
    """A change named after it is beyond what was accepted."""
    one = walk.closed(answered=False)
    comment = walk.world.answered(one.comments.get(), "rejected")
    begun(walk.world, one.draft)
    edit(walk.world, one.draft, "§ 1", "Program określa tryb.", comment_led(comment))
    assert counted(one) == 1


def test_the_control_room_suggests_it_with_the_number_of_provisions(walk: Walk) -> None:
    one = walk.closed()
    office = signed_in(walk.world.officer)
    room = reverse("control_room", args=[one.slug])
    assert "Consulting again is suggested" not in office.get(room, headers=ENGLISH).text
    begun(walk.world, one.draft)
    edit(walk.world, one.draft, "§ 1", "Program określa tryb.", own())
    edit(walk.world, one.draft, "§ 2 ust. 1", "Termin wynosi 30 dni.", own())
    page = office.get(room, headers=ENGLISH).text
    assert "2 provisions changed beyond what accepted comments asked for" in page
    sent = office.post(reverse("consult_again", args=[one.slug]), {"because": WHY})
    assert sent["location"] == reverse("control_room", args=["program-2027-r2"])
    assert state_of(one.draft) == "drafting"


def test_after_the_second_round_its_own_text_is_what_was_consulted(walk: Walk) -> None:
    one = walk.closed()
    begun(walk.world, one.draft)
    edit(walk.world, one.draft, "§ 1", "Program określa tryb.", own())
    second = held(walk, again(walk, one))
    assert counted(second) == 0
    assert counted(one) == 1  # the control: from the first text it would count


def public(walk: Walk, one: Consultation) -> str:
    place = reverse("consultation", args=[one.slug])
    return signed_in(walk.world.outsider).get(place, headers=ENGLISH).text


def test_the_pages_of_both_rounds_lead_to_each_other_with_the_reason(walk: Walk) -> None:
    one = walk.closed()
    assert "consulted again" not in public(walk, one)
    second = again(walk, one)
    assert WHY in public(walk, one)
    later = reverse("consultation", args=[second.slug])
    assert later not in public(walk, one)  # not announced yet: there is no such page
    second = walk.announce(second)
    assert later in public(walk, one)
    page = public(walk, second)
    assert WHY in page
    assert reverse("consultation", args=[one.slug]) in page
    assert "The draft is consulted again." not in page
