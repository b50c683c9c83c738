"""The pages of organisations and mandates: what each person finds, and what a form refuses."""

import uuid
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from consultations.models import Comment, Consultation, Mandate, Organisation
from consultations.models.clock import now
from consultations.services import mandates
from tests.office.pages import as_, text_of
from tests.public.conftest import Visit
from tests.seat.numbers import NIP, REGON
from tests.world import World, drafter, provision, signatory, signed_in
from tests.world import organisation as verified

BASIS = "uchwała zarządu z 2 września"
ASKED = {"kind": "drafter", "basis": BASIS, "last_day": ""}


@pytest.fixture
def asked(world: World) -> Mandate:
    return mandates.ask_for_mandate(
        world.organisation, kind="drafter", basis=BASIS, by=world.outsider
    )


def filing(consultation: Consultation) -> str:
    key = provision(consultation).provision.key
    return f"{reverse('file_comment', args=[consultation.slug])}?przepis={key}"


def typed(**fields: Any) -> dict[str, Any]:
    return {
        "key": str(uuid.uuid4()),
        "kind": "change",
        "proposed_wording": "Termin składania ofert wynosi 28 dni.",
        "reasons": "Piszemy po pracy.",
    } | fields


def test_whoever_acts_for_nobody_finds_the_way_to_join(world: World, visit: Visit) -> None:
    page = visit(world.outsider, reverse("my_organisations"))
    assert "You act for no organisation." in text_of(page)
    assert reverse("find_organisation") in page.content.decode()


@pytest.mark.parametrize("query", ["mosty", "0099900099", "0099 900-099"])
def test_an_organisation_is_found_by_name_and_by_number(
    world: World, visit: Visit, query: str
) -> None:
    page = visit(world.outsider, f"{reverse('find_organisation')}?q={query}")
    assert "Fundacja Mosty" in text_of(page)
    assert reverse("ask_for_mandate", args=[world.organisation.pk]) in page.content.decode()


def test_what_is_not_there_can_be_entered(world: World, visit: Visit) -> None:
    page = visit(world.outsider, f"{reverse('find_organisation')}?q=1234567890")
    assert "There is no such organisation here." in text_of(page)
    sent = ASKED | {
        "name": "Klub Nowy",
        "legal_form": "sports_club",
        "krs": "",
        "nip": "123-456-32-18",
        "regon": REGON,
    }
    wrong = visit(world.outsider, reverse("register_organisation"), sent | {"nip": "1234563219"})
    assert (wrong.status_code, Organisation.objects.count()) == (422, 1)
    assert "This is not a NIP number" in text_of(wrong)
    assert BASIS in wrong.content.decode()
    visit(world.outsider, reverse("register_organisation"), sent)
    assert Organisation.objects.get(name="Klub Nowy").nip == NIP
    assert "not verified yet" in text_of(visit(world.outsider, reverse("my_organisations")))


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"kind": ""}, "Choose the function"),
        ({"basis": " "}, "Say on what basis"),
        ({"basis": "–"}, "Say on what basis"),
        ({"last_day": "2026-08-31"}, "The last day lies in the past."),
        ({"last_day": "9999-12-31"}, "Enter the day."),
        ({"last_day": "jutro"}, "Enter the day."),
    ],
)
def test_a_request_that_is_not_whole_is_refused_and_kept(
    world: World, visit: Visit, sent: dict[str, str], words: str
) -> None:
    place = reverse("ask_for_mandate", args=[world.organisation.pk])
    answer = visit(world.outsider, place, ASKED | sent)
    assert (answer.status_code, words in text_of(answer)) == (422, True)
    assert Mandate.objects.filter(actor=world.outsider).count() == 0


def test_the_last_day_is_shown_as_it_was_asked_for(world: World, visit: Visit) -> None:
    place = reverse("ask_for_mandate", args=[world.organisation.pk])
    visit(world.outsider, place, ASKED | {"last_day": "2026-12-31"})
    assert "until 31 December 2026" in text_of(visit(world.outsider, reverse("my_organisations")))


def test_a_signatory_grants_from_the_page_of_her_organisation(
    world: World, visit: Visit, asked: Mandate
) -> None:
    place = reverse("my_organisation", args=[world.organisation.pk])
    page = text_of(visit(world.ngo, place))
    assert all(one in page for one in ("Obcy Obcowski", BASIS, "waits for a decision"))
    answer = visit(world.ngo, reverse("grant_mandate", args=[asked.pk]), {})
    assert answer.url == place
    assert Mandate.objects.running().filter(actor=world.outsider).exists()


def test_a_drafter_sees_no_names_there_and_others_see_no_page(world: World, visit: Visit) -> None:
    place = reverse("my_organisation", args=[world.organisation.pk])
    assert visit(world.outsider, place).status_code == 404
    drafter(world.organisation, world.outsider)
    page = text_of(visit(world.outsider, place))
    assert ("Anna Mostowa" in page, "Switch it on" in page) == (False, False)
    assert "Anna Mostowa" in text_of(visit(world.ngo, place))  # the control


def test_the_sign_off_is_switched_on_and_off(world: World, visit: Visit) -> None:
    place = reverse("switch_sign_off", args=[world.organisation.pk])
    states = []
    for needed in ("1", "0"):
        visit(world.ngo, place, {"needed": needed})
        world.organisation.refresh_from_db()
        states.append(world.organisation.needs_sign_off)
    assert states == [True, False]
    assert visit(world.outsider, place, {"needed": "1"}).status_code == 403


def test_a_refusal_asks_why_and_the_person_reads_it(
    world: World, visit: Visit, asked: Mandate
) -> None:
    place = reverse("refuse_mandate", args=[asked.pk])
    assert "Obcy Obcowski" in text_of(visit(world.officer, place))
    assert visit(world.officer, place, {"because": " "}).status_code == 422
    visit(world.officer, place, {"because": "Brak podpisu prezesa."})
    mine = text_of(visit(world.outsider, reverse("my_organisations")))
    assert "Brak podpisu prezesa." in mine


@pytest.mark.parametrize("name", ["refuse_mandate", "end_mandate"])
def test_a_page_that_names_a_person_is_for_those_who_decide(
    world: World, visit: Visit, name: str
) -> None:
    """Of another organisation's signatory not even the name; the control is the unit."""
    other = signatory(verified("Inna"), world.outsider).actor
    place = reverse(name, args=[world.ngo.mandates.get().pk])
    assert visit(other, place).status_code == 404
    assert "Anna Mostowa" in text_of(visit(world.officer, place))


def test_ending_asks_once_more(world: World, visit: Visit) -> None:
    mandate = drafter(world.organisation, world.outsider)
    place = reverse("end_mandate", args=[mandate.pk])
    assert "What was done under the mandate stays" in text_of(visit(world.outsider, place))
    assert visit(world.outsider, place, {}).url == reverse("my_organisations")
    assert not Mandate.objects.running().filter(actor=world.outsider).exists()


def test_the_office_sees_what_waits_first(world: World, visit: Visit, asked: Mandate) -> None:
    verified("A pierwsza po nazwie")
    verified("Zupełnie nowa", verified_at=None, verified_by=None)
    rows = visit(world.officer, reverse("organisations")).context["page"].object_list
    assert [one.name for one in rows] == [
        "Fundacja Mosty",
        "Zupełnie nowa",
        "A pierwsza po nazwie",
    ]
    assert asked.organisation == rows[0]


def test_the_office_corrects_and_verifies(world: World, visit: Visit) -> None:
    body = verified("Nowa", verified_at=None, verified_by=None)
    place = reverse("organisation", args=[body.pk])
    assert "Not verified" in text_of(visit(world.officer, place))
    sent = {"name": "Nowa i lepsza", "legal_form": "association", "nip": "123-456-32-18"}
    taken = visit(world.officer, place, sent | {"krs": "0099900099"})
    assert (taken.status_code, "Another organisation has this number" in text_of(taken)) == (
        422,
        True,
    )
    visit(world.officer, place, sent)
    visit(world.officer, reverse("verify_organisation", args=[body.pk]), {})
    body.refresh_from_db()
    assert (body.name, body.nip, body.is_verified) == ("Nowa i lepsza", NIP, True)


def test_the_office_reads_people_and_comments_of_an_organisation(
    world: World, visit: Visit
) -> None:
    world.comment(world.opened())
    page = text_of(visit(world.officer, reverse("organisation", args=[world.organisation.pk])))
    assert all(one in page for one in ("Anna Mostowa", "signatory", "wpis w KRS", "§ 2 ust. 1"))


def test_a_page_costs_the_same_however_many_people_there_are(world: World) -> None:
    client = as_(world.officer)
    place = reverse("organisation", args=[world.organisation.pk])
    client.get(place)  # the session is warm
    counts: list[int] = []
    for _ in range(2):
        for n in range(10):
            drafter(world.organisation, signed_in(f"osoba{n}-{len(counts)}@mosty.test"))
        with CaptureQueriesContext(connection) as asked:
            assert client.get(place).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_in_whose_name_is_chosen_each_time(world: World, visit: Visit) -> None:
    """Nothing is chosen beforehand; herself is one of the choices."""
    consultation = world.opened()
    field = visit(world.ngo, filing(consultation)).context["form"]["in_name_of"]
    assert (field.value(), [key for key, _label in field.field.choices]) == (
        None,
        [str(world.organisation.pk), "own"],
    )
    answer = visit(world.ngo, filing(consultation), typed())
    assert (answer.status_code, "Choose in whose name you comment." in text_of(answer)) == (
        422,
        True,
    )
    alone = visit(world.outsider, filing(consultation)).context["form"]["in_name_of"]
    assert (alone.value(), alone.is_hidden) == ("own", True)


def test_a_drafter_who_files_reads_why_not_and_keeps_her_words(world: World, visit: Visit) -> None:
    consultation = world.opened()
    drafter(world.organisation, world.outsider)
    sent = typed(in_name_of=str(world.organisation.pk))
    answer = visit(world.outsider, filing(consultation), sent)
    assert (answer.status_code, Comment.objects.count()) == (403, 0)
    assert "a signatory files them" in text_of(answer)
    assert "Piszemy po pracy." in answer.content.decode()


def test_the_confirmation_says_in_whose_name_and_who_signed(world: World, visit: Visit) -> None:
    consultation = world.opened()
    sent = typed(in_name_of=str(world.organisation.pk))
    done = visit(world.ngo, filing(consultation), sent)
    page = text_of(visit(world.ngo, done.url))
    assert "Filed in the name of: Fundacja Mosty" in page
    assert "Signed by Anna Mostowa, signatory; mandate from 1 September 2026" in page


def test_everybody_else_reads_the_organisation_alone(world: World, visit: Visit) -> None:
    comment = world.admitted(world.opened())
    place = reverse("comment", args=[comment.consultation.slug, comment.number])
    for reader, reads in ((None, False), (world.outsider, False), (world.officer, True)):
        page = text_of(visit(reader, place))
        assert ("Fundacja Mosty" in page, "Anna Mostowa" in page) == (True, reads)


def test_the_desk_shows_who_signed_after_the_mandate_ended(world: World, visit: Visit) -> None:
    comment = world.comment(world.opened())
    world.ngo.mandates.update(until=now())
    place = reverse("queue", args=[comment.consultation.slug])
    page = text_of(visit(world.officer, f"{place}?uwaga={comment.number}"))
    assert "Signed by Anna Mostowa, signatory" in page
