"""The first people of a real site come by commands; each leaves its entry, by the operator."""

import json
from io import StringIO
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from config.management.commands.grant_role import Command as GrantRole
from consultations import policy
from consultations.errors import NotYours
from consultations.models import Actor, Department, Entry, Organisation, Role, RoleGrant, User
from consultations.models.people import operator
from consultations.selectors.journal import sentence
from consultations.services import enrolling
from notifications.models import Notice
from notifications.outbox import dispatch
from tests.world import World

pytestmark = pytest.mark.django_db
ANNA = "anna.nowa@miasto.test"


def said(*words: str, **options: Any) -> str:
    out = StringIO()
    call_command(*words, stdout=out, **options)
    return out.getvalue().strip()


def roles(email: str) -> dict[str, int | None]:
    return policy.roles_of(Actor.objects.get(user__email=email))


def test_a_new_officer_gets_a_login_a_role_and_an_entry_and_can_work() -> None:
    words = said("grant_role", ANNA, "officer", name="Anna Nowa")
    new = "New here; they sign in with a code sent to this address."
    assert words == f"{ANNA} holds the role officer. {new}"
    user = User.objects.get(email=ANNA)
    assert (user.name, user.has_usable_password(), set(roles(ANNA))) == (
        "Anna Nowa",
        False,
        {Role.OFFICER},
    )
    assert EmailAddress.objects.get(user=user).verified
    client = Client()
    client.force_login(user)
    assert client.get(reverse("office")).status_code == 200


def test_the_record_names_the_operator_and_no_address() -> None:
    said("add_department", "budzet", "Wydział Budżetu")
    said("grant_role", ANNA, "expert", department="budzet", name="Anna Nowa")
    entry = Entry.objects.latest("seq")
    actor = User.objects.get(email=ANNA).actor_id
    facts = {"person": actor, "held_role": "expert", "department": "budzet"}
    assert json.loads(entry.payload)["facts"] == facts
    assert (entry.kind, entry.actor, entry.role) == ("office.grant_role", operator(), "operator")
    assert "Anna Nowa" in sentence(entry)


def test_a_role_can_be_taken_back_and_given_again() -> None:
    said("grant_role", ANNA, "officer")
    words = said("grant_role", ANNA.upper(), "officer", revoke=True)
    assert (words, roles(ANNA)) == (f"{ANNA} no longer holds the role officer.", {})
    said("grant_role", ANNA, "officer")
    assert (set(roles(ANNA)), User.objects.filter(email=ANNA).count()) == ({Role.OFFICER}, 1)


def test_heads_of_units_are_told(world: World) -> None:
    said("grant_role", ANNA, "officer", name="Anna Nowa")
    dispatch()
    told = Notice.objects.filter(entry__kind="office.grant_role")
    assert [one.recipient for one in told] == [world.approver]
    client = Client()
    client.force_login(world.approver.user)
    assert "Anna Nowa" in client.get(reverse("inbox")).content.decode()


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ((ANNA, "mayor"), "invalid choice: 'mayor'"),
        (("anna", "officer"), "this is not an e-mail address"),
        ((ANNA, "expert"), "Say for which department the expert answers."),
        ((ANNA, "expert", "--department", "x"), "There is no department x. There are: budzet."),
        ((ANNA, "officer", "--department", "budzet"), "Only an expert belongs to a department"),
        (("radna@rada.test", "councillor"), "The person holds this role already."),
        (("radna@rada.test", "officer", "--revoke"), "The person does not hold this role."),
        ((ANNA, "officer", "--revoke"), f"Nobody has the address {ANNA}."),
    ],
)
def test_what_cannot_be_is_said_and_changes_nothing(
    world: World, words: tuple[str, ...], why: str
) -> None:
    before = (Entry.objects.count(), User.objects.count(), RoleGrant.objects.count())
    with pytest.raises(CommandError) as told:
        said("grant_role", *words)
    assert why in str(told.value)
    assert (Entry.objects.count(), User.objects.count(), RoleGrant.objects.count()) == before


def test_every_role_stands_in_the_help() -> None:
    text = GrantRole().create_parser("manage.py", "grant_role").format_help()
    assert [role for role in Role.values if f"  {role}  " not in text] == []


def test_organisations_and_who_speaks_for_them() -> None:
    said("add_organisation", "Fundacja Mosty", "foundation", krs="0099900099")
    words = said("add_mandate", "0099900099", ANNA)
    assert words == f"{ANNA} may act for Fundacja Mosty as a signatory."
    anna = Actor.objects.get(user__email=ANNA)
    body = Organisation.objects.get()
    assert policy.signs_for(anna) == [body]
    said("add_mandate", "fundacja mosty", ANNA, end=True)
    assert policy.organisations_of(Actor.objects.get(pk=anna.pk)) == set()
    assert list(Entry.objects.values_list("kind", flat=True)) == [
        "office.add_organisation",
        "office.add_mandate",
        "office.end_mandate",
    ]


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("add_organisation", "Fundacja Mosty", "foundation"), "of this name already"),
        (("add_organisation", "Inna", "foundation", "--krs", "12"), "A KRS number has ten digits."),
        (("add_organisation", "Inna", "cabal"), "invalid choice: 'cabal'"),
        (("add_mandate", "Nikt", ANNA), "There is no organisation Nikt. There are: Fundacja Mosty"),
        (("add_mandate", "Fundacja Mosty", "anna@mosty.test"), "has this function in this"),
        (("add_mandate", "Fundacja Mosty", "obcy@poczta.test", "--end"), "has no mandate of this"),
        (("add_mandate", "Fundacja Mosty", ANNA, "--until", "2026-08-31"), "lies in the past"),
        (("add_mandate", "Fundacja Mosty", ANNA, "--until", "jutro"), "write the day as"),
        (("add_department", "budzet", "Budżet"), "a department with this short name already"),
        (("add_department", "Wydział Budżetu", "Budżet"), "letters, digits and hyphens only"),
    ],
)
def test_wrong_organisations_and_departments_are_refused(
    world: World, words: tuple[str, ...], why: str
) -> None:
    before = (Entry.objects.count(), Organisation.objects.count(), Department.objects.count())
    with pytest.raises(CommandError) as told:
        said(*words)
    assert why in str(told.value)
    after = (Entry.objects.count(), Organisation.objects.count(), Department.objects.count())
    assert after == before


def test_nobody_with_a_login_gives_roles(world: World) -> None:
    """The control is the operator, who may."""
    everybody = (world.officer, world.approver, world.auditor, world.clock)
    for one in everybody:
        with pytest.raises(NotYours):
            enrolling.grant_role(world.ngo, Role.APPROVER, by=one)
    enrolling.grant_role(world.ngo, Role.APPROVER, by=operator())
    assert Role.APPROVER in roles("anna@mosty.test")


def test_there_is_one_operator_who_is_nobody_with_a_login(world: World) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Actor.objects.create(kind=Actor.Kind.OPERATOR)
    assert (policy.can(operator(), "signed_in"), policy.can(operator(), "comment.file")) == (
        False,
        False,
    )
