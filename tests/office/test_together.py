"""Several comments at once: chosen, looked over, confirmed, each an act of its own, read again."""

from typing import Any

import pytest
from django.urls import reverse

from consultations.models import Actor, Comment, Consultation, Entry, Role, RoleGrant, Run
from consultations.services import answers, runs
from tests.office.pages import as_, ask, proposed, text_of
from tests.office.runs import ASKED, admitted, answered, states, to_the_end
from tests.world import BEGINNING, World, provision_of, signatory, signed_in


@pytest.fixture
def approved(world: World) -> Consultation:
    """Comments 1 to 4 with approved answers; the last is a private person's."""
    consultation = world.opened()
    for turn in range(4):
        said = {"organisation": None, "by": world.outsider} if turn == 3 else {}
        comment = proposed(world.admitted(consultation, **said), by=world.second_officer)
        answers.approve_answer(comment, by=world.approver)
    return consultation


def choose(actor: Actor, consultation: Consultation, **sent: Any) -> Any:
    """What the list sends; the page that follows."""
    place = reverse("prepare_run", args=[consultation.slug])
    return as_(actor).post(place, sent, follow=True)


def to(name: str, consultation: Consultation) -> str:
    """An address of the latest run."""
    return reverse(name, args=[consultation.slug, Run.objects.latest("pk").pk])


def confirmed(actor: Actor, consultation: Consultation) -> Any:
    """Confirmed and carried out; the page that says what became of it."""
    as_(actor).post(to("start_run", consultation))
    to_the_end(Run.objects.latest("pk"))
    return as_(actor).get(to("run", consultation))


def numbers(page: Any, state: str = "waiting") -> list[int]:
    return [one.row.number for one in page.context["lines"] if one.row.state == state]


def test_the_list_offers_rows_to_choose_only_where_something_can_be_done(
    approved: Consultation, world: World
) -> None:
    page = ask(world.officer, approved, stan="approved").content.decode()
    assert page.count('name="uwaga"') == 4
    assert "Publish all (4)" in page
    for viewer, view in ((world.officer, "all"), (world.auditor, "approved")):
        assert 'name="uwaga"' not in ask(viewer, approved, stan=view).content.decode()


@pytest.mark.parametrize(
    ("role", "view", "offered"),
    [
        ("officer", "received", ["admit"]),
        ("officer", "admitted", ["answer", "assign"]),
        ("officer", "assigned", ["answer", "assign"]),
        ("officer", "proposed", []),
        ("approver", "proposed", ["approve"]),
        ("approver", "approved", ["publish"]),
        ("expert", "assigned", ["answer"]),
        ("clerk", "approved", []),
    ],
)
def test_what_is_offered_is_what_the_person_may_do(
    world: World, role: str, view: str, offered: list[str]
) -> None:
    page = ask(getattr(world, role), world.opened(), stan=view)
    assert [one.act for one in page.context["together"]] == offered


def test_the_chosen_ones_are_shown_in_full_and_nothing_happens_yet(
    approved: Consultation, world: World
) -> None:
    page = choose(world.officer, approved, czynnosc="publish", uwaga=["1", "3", "x", "99"])
    assert numbers(page) == [1, 3]
    assert numbers(page, "refused") == [99]
    assert "There is no such comment on your desk." in text_of(page)
    assert states(approved) == ["approved"] * 4


def test_the_page_says_how_many_people_will_be_told(approved: Consultation, world: World) -> None:
    friend = signed_in("druga@mosty.test", "Druga Mostowa")
    signatory(world.organisation, friend)
    page = choose(world.officer, approved, wszystkie="publish", stan="approved")
    assert "4 comments will get this." in text_of(page)
    assert "This will notify 3 people." in text_of(page)
    alone = choose(world.officer, approved, czynnosc="publish", uwaga="4")
    assert "This will notify 1 person." in text_of(alone)


def test_all_means_all_under_the_filter(approved: Consultation, world: World) -> None:
    page = choose(world.officer, approved, wszystkie="publish", stan="approved", szukaj="Obcy")
    assert numbers(page) == [4]


def test_what_one_run_does_not_hold_is_counted(
    approved: Consultation, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runs, "MOST", 3)
    page = choose(world.officer, approved, wszystkie="publish", stan="approved")
    assert numbers(page) == [1, 2, 3]
    assert "1 more stays for the next time." in text_of(page)


def test_each_answer_is_published_by_an_act_of_its_own(
    approved: Consultation, world: World
) -> None:
    choose(world.officer, approved, czynnosc="publish", uwaga=["1", "2", "4"])
    page = confirmed(world.officer, approved)
    assert "3 comments were dealt with." in text_of(page)
    assert states(approved) == ["published", "published", "approved", "published"]
    acts = Entry.objects.filter(kind="comment.publish").values_list("action", flat=True)
    assert len(set(acts)) == 3


def test_a_row_that_is_refused_is_named_and_the_others_stand(
    approved: Consultation, world: World
) -> None:
    choose(world.officer, approved, czynnosc="publish", uwaga=["1", "2", "3", "77"])
    second = Comment.objects.get(consultation=approved, number=2)
    answers.send_back_answer(second, remark="Za krótko.", by=world.approver)
    page = confirmed(world.officer, approved)
    assert numbers(page, "refused") == [2, 77]
    assert "2 were left as they are." in text_of(page)
    assert "2 comments were dealt with." in text_of(page)
    assert "This has changed in the meantime." in text_of(page)
    assert states(approved) == ["published", "admitted", "published", "approved"]


def test_nothing_chosen_leads_back_with_a_sentence(approved: Consultation, world: World) -> None:
    every: list[dict[str, str]] = [{"czynnosc": "publish"}, {"czynnosc": "hide", "uwaga": "1"}, {}]
    pages = [choose(world.officer, approved, **sent) for sent in every]
    for page in pages:
        assert page.request["PATH_INFO"] == reverse("queue", args=[approved.slug])
    assert "Choose what is to be done." in text_of(pages[-1])
    assert not Run.objects.exists()


@pytest.mark.parametrize("role", ["expert", "clerk", "auditor", "ngo"])
@pytest.mark.parametrize("act", ["publish", "approve", "admit", "assign"])
def test_it_is_for_those_who_may_do_it_one_by_one(
    approved: Consultation, world: World, role: str, act: str
) -> None:
    assert choose(getattr(world, role), approved, wszystkie=act).status_code == 403
    assert not Run.objects.exists()


def test_an_author_is_told_that_somebody_else_must_approve_her_answer(world: World) -> None:
    consultation = world.opened()
    RoleGrant.objects.create(actor=world.approver, role=Role.OFFICER, since=BEGINNING)
    for author in (world.approver, world.officer):
        proposed(world.admitted(consultation), by=author)
    page = choose(world.approver, consultation, wszystkie="approve", stan="proposed")
    assert (numbers(page), numbers(page, "refused")) == ([2], [1])
    assert "You wrote this answer: somebody else must approve it." in text_of(page)
    confirmed(world.approver, consultation)
    assert states(consultation) == ["proposed", "approved"]


def test_many_are_answered_with_one_answer(world: World) -> None:
    consultation = admitted(world, 3)
    page = choose(world.officer, consultation, wszystkie="answer", stan="admitted")
    assert "3 comments are chosen." in text_of(page)
    wrong = as_(world.officer).post(to("run", consultation), ASKED | {"reasons": " "})
    assert (wrong.status_code, "Give the reasons" in text_of(wrong)) == (422, True)
    page = as_(world.officer).post(to("run", consultation), ASKED, follow=True)
    assert text_of(page).count(ASKED["reasons"]) == 3
    assert states(consultation) == ["admitted"] * 3
    page = confirmed(world.officer, consultation)
    assert "3 comments were dealt with." in text_of(page)
    assert {one.given_answer.reasons for one in consultation.comments.all()} == {ASKED["reasons"]}


def test_what_is_accepted_names_what_changes(world: World) -> None:
    consultation = admitted(world, 2)
    choose(world.officer, consultation, wszystkie="answer", stan="admitted")
    place = provision_of(consultation.comments.all()[0]).key
    sent = ASKED | {"outcome": "accepted", "changed": str(place)}
    page = as_(world.officer).post(to("run", consultation), sent, follow=True)
    assert "changes § 2 ust. 1" in text_of(page).replace("\u00a0", " ")
    confirmed(world.officer, consultation)
    assert [one.changes.count() for one in consultation.comments.all()] == [1, 1]


def test_an_answer_that_stands_is_shown_beside_the_new_one(world: World) -> None:
    consultation = answered(world, 1)
    choose(world.officer, consultation, czynnosc="answer", uwaga="1")
    page = as_(world.officer).post(to("run", consultation), ASKED, follow=True)
    assert "The answer that stands now" in text_of(page)


def test_many_are_passed_on(world: World) -> None:
    consultation = admitted(world, 2)
    choose(world.officer, consultation, wszystkie="assign", stan="admitted")
    page = as_(world.officer).post(to("run", consultation), {"department": "budzet"}, follow=True)
    assert text_of(page).count("Wydział Budżetu") >= 2
    confirmed(world.officer, consultation)
    assert states(consultation) == ["assigned"] * 2


def test_an_expert_answers_what_is_with_the_department(world: World) -> None:
    consultation = admitted(world, 2)
    choose(world.officer, consultation, czynnosc="assign", uwaga="1")
    as_(world.officer).post(to("run", consultation), {"department": "budzet"})
    confirmed(world.officer, consultation)
    page = choose(world.expert, consultation, czynnosc="answer", uwaga=["1", "2"])
    assert (numbers(page), numbers(page, "refused")) == ([1], [2])
    as_(world.expert).post(to("run", consultation), ASKED)
    confirmed(world.expert, consultation)
    assert states(consultation) == ["proposed", "admitted"]


def test_nobody_else_sees_what_is_only_prepared_or_carries_it_out(
    approved: Consultation, world: World
) -> None:
    choose(world.officer, approved, wszystkie="publish", stan="approved")
    for other in (world.approver, world.second_officer, world.expert):
        assert as_(other).get(to("run", approved)).status_code == 404
        assert as_(other).post(to("start_run", approved)).status_code == 404
    confirmed(world.officer, approved)
    page = as_(world.approver).get(to("run", approved))
    assert "4 comments were dealt with." in text_of(page)
    assert as_(world.approver).post(to("stop_run", approved)).status_code == 403
    assert as_(world.expert).get(to("run", approved)).status_code == 404


def test_while_it_runs_the_page_says_how_far_and_can_stop_it(
    approved: Consultation, world: World
) -> None:
    choose(world.officer, approved, wszystkie="publish", stan="approved")
    as_(world.officer).post(to("start_run", approved))
    page = as_(world.officer).get(to("run", approved))
    assert "0 of 4 gone through." in text_of(page)
    assert "running.js" in page.content.decode()
    page = as_(world.officer).post(to("stop_run", approved), follow=True)
    assert "4 were stopped." in text_of(page)
    assert states(approved) == ["approved"] * 4


def test_what_was_done_is_listed(approved: Consultation, world: World) -> None:
    choose(world.officer, approved, wszystkie="publish", stan="approved")
    place = reverse("prepare_run", args=[approved.slug])
    assert "Nothing has been done" in text_of(as_(world.officer).get(place))
    confirmed(world.officer, approved)
    assert "Publish answers together" in text_of(as_(world.auditor).get(place))


def test_a_page_of_a_run_costs_the_same_however_many_rows(
    world: World, django_assert_max_num_queries: Any
) -> None:
    consultation = answered(world, 12)
    choose(world.approver, consultation, wszystkie="approve", stan="proposed")
    client = as_(world.approver)
    with django_assert_max_num_queries(30):
        assert len(client.get(to("run", consultation)).context["lines"]) == 12
