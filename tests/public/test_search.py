"""Search: the same on both databases, all one may see and nothing more, and its price."""

from typing import Any

import pytest
from django.db import connection
from django.db.models import Value
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from consultations.models import Actor, Document, TextVersion, Wording
from consultations.models.clock import now
from consultations.selectors.folded import Folded
from consultations.selectors.snippets import Piece, marked, snippet
from consultations.services import answers, comments, texts
from consultations.text.folding import fold, terms
from tests.public.conftest import Visit
from tests.world import World, provision

ODD = "ZAŻÓŁĆ gęślą\N{NO-BREAK SPACE}JAŹŃ\nÜber §\tİß 50% _ \\ 'O”"


def look(visit: Visit, who: Actor | None, said: str, **more: str) -> Any:
    return visit(who, reverse("search", query={"q": said} | more))


def counted(page: Any) -> dict[str, int]:
    return {one.code: one.count for one in page.context["groups"]}


def urls(page: Any) -> list[str]:
    return [hit.url for group in page.context["groups"] for hit in group.hits]


@pytest.mark.django_db
def test_the_database_folds_letter_for_letter_as_python_does() -> None:
    Document.objects.create(slug="a", kind="annual", title="A")
    said = Document.objects.annotate(said=Folded(Value(ODD))).values_list("said", flat=True).get()
    assert said == fold(ODD) == "zazolc gesla jazn Über § İß 50% _ \\ 'o”"
    assert len(fold(ODD)) == len(ODD)


def test_a_sign_and_its_number_are_one_term_and_terms_are_few() -> None:
    assert terms("§2 UST. 1 „Kultury”, kultury") == ("§ 2", "ust. 1", "kultury")
    assert len(terms(" ".join(f"x{n}" for n in range(99)))) == 6


def test_each_kind_is_found_whatever_the_case_and_the_diacritics(
    world: World, visit: Visit
) -> None:
    consultation = world.opened()
    world.admitted(consultation, reasons="Źle się CZYTA: żółw.")
    page = look(visit, None, "program")
    assert counted(page) == {"dokumenty": 1, "projekty": 1, "przepisy": 2, "uwagi": 0}
    zolw = look(visit, None, "ZOLW zle")
    assert counted(zolw) == {"dokumenty": 0, "projekty": 0, "przepisy": 0, "uwagi": 1}
    assert "<mark>Źle</mark> się CZYTA: <mark>żółw</mark>." in zolw.content.decode()
    assert counted(look(visit, None, "zolw slon"))["uwagi"] == 0
    place = look(visit, None, "§ 2 ust. 1")
    assert urls(place)[0] == reverse("provision", args=[provision(consultation).provision.key])


def test_a_wildcard_is_a_character_like_any_other(world: World, visit: Visit) -> None:
    world.admitted(world.opened(), reasons="Sto 50% razy.")
    assert counted(look(visit, None, "50%"))["uwagi"] == 1
    assert counted(look(visit, None, "5_%"))["uwagi"] == 0


def test_a_comment_is_found_by_its_number_and_its_organisation(world: World, visit: Visit) -> None:
    comment = world.admitted(world.opened())
    where = [reverse("comment", args=[comment.consultation.slug, comment.number])]
    for said in ("#1", "fundacja mosty"):
        assert urls(look(visit, None, said, rodzaj="")) == where


def test_what_is_not_public_is_found_by_its_readers_alone(world: World, visit: Visit) -> None:
    consultation = world.opened()
    world.comment(consultation, reasons="Tajemnica pierwsza.")
    taken = world.admitted(consultation, reasons="Jawna.")
    answers.answer_comment(taken, outcome="rejected", reasons="Tajemnica.", by=world.officer)
    world.drafted("tajemnica")
    expected = {None: 0, world.outsider: 0, world.ngo: 1, world.officer: 1}
    found = {who: counted(look(visit, who, "tajemnica"))["uwagi"] for who in expected}
    assert found == expected
    rounds = {
        who: counted(look(visit, who, "tajemnica"))["projekty"] for who in (None, world.officer)
    }
    assert rounds == {None: 0, world.officer: 1}
    # the control: once public, everybody finds them
    answers.approve_answer(taken, by=world.approver)
    answers.publish_answer(taken, by=world.officer)
    assert counted(look(visit, None, "tajemnica"))["uwagi"] == 1


def test_a_private_person_is_neither_searched_nor_named(world: World, visit: Visit) -> None:
    consultation = world.opened()
    world.admitted(consultation, organisation=None, by=world.outsider, reasons="Krótko.")
    assert counted(look(visit, world.officer, "Obcowski"))["uwagi"] == 0
    page = look(visit, None, "krotko").content.decode()
    assert "Obcowski" not in page
    assert "private person" in page
    assert "Obcowski" in look(visit, world.officer, "krotko").content.decode()


def test_only_the_latest_published_wording_is_found(world: World, visit: Visit) -> None:
    announced = world.closed(world.opened())
    draft, stands = announced.draft, provision(announced, "§ 2 ust. 1")
    second = TextVersion.objects.create(draft=draft, number=2, imported_at=now())
    changed = {"text_version": second, "parent": None, "text": "Termin wynosi 30 dni."}
    row = {field.name: getattr(stands, field.name) for field in Wording._meta.concrete_fields}
    Wording.objects.create(**(row | changed | {"id": None}))
    found = [counted(look(visit, None, f"termin {days} dni"))["przepisy"] for days in (21, 30)]
    assert found == [1, 0]  # not published yet
    texts.publish_version(draft, by=world.officer)
    found = [counted(look(visit, None, f"termin {days} dni"))["przepisy"] for days in (21, 30)]
    assert found == [0, 1]


def test_hostile_text_stays_text(world: World, visit: Visit) -> None:
    world.admitted(world.opened(), reasons="<script>alert(1)</script> koniec")
    page = look(visit, None, "<script>alert(1)</script>").content.decode()
    assert "<script>alert" not in page
    assert "<mark>&lt;script&gt;alert(1)&lt;/script&gt;</mark> koniec" in page


def test_marks_stand_where_the_words_do() -> None:
    assert marked("Łąka, łąki", ("lak",)) == [
        Piece("Łąk", hit=True),
        Piece("a, "),
        Piece("łąk", hit=True),
        Piece("i"),
    ]
    far = "słowo " * 100 + "żuraw leci" + " dalej" * 100
    cut = snippet(["nic", far], ("zuraw",))
    assert [one.text for one in cut if one.hit] == ["żuraw"]
    assert cut[0].text.startswith("… słowo")
    assert cut[-1].text.endswith("…")


@pytest.mark.parametrize("said", ["", "a", "   ", "\0", "x" * 101, '"'])
def test_what_cannot_be_searched_says_so_and_finds_nothing(
    world: World, visit: Visit, said: str
) -> None:
    page = look(visit, None, said)
    assert page.status_code in {200, 400}
    assert not (page.context or {}).get("groups")


def test_nothing_found_says_what_to_try(world: World, visit: Visit) -> None:
    page = look(visit, None, "nosorożec").content.decode()
    assert "Nothing holds all of these words." in page
    assert "What is searched:" in visit(None, reverse("search")).content.decode()


def test_a_kind_has_pages_and_keeps_the_words(world: World, visit: Visit) -> None:
    consultation = world.opened()
    for _turn in range(22):
        world.admitted(consultation, reasons="Powód & reszta.")
    some = look(visit, None, "powod &")
    assert (len(some.context["groups"][3].hits), some.context["groups"][3].count) == (5, 22)
    last = look(visit, None, "powod &", rodzaj="uwagi", strona="2")
    assert [one.url.rpartition("uwagi/")[2] for one in last.context["hits"]] == ["2/", "1/"]
    assert "?q=powod+%26&amp;rodzaj=uwagi&amp;strona=1" in last.content.decode()


@pytest.mark.parametrize("kind", ["", "uwagi", "przepisy"])
def test_the_price_does_not_grow_with_what_is_found(
    world: World, visit: Visit, client: Client, settings: Any, kind: str
) -> None:
    prices = []
    for turn in range(2):
        consultation = world.opened(f"projekt-{turn}")
        world.admitted(consultation, organisation=None, by=world.outsider)
        world.admitted(consultation)
        price = []
        for who in (None, world.ngo, world.officer):
            look(visit, who, "program termin", rodzaj=kind)
            settings.DEMO = False  # its bar asks too
            with CaptureQueriesContext(connection) as asked:
                page: Any = client.get(reverse("search", query={"q": "te", "rodzaj": kind}))
            assert counted(page)["uwagi"] == 2 * (turn + 1)
            settings.DEMO = True
            price.append(len(asked))
        prices.append(price)
    assert prices[0] == prices[1]
    assert max(prices[0]) <= 12


def test_the_home_page_has_a_labelled_box_that_needs_no_script(world: World, visit: Visit) -> None:
    page = visit(None, reverse("home")).content.decode()
    assert f'action="{reverse("search")}" method="get" role="search"' in page
    assert '<label class="govuk-label" for="szukaj">' in page


def test_comments_of_withdrawn_authors_are_gone(world: World, visit: Visit) -> None:
    comment = world.admitted(world.opened(), reasons="Znikam.")
    assert counted(look(visit, None, "znikam"))["uwagi"] == 1
    comments.withdraw_comment(comment, by=world.ngo)
    assert counted(look(visit, None, "znikam"))["uwagi"] == 0
