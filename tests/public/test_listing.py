"""The public list: what is on it, its filters, its pages from any number, and its file."""

import csv
import io
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from consultations.models import Consultation
from consultations.selectors import listing
from consultations.selectors.listing import From
from consultations.services import answers, comments
from consultations.services.correcting import stop_naming
from consultations.services.supporting import support_comment
from tests.public.addresses import address
from tests.public.conftest import Visit
from tests.world import World, provision


def numbers(page: Any) -> list[int]:
    return [one.comment.number for one in page.context["comments"]]


def look(visit: Visit, consultation: Consultation, query: str = "", who: Any = None) -> Any:
    page = visit(who, address("comments", consultation, query=query))
    assert page.status_code == 200
    return page


@pytest.fixture
def varied(world: World) -> Consultation:
    """1 rejected, of the organisation; 2 of a private person on § 2, accepted in part; 3 on the
    whole draft, a question; 4 received; 5 withdrawn; 6 assigned.
    """
    one = world.opened()
    world.answered(world.admitted(one))
    paragraph = provision(one, "§ 2")
    private: dict[str, Any] = {"organisation": None, "by": world.outsider, "named": True}
    world.answered(world.admitted(one, wording=paragraph, **private), outcome="explained")
    question: dict[str, Any] = {"wording": None, "kind": "question", "proposed_wording": ""}
    world.admitted(one, **question, reasons="Co z żółwiem?")
    world.comment(one)
    comments.withdraw_comment(world.admitted(one), by=world.ngo)
    sixth = world.admitted(one, wording=provision(one, "§ 1"), proposed_wording="Inaczej.")
    comments.assign_comment(sixth, department=world.department, by=world.officer)
    return one


def test_it_shows_what_is_public_and_nothing_else(
    world: World, visit: Visit, varied: Consultation
) -> None:
    for who in (None, world.ngo, world.officer):
        assert numbers(look(visit, varied, who=who)) == [1, 2, 3, 6]
    page = look(visit, varied).content.decode()
    assert "4 comments" in page
    for words in ("Fundacja Mosty", "Obcy Obcowski", "Co z żółwiem?", "not accepted", "explained"):
        assert words in page
    stop_naming(varied.comments.get(number=2), by=world.outsider)
    assert "Obcowski" not in look(visit, varied).content.decode()


def filters(world: World, one: Consultation) -> dict[str, list[int]]:
    key = {place: provision(one, place).provision.key for place in ("§ 2", "§ 2 ust. 1")}
    return {
        f"przepis={key['§ 2']}": [1, 2],
        f"przepis={key['§ 2 ust. 1']}": [1],
        "przepis=calosc": [3],
        f"organizacja={world.organisation.pk}": [1, 3, 6],
        "organizacja=osoba": [2],
        "rodzaj=question": [3],
        "stan=odpowiedz": [1, 2],
        "stan=czeka": [3, 6],
        "stan=assigned": [6],
        "stan=explained": [2],
        "stan=accepted": [],
        "szukaj=zolwiem": [3],
        "szukaj=%232": [2],
        "stan=odpowiedz&organizacja=osoba&szukaj=ofert": [2],
        "stan=czeka&organizacja=osoba": [],
    }


def test_the_filters_of_the_address_narrow_it(
    world: World, visit: Visit, varied: Consultation
) -> None:
    wanted = filters(world, varied)
    found = {query: numbers(look(visit, varied, query)) for query in wanted}
    assert found == wanted
    assert "No public comment fits" in look(visit, varied, "stan=accepted").content.decode()


@pytest.mark.parametrize(
    "query", ["stan=proposed'", "przepis=x", "organizacja=0", "rodzaj=burn", f"szukaj={'x' * 101}"]
)
def test_a_wrong_filter_says_so_and_gives_no_file(
    visit: Visit, varied: Consultation, query: str
) -> None:
    page = look(visit, varied, query)
    assert page.context["form"].errors
    assert visit(None, address("comments_csv", varied, query=query)).status_code == 422


@pytest.fixture
def many(world: World, monkeypatch: pytest.MonkeyPatch) -> Consultation:
    """Seven comments, of which 3 and 7 are not public; pages of two."""
    monkeypatch.setattr(listing, "ON_A_PAGE", 2)
    one = world.opened()
    for number in range(1, 8):
        comment = world.comment(one)
        if number not in {3, 7}:
            comments.admit_comment(comment, by=world.officer)
    return one


PAGES = {
    "": ([1, 2], False, True),
    "po=2": ([4, 5], True, True),
    "po=5": ([6], True, False),
    "po=6": ([5, 6], True, False),
    "po=999999999999999": ([5, 6], True, False),
    "przed=6": ([4, 5], True, True),
    "przed=4": ([1, 2], False, True),
    "przed=1": ([1, 2], False, True),
    "od=3": ([4, 5], True, True),
    "od=1": ([1, 2], False, True),
    "koniec": ([5, 6], True, False),
    "po=x": ([1, 2], False, True),
    "po=-1": ([1, 2], False, True),
}


def test_a_page_begins_at_any_number(visit: Visit, many: Consultation) -> None:
    found = {}
    for query in PAGES:
        page = look(visit, many, query)
        part = page.context["page"]
        found[query] = (numbers(page), part.earlier, part.later)
        assert page.context["count"] == 5
    assert found == PAGES


def test_going_forward_and_back_every_comment_is_seen_once(many: Consultation) -> None:
    rows = listing.public(many)
    forward, part = [], listing.page(rows, From())
    while True:
        forward += [one.number for one in part.rows]
        if not part.later:
            break
        part = listing.page(rows, From(after=part.last))
    back = [one.number for one in part.rows]
    while part.earlier:
        part = listing.page(rows, From(before=part.first))
        back = [one.number for one in part.rows] + back
    assert forward == back == [1, 2, 4, 5, 6]


def test_links_keep_the_filters_and_lose_the_place(visit: Visit, many: Consultation) -> None:
    page = look(visit, many, "rodzaj=change&po=2").content.decode()
    assert 'href="?rodzaj=change&amp;po=5"' in page
    assert 'href="?rodzaj=change&amp;przed=4"' in page
    assert 'href="?rodzaj=change&amp;koniec"' in page
    assert f'{address("comments_csv", many)}?rodzaj=change"' in page


def test_the_first_and_the_last_page_read_alike(world: World, many: Consultation) -> None:
    """No page counts or skips the rows before it: the plan of none has an OFFSET."""
    said = []
    for begin in (From(), From(after=4), From(last=True)):
        with CaptureQueriesContext(connection) as asked:
            listing.page(listing.public(many), begin)
        said.append(" ".join(str(one["sql"]) for one in asked))
    assert [("OFFSET" in one, one.count("SELECT ") <= 2) for one in said] == [(False, True)] * 3


def table(visit: Visit, consultation: Consultation, query: str = "", who: Any = None) -> Any:
    answer = visit(who, address("comments_csv", consultation, query=query))
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";"))


def test_the_file_holds_what_is_listed_and_is_the_same_for_all(
    world: World, visit: Visit, varied: Consultation
) -> None:
    support_comment(varied.comments.get(number=6), organisation=None, by=world.outsider)
    heading, *rows = table(visit, varied)
    assert [row[0] for row in rows] == ["1", "2", "3", "6"]
    assert {len(row) for row in rows} == {len(heading)} == {16}
    assert [row[heading.index("supporters")] for row in rows] == ["0", "0", "0", "1"]
    assert rows[0][-1].endswith(address("comment", varied, 1))
    assert [row[0] for row in table(visit, varied, "stan=czeka")[1:]] == ["3", "6"]
    private = world.admitted(varied, organisation=None, by=world.outsider)
    assert table(visit, varied, who=world.officer)[-1][:3:2] == [
        str(private.number),
        "private person",
    ]


def test_an_answer_that_is_not_published_is_not_in_it(
    world: World, visit: Visit, varied: Consultation
) -> None:
    secret: dict[str, Any] = {"outcome": "rejected", "reasons": "Tajny powód."}
    answers.answer_comment(varied.comments.get(number=6), **secret, by=world.officer)
    said = str(table(visit, varied)) + look(visit, varied).content.decode()
    assert "Tajny powód." not in said
    assert numbers(look(visit, varied, "szukaj=tajny")) == []
    assert numbers(look(visit, varied, "stan=rejected")) == [1]


def test_a_cell_of_the_file_is_never_a_formula(world: World, visit: Visit) -> None:
    one = world.opened()
    world.organisation.name = "=cmd|' /C calc'!A0"
    world.organisation.save()
    world.admitted(one, reasons="=1+1", proposed_wording="@SUM(A1)")
    row = table(visit, one)[1]
    assert [cell[:2] for cell in (row[2], row[6], row[7])] == ["'=", "'@", "'="]


def test_an_empty_round_says_what_will_be_here(world: World, visit: Visit) -> None:
    page = look(visit, world.opened()).content.decode()
    assert "There are no comments yet." in page
    assert "Read and comment" in page
    announced = world.announced("zapowiedziany")
    assert look(visit, announced).status_code == 200


def test_it_is_linked_from_round_reading_and_provision(visit: Visit, varied: Consultation) -> None:
    there = address("comments", varied)
    assert there in visit(None, address("consultation", varied)).content.decode()
    only = visit(None, address("read_draft", varied, query="tylko=uwagi")).content.decode()
    assert f'href="{there}"' in only
    key = provision(varied).provision.key
    page = visit(None, f"/p/{key}/").content.decode()
    assert f"{there}?przepis={key}" in page
