"""The result appears on open pages of the draft and of the council's file by itself."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from consultations.calendar import local_day
from consultations.models import CouncilFile
from consultations.models.clock import now
from consultations.services import votes
from consultations.services.votes import Vote
from tests.notifications.listening import heard, in_thread, listening
from tests.workflows.test_desk import signed_in
from tests.workflows.walk import Walk
from tests.world import roll_call
from workflows import services

K = "k:program-2027"
IN_ENGLISH = {"accept-language": "en"}


def vote(votes_for: int) -> Vote:
    return Vote(roll_call(votes_for), local_day(now()), because="Pomyłka w protokole.")


@pytest.mark.django_db(transaction=True)
async def test_a_vote_and_its_correction_ring_and_what_waits_does_not(walk: Walk) -> None:
    file = await in_thread(walk.numbered)
    clerk = walk.world.clerk
    async with listening(K) as opened:
        before = (await heard(opened))["n"]
        today = local_day(await in_thread(now))
        given: dict[str, Any] = {"called": roll_call(40), "held_on": today, "by": clerk}
        await in_thread(services.record_vote, file, **given)
        assert await heard(opened) == {"topic": K, "n": before + 2}  # the reading, and the vote
        anew = [await in_thread(vote, count) for count in (41, 3)]
        await in_thread(votes.enter_vote, file, anew[0], by=clerk, kind="correction")
        assert await opened.receive_nothing(2.5)
        await in_thread(votes.return_vote, file, remark="Nie to.", by=clerk)
        await in_thread(services.correct_vote, file, anew[1], by=clerk)
        assert await heard(opened) == {"topic": K, "n": before + 3}


def page(file: CouncilFile, name: str) -> str:
    client = Client()
    return client.get(reverse(name, args=["program-2027"]), headers=IN_ENGLISH).text


def test_the_page_of_the_draft_shows_the_result_that_counts(walk: Walk) -> None:
    file = walk.numbered()
    assert "The council voted" not in page(file, "consultation")
    services.record_vote(file, called=roll_call(40), held_on=local_day(now()), by=walk.world.clerk)
    shown = page(file, "consultation")
    assert "The council voted for the draft." in shown
    assert "for 40, against 3, abstained 0." in shown
    services.correct_vote(file, vote(3), by=walk.world.clerk)
    shown = page(file, "consultation")
    assert "The draft did not get the majority it needed." in shown
    assert "for 3, against 40, abstained 0." in shown
    assert "This roll call replaced an earlier one." in shown


def test_the_pages_of_the_vote_listen_to_the_draft(walk: Walk) -> None:
    file = walk.voted()
    here = signed_in(walk.world.clerk).get(f"/rada/{file.pk}/").text
    for text in (here, page(file, "roll_call"), page(file, "consultation")):
        assert f'data-live-counter="{K}"' in text
        assert f'data-live-topics="{K}' in text
