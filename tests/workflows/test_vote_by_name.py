"""The roll call entered name by name: a row for each seat, looked over, then compared."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from consultations.calendar import local_day
from consultations.models import CouncilFile, RollCall, VoteSheet
from consultations.models.clock import now
from consultations.services import votes
from consultations.services.votes import Vote
from tests.workflows.test_desk import signed_in
from tests.workflows.walk import Walk
from tests.world import roll_call

IN_ENGLISH = {"accept-language": "en"}


@pytest.fixture
def client(walk: Walk) -> Client:
    return signed_in(walk.world.clerk)


def address(file: CouncilFile, act: str = "record_vote") -> str:
    return f"{reverse('vote_by_name', args=[file.pk])}?akt={act}"


def marked(votes_for: int, **more: str) -> dict[str, str]:
    data = {"held_on": local_day(now()).isoformat()}
    for place in range(43):
        data[f"name{place}"] = f"Radny {place + 1}"
        data[f"club{place}"] = "Klub"
        data[f"vote{place}"] = "for" if place < votes_for else "absent"
    return data | more


def send(client: Client, url: str, data: dict[str, str]) -> Any:
    return client.post(url, data, headers=IN_ENGLISH)


def test_before_any_roll_call_the_names_are_typed(walk: Walk, client: Client) -> None:
    page = client.get(address(walk.numbered()), headers=IN_ENGLISH)
    assert len(page.context["lines"]) == 43
    assert all(line["typed"] for line in page.context["lines"])


def test_the_council_is_named_as_in_the_latest_roll_call(walk: Walk, client: Client) -> None:
    walk.voted("pierwszy")
    file = walk.numbered("drugi")
    page = client.get(address(file), headers=IN_ENGLISH)
    lines = page.context["lines"]
    assert [line["name"].value() for line in lines][:2] == ["Radny 1", "Radny 2"]
    assert not any(line["typed"] or line["vote"].value() for line in lines)
    named = client.get(f"{address(file)}&nazwiska=1", headers=IN_ENGLISH)
    assert 'id="id_name0" value="Radny 1"' in named.text


def test_what_is_marked_is_looked_over_and_waits_for_a_second_person(
    walk: Walk, client: Client
) -> None:
    file = walk.numbered()
    looked = send(client, address(file), marked(40))
    assert "By this list the draft is adopted." in looked.text
    assert (looked.context["paper"], VoteSheet.objects.count()) == (True, 0)
    sent = {"held_on": local_day(now()).isoformat(), "confirm": "1", **looked.context["sent"]}
    assert send(client, reverse("record_vote", args=[file.pk]), sent).status_code == 302
    sheet = VoteSheet.objects.get()
    assert (sheet.called[42], RollCall.objects.count()) == (["Radny 43", "Klub", "absent"], 0)


def test_from_the_look_one_goes_back_to_the_same_rows(walk: Walk, client: Client) -> None:
    file = walk.numbered()
    looked = send(client, address(file), marked(40))
    back = {"held_on": local_day(now()).isoformat(), "correct": "1", **looked.context["sent"]}
    page = send(client, address(file), back)
    chosen = [line["vote"].value() for line in page.context["lines"]]
    assert (page.status_code, chosen) == (200, ["for"] * 40 + ["absent"] * 3)
    assert page.context["totals"][0][2] == 40


WRONG = {
    "a vote is missing": ({"vote4": ""}, "vote4", "Mark the vote of: Radny 5."),
    "a name is missing": ({"name4": ""}, "name4", "Enter the name of the councillor."),
    "no vote at all": ({"vote4": "maybe"}, "vote4", "Select a valid choice."),
    "no day": ({"held_on": "x"}, "held_on", ""),
    "a name twice": ({"name4": "radny 4"}, "name4", "This councillor stands in the list twice."),
    "a seat is blank": (
        {"name4": "", "vote4": ""},
        "__all__",
        "The list has 42 names; the council has 43 seats.",
    ),
}


@pytest.mark.parametrize("what", WRONG)
def test_what_is_wrong_is_said_and_everything_marked_is_kept(
    walk: Walk, client: Client, what: str
) -> None:
    change, field, sentence = WRONG[what]
    page = send(client, address(walk.numbered()), marked(40, **change))
    form = page.context["form"]
    assert (page.status_code, list(form.errors)) == (422, [field])
    assert str(form.errors[field][0]).startswith(sentence)
    assert sum(line["vote"].value() == "for" for line in page.context["lines"]) >= 39


def test_a_correction_begins_with_the_votes_that_stand(walk: Walk, client: Client) -> None:
    file = walk.voted(votes_for=40)
    url = address(file, "correct_vote")
    page = client.get(url, headers=IN_ENGLISH)
    chosen = [line["vote"].value() for line in page.context["lines"]]
    assert chosen == ["for"] * 40 + ["against"] * 3
    blank = send(client, url, marked(41, because=" "))
    assert list(blank.context["form"].errors) == ["because"]
    looked = send(client, url, marked(41, because="Pominięto radnego 41."))
    assert (looked.context["act"], looked.context["because"]) == (
        "correct_vote",
        "Pominięto radnego 41.",
    )


def test_it_opens_only_where_a_roll_call_can_be_entered(walk: Walk, client: Client) -> None:
    file = walk.submitted()
    for act in ("record_vote", "correct_vote", "repeat_vote", "burn"):
        assert client.get(address(file, act)).status_code == 302
    numbered = walk.numbered("drugi")
    assert client.get(address(numbered)).status_code == 200
    votes.enter_vote(numbered, Vote(roll_call(), local_day(now())), by=walk.world.clerk)
    assert client.get(address(numbered)).status_code == 302


def test_the_sums_are_hidden_until_a_script_counts(walk: Walk, client: Client) -> None:
    text = client.get(address(walk.numbered()), headers=IN_ENGLISH).text
    assert 'data-quorum="22" hidden' in text
    assert "js/ballots.js" in text
