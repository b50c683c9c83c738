"""Pages of the acts: who may open them, what they refuse on the form, what they do."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from consultations import calendar
from consultations.models import Consultation, CouncilFile, Draft, Entry
from consultations.models.clock import now
from consultations.services.documents import add_document
from tests.workflows.test_desk import signed_in
from tests.workflows.walk import Walk, fresh
from tests.world import World

SLUG = "program-2027"


@pytest.fixture
def office(world: World) -> Client:
    return signed_in(world.officer)


def notice(consultation: Consultation, *, first: int = 7, length: int = 21) -> dict[str, str]:
    day = calendar.local_day(now()) + timedelta(days=first)
    return {
        "first_day": day.isoformat(),
        "last_day": (day + timedelta(days=length)).isoformat(),
        "purpose": "Poznać zdanie organizacji.",
        "host": "Referat",
        "contact": "tel. 12",
        "posted_at": "BIP\ntablica ogłoszeń",
    }


def test_a_draft_is_registered_from_its_document(world: World, office: Client) -> None:
    add_document(slug=SLUG, kind="annual_programme", title="Program", by=world.officer)
    form = office.get(f"{reverse('register_draft')}?dokument={SLUG}").context["form"]
    assert form.initial["slug"] == SLUG
    answer = office.post(reverse("register_draft"), form.initial)
    assert (answer.status_code, answer["Location"]) == (302, f"/biuro/k/{SLUG}/")
    assert Draft.objects.get().title == form.initial["title"]


def test_a_second_draft_of_a_document_is_offered_a_free_address(walk: Walk, office: Client) -> None:
    walk.registered()
    form = office.get(f"{reverse('register_draft')}?dokument={SLUG}").context["form"]
    assert form.initial["slug"] == f"{SLUG}-2"


def test_a_taken_address_is_refused_beside_its_field(walk: Walk, office: Client) -> None:
    walk.registered()
    data = {"document": SLUG, "title": "Drugi", "slug": SLUG}
    answer = office.post(reverse("register_draft"), data)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["slug"])
    assert Draft.objects.count() == 1


def test_the_notice_is_prefilled_with_the_earliest_days(walk: Walk, office: Client) -> None:
    one = walk.drafted()
    form = office.get(reverse("announce_consultation", args=[SLUG])).context["form"]
    first = calendar.local_day(now()) + timedelta(days=7)
    assert form.initial["first_day"] == first
    assert form.initial["last_day"] == first + timedelta(days=21)
    assert one.state == "planned"


def test_announcing_leads_back_to_the_control_room(walk: Walk, office: Client) -> None:
    one = walk.world.with_ways(walk.drafted())
    answer = office.post(reverse("announce_consultation", args=[SLUG]), notice(one))
    assert (answer.status_code, answer["Location"]) == (302, f"/biuro/k/{SLUG}/")
    assert (fresh(one).state, fresh(one).posted_at) == ("announced", "BIP\ntablica ogłoszeń")


@pytest.mark.parametrize(
    ("days", "field"), [({"first": 6}, "first_day"), ({"length": 20}, "last_day")]
)
def test_days_too_early_come_back_on_their_field_with_all_that_was_typed(
    walk: Walk, office: Client, days: dict[str, int], field: str
) -> None:
    one = walk.drafted()
    data = notice(one, **days)
    answer = office.post(reverse("announce_consultation", args=[SLUG]), data)
    form = answer.context["form"]
    assert (answer.status_code, list(form.errors)) == (422, [field])
    assert {name: form[name].value() for name in data} == data
    assert fresh(one).state == "planned"


def test_a_notice_without_text_is_refused_on_the_form(walk: Walk, office: Client) -> None:
    one = walk.registered().rounds.get()
    answer = office.post(reverse("announce_consultation", args=[SLUG]), notice(one))
    assert (answer.status_code, list(answer.context["form"].errors)) == (409, ["__all__"])


def test_an_act_that_is_not_due_leads_to_where_the_draft_stands(walk: Walk, office: Client) -> None:
    walk.drafted()
    for name in ("finish_review", "submit_to_council"):
        answer = office.get(reverse(name, args=[SLUG]))
        assert (answer.status_code, answer["Location"]) == (302, f"/biuro/k/{SLUG}/")


ORDINANCE = {"ordinance_number": "2810/2026", "ordinance_on": "2026-08-31"}


def test_an_act_that_is_not_due_is_refused_when_sent(walk: Walk, office: Client) -> None:
    walk.drafted()
    for name in ("finish_review", "submit_to_council"):
        assert office.post(reverse(name, args=[SLUG]), ORDINANCE).status_code == 409


def test_finishing_with_open_comments_is_refused_in_words(walk: Walk, office: Client) -> None:
    walk.closed(answered=False)
    entries = Entry.objects.count()
    answer = office.post(reverse("finish_review", args=[SLUG]), headers={"accept-language": "en"})
    assert (answer.status_code, Entry.objects.count()) == (409, entries)
    answers, report = (
        "1 comment still has no published answer.",
        "The report has not been released by a second person.",
    )
    assert answer.context["form"].errors["__all__"] == [f"{answers} {report}"]


def test_the_unit_takes_a_reviewed_draft_to_the_council(walk: Walk, office: Client) -> None:
    walk.closed()
    assert office.get(reverse("finish_review", args=[SLUG])).status_code == 200
    assert office.post(reverse("finish_review", args=[SLUG])).status_code == 302
    assert office.get(reverse("submit_to_council", args=[SLUG])).status_code == 200
    assert office.post(reverse("submit_to_council", args=[SLUG])).status_code == 422
    assert office.post(reverse("submit_to_council", args=[SLUG]), ORDINANCE).status_code == 302
    file = CouncilFile.objects.get()
    assert (file.state, file.ordinance_number) == ("submitted", "2810/2026")


OFFICE_ACTS = ("announce_consultation", "finish_review", "submit_to_council")


@pytest.mark.parametrize("who", ["approver", "clerk", "councillor", "auditor", "expert", "ngo"])
def test_acts_of_the_unit_are_for_the_unit(walk: Walk, who: str) -> None:
    walk.drafted()
    person = signed_in(getattr(walk.world, who))
    urls = [reverse(name, args=[SLUG]) for name in OFFICE_ACTS] + [reverse("register_draft")]
    assert {person.post(url).status_code for url in urls} == {403}


@pytest.mark.parametrize(
    "path",
    [
        "/biuro/k/nie-ma/",
        "/biuro/k/nie-ma/oglos/",
        "/rada/999/",
        "/rada/99999999999999999999999/",
        "/rada/999/druk/",
    ],
)
def test_what_is_not_there_is_not_found(world: World, path: str) -> None:
    who = world.officer if path.startswith("/biuro") else world.clerk
    assert signed_in(who).get(path).status_code == 404
