"""Opinions: asked for by the unit, given by the body, waived by silence."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from consultations.calendar import end_of
from consultations.models import Actor, Consultation, Opinion, Role
from consultations.models.clock import move_to
from consultations.selectors.opinions import awaited
from consultations.services import opinions
from tests.office.pages import as_, text_of
from tests.world import World, staff


@pytest.fixture
def secretary(world: World) -> Actor:
    return staff("sekretarz@krdpp.test", Role.KRDPP_SECRETARY)


@pytest.fixture
def consultation(world: World) -> Consultation:
    """A closed round; the day after its last one."""
    return world.closed(world.opened())


def today(consultation: Consultation) -> date:
    assert consultation.last_day is not None
    return consultation.last_day + timedelta(days=1)


def asked(world: World, consultation: Consultation, body: str = "krdpp") -> Opinion:
    return opinions.request_opinion(
        consultation.draft, body=body, delivered_on=today(consultation), by=world.officer
    )


def request(world: World, consultation: Consultation, **given: Any) -> Any:
    sent = {"body": "krdpp", "body_name": "", "delivered_on": today(consultation).isoformat()}
    place = reverse("request_opinion", args=[consultation.slug])
    return as_(world.officer).post(place, sent | given)


def give(actor: Actor, opinion: Opinion, **given: Any) -> Any:
    place = reverse("give_opinion", args=[opinion.draft.rounds.get().slug, opinion.pk])
    return as_(actor).post(place, {"outcome": "positive", "remarks": ""} | given)


def page_of(actor: Actor | None, consultation: Consultation, name: str = "opinions") -> str:
    return text_of(as_(actor).get(reverse(name, args=[consultation.slug])))


def test_the_unit_asks_and_the_page_says_until_when(
    world: World, consultation: Consultation, secretary: Actor
) -> None:
    assert request(world, consultation).status_code == 302
    opinion = Opinion.objects.get()
    assert opinion.due_at == end_of(today(consultation) + timedelta(days=14))
    for reader in (world.officer, secretary):
        assert "Awaited until the end of" in page_of(reader, consultation)


def test_the_secretary_enters_the_opinion_of_her_council(
    world: World, consultation: Consultation, secretary: Actor
) -> None:
    opinion = asked(world, consultation)
    [waiting] = awaited(secretary)
    assert (waiting.slug, waiting.line.may_give) == (consultation.slug, True)
    assert give(secretary, opinion, outcome="with_remarks", remarks="Za mało.").status_code == 302
    opinion.refresh_from_db()
    assert (opinion.state, opinion.outcome, opinion.remarks) == (
        "given",
        "with_remarks",
        "Za mało.",
    )
    assert awaited(secretary) == []


def test_each_opinion_is_entered_by_its_own_people(
    world: World, consultation: Consultation, secretary: Actor
) -> None:
    council, committee = asked(world, consultation), asked(world, consultation, "committee")
    for actor in (world.officer, world.clerk):
        assert give(actor, council).status_code == 403
    assert give(secretary, committee).status_code == 403
    assert give(world.clerk, committee).status_code == 302
    assert [one.state for one in Opinion.objects.all()] == ["awaited", "given"]
    assert awaited(world.clerk) == []


@pytest.mark.parametrize("role", ["approver", "expert", "auditor", "ngo"])
def test_asking_is_for_officers_alone(world: World, consultation: Consultation, role: str) -> None:
    place = reverse("request_opinion", args=[consultation.slug])
    assert as_(getattr(world, role)).post(place, {"body": "krdpp"}).status_code == 403
    assert not Opinion.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"body": ""}, "body"),
        ({"body": "senat"}, "body"),
        ({"body_name": "a" * 201}, "body_name"),
        ({"delivered_on": ""}, "delivered_on"),
        ({"delivered_on": "2025-10-01"}, "delivered_on"),
        ({"delivered_on": "2027-10-01"}, "delivered_on"),
    ],
)
def test_what_is_wrong_stands_at_its_field(
    world: World, consultation: Consultation, wrong: dict[str, str], field: str
) -> None:
    response = request(world, consultation, **wrong)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert not Opinion.objects.exists()


def test_it_is_asked_for_only_after_the_consultation(world: World) -> None:
    consultation = world.opened()
    response = request(world, consultation, delivered_on="2026-09-08")
    assert response.status_code == 409
    assert "An opinion is asked for after the consultation." in text_of(response)


@pytest.mark.parametrize("outcome", ["negative", "with_remarks", "", "maybe"])
def test_a_negative_opinion_needs_its_remarks(
    world: World, consultation: Consultation, secretary: Actor, outcome: str
) -> None:
    opinion = asked(world, consultation)
    assert give(secretary, opinion, outcome=outcome, remarks="…").status_code == 422
    opinion.refresh_from_db()
    assert opinion.state == "awaited"


def test_silence_is_shown_and_no_longer_broken(
    world: World, consultation: Consultation, secretary: Actor
) -> None:
    opinion = asked(world, consultation)
    assert opinion.due_at is not None
    move_to(opinion.due_at)
    opinions.waive_opinion(opinion, by=world.clock)
    assert "silence counts as a waiver" in page_of(world.officer, consultation)
    assert give(secretary, opinion).status_code == 409


def test_an_opinion_of_another_draft_is_not_found_here(
    world: World, consultation: Consultation
) -> None:
    opinion = asked(world, consultation, "committee")
    other = world.opened("inny")
    place = reverse("give_opinion", args=[other.slug, opinion.pk])
    assert as_(world.officer).get(place).status_code == 404


def test_everybody_reads_the_opinion_in_the_report(
    world: World, consultation: Consultation, secretary: Actor
) -> None:
    opinion = asked(world, consultation)
    give(secretary, opinion, outcome="negative", remarks="Za mało pieniędzy na kulturę.")
    world.reported(consultation)
    page = page_of(None, consultation, "report")
    assert "Public-benefit council" in page
    assert "negative. Za mało pieniędzy na kulturę." in page


def test_the_council_office_records_opinions_of_committees_while_it_has_the_draft(
    world: World, consultation: Consultation
) -> None:
    place = reverse("request_opinion", args=[consultation.slug])
    sent = {"body": "committee", "body_name": "Komisja Kultury"}
    sent |= {"delivered_on": today(consultation).isoformat()}
    clerk = as_(world.clerk)
    assert clerk.post(place, sent).status_code == 403
    file = world.numbered(consultation)
    assert clerk.post(place, sent | {"body": "krdpp"}).status_code == 422
    assert clerk.post(place, sent).status_code == 302
    assert give(world.clerk, Opinion.objects.get()).status_code == 302
    page = text_of(as_(world.councillor).get(reverse("council_file", args=[file.pk])))
    report = page_of(None, consultation, "report")
    assert ("Komisja Kultury" in page, "Komisja Kultury" in report) == (True, True)
