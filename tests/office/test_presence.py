"""Who looks at a comment and who writes: said in words, forgotten soon, never a hard lock."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from consultations.models import Actor, Comment, Entry, Presence
from consultations.models.clock import move_to, now
from consultations.selectors.presence import TYPES, somebody_types
from consultations.services import comments
from consultations.services.presence import forget_presence, look_at_comment
from tests.office.pages import ANSWER, address, as_, ask, fresh, text_of
from tests.world import World


@pytest.fixture
def comment(world: World) -> Comment:
    return comments.assign_comment(
        world.admitted(world.opened()), department=world.department, by=world.officer
    )


def beat(actor: Actor, comment: Comment, typing: str = "0") -> Any:
    response = as_(actor).post(address("presence", comment), {"typing": typing})
    return json.loads(response.content) if response.status_code == 200 else response.status_code


def test_each_hears_of_the_others_and_not_of_herself(comment: Comment, world: World) -> None:
    assert beat(world.officer, comment) == {"looking": "", "typing": ""}
    said = beat(world.second_officer, comment)
    assert said == {"looking": "Also looking at it now: Officer", "typing": ""}


def test_a_look_is_no_entry_and_one_row(comment: Comment, world: World) -> None:
    before = Entry.objects.count()
    for _turn in range(3):
        beat(world.officer, comment, "1")
    assert (Entry.objects.count(), Presence.objects.count()) == (before, 1)
    assert fresh(comment).version == comment.version


def test_the_page_says_at_once_who_is_there(comment: Comment, world: World) -> None:
    look_at_comment(comment, typing=True, by=world.second_officer)
    page = ask(world.officer, comment.consultation, uwaga=1)
    words = text_of(page)
    assert "Also looking at it now: Drugi" in words
    assert "Drugi is writing an answer to this comment (since" in words
    assert "Answer nevertheless" in words


def test_whoever_is_silent_is_gone_and_forgotten(comment: Comment, world: World) -> None:
    look_at_comment(comment, typing=False, by=world.second_officer)
    move_to(now() + timedelta(seconds=61))
    assert beat(world.officer, comment)["looking"] == ""
    assert forget_presence() == 0
    move_to(now() + timedelta(minutes=5))
    assert forget_presence() == 2


def test_names_are_for_those_who_answer_comments(comment: Comment, world: World) -> None:
    look_at_comment(comment, typing=True, by=world.officer)
    assert beat(world.clerk, comment) == {
        "looking": "1 other person looks at it now.",
        "typing": beat(world.clerk, comment)["typing"],
    }
    assert beat(world.clerk, comment)["typing"].startswith("A colleague is writing")
    assert "Officer is writing" in beat(world.expert, comment)["typing"]


@pytest.mark.parametrize("who", ["ngo", "councillor"])
def test_nobody_outside_the_offices_hears_or_tells(
    comment: Comment, world: World, who: str
) -> None:
    assert beat(getattr(world, who), comment) == 403
    assert not Presence.objects.exists()


def test_an_expert_of_another_department_is_not_told_of_it(comment: Comment, world: World) -> None:
    other = world.comment(comment.consultation)
    assert beat(world.expert, other) == 404


# -- the soft lock ------------------------------------------------------------------------------


def test_an_answer_needs_one_more_tick_while_a_colleague_writes(
    comment: Comment, world: World
) -> None:
    look_at_comment(comment, typing=True, by=world.second_officer)
    sent = ANSWER | {"version": str(comment.version)}
    response = as_(world.officer).post(address("answer_comment", comment), sent)
    assert response.status_code == 409
    assert "Drugi is writing" in text_of(response)
    assert ANSWER["reasons"] in response.content.decode()
    assert fresh(comment).state == "assigned"
    again = as_(world.officer).post(
        address("answer_comment", comment), sent | {"nevertheless": "1"}
    )
    assert (again.status_code, fresh(comment).state) == (302, "proposed")


def test_the_lock_ends_without_a_key_pressed(comment: Comment, world: World) -> None:
    look_at_comment(comment, typing=True, by=world.second_officer)
    move_to(now() + TYPES + timedelta(seconds=1))
    look_at_comment(comment, typing=False, by=world.second_officer)
    sent = ANSWER | {"version": str(comment.version)}
    assert as_(world.officer).post(address("answer_comment", comment), sent).status_code == 302


def test_of_two_who_write_the_one_who_began_first_is_not_stopped(
    comment: Comment, world: World
) -> None:
    look_at_comment(comment, typing=True, by=world.officer)
    look_at_comment(comment, typing=True, by=world.second_officer)
    assert not somebody_types(comment, world.officer)
    assert somebody_types(comment, world.second_officer)


def test_ones_own_typing_locks_nothing_and_ends_with_the_answer(
    comment: Comment, world: World
) -> None:
    look_at_comment(comment, typing=True, by=world.officer)
    sent = ANSWER | {"version": str(comment.version)}
    assert as_(world.officer).post(address("answer_comment", comment), sent).status_code == 302
    assert Presence.objects.get().typing_at is None


def test_since_is_when_this_writing_began(comment: Comment, world: World) -> None:
    look_at_comment(comment, typing=True, by=world.officer)
    began = Presence.objects.get().typing_since
    move_to(now() + timedelta(seconds=30))
    look_at_comment(comment, typing=True, by=world.officer)
    assert Presence.objects.get().typing_since == began
    move_to(now() + timedelta(minutes=3))
    look_at_comment(comment, typing=True, by=world.officer)
    assert Presence.objects.get().typing_since != began


def test_a_sign_of_life_is_rate_limited(comment: Comment, world: World, settings: Any) -> None:
    settings.LIMITS = settings.LIMITS | {"presence": "2/60"}
    assert [type(beat(world.officer, comment)) for _turn in range(2)] == [dict, dict]
    assert beat(world.officer, comment) == 429


def test_a_beat_costs_few_queries(comment: Comment, world: World) -> None:
    look_at_comment(comment, typing=True, by=world.second_officer)
    client = as_(world.officer)
    client.post(address("presence", comment), {"typing": "1"})
    with CaptureQueriesContext(connection) as captured:
        client.post(address("presence", comment), {"typing": "1"})
    assert len(captured) <= 15
