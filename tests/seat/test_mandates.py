"""Mandates: asked for, granted, refused, ended; every act is an entry without private words."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from consultations import policy
from consultations.errors import Invalid, NotYours, WrongState
from consultations.models import Actor, Entry, Mandate, Organisation, Role
from consultations.models.clock import move_to, now
from consultations.models.people import operator
from consultations.services import mandates, organisations
from consultations.services.organisations import Data
from tests.seat.numbers import KRS, NIP, REGON
from tests.world import World, drafter, signatory, signed_in, staff
from tests.world import organisation as verified

BASIS = "uchwała zarządu z 2 września"


def afresh(actor: Actor) -> Actor:
    """As the next request reads her: policy keeps what it read on the object."""
    return Actor.objects.get(pk=actor.pk)


def ask(world: World, by: Actor, kind: str = "drafter", **given: Any) -> Mandate:
    given = {"kind": kind, "basis": BASIS} | given
    return mandates.ask_for_mandate(world.organisation, **given, by=by)


def kinds() -> list[str]:
    return list(Entry.objects.order_by("seq").values_list("kind", flat=True))


def test_nobody_acts_before_the_mandate_is_granted(world: World) -> None:
    asked = ask(world, world.outsider)
    assert policy.speaks_for(afresh(world.outsider)) == []
    mandates.grant_mandate(asked, by=world.officer)
    her = afresh(world.outsider)
    assert (policy.speaks_for(her), policy.signs_for(her)) == ([world.organisation], [])
    assert kinds() == ["office.ask_for_mandate", "office.grant_mandate"]


def test_the_record_says_who_and_which_and_seals_the_basis(world: World) -> None:
    asked = ask(world, world.outsider)
    entry = Entry.objects.get()
    assert json.loads(entry.payload)["facts"] == {
        "mandate": asked.pk,
        "mandate_kind": "drafter",
        "name": "Fundacja Mosty",
        "organisation": world.organisation.pk,
        "person": world.outsider.pk,
        "until": None,
    }
    assert (entry.words.get().text, BASIS in entry.payload) == (BASIS, False)


@pytest.mark.parametrize(
    ("kind", "who", "may"),
    [
        ("drafter", "officer", True),
        ("drafter", "ngo", True),
        ("drafter", "approver", False),
        ("drafter", "outsider", False),
        ("signatory", "officer", True),
        ("signatory", "ngo", False),
    ],
)
def test_a_signatory_decides_on_drafters_and_the_unit_on_everybody(
    world: World, kind: str, who: str, *, may: bool
) -> None:
    asked = ask(world, signed_in("nowa@mosty.test"), kind)
    by = getattr(world, who)
    if not may:
        with pytest.raises(NotYours):
            mandates.refuse_mandate(asked, because="Brak uchwały.", by=by)
        with pytest.raises(NotYours):
            mandates.grant_mandate(asked, by=by)
    assert mandates.grant_mandate(asked, by=by if may else world.officer).since is not None


def test_a_signatory_of_another_organisation_decides_nothing_here(world: World) -> None:
    """The control is the own signatory, who may."""
    signatory(verified("Fundacja Inna"), world.outsider)
    running = drafter(world.organisation, signed_in("nowa@mosty.test"))
    with pytest.raises(NotYours):
        mandates.end_mandate(running, by=afresh(world.outsider))
    mandates.end_mandate(running, by=world.ngo)


def test_a_drafter_decides_nothing_and_may_lay_down_her_own(world: World) -> None:
    own, other = (drafter(world.organisation, signed_in(f"{n}@mosty.test")) for n in "ab")
    with pytest.raises(NotYours):
        mandates.end_mandate(other, by=own.actor)
    mandates.end_mandate(own, by=own.actor)
    assert policy.speaks_for(afresh(own.actor)) == []


def test_a_refusal_has_a_reason_and_is_final(world: World) -> None:
    asked = ask(world, world.outsider)
    with pytest.raises(Invalid) as refusal:
        mandates.refuse_mandate(asked, because=" – ", by=world.officer)
    assert refusal.value.field == "because"
    mandates.refuse_mandate(asked, because="Brak uchwały.", by=world.officer)
    with pytest.raises(WrongState):
        mandates.grant_mandate(asked, by=world.officer)
    assert ask(world, world.outsider).is_waiting  # but she may ask anew


def test_a_mandate_runs_until_the_end_of_its_last_day(world: World) -> None:
    """The instant decides, and nobody has to end it."""
    until = now() + timedelta(days=30)
    mandates.grant_mandate(ask(world, world.outsider, until=until), by=world.officer)
    move_to(until - timedelta(seconds=1))
    assert policy.speaks_for(afresh(world.outsider)) == [world.organisation]
    move_to(until)
    assert policy.speaks_for(afresh(world.outsider)) == []


def test_a_mandate_asked_for_until_a_day_that_is_over_is_not_granted(world: World) -> None:
    until = now() + timedelta(days=3)
    asked = ask(world, world.outsider, until=until)
    move_to(until)
    with pytest.raises(Invalid):
        mandates.grant_mandate(asked, by=world.officer)


def test_a_drafter_who_becomes_a_signatory_has_one_mandate(world: World) -> None:
    first = drafter(world.organisation, world.outsider)
    mandates.grant_mandate(ask(world, world.outsider, "signatory"), by=world.officer)
    first.refresh_from_db()
    assert first.until is not None
    running = Mandate.objects.running().filter(actor=world.outsider)
    assert [one.kind for one in running] == ["signatory"]


@pytest.mark.parametrize("kind", ["drafter", "signatory"])
def test_whoever_has_the_function_does_not_get_it_again(world: World, kind: str) -> None:
    with pytest.raises(Invalid):
        ask(world, world.ngo, kind)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"basis": " – "}, "basis"),
        ({"kind": "boss"}, "kind"),
        ({"until": "past"}, "until"),
    ],
)
def test_what_is_missing_is_said_at_its_field(
    world: World, given: dict[str, Any], field: str
) -> None:
    if "until" in given:
        given = {"until": now()}
    with pytest.raises(Invalid) as refusal:
        ask(world, world.outsider, **given)
    assert refusal.value.field == field
    assert Mandate.objects.filter(actor=world.outsider).count() == 0


def test_one_request_waits_at_a_time_in_the_database_too(world: World) -> None:
    asked = ask(world, world.outsider)
    with pytest.raises(Invalid):
        ask(world, world.outsider, "signatory")
    asked.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        asked.save(force_insert=True)


def test_an_organisation_a_person_enters_waits_to_be_verified(world: World) -> None:
    data = Data("Klub  Nowy", "sports_club", krs="0099 900-100", nip="123-456-32-18", regon=REGON)
    asked = mandates.register_organisation(
        data, kind="signatory", basis=BASIS, until=None, by=world.outsider
    )
    body = asked.organisation
    assert (body.name, body.krs, body.nip, body.regon) == ("Klub Nowy", KRS, NIP, REGON)
    assert (body.is_verified, kinds()) == (
        False,
        ["office.add_organisation", "office.ask_for_mandate"],
    )
    organisations.verify_organisation(body, by=world.officer)
    body.refresh_from_db()
    assert (body.is_verified, body.verified_by) == (True, world.officer)
    with pytest.raises(Invalid):
        organisations.verify_organisation(body, by=world.officer)


def test_without_a_basis_the_organisation_is_not_entered_either(world: World) -> None:
    data = Data("Klub Nowy", "sports_club")
    with pytest.raises(Invalid):
        mandates.register_organisation(data, kind="drafter", basis="", until=None, by=world.ngo)
    assert (Organisation.objects.filter(name="Klub Nowy").count(), kinds()) == (0, [])


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": " – "}, "name"),
        ({"name": "fundacja MOSTY"}, "name"),
        ({"legal_form": "cabal"}, "legal_form"),
        ({"krs": "12"}, "krs"),
        ({"krs": "0099900099"}, "krs"),
        ({"nip": "123-456-32-19"}, "nip"),
        ({"regon": "123456780"}, "regon"),
    ],
)
def test_wrong_data_are_refused_at_their_field(
    world: World, wrong: dict[str, str], field: str
) -> None:
    given = {"name": "Klub Nowy", "legal_form": "sports_club"} | wrong
    with pytest.raises(Invalid) as refusal:
        organisations.add_organisation(Data(**given), by=operator())
    assert refusal.value.field == field


@pytest.mark.parametrize("number", ["krs", "nip", "regon"])
def test_a_number_belongs_to_one_organisation_and_no_number_to_many(
    world: World, number: str
) -> None:
    verified("Pierwsza", **{number: "0000000000"})
    verified("Druga")
    with pytest.raises(IntegrityError), transaction.atomic():
        verified("Trzecia", **{number: "0000000000"})


def test_the_unit_corrects_data_and_nobody_else(world: World) -> None:
    body, data = world.organisation, Data("Fundacja Mosty i Drogi", "foundation", nip=NIP)
    for other in (world.ngo, world.approver):
        with pytest.raises(NotYours):
            organisations.correct_organisation(body, data, by=other)
    organisations.correct_organisation(body, data, by=world.officer)
    body.refresh_from_db()
    assert (body.name, body.krs, body.nip) == ("Fundacja Mosty i Drogi", "", NIP)


def test_a_signatory_switches_the_sign_off_of_her_own_organisation(world: World) -> None:
    other = verified("Fundacja Inna")
    organisations.switch_sign_off(world.organisation, needed=True, by=world.ngo)
    with pytest.raises(NotYours):
        organisations.switch_sign_off(other, needed=True, by=world.ngo)
    with pytest.raises(Invalid):
        organisations.switch_sign_off(world.organisation, needed=True, by=world.ngo)
    assert list(Organisation.objects.filter(needs_sign_off=True)) == [world.organisation]


def test_a_mandate_of_the_operator_is_entered_at_once(world: World) -> None:
    with pytest.raises(NotYours):
        mandates.add_mandate(world.organisation, world.outsider, kind="drafter", by=world.officer)
    made = mandates.add_mandate(
        world.organisation, world.outsider, kind="drafter", basis=BASIS, by=operator()
    )
    assert (made.asked_at, policy.speaks_for(afresh(world.outsider))) == (
        None,
        [world.organisation],
    )


def test_a_role_in_the_office_is_no_mandate(world: World) -> None:
    assert policy.speaks_for(staff("trzeci@urzad.test", Role.OFFICER)) == []
