"""The filters of the queue stand in its address: words, provisions, and links that keep them."""

import pytest

from consultations.models import CommentKind, Consultation
from consultations.services import comments
from tests.office.pages import ask, rows_of
from tests.world import World, provision

QUESTION = {"kind": CommentKind.QUESTION, "proposed_wording": ""}


@pytest.fixture
def varied(world: World) -> Consultation:
    """1 on § 2 ust. 1 for Mosty, 2 on § 2 ust. 2 pkt 1 from a person, 3 on the whole draft."""
    consultation = world.opened()
    world.comment(consultation, reasons="Żółte światło dla ofert.")
    point = provision(consultation, "§ 2 ust. 2 pkt 1")
    wording = "kultura – 200 000 zł;"
    world.comment(
        consultation,
        wording=point,
        proposed_wording=wording,
        organisation=None,
        reasons="Za mało na kulturę.",
        by=world.outsider,
    )
    world.comment(consultation, wording=None, reasons="100% poparcia_ogólnie", **QUESTION)
    return consultation


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ("żółte", [1]),
        ("ŻÓŁTE", [1]),
        ("Mosty", [1, 3]),
        ("§ 2 ust. 2", [2]),
        ("200 000", [2]),
        ("Obcowski", [2]),
        ("2", [1, 2]),
        ("0%", [3]),
        ("a_o", [3]),
        ("9" * 60, []),
        ("'; DROP TABLE x --", []),
        ("\0", [1, 2, 3]),
    ],
)
def test_search_looks_into_words_places_names_and_numbers(
    varied: Consultation, world: World, words: str, numbers: list[int]
) -> None:
    assert rows_of(ask(world.officer, varied, szukaj=words)) == numbers


def test_search_does_not_betray_a_name_to_who_may_not_read_it(
    varied: Consultation, world: World
) -> None:
    for comment in varied.comments.all():
        comments.admit_comment(comment, by=world.officer)
        comment.refresh_from_db()
        comments.assign_comment(comment, department=world.department, by=world.officer)
    assert rows_of(ask(world.expert, varied, szukaj="Obcowski")) == []
    assert rows_of(ask(world.expert, varied, szukaj="kultur")) == [2]


@pytest.mark.parametrize(
    ("citation", "numbers"),
    [
        ("§ 2", [1, 2]),
        ("§ 2 ust. 2", [2]),
        ("§ 2 ust. 1", [1]),
        ("§ 1", []),
        ("Rozdział 1", [1, 2]),
    ],
)
def test_a_provision_is_filtered_with_all_that_stands_under_it(
    varied: Consultation, world: World, citation: str, numbers: list[int]
) -> None:
    key = provision(varied, citation).provision.key
    assert rows_of(ask(world.officer, varied, przepis=key)) == numbers


@pytest.mark.parametrize(("place", "numbers"), [("calosc", [3]), ("x", []), ("\0", [1, 2, 3])])
def test_other_values_of_the_provision(
    varied: Consultation, world: World, place: str, numbers: list[int]
) -> None:
    assert rows_of(ask(world.officer, varied, przepis=place)) == numbers


def test_the_provisions_offered_are_those_commented_on_and_what_they_stand_in(
    varied: Consultation, world: World
) -> None:
    offered = [
        words.replace("\xa0", " ") for _key, words in ask(world.officer, varied).context["places"]
    ]
    assert offered == [
        "Rozdział 1. Postanowienia ogólne",
        "§ 2",
        "§ 2 ust. 1",
        "§ 2 ust. 2",
        "§ 2 ust. 2 pkt 1",
    ]


def test_filters_stand_in_the_links_of_the_list(varied: Consultation, world: World) -> None:
    html = ask(world.officer, varied, stan="received", szukaj="ofert").content.decode()
    assert (
        'href="/biuro/k/program-2027/uwagi/?stan=received&amp;szukaj=ofert&amp;uwaga=1#uwaga"'
        in html
    )
