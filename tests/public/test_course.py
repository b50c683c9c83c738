"""The course of a comment: each step dated and linked; what is to come; what does not apply."""

from datetime import timedelta
from typing import Any

import pytest

from consultations import calendar
from consultations.models import Comment
from consultations.models.clock import move_to, now
from consultations.selectors.course import Step, course
from consultations.selectors.fate import fate
from consultations.services import answers, comments, council, drafts, editing, texts
from consultations.services.correcting import Anew, correct_comment
from tests.public.addresses import address
from tests.public.conftest import Visit
from tests.world import World, provision_of

COUNCIL = ["Council"] * 2


def steps(comment: Comment, viewer: Any = None) -> list[Step]:
    row = Comment.objects.get(pk=comment.pk)
    return course(row, viewer, fate(row, viewer))


def names(found: list[Step], *, done: bool) -> list[str]:
    return [str(one.name) for one in found if bool(one.at) == done and (done or one.applies)]


def not_for_it(found: list[Step]) -> list[str]:
    return [f"{one.name}: {one.sentence}" for one in found if not one.applies]


def test_from_receipt_to_answer(world: World) -> None:
    comment = world.comment(world.opened())
    ahead = ["Admitted", "With a department", "Answer approved", "Answered", "Report", "Council"]
    ahead.append("In the adopted text")
    assert names(steps(comment), done=True) == ["Received"]
    assert names(steps(comment), done=False) == ahead
    comments.admit_comment(comment, by=world.officer)
    comments.assign_comment(comment, department=world.department, by=world.officer)
    assert names(steps(comment), done=True) == ["Received", "Admitted", "With a department"]
    assert names(steps(comment), done=False) == ahead[2:]
    world.answered(comment)
    assert names(steps(comment), done=True)[3:] == ["Answer approved", "Answered"]
    assert names(steps(comment), done=False) == ["Report", "Council"]
    assert not_for_it(steps(comment)) == [
        "In the adopted text: The answer changes nothing in the text."
    ]


def test_the_unit_that_answers_itself_needs_no_department(world: World) -> None:
    comment = world.answered(world.admitted(world.opened()))
    assert "With a department: The unit answered it itself." in not_for_it(steps(comment))


def test_an_approval_that_was_sent_back_is_no_step(world: World) -> None:
    comment = world.admitted(world.opened())
    answers.answer_comment(comment, outcome="rejected", reasons="Nie.", by=world.officer)
    answers.approve_answer(comment, by=world.approver)
    assert "Answer approved" in names(steps(comment), done=True)  # the control
    answers.send_back_answer(comment, remark="Popraw.", by=world.approver)
    assert "Answer approved" not in names(steps(comment), done=True)
    world.answered(comment)
    assert names(steps(comment), done=True).count("Answer approved") == 1


def test_a_correction_is_a_step_and_admission_comes_again(world: World) -> None:
    comment = world.admitted(world.opened())
    anew = Anew("question", "", "Inaczej.")
    correct_comment(comment, anew, seen_version=comment.version, by=world.ngo)
    assert names(steps(comment, world.ngo), done=True) == ["Received", "Admitted", "Corrected"]
    assert names(steps(comment, world.ngo), done=False)[0] == "Admitted"


@pytest.mark.parametrize(
    ("state", "why"),
    [("withdrawn", "It was withdrawn"), ("hidden", "It is hidden"), ("lapsed", "It was not")],
)
def test_what_gets_no_answer_says_why(world: World, state: str, why: str) -> None:
    comment = world.comment(world.opened())
    if state == "withdrawn":
        comments.withdraw_comment(comment, by=world.ngo)
    elif state == "hidden":
        comments.hide_comment(comment, because="Obraża.", by=world.officer)
    else:
        day = calendar.local_day(now())
        comments.return_comment(comment, because="Brak.", complete_by=day, by=world.officer)
        move_to(now() + timedelta(days=2))
    found = steps(comment, world.ngo)
    assert [one.startswith(f"Answered: {why}") for one in not_for_it(found)] == [True]
    assert names(found, done=False) == []


def accepted(world: World) -> Comment:
    """Answered as accepted: the change stands in version 2, which is adopted."""
    consultation = world.opened()
    comment = world.admitted(consultation)
    world.closed(consultation)
    key = provision_of(comment).key
    version = texts.begin_version(consultation.draft, by=world.officer)
    place = version.wordings.get(provision__key=key)
    editing.edit_provision(
        consultation.draft,
        key,
        heading="",
        text="Termin wynosi 30 dni.",
        seen_revision=place.revision,
        by=world.officer,
    )
    comment = world.answered(comment, outcome="accepted")
    texts.publish_version(consultation.draft, by=world.officer)
    return comment


def test_an_accepted_comment_leads_to_its_change_in_the_adopted_text(
    world: World, visit: Visit
) -> None:
    comment = accepted(world)
    last = steps(comment)[-1]
    assert (last.at, "Version 2 has the change" in last.sentence) == (None, True)
    assert "zmiany/?do=2#" in last.url
    voted = world.voted(world.numbered(comment.consultation))
    council.adopt_draft(
        voted.draft,
        resolution_number="XXX/1/26",
        adopted_on=calendar.local_day(now()),
        by=world.clerk,
    )
    found = steps(comment)
    assert names(found, done=False) == []
    assert (found[-1].name, found[-1].at is not None) == ("In the adopted text", True)
    assert names(found, done=True)[-5:] == ["Report", *["Council"] * 3, "In the adopted text"]
    page = visit(None, address("comment", comment.consultation, comment.number)).content.decode()
    links = ["#odpowiedz", "raport/", "glosowanie/", "dziennik/?uwaga=1", "zmiany/?do=2#"]
    assert [one for one in links if f"{one}" not in page] == []
    for one in found:
        if one.url.startswith("/"):
            assert visit(None, one.url.partition("#")[0]).status_code == 200


def test_a_draft_that_falls_leaves_nothing_in_the_text(world: World) -> None:
    comment = world.answered(world.admitted(world.opened()), outcome="explained")
    world.closed(comment.consultation)
    draft = comment.consultation.draft
    drafts.withdraw_draft(draft, because="Nowa ustawa.", by=world.officer)
    assert not_for_it(steps(comment))[-1].endswith(
        "The draft was withdrawn: there is no adopted text."
    )
    assert names(steps(comment), done=False) == ["Report"]


def test_my_comments_say_where_each_is_and_what_comes(world: World, visit: Visit) -> None:
    consultation = world.opened()
    for act in ("", "admit", "answer"):
        comment = world.comment(consultation)
        if act:
            comments.admit_comment(comment, by=world.officer)
        if act == "answer":
            world.answered(comment)
    page = visit(world.ngo, "/moje/")
    short = page.context["short"]
    said = [(str(one.name), str(one.next)) for _pk, one in sorted(short.items())]
    assert said == [
        ("Received", "Admitted"),
        ("Admitted", "Answer approved"),
        ("Answered", "Report"),
    ]
    assert "Next: Report" in page.content.decode()
    theirs = consultation.comments.latest("number")
    for one in consultation.comments.exclude(pk=theirs.pk):
        comments.hide_comment(one, because="Obraża.", by=world.officer)
    world.reported(world.closed(consultation))
    after = visit(world.ngo, "/moje/").context["short"][theirs.pk]
    assert (str(after.name), str(after.next)) == ("Report", "Council")
