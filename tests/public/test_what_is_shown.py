"""Who reads what: names of private persons, comments not public, hostile text."""

from datetime import date

from django.urls import reverse

from consultations.models import Actor, Consultation
from consultations.services import answers, comments, council
from tests.public.addresses import address, every_page
from tests.public.conftest import Visit
from tests.report_files import write_report_files
from tests.world import World

NAME, EMAIL = "Obcowski", "obcy@poczta.test"


def private_comments(world: World, **said: object) -> Consultation:
    """The whole road of comments of a private person: answered, received, withdrawn, hidden."""
    consultation = world.opened()
    mine = {"organisation": None, "by": world.outsider} | said
    world.answered(world.admitted(consultation, **mine))
    comments.withdraw_comment(world.admitted(consultation, **mine), by=world.outsider)
    comments.hide_comment(
        world.admitted(consultation, **mine), because="Dane osobowe", by=world.officer
    )
    world.numbered(world.closed(consultation))
    write_report_files()
    return consultation


def pages_naming(visit: Visit, viewer: Actor | None, consultation: Consultation) -> set[str]:
    """The addresses of the pages on which the private person's name or address stands."""
    found = set()
    for one in every_page(consultation):
        answer = visit(viewer, one)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        if NAME in body.decode() or EMAIL in body.decode():
            found.add(one)
    return found


def test_no_page_of_a_visitor_names_a_private_person(world: World, visit: Visit) -> None:
    assert pages_naming(visit, None, private_comments(world)) == set()


def test_no_page_of_another_person_names_a_private_person(world: World, visit: Visit) -> None:
    assert pages_naming(visit, world.ngo, private_comments(world)) == set()


def test_a_planted_name_is_seen_by_this_very_search(world: World, visit: Visit) -> None:
    consultation = private_comments(world, reasons=f"Podpisano: {NAME}")
    found = pages_naming(visit, None, consultation)
    assert {
        address("comment", consultation, 1),
        address("report", consultation),
        address("report_file", consultation, "csv"),
        address("read_draft", consultation, query="tylko=uwagi"),
    } <= found


def test_the_unit_reads_the_name_on_the_comment_and_never_in_the_report(
    world: World, visit: Visit
) -> None:
    consultation = private_comments(world)
    found = pages_naming(visit, world.officer, consultation)
    assert address("comment", consultation, 1) in found
    file = address("report_file", consultation, "csv")
    pages = {address(one, consultation) for one in ("report", "journal")}
    assert {file, *pages} & found == set()


def test_a_received_comment_is_seen_by_its_author_and_the_unit_alone(
    world: World, visit: Visit, viewers: dict[str, Actor | None]
) -> None:
    consultation = world.opened()
    world.comment(consultation)
    page = address("comment", consultation, 1)
    assert {name: visit(viewer, page).status_code for name, viewer in viewers.items()} == {
        "visitor": 404,
        "author": 200,
        "outsider": 404,
        "officer": 200,
    }


def test_why_a_comment_is_hidden_is_for_its_author_and_the_unit(
    world: World, visit: Visit, viewers: dict[str, Actor | None]
) -> None:
    consultation = world.opened()
    comments.hide_comment(world.comment(consultation), because="Obraża ludzi", by=world.officer)
    answers_of = {
        name: visit(viewer, address("comment", consultation, 1)) for name, viewer in viewers.items()
    }
    assert {
        name: (one.status_code, "Obraża ludzi" in one.content.decode())
        for name, one in answers_of.items()
    } == {
        "visitor": (404, False),
        "author": (200, True),
        "outsider": (404, False),
        "officer": (200, True),
    }


def test_a_proposed_answer_is_on_no_public_page(world: World, visit: Visit) -> None:
    consultation = world.opened()
    comment = world.admitted(consultation)
    answers.answer_comment(comment, outcome="rejected", reasons="Szkic tajny", by=world.officer)
    for one in every_page(consultation):
        for viewer in (None, world.ngo):
            answer = visit(viewer, one)
            assert answer.streaming or "Szkic tajny" not in answer.content.decode()


def test_a_published_answer_is_under_its_provision(world: World, visit: Visit) -> None:
    consultation = world.opened()
    comment = world.answered(world.admitted(consultation))
    assert comment.wording is not None
    query = f"przepis={comment.wording.provision.key}"
    for one in (
        address("read_draft", consultation, query=query),
        address("read_draft", consultation, query="tylko=uwagi"),
        address("comment", consultation, 1),
        reverse("provision", args=[comment.wording.provision.key]),
    ):
        assert "Zostaje 21 dni: to minimum ustawy." in visit(None, one).content.decode()


def test_the_course_of_a_comment_is_dated_by_the_trail(world: World, visit: Visit) -> None:
    consultation = world.opened()
    comment = world.admitted(consultation)
    world.answered(comments.assign_comment(comment, department=world.department, by=world.officer))
    file = world.numbered(world.closed(consultation))
    council.schedule_session(
        file, session_number="XX", session_on=date(2026, 10, 28), by=world.clerk
    )
    page = visit(None, address("comment", consultation, 1))
    dates = dict(consultation.draft.trail.values_list("kind", "at"))
    assert [(str(step.name), step.at) for step in page.context["course"]] == [
        ("Received", dates["comment.file"]),
        ("Admitted", dates["comment.admit"]),
        ("With a department", dates["comment.assign"]),
        ("Answer approved", dates["comment.approve"]),
        ("Answered", dates["comment.publish"]),
        ("Report", dates["report.release"]),
        ("Council", dates["council_file.submit"]),
        ("Council", dates["council_file.schedule"]),
        ("Council", None),
        ("In the adopted text", None),
    ]
    assert "session XX, 28 October 2026." in page.content.decode()


def test_that_it_was_returned_is_told_to_its_author_and_the_unit_alone(
    world: World, visit: Visit, viewers: dict[str, Actor | None]
) -> None:
    consultation = world.opened()
    comment = world.comment(consultation)
    day = date(2026, 9, 20)
    comment = comments.return_comment(
        comment, because="Kto podpisał?", complete_by=day, by=world.officer
    )
    comment = comments.complete_comment(comment, supplement="Zarząd", by=world.ngo)
    comments.admit_comment(comment, by=world.officer)
    pages = {
        name: visit(viewer, address("comment", consultation, 1)) for name, viewer in viewers.items()
    }
    steps = {
        name: [str(step.name) for step in one.context["course"] if step.at]
        for name, one in pages.items()
    }
    assert steps["author"] == ["Received", "Returned for completion", "Completed", "Admitted"]
    assert steps["officer"] == steps["author"]
    assert steps["visitor"] == steps["outsider"] == ["Received", "Admitted"]
    assert {"Zarząd" in one.content.decode() for one in pages.values()} == {True}


def test_after_a_withdrawal_nothing_is_still_to_come(world: World, visit: Visit) -> None:
    consultation = world.opened()
    comments.withdraw_comment(world.admitted(consultation), by=world.ngo)
    course = visit(world.ngo, address("comment", consultation, 1)).context["course"]
    done = [str(step.name) for step in course if step.at]
    assert done == ["Received", "Admitted", "Withdrawn"]
    assert [step.name for step in course if step.at is None and step.applies] == []


def test_who_agreed_is_named_to_everybody_beside_that_comment_alone(
    world: World, visit: Visit
) -> None:
    consultation = world.opened()
    mine = {"organisation": None, "by": world.outsider}
    world.admitted(consultation, **mine, named=True)
    world.admitted(consultation, **mine)
    named, unnamed = (
        visit(None, address("comment", consultation, number)).content.decode() for number in (1, 2)
    )
    assert (NAME in named, NAME in unnamed) == (True, False)
    assert EMAIL not in named


def test_consent_given_for_an_organisation_names_no_person(world: World, visit: Visit) -> None:
    consultation = world.opened()
    world.admitted(consultation, named=True)
    page = visit(None, address("comment", consultation, 1)).content.decode()
    assert ("Fundacja Mosty" in page, "Anna Mostowa" in page) == (True, False)


def test_hostile_text_stays_text(world: World, visit: Visit) -> None:
    hostile = "<script>alert(1)</script>"
    consultation = world.opened(text=f"§ 1. Tekst {hostile} zwykły.\n§ 2. 1. Drugi.\n")
    said = {"reasons": hostile, "proposed_wording": f"{hostile} nowe"}
    world.answered(world.admitted(consultation, **said))
    world.numbered(world.closed(consultation))
    seen = 0
    for one in every_page(consultation):
        answer = visit(world.officer, one)
        if not answer.streaming:
            assert hostile not in answer.content.decode()
            seen += "&lt;script&gt;" in answer.content.decode() or "script" in one
    assert seen >= 6


def test_a_very_long_change_is_compared_on_its_own_page_alone(world: World, visit: Visit) -> None:
    consultation = world.opened()
    world.admitted(consultation, proposed_wording="Nowe słowa. " * 1_000)
    listed = visit(None, address("read_draft", consultation, query="tylko=uwagi"))
    alone = visit(None, address("comment", consultation, 1))
    assert ("<del>" in listed.content.decode(), "<del>" in alone.content.decode()) == (False, True)
    assert "the page of the comment shows it word by word" in listed.content.decode()


def test_the_department_sees_that_a_comment_is_hidden_and_not_why(
    world: World, visit: Visit
) -> None:
    consultation = world.opened()
    comment = comments.assign_comment(
        world.admitted(consultation), department=world.department, by=world.officer
    )
    comments.hide_comment(comment, because="Obraża ludzi", by=world.officer)
    page = visit(world.expert, address("comment", consultation, 1))
    assert (page.status_code, "Obraża ludzi" in page.content.decode()) == (200, False)
