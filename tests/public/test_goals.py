"""Goals and tasks for everybody: what nothing serves, what serves nothing, the matrix, its file."""

import csv
import io
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from consultations.models import Actor, Document
from consultations.selectors import alignment
from consultations.selectors.goals import goals_of
from consultations.services import drafts, editing, goals, texts
from consultations.services.goals import Mark
from consultations.text.parse import parse_plain
from consultations.text.tree import NBSP, Level
from tests.office.goals import TEXT, Aims, aims, announced_aims, below
from tests.office.pages import text_of
from tests.public.conftest import Visit
from tests.world import World

URL = "/dokumenty/program-2027/cele/"


@pytest.fixture
def here(world: World) -> Aims:
    return announced_aims(world)[0]


def shown(document: Document, viewer: Actor | None) -> list[str]:
    """Each goal in one line, as this person reads it."""
    return [one.whole.replace(NBSP, " ") for one in goals_of([document], viewer)[document.pk]]


def below_heading(response: Any, heading: str, until: str) -> str:
    """What stands on the page between two headings."""
    return text_of(response).partition(f" {heading} ")[2].partition(f" {until} ")[0]


# who sees which


def test_goals_come_in_the_order_of_the_text_and_then_by_hand(world: World) -> None:
    document = world.drafted("program-2027", TEXT)
    one = aims(world, document)
    drafts.withdraw_draft(document, because="Nowy projekt.", by=world.officer)
    one.enter(one.programme, "Cel 9", title="Wpisany ręcznie.")
    one.draft = drafts.register_draft(one.programme, slug="nowy", title="Nowy", by=world.officer)
    texts.import_text(one.draft, parse_plain(TEXT).nodes, by=world.officer)
    for place in ("§ 3 pkt 2", "§ 1"):
        one.mark(place, label="A")
    assert shown(one.programme, world.officer) == [
        "A, § 1: Celem głównym programu jest współpraca.",
        "A, § 3 pkt 2: sport.",
        "Cel 9: Wpisany ręcznie.",
    ]


def test_a_goal_of_a_text_nobody_published_is_not_public(world: World, visit: Visit) -> None:
    one = aims(world)
    one.mark("§ 1", label="Cel główny")
    people = (None, world.ngo, world.councillor, world.officer, world.expert, world.auditor)
    assert [len(shown(one.programme, who)) for who in people] == [0, 0, 0, 1, 1, 1]
    page = visit(None, URL)
    assert ("współpraca" in page.text, "is marked yet" in page.text) == (False, True)
    file = visit(None, reverse("goals_csv", args=["program-2027"]))
    assert "współpraca" not in b"".join(file.streaming_content).decode()
    assert "Version 1 is not public yet." in visit(world.officer, URL).text


def test_in_a_version_at_work_new_words_and_goals_are_the_offices_own(world: World) -> None:
    consultation = world.closed(world.opened("program-2027", TEXT))
    one = aims(world, consultation.draft)
    texts.begin_version(one.draft, by=world.officer)
    key = one.key("§ 1")
    edit: dict[str, Any] = {"heading": "", "seen_revision": 0, "by": world.officer}
    editing.edit_provision(one.draft, key, text="Celem jest trwała współpraca.", **edit)
    new = editing.New(Level.POINT, "3", "", "jawność.")
    beside = one.key("§ 2 pkt 2")
    added = editing.add_provision(one.draft, beside, new, into=False, by=world.officer)
    for place in (key, added):
        goals.mark_goal(one.draft, place, kind="goal", by=world.officer)
    assert shown(one.programme, None) == ["§ 1: Celem głównym programu jest współpraca."]
    assert shown(one.programme, world.officer) == [
        "§ 1: Celem jest trwała współpraca.",
        "§ 2 pkt 3: jawność.",
    ]
    texts.publish_version(one.draft, by=world.officer)
    assert shown(one.programme, None) == shown(one.programme, world.officer)


def test_a_goal_taken_out_at_work_is_public_until_that_is_published(world: World) -> None:
    consultation = world.closed(world.opened("program-2027", TEXT))
    one = aims(world, consultation.draft)
    one.mark("§ 1")
    texts.begin_version(one.draft, by=world.officer)
    editing.delete_provision(one.draft, one.key("§ 1"), by=world.officer)
    assert [len(shown(one.programme, who)) for who in (None, world.officer)] == [1, 0]


def test_a_new_draft_takes_over_when_it_is_announced(here: Aims) -> None:
    world = here.world
    here.mark("§ 1")
    second = drafts.register_draft(here.programme, slug="zmiana", title="Zmiana", by=world.officer)
    assert len(shown(here.programme, world.officer)) == 1
    texts.import_text(second, parse_plain(TEXT).nodes, by=world.officer)
    assert [len(shown(here.programme, who)) for who in (None, world.officer)] == [1, 0]
    drafts.withdraw_draft(second, because="Pomyłka.", by=world.officer)
    assert [len(shown(here.programme, who)) for who in (None, world.officer)] == [1, 1]


# the matrix


def test_the_matrix_says_what_serves_what(here: Aims) -> None:
    goal, task, idle = here.mark_all()
    years = [here.enter(here.years, f"Cel {number}") for number in (1, 2)]
    strategy = here.enter(here.strategy, "Kierunek 1")
    here.enter(here.other, "Obcy")
    here.link(goal, years[0], strategy)
    here.link(task, strategy)
    found = alignment.matrix(here.programme, None)
    assert [row.shown.goal for row in found.rows] == [goal, task, idle]
    assert [one.goal for _document, one in found.columns] == [*years, strategy]
    assert [[serves for _one, serves in row.cells] for row in found.rows] == [
        [True, False, True],
        [False, False, True],
        [False, False, False],
    ]
    assert [[one.goal for one in group.goals] for group in found.unserved] == [[years[1]]]
    assert [row.shown.goal for row in found.idle] == [idle]
    assert [
        [[each.goal for each in servers] for _one, servers in listed]
        for _document, listed in found.served_by
    ] == [[[goal], []], [[goal, task]]]


def test_without_goals_above_nothing_is_said_to_serve_nothing(here: Aims) -> None:
    here.mark_all()
    found = alignment.matrix(here.programme, None)
    assert (found.idle, found.unserved, found.is_complete) == ([], [], False)
    assert list(found.silent) == [here.years, here.strategy]


def test_a_goal_above_that_the_viewer_may_not_see_is_neither_shown_nor_missed(
    here: Aims, visit: Visit
) -> None:
    world, goal = here.world, here.mark("§ 1")
    hidden = below(world.drafted("sektor", TEXT), part_of=here.strategy, carries_out=here.other)
    here.programme.carries_out.add(hidden.document)
    key = hidden.provisions.earliest("pk").key
    secret = goals.mark_goal(hidden, key, kind="goal", label="Tajny", by=world.officer)
    here.link(goal, secret)
    people = (None, world.officer)
    assert [len(alignment.matrix(here.programme, who).columns) for who in people] == [0, 1]
    assert ["Tajny" in visit(who, URL).text for who in people] == [False, True]


def test_the_page_begins_with_what_is_missing(here: Aims, visit: Visit) -> None:
    goal, _task, _idle = here.mark_all()
    first, _second = here.enter(here.years, "Cel 1"), here.enter(here.years, "Cel 2")
    here.link(goal, first)
    page = visit(None, URL)
    assert page.status_code == 200
    unserved = below_heading(page, "What nothing here serves", "What serves nothing")
    idle = below_heading(page, "What serves nothing", "The matrix")
    assert ("Cel 2" in unserved, "Cel 1" in unserved) == (True, False)
    assert ("kultura" in idle, "sport" in idle, "współpraca" in idle) == (True, True, False)
    assert page.text.count('role="img" aria-label="serves"') == 1
    assert page.text.count('<th scope="row">') == 3
    assert '<th scope="colgroup" colspan="2">Dokument wieloletni</th>' in page.text


def test_when_nothing_is_missing_the_page_says_so(here: Aims, visit: Visit) -> None:
    here.link(here.mark("§ 1"), here.enter(here.years, "Cel 1"))
    words = text_of(visit(None, URL))
    assert "Every goal and task of the higher documents is served." in words
    assert "Every goal and task of this document serves something above it." in words


@pytest.mark.parametrize(
    ("slug", "said"),
    [
        ("program-2027", "No goal or task of this document is marked yet."),
        ("strategia", "the register names no document above this one."),
        ("wieloletni", "the documents above this one have no goals here."),
    ],
)
def test_an_empty_page_says_what_is_to_be_done(
    here: Aims, visit: Visit, slug: str, said: str
) -> None:
    if slug == "strategia":
        here.enter(here.strategy, "Cel 1")
    if slug == "wieloletni":
        here.enter(here.years, "Cel 1")
    assert said in text_of(visit(None, reverse("goals", args=[slug])))


def test_only_an_officer_is_led_to_the_marking(here: Aims, visit: Visit) -> None:
    world, address = here.world, reverse("edit_goals", args=["program-2027"])
    people = (None, world.ngo, world.approver, world.officer)
    assert [address in visit(who, URL).text for who in people] == [False, False, False, True]


def test_the_document_leads_to_its_goals(here: Aims, visit: Visit) -> None:
    assert f'href="{URL}"' in visit(None, reverse("document", args=["program-2027"])).text


def test_markup_in_a_goal_is_only_text(here: Aims, visit: Visit) -> None:
    here.mark("§ 1", label="<b>x</b>")
    here.enter(here.years, "<i>", title="<script>alert(1)</script>")
    page = visit(None, URL).text
    assert [one in page for one in ("<b>x</b>", "<script>alert", "&lt;b&gt;x")] == [
        False,
        False,
        True,
    ]


# its file


def table(visit: Visit, who: Actor | None) -> list[list[str]]:
    answer = visit(who, reverse("goals_csv", args=["program-2027"]))
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert 'filename="program-2027-cele.csv"' in answer["Content-Disposition"]
    written = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(written), delimiter=";"))


def test_the_file_is_the_matrix(here: Aims, visit: Visit) -> None:
    goal, _task, _idle = here.mark_all()
    here.link(goal, here.enter(here.years, "Cel 1"))
    heading, *rows = table(visit, None)
    assert heading[4:] == ["Dokument wieloletni: Cel 1: Silne organizacje."]
    assert [(row[0], row[1], row[2].replace(NBSP, " "), row[4]) for row in rows] == [
        ("goal", "Cel główny", "§ 1", "serves"),
        ("task", "", "§ 3 pkt 1", ""),
        ("task", "", "§ 3 pkt 2", ""),
    ]


def test_no_cell_of_the_file_is_computed(here: Aims, visit: Visit) -> None:
    here.mark("§ 1", label="=1+1")
    here.enter(here.years, "", title="@SUM(A1)")
    heading, row = table(visit, None)
    assert (row[1], heading[4]) == ("'=1+1", "Dokument wieloletni: @SUM(A1)")


# how much it asks


def asked(client: Client, viewer: Actor | None, document: Document, visit: Visit) -> int:
    url = reverse("goals", args=[document.slug])
    visit(viewer, url)  # signs in
    with CaptureQueriesContext(connection) as found:
        client.get(url)
    return len(found)


def test_fifty_goals_cost_no_more_than_five(world: World, visit: Visit, client: Client) -> None:
    costs = []
    above = aims(world)
    for slug, count in (("piec", 5), ("piecdziesiat", 50)):
        text = "Rozdział 1. Cele\n" + "".join(f"§ {n}. Cel {n}.\n" for n in range(1, count + 1))
        draft = world.announced(slug, text).draft
        below(draft, part_of=above.strategy, carries_out=above.years)
        keys = draft.provisions.order_by("pk").values_list("key", flat=True)[1:]
        goals.mark_goals(draft, {key: Mark("goal") for key in keys}, by=world.officer)
        upper = above.enter(above.years, f"Cel {count}")
        for one in draft.document.goals.all():
            above.link(one, upper)
        costs.append([asked(client, who, draft.document, visit) for who in (None, world.officer)])
    assert costs[0] == costs[1]
    assert max(costs[0]) <= 25
