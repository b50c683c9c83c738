"""Who signs for an absent head of unit, from which day to which, and never their own answers."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from consultations.calendar import start_of
from consultations.models import Actor, Comment, Role, RoleGrant, Substitution, User
from consultations.models.clock import move_to
from tests.office.pages import address, as_, fresh, proposed, text_of
from tests.world import World

FIRST, LAST = date(2026, 9, 10), date(2026, 9, 12)


def enter(actor: Actor, world: World, **given: Any) -> Any:
    sent = {
        "absent": world.approver.pk,
        "substitute": world.second_officer.pk,
        "first_day": FIRST.isoformat(),
        "last_day": LAST.isoformat(),
    }
    return as_(actor).post(reverse("substitutes"), sent | given)


@pytest.fixture
def waiting(world: World) -> Comment:
    """An answer of the officer that waits for the second signature."""
    return proposed(world.admitted(world.opened()), by=world.officer)


def approve(actor: Actor, comment: Comment) -> int:
    status: int = as_(actor).post(address("approve_answer", comment)).status_code
    return status


@pytest.mark.parametrize(
    ("day", "status"),
    [
        (date(2026, 9, 9), 403),
        (FIRST, 302),
        (LAST, 302),
        (date(2026, 9, 13), 403),
    ],
)
def test_a_substitute_signs_on_her_days_alone(
    world: World, waiting: Comment, day: date, status: int
) -> None:
    assert enter(world.approver, world).status_code == 302
    move_to(start_of(day))
    assert approve(world.second_officer, waiting) == status


def test_a_substitute_never_approves_her_own_answer(world: World) -> None:
    comment = proposed(world.admitted(world.opened()), by=world.second_officer)
    enter(world.approver, world)
    move_to(start_of(FIRST))
    assert approve(world.second_officer, comment) == 403
    assert approve(world.approver, comment) == 302
    assert fresh(comment).state == "approved"


def test_everybody_in_the_offices_reads_the_list(world: World) -> None:
    enter(world.approver, world)
    for reader in (world.officer, world.expert, world.auditor):
        page = text_of(as_(reader).get(reverse("substitutes")))
        assert "Approver Drugi 10 September 2026 – 12 September 2026 coming" in page
    assert as_(world.ngo).get(reverse("substitutes")).status_code == 403


def test_ended_early_she_signs_no_more_at_once(world: World, waiting: Comment) -> None:
    enter(world.approver, world)
    move_to(start_of(FIRST))
    made = Substitution.objects.get()
    place = reverse("end_substitution", args=[made.pk])
    assert as_(world.officer).post(place).status_code == 403
    assert as_(world.approver).post(place).status_code == 302
    assert approve(world.second_officer, waiting) == 403
    assert "ended early" in text_of(as_(world.officer).get(reverse("substitutes")))
    assert as_(world.approver).post(place).status_code == 409


def test_who_is_no_longer_an_officer_signs_for_nobody(world: World, waiting: Comment) -> None:
    enter(world.approver, world)
    move_to(start_of(FIRST))
    held = RoleGrant.objects.filter(actor=world.second_officer)
    held.update(role=Role.AUDITOR)
    assert approve(world.second_officer, waiting) == 403
    held.update(role=Role.OFFICER)
    assert approve(world.second_officer, waiting) == 302


@pytest.mark.parametrize("role", ["officer", "expert", "clerk", "auditor"])
def test_only_a_head_of_unit_enters_one(world: World, role: str) -> None:
    assert enter(getattr(world, role), world).status_code == 403
    assert not Substitution.objects.exists()


def test_the_candidates_are_officers_and_heads(world: World) -> None:
    form = as_(world.approver).get(reverse("substitutes")).context["form"]
    offered = [key for key, _words in form.fields["substitute"].choices if key]
    people = User.objects.filter(actor__in=offered).values_list("actor", flat=True)
    assert set(people) == {world.officer.pk, world.second_officer.pk, world.approver.pk}
    assert form["absent"].value() == world.approver.pk


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"substitute": "approver"}, "substitute"),
        ({"substitute": "expert"}, "substitute"),
        ({"substitute": ""}, "substitute"),
        ({"absent": "officer"}, "absent"),
        ({"first_day": "2026-09-13"}, "last_day"),
        ({"first_day": "2026-08-01", "last_day": "2026-08-02"}, "last_day"),
        ({"last_day": "x"}, "last_day"),
    ],
)
def test_what_is_wrong_stands_at_its_field(world: World, wrong: dict[str, str], field: str) -> None:
    people = {"absent", "substitute"}
    given = {
        name: getattr(world, value).pk if name in people and value else value
        for name, value in wrong.items()
    }
    response = enter(world.approver, world, **given)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert not Substitution.objects.exists()


def test_a_substitute_cannot_pass_the_signature_on(world: World) -> None:
    enter(world.approver, world)
    move_to(start_of(FIRST))
    given = {"absent": world.second_officer.pk, "substitute": world.officer.pk}
    response = enter(world.second_officer, world, **given)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["absent"]
