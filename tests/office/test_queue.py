"""The queue: who sees what, views with counts, filters, pages, keys, the live counter."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from consultations.models import (
    Channel,
    Comment,
    CommentKind,
    Consultation,
    Department,
    Organisation,
)
from consultations.selectors.journal import desk_counter
from consultations.services import answers, comments
from tests.office.pages import as_, ask, queue_of, rows_of, text_of
from tests.world import World, provision, signed_in

QUESTION = {"kind": CommentKind.QUESTION, "proposed_wording": ""}


@pytest.fixture
def desk(world: World) -> Consultation:
    """Comments 1 to 6: received, admitted, assigned, proposed, approved, published."""
    consultation = world.opened()
    made = [world.comment(consultation) for _turn in range(6)]
    for comment in made[1:]:
        comments.admit_comment(comment, by=world.officer)
    for comment in made[2:]:
        comments.assign_comment(comment, department=world.department, by=world.officer)
    for comment in made[3:]:
        answers.answer_comment(
            comment, outcome="rejected", reasons="Zostaje.", by=world.second_officer
        )
    for comment in made[4:]:
        answers.approve_answer(comment, by=world.approver)
    answers.publish_answer(made[5], by=world.officer)
    return consultation


def counts(response: Any) -> dict[str, int]:
    return {view.code: view.count for view in response.context["views"]}


def test_the_views_of_an_officer_count_every_state(desk: Consultation, world: World) -> None:
    response = ask(world.officer, desk)
    assert counts(response) == {
        "open": 5,
        "mine": 0,
        "overdue": 0,
        "unassigned": 1,
        "received": 1,
        "returned": 0,
        "admitted": 1,
        "assigned": 1,
        "sent_back": 0,
        "proposed": 1,
        "approved": 1,
        "published": 1,
        "appeals": 0,
        "aside": 0,
        "left": 0,
        "all": 6,
    }
    assert rows_of(response) == [3, 1, 2, 4, 5]


@pytest.mark.parametrize(
    ("view", "numbers"),
    [
        ("received", [1]),
        ("admitted", [2]),
        ("assigned", [3]),
        ("proposed", [4]),
        ("approved", [5]),
        ("published", [6]),
        ("aside", []),
        ("all", [3, 1, 2, 4, 5, 6]),
        ("withdrawn", []),
        ("nonsense", [3, 1, 2, 4, 5]),
    ],
)
def test_a_view_shows_its_states(
    desk: Consultation, world: World, view: str, numbers: list[int]
) -> None:
    assert rows_of(ask(world.officer, desk, stan=view)) == numbers


def test_an_expert_sees_only_the_comments_of_the_department(
    desk: Consultation, world: World
) -> None:
    response = ask(world.expert, desk)
    assert counts(response) == {
        "open": 3,
        "mine": 1,
        "overdue": 0,
        "assigned": 1,
        "sent_back": 0,
        "proposed": 1,
        "approved": 1,
        "published": 1,
        "all": 4,
    }
    assert rows_of(response) == [3, 4, 5]
    assert ask(world.expert, desk, uwaga=2).status_code == 404
    assert ask(world.expert, desk, uwaga=3).status_code == 200


def test_what_was_sent_back_is_for_the_expert_to_answer(desk: Consultation, world: World) -> None:
    comment = Comment.objects.get(consultation=desk, number=4)
    answers.send_back_answer(comment, remark="Za krótko.", by=world.approver)
    assert rows_of(ask(world.expert, desk, stan="assigned")) == [3, 4]


def test_an_approver_begins_with_what_waits_for_a_signature(
    desk: Consultation, world: World
) -> None:
    assert rows_of(ask(world.approver, desk)) == [4, 3, 1, 2, 5]


@pytest.mark.parametrize("number", range(1, 7))
def test_an_auditor_reads_and_can_do_nothing(desk: Consultation, world: World, number: int) -> None:
    response = ask(world.auditor, desk, uwaga=number)
    assert response.context["detail"].acts == frozenset()
    assert "uw-act" not in response.content.decode()


@pytest.mark.parametrize(
    ("number", "acts"),
    [
        (1, {"admit", "return_for_completion", "hide"}),
        (2, {"assign", "answer", "hide"}),
        (3, {"assign", "set_due", "answer", "hide"}),
        (4, {"answer"}),
        (5, {"publish"}),
        (6, set()),
    ],
)
def test_an_officer_is_offered_what_the_state_allows(
    desk: Consultation, world: World, number: int, acts: set[str]
) -> None:
    response = ask(world.officer, desk, uwaga=number)
    assert response.context["detail"].acts == {*acts, "number_case"}
    green = response.content.decode().count('class="govuk-button"')
    assert green == (1 if acts else 0)


@pytest.mark.parametrize("role", ["ngo", "outsider", "councillor"])
def test_the_queue_is_closed_to_others(desk: Consultation, world: World, role: str) -> None:
    assert ask(getattr(world, role), desk).status_code == 403
    assert ask(None, desk).status_code == 302


def test_a_round_there_is_not_is_not_found(world: World) -> None:
    assert as_(world.officer).get(reverse("queue", args=["nie-ma"])).status_code == 404


def test_the_department_is_filtered_by_its_address(desk: Consultation, world: World) -> None:
    assert rows_of(ask(world.officer, desk, wydzial="budzet")) == [3, 4, 5]
    assert rows_of(ask(world.officer, desk, wydzial="brak")) == [1, 2]
    assert rows_of(ask(world.officer, desk, wydzial="inny")) == []


@pytest.mark.parametrize("number", ["x", "-1", "0", "9" * 40, "1.5", "١"])
def test_a_comment_that_cannot_be_is_not_found(
    desk: Consultation, world: World, number: str
) -> None:
    assert ask(world.officer, desk, uwaga=number).status_code == 404


# -- many ---------------------------------------------------------------------------------------


def many(world: World, consultation: Consultation, count: int) -> None:
    """Comments of different people and organisations on different provisions, some on paper."""
    places = ["§ 1", "§ 2 ust. 1", "§ 2 ust. 2 pkt 1"]
    for turn in range(count):
        organisation = Organisation.objects.create(name=f"Fundacja {turn}", legal_form="foundation")
        wording = provision(consultation, places[turn % 3])
        said = QUESTION | {"wording": wording, "reasons": f"Powód {turn}."}
        if turn % 3 == 0:
            said |= {"by": signed_in(f"osoba{turn}@poczta.test"), "organisation": None}
        else:
            said |= {"by": world.officer, "organisation": organisation, "channel": Channel.POST}
        comment = world.admitted(consultation, **said)
        department, _new = Department.objects.get_or_create(
            slug=f"w{turn % 5}", name=f"W{turn % 5}"
        )
        comments.assign_comment(comment, department=department, by=world.officer)


def cost(world: World, consultation: Consultation, **query: Any) -> int:
    client = as_(world.officer)
    place = reverse("queue", args=[consultation.slug])
    client.get(place, query)  # the session is warm
    with CaptureQueriesContext(connection) as asked:
        assert client.get(place, query).status_code == 200
    return len(asked)


def test_the_queue_costs_the_same_however_long_it_is(world: World) -> None:
    consultation = world.opened()
    many(world, consultation, 3)
    world.comment(consultation, by=signed_in("czeka@poczta.test"), organisation=None)
    queries = [cost(world, consultation), cost(world, consultation, uwaga=3)]
    many_more(world, consultation)
    assert [cost(world, consultation), cost(world, consultation, uwaga=3)] == queries


def many_more(world: World, consultation: Consultation) -> None:
    before = Organisation.objects.count()
    for turn in range(12):
        organisation = Organisation.objects.create(
            name=f"Stowarzyszenie {before + turn}", legal_form="association"
        )
        world.comment(
            consultation, by=world.officer, organisation=organisation, channel=Channel.EMAIL
        )
        world.comment(consultation, by=signed_in(f"x{turn}@poczta.test"), organisation=None)


def test_a_long_list_has_pages_and_opens_on_that_of_the_chosen_comment(world: World) -> None:
    consultation = world.opened()
    for _turn in range(52):
        world.comment(consultation)
    assert rows_of(ask(world.officer, consultation)) == list(range(1, 51))
    assert rows_of(ask(world.officer, consultation, strona=2)) == [51, 52]
    assert rows_of(ask(world.officer, consultation, uwaga=52)) == [51, 52]
    assert rows_of(ask(world.officer, consultation, strona="x", uwaga=52)) == list(range(1, 51))
    assert (
        'href="?stan=received&amp;strona=2"'
        in ask(world.officer, consultation, stan="received").content.decode()
    )


# -- the page -----------------------------------------------------------------------------------


def test_the_keys_of_the_page_press_what_may_be_done(desk: Consultation, world: World) -> None:
    received = ask(world.officer, desk, uwaga=1).content.decode()
    assert "data-keys>" in received
    assert 'form="act-admit" data-key="p"' in received
    assert 'data-key="o"' not in received
    assigned = ask(world.officer, desk, uwaga=3).content.decode()
    assert 'href="#act-answer" data-key="o"' in assigned
    assert 'href="#assigncomment_department" data-key="a"' in assigned
    assert 'id="assigncomment_department"' in assigned
    assert "data-keys-toggle" in assigned
    approving = ask(world.approver, desk, uwaga=4).content.decode()
    assert 'form="act-approve" data-key="z"' in approving


def test_the_page_listens_to_its_desk_and_says_what_it_has_seen(
    desk: Consultation, world: World
) -> None:
    html = ask(world.officer, desk).content.decode()
    assert 'data-live-topics="desk:program-2027 ' in html
    counter = f'data-live-counter="desk:program-2027" data-live-seen="{desk_counter(desk.draft)}"'
    assert counter in html


def test_the_pane_shows_redline_reasons_sender_and_history(
    desk: Consultation, world: World
) -> None:
    page = text_of(ask(world.officer, desk, uwaga=6))
    assert "Termin składania ofert wynosi removed: 21 added: 30 dni." in page
    assert "Piszemy oferty po pracy." in page
    assert "Fundacja Mosty" in page
    assert "The answer to comment 6 on § 2 ust. 1 was published. Officer, civic dialogue unit" in (
        page.replace("\xa0", " ")
    )


def test_words_of_a_comment_never_become_html(world: World) -> None:
    consultation = world.opened()
    bad = "<script>alert(1)</script><b>x</b>"
    comment = world.comment(consultation, reasons=bad, proposed_wording=bad)
    html = as_(world.officer).get(queue_of(comment, uwaga=1)).content.decode()
    assert "<script>alert" not in html
    assert "<b>x" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html


def test_what_still_blocks_the_review_is_counted_and_linked(
    desk: Consultation, world: World
) -> None:
    world.closed(desk)
    page = text_of(ask(world.officer, desk))
    assert "The report can be released when: 5 comments have a published answer" in page
