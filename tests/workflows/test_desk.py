"""My tasks and the control room: what each role finds, and where it leads."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from consultations.models import Actor
from consultations.models.clock import now
from consultations.services import answers
from consultations.services.comments import assign_comment
from tests.workflows.walk import Walk
from workflows.selectors import next_step, todos, waiting

STAFF = ("officer", "approver", "clerk", "auditor", "expert")
OTHERS = ("councillor", "ngo", "outsider")


def signed_in(actor: Actor) -> Client:
    client = Client()
    client.force_login(actor.user)
    return client


def tasks_of(actor: Actor) -> list[tuple[str, str]]:
    return [(str(one.task), one.url) for one in todos(actor)]


def waiting_for(actor: Actor) -> list[tuple[str, int, str]]:
    return [(str(one.label), one.count, one.url) for one in waiting(actor)]


@pytest.mark.parametrize("who", STAFF + OTHERS)
def test_everybody_signed_in_reaches_their_tasks(walk: Walk, who: str) -> None:
    walk.opened()
    assert signed_in(getattr(walk.world, who)).get(reverse("my_tasks")).status_code == 200


def test_a_visitor_is_asked_to_sign_in(client: Client, db: None) -> None:
    answer = client.get(reverse("my_tasks"))
    assert (answer.status_code, "/konto/" in answer["Location"]) == (302, True)


def test_open_steps_wait_for_those_whose_role_may_take_them(walk: Walk) -> None:
    draft, file = walk.registered("pierwszy"), walk.submitted("drugi")
    world, room = walk.world, reverse("control_room", args=["pierwszy"])
    assert tasks_of(world.officer) == [("Prepare the text and announce the consultation", room)]
    assert tasks_of(world.clerk) == [
        ("Give the print number", reverse("council_file", args=[file.pk]))
    ]
    assert [tasks_of(one) for one in (world.approver, world.councillor, world.ngo)] == [[], [], []]
    assert draft.state == "drafting"


def test_comments_wait_for_each_role_under_the_right_view_of_the_queue(walk: Walk) -> None:
    world, consultation = walk.world, walk.opened()
    queue = reverse("queue", args=[consultation.slug])
    received, admitted = world.comment(consultation), world.admitted(consultation)
    assigned = assign_comment(
        world.admitted(consultation), department=world.department, by=world.officer
    )
    assert waiting_for(world.officer) == [
        ("Comments to admit", 1, f"{queue}?stan=received"),
        ("Comments to answer", 1, f"{queue}?stan=admitted"),
    ]
    assert waiting_for(world.expert) == [("Comments to answer", 1, f"{queue}?stan=assigned")]
    answers.answer_comment(assigned, outcome="rejected", reasons="Nie.", by=world.expert)
    assert waiting_for(world.expert) == []
    assert waiting_for(world.approver) == [("Answers to approve", 1, f"{queue}?stan=proposed")]
    answers.approve_answer(assigned, by=world.approver)
    assert waiting_for(world.approver) == [("Answers to publish", 1, f"{queue}?stan=approved")]
    assert waiting_for(world.councillor) == []
    assert (received.state, admitted.state) == ("received", "admitted")


def test_nobody_is_asked_to_approve_their_own_answer(walk: Walk) -> None:
    world, consultation = walk.world, walk.opened()
    world.officer.grants.create(role="approver", since=now())
    comment = world.admitted(consultation)
    answers.answer_comment(comment, outcome="rejected", reasons="Nie.", by=world.officer)
    officer = Actor.objects.get(pk=world.officer.pk)
    assert waiting_for(officer) == []
    assert len(waiting_for(world.approver)) == 1


def test_my_tasks_ask_the_same_number_of_queries_for_any_number_of_rounds(
    walk: Walk, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    def ask() -> int:
        actor = Actor.objects.get(pk=walk.world.officer.pk)
        with django_assert_max_num_queries(100) as asked:
            waiting(actor)
        return len(asked)

    walk.world.comment(walk.opened("pierwszy"))
    first = ask()
    walk.world.comment(walk.opened("drugi"))
    assert ask() == first


STAGES = (
    "drafted",
    "announced",
    "opened",
    "closed",
    "reviewed",
    "submitted",
    "numbered",
    "adopted",
)


@pytest.mark.parametrize("stage", [*STAGES, "registered", "voted"])
def test_the_control_room_shows_every_stage(walk: Walk, stage: str) -> None:
    getattr(walk, stage)()
    url = reverse("control_room", args=["program-2027"])
    for who in STAFF:
        assert signed_in(getattr(walk.world, who)).get(url).status_code == 200


@pytest.mark.parametrize("who", OTHERS)
def test_the_control_room_is_for_the_office(walk: Walk, who: str) -> None:
    walk.opened()
    url = reverse("control_room", args=["program-2027"])
    assert signed_in(getattr(walk.world, who)).get(url).status_code == 403


def test_an_unmet_guard_stands_in_words_with_the_list_that_clears_it(walk: Walk) -> None:
    draft = walk.closed(answered=False).draft
    step = next_step(draft, walk.world.officer)
    assert step is not None
    assert [(one.sentence, one.url) for one in step.obstacles] == [
        ("1 comment still has no published answer.", "/biuro/k/program-2027/uwagi/"),
        ("The report has not been released by a second person.", "/biuro/k/program-2027/raport/"),
    ]
    page = _room(walk)
    assert '<button type="button" class="govuk-button govuk-!-margin-bottom-0" disabled' in page
    assert "/biuro/k/program-2027/zakoncz/" not in page


def test_a_draft_without_text_and_forms_is_led_to_both(walk: Walk) -> None:
    step = next_step(walk.registered(), walk.world.officer)
    assert step is not None
    assert [(one.url, one.allows_exception) for one in step.obstacles] == [
        ("/biuro/k/program-2027/import/", False),
        ("/biuro/k/program-2027/formy/", True),
    ]


def test_with_every_guard_met_the_button_leads_to_the_act(walk: Walk) -> None:
    walk.closed()
    assert 'href="/biuro/k/program-2027/zakoncz/"' in _room(walk)


def test_the_control_room_says_what_the_clock_will_do(walk: Walk) -> None:
    walk.announced()
    assert "The clock opens the consultation on 8 September 2026." in _room(walk)


def test_a_draft_whose_flow_lost_its_step_is_told_apart_from_one_that_ended(walk: Walk) -> None:
    walk.world.drafted()
    assert "check_flows" in _room(walk)


def test_the_control_room_hears_every_event_of_its_draft(walk: Walk) -> None:
    consultation = walk.opened()
    entries = consultation.draft.trail.count()
    counter = f'data-live-counter="desk:program-2027" data-live-seen="{entries}"'
    assert counter in _room(walk)


def _room(walk: Walk) -> str:
    url = reverse("control_room", args=["program-2027"])
    return signed_in(walk.world.officer).get(url, headers={"accept-language": "en"}).text
