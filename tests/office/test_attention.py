"""The desk of the unit says what requires attention across consultations, each with its list."""

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from consultations import calendar
from consultations.models import Consultation, Role, Substitution
from consultations.models.clock import move_to, now
from consultations.services import answers, appeals, comments, intakes
from tests.office.pages import as_, proposed, rows_of, text_of
from tests.world import World

OFFICE = "/biuro/"


def waits(world: World) -> dict[str, tuple[int, str]]:
    page = as_(world.officer).get(OFFICE)
    return {str(one.label): (one.count, one.url) for one in page.context["attention"]}


def filled(world: World) -> Consultation:
    """1 overdue, 2 sent back to the department, 3 unassigned, 4 proposed, 5 approved, 6 appeal."""
    consultation = world.opened()
    made = [world.admitted(consultation) for _turn in range(6)]
    for comment in made[:2]:
        comments.assign_comment(
            comment,
            department=world.department,
            due_on=calendar.local_day(now()) + timedelta(days=2 if comment is made[0] else 20),
            by=world.officer,
        )
    answers.answer_comment(made[1], outcome="rejected", reasons="Nie.", by=world.expert)
    answers.send_back_answer(made[1], remark="Dlaczego?", by=world.approver)
    for comment in made[3:5]:
        proposed(comment, by=world.second_officer)
    answers.approve_answer(made[4], by=world.approver)
    comments.hide_comment(made[5], because="Obraża.", by=world.officer)
    appeals.appeal_comment(made[5], reasons="Nie obraża.", by=world.ngo)
    move_to(now() + timedelta(days=4))
    return consultation


def test_everything_that_waits_leads_to_the_list_of_just_that(world: World) -> None:
    filled(world)
    found = waits(world)
    assert {label: count for label, (count, _url) in found.items()} == {
        "Answers overdue in departments": 1,
        "Comments to answer or pass on": 1,
        "Comments with departments": 2,
        "Answers to approve": 1,
        "Answers to publish": 1,
        "Appeals to decide": 1,
        "Answers sent back": 1,
    }
    client = as_(world.officer)
    for label, (count, url) in found.items():
        assert len(rows_of(client.get(url))) == count, label
    assert next(iter(found)) == "Answers overdue in departments"


def test_whoever_signs_for_the_head_of_unit_is_told_what_waits_for_her(world: World) -> None:
    filled(world)
    assert "Answers that wait for your signature" not in waits(world)
    today = calendar.local_day(now())
    assert world.approver.grants.filter(role=Role.APPROVER, until=None).exists()
    Substitution.objects.create(
        absent=world.approver, substitute=world.officer, first_day=today, last_day=today
    )
    assert waits(world)["Answers that wait for your signature"][0] == 1


def test_a_sheet_waits_until_it_is_entered(world: World) -> None:
    consultation = world.opened()
    sheet = intakes.keep_sheet(
        consultation, "u.csv", [(1, ["Zapis"]), (2, ["§ 1"])], by=world.officer
    )
    url = reverse("try_sheet", args=[consultation.slug, sheet.pk])
    assert waits(world)["Sheet of comments to confirm"] == (1, url)


def test_an_empty_desk_says_so(world: World) -> None:
    assert "Nothing requires your attention." in text_of(as_(world.officer).get(OFFICE))


def test_the_queries_do_not_grow_with_consultations(world: World) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            as_(world.officer).get(OFFICE)
        return len(captured)

    filled(world)
    cost()
    before = cost()
    world.admitted(world.opened("drugi"))
    assert cost() == before
