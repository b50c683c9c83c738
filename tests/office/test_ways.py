"""Forms of consultation in the office: planned, cancelled, held with attendance and minutes."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from consultations.calendar import WARSAW
from consultations.errors import Unmet
from consultations.models import Consultation, Entry, Way
from consultations.models.clock import move_to
from consultations.selectors import ways as selected
from consultations.services import consultations as rounds
from consultations.services.consultations import Notice, earliest_days
from tests.world import World

SLUG = "program-2027"
MEETING = {
    "kind": "open_meeting",
    "place": "Urząd Miasta, sala 7",
    "day": "2026-09-25",
    "begins": "17:00",
    "ends": "19:00",
}
WHY = "Sala jest zalana."


@pytest.fixture
def office(world: World) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(world.officer.user)
    return client


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def planned(world: World) -> Consultation:
    return world.drafted(SLUG).rounds.get()


def plan(office: Client, **changed: str) -> int:
    return office.post(reverse("plan_way", args=[SLUG]), MEETING | changed).status_code


def meeting(consultation: Consultation) -> Way:
    return consultation.ways.get(kind="open_meeting")


def test_a_meeting_is_planned_with_its_hours_in_warsaw(
    planned: Consultation, office: Client
) -> None:
    assert plan(office) == 302
    way = meeting(planned)
    assert way.starts_at == datetime(2026, 9, 25, 17, 0, tzinfo=WARSAW)
    [line] = selected.ways(planned)
    assert (line.when, line.stage) == ("25 September 2026, 17:00–19:00", "planned")
    assert line.when in office.get(reverse("ways", args=[SLUG])).text


def test_a_channel_needs_no_time_and_keeps_none(planned: Consultation, office: Client) -> None:
    assert plan(office, kind="paper", place="Kancelaria") == 302
    assert planned.ways.get().starts_at is None


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"kind": ""}, "kind"),
        ({"place": ""}, "place"),
        ({"day": ""}, "day"),
        ({"ends": ""}, "ends"),
        ({"ends": "16:00"}, "ends"),
        ({"day": "2026-08-31"}, "day"),
        ({"begins": "25:00"}, "begins"),
    ],
)
def test_what_is_missing_comes_back_on_its_field(
    planned: Consultation, office: Client, changed: dict[str, str], field: str
) -> None:
    answer = office.post(reverse("plan_way", args=[SLUG]), MEETING | changed)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert planned.ways.count() == 0


def test_three_forms_with_a_meeting_let_the_round_be_announced(
    planned: Consultation, office: Client, world: World
) -> None:
    for kind in ("paper", "email", "online_form"):
        plan(office, kind=kind)
    notice = Notice(*earliest_days(planned), "Po co.", "Referat", "tel. 12")
    with pytest.raises(Unmet):
        rounds.announce_consultation(planned, notice, by=world.officer)
    plan(office)
    world.with_elements(planned.draft)
    done = rounds.announce_consultation(planned, notice, by=world.officer)
    assert done.state == "announced"


def test_a_cancelled_form_counts_no_more_and_says_why(
    planned: Consultation, office: Client
) -> None:
    plan(office)
    url = reverse("cancel_way", args=[SLUG, meeting(planned).pk])
    assert office.get(url).status_code == 200
    assert office.post(url, {"because": " "}).status_code == 422
    assert office.post(url, {"because": WHY}).status_code == 302
    assert (meeting(planned).cancelled_because, office.post(url, {"because": WHY}).status_code) == (
        WHY,
        409,
    )
    assert WHY in office.get(reverse("ways", args=[SLUG])).text


def test_minutes_are_entered_once_and_not_before_it_has_begun(
    planned: Consultation, office: Client
) -> None:
    plan(office)
    way = meeting(planned)
    url, held = reverse("record_meeting", args=[SLUG, way.pk]), {"attendance": "31"}
    data = held | {"minutes": "Mówiono o terminach."}
    assert office.post(url, data).status_code == 422
    assert way.starts_at is not None
    move_to(way.starts_at + timedelta(hours=3))
    assert "enter attendance and minutes" in office.get(reverse("ways", args=[SLUG])).text
    assert office.post(url, held).status_code == 422
    assert office.post(url, data).status_code == 302
    assert office.post(url, data).status_code == 409
    assert Entry.objects.filter(kind="consultation.record_meeting").count() == 1
    page = office.get(reverse("ways", args=[SLUG])).text
    assert ("31 persons" in page, "Mówiono o terminach." in page) == (True, True)


def test_a_form_of_another_round_is_not_found(planned: Consultation, office: Client) -> None:
    plan(office)
    assert office.get(reverse("cancel_way", args=["inny", 1])).status_code == 404
    assert office.get(reverse("cancel_way", args=[SLUG, 999])).status_code == 404


def test_others_of_the_office_read_the_list_and_plan_nothing(
    planned: Consultation, office: Client, world: World
) -> None:
    plan(office)
    for who in (world.approver, world.auditor, world.expert):
        reader = Client(headers={"accept-language": "en"})
        reader.force_login(who.user)
        page = reader.get(reverse("ways", args=[SLUG]))
        assert (page.status_code, "Plan another one" in page.text) == (200, False)
        assert reader.post(reverse("plan_way", args=[SLUG]), MEETING).status_code == 403
    assert planned.ways.count() == 1
