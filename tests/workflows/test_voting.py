"""The roll call on its page: counted from names, or declared totals with names beside them."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from consultations import calendar
from consultations.errors import Invalid
from consultations.models import Ballot, CouncilFile, RollCall
from consultations.models.clock import now
from consultations.services.council import Called, Totals
from tests.workflows.test_desk import signed_in
from tests.workflows.walk import Walk
from tests.world import roll_call
from workflows import services
from workflows.council_forms import TOTALS

HEAD = "vote_id,session_date,druk,topic,councillor,club,vote\n"


@pytest.fixture
def file(walk: Walk) -> CouncilFile:
    return walk.numbered()


@pytest.fixture
def sent(walk: Walk, file: CouncilFile) -> Any:
    """`sent(text, totals)`: the answer to the clerk's form, in English."""
    client, url = signed_in(walk.world.clerk), reverse("record_vote", args=[file.pk])

    def send(text: str = "", totals: str = "", **more: Any) -> Any:
        data = {"held_on": calendar.local_day(now()).isoformat(), "text": text}
        data |= {"source": "system"} | more
        data |= dict(zip(TOTALS, totals.split("-"), strict=False)) if totals else {}
        return client.post(url, data, headers={"accept-language": "en"})

    return send


def names(*counts: int) -> str:
    """A list with so many for, against, abstained, present, absent."""
    votes = ("za", "przeciw", "wstrzymał się", "brak głosu", "nieobecny")
    words = [vote for vote, count in zip(votes, counts, strict=False) for _ in range(count)]
    return "".join(f"Radny {n};Klub;{vote}\n" for n, vote in enumerate(words, 1))


def table(*prints: str) -> str:
    """Votes of 43 on these prints, the first one lost, the others carried."""
    return HEAD + "".join(
        f"v{place},2026-10-0{place + 1},{number},Program,Radny {n},Klub,{vote}\n"
        for place, number in enumerate(prints)
        for n, vote in enumerate(["za" if place else "przeciw"] * 43)
    )


def test_declared_totals_are_the_record_and_names_may_be_missing(sent: Any, client: Client) -> None:
    looked_over = sent(names(40, 0, 1), "40-0-1-0-2")
    assert looked_over.context["unnamed"] == [("absent", 2)]
    answer = sent(confirm="1", **looked_over.context["sent"])
    assert answer.status_code == 302
    call = RollCall.objects.get()
    assert (str(call), call.absent, call.declared, call.ballots.count()) == ("40-0-1", 2, True, 41)
    public = client.get(
        reverse("roll_call", args=["program-2027"]), headers={"accept-language": "en"}
    ).text
    assert "The names of 41 of 43 councillors are known." in public
    assert "Not named: absent 2." in public


def test_a_full_list_says_that_its_totals_are_counted(sent: Any, client: Client) -> None:
    assert sent(names(40, 2, 1), confirm="1").status_code == 302
    assert RollCall.objects.get().declared is False
    public = client.get(
        reverse("roll_call", args=["program-2027"]), headers={"accept-language": "en"}
    ).text
    assert "counted from the list of names" in public


REFUSED = {
    "40-0-1-0-1": (
        "votes_for",
        "The five totals make 42; the council has 43 seats. The difference is 1.",
    ),
    "39-0-2-0-2": (
        "votes_for",
        "The list has more names than the total: «for» 40, total 39.",
    ),
    "42-0-0-0-1": (
        "abstained",
        "The list has more names than the total: «abstained» 1, total 0.",
    ),
    "40-0-1": ("no_vote", "Enter all five totals, or none of them."),
}


@pytest.mark.parametrize("totals", REFUSED)
def test_totals_that_contradict_seats_or_names_are_refused_in_words(sent: Any, totals: str) -> None:
    answer = sent(names(40, 0, 1), totals)
    field, sentence = REFUSED[totals]
    errors = {name: list(words) for name, words in answer.context["form"].errors.items()}
    assert (answer.status_code, errors) == (422, {field: [sentence]})


@pytest.mark.parametrize(
    "declared", [Totals(40, 0, 1, 0, 1), Totals(39, 0, 2, 0, 2), Totals(44, 0, 0, 0, -1), None]
)
def test_the_service_refuses_the_same_and_writes_nothing(
    walk: Walk, file: CouncilFile, declared: Totals | None
) -> None:
    called = [Called(f"Radny {n}", "", "for") for n in range(40)]
    with pytest.raises(Invalid):
        services.record_vote(
            file,
            called=called,
            held_on=calendar.local_day(now()),
            declared=declared,
            by=walk.world.clerk,
        )
    assert (RollCall.objects.count(), Ballot.objects.count()) == (0, 0)


def test_the_quorum_is_counted_from_the_totals(sent: Any) -> None:
    assert sent(names(20), "21-0-0-0-22").context["quorate"] is False
    assert sent(names(20), "21-0-1-0-21").context["quorate"] is True


def test_names_nobody_knows_are_taken(walk: Walk, file: CouncilFile) -> None:
    """There is no register of councillors: the list of the session is believed."""
    called = [*roll_call(42)[:42], Called("Zupełnie Nowy", "", "for")]
    services.record_vote(
        file, called=called, held_on=calendar.local_day(now()), by=walk.world.clerk
    )
    assert RollCall.objects.get().votes_for == 43


def test_of_a_table_the_vote_with_the_print_number_is_taken(sent: Any) -> None:
    shown = sent(table("503", "405", "991")).context
    assert (str(shown["vote"]), shown["listed"].key, shown["other_day"]) == ("43-0-0", "v1", True)
    assert len(shown["sent"]["text"].splitlines()) == 44


@pytest.mark.parametrize("prints", [("503", "991"), ("405", "405"), ("503",)])
def test_a_vote_the_print_number_does_not_tell_is_chosen(
    sent: Any, prints: tuple[str, ...]
) -> None:
    answer = sent(table(*prints))
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["which"])
    assert '<select name="which"' in answer.text
    chosen = sent(table(*prints), which=f"v{len(prints) - 1}").context
    assert chosen["vote"].carried is (len(prints) > 1)


def test_a_list_that_is_far_too_long_is_refused(sent: Any) -> None:
    answer = sent("Radny;Klub;za\n" * 8_000)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["text"])
