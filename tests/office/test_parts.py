"""What is accepted in part says in which: asked, kept, shown, and in every file."""

import io
import json
import zipfile
from typing import Any

import pytest
from django.urls import reverse

from consultations.models import Answer, Comment, Entry, Outcome
from consultations.selectors import report_table
from consultations.services import answers
from notifications.letters import facts_of
from tests.office.pages import as_, queue_of, text_of
from tests.report_files import write_report_files
from tests.world import World, provision_of

PART = "Termin 25 dni zamiast 30."


@pytest.fixture
def comment(world: World) -> Comment:
    return world.admitted(world.opened())


def partly(comment: Comment, world: World, **given: Any) -> Comment:
    said: dict[str, Any] = {
        "outcome": "partly",
        "reasons": "Więcej się nie da.",
        "accepted_part": PART,
        "changed": [provision_of(comment).key],
        "by": world.officer,
    }
    return answers.answer_comment(comment, **(said | given))


def sent(comment: Comment, world: World, **given: Any) -> Any:
    data = {
        "outcome": "partly",
        "reasons": "Więcej się nie da.",
        "changed": str(provision_of(comment).key),
        "version": comment.version,
    }
    place = reverse("answer_comment", args=[comment.consultation.slug, comment.number])
    return as_(world.officer).post(place, data | given)


def test_the_law_says_which_outcome_asks_for_the_part(world: World) -> None:
    asking = Outcome.objects.filter(asks_part=True).values_list("code", flat=True)
    assert set(asking) == {"partly"}


def test_the_form_asks_in_which_part_and_keeps_what_was_typed(
    comment: Comment, world: World
) -> None:
    response = sent(comment, world)
    assert response.status_code == 422
    assert "Say in which part the comment is accepted." in text_of(response)
    assert "Więcej się nie da." in response.content.decode()
    assert not Answer.objects.exists()


def test_the_part_is_kept_and_shown_on_the_desk(comment: Comment, world: World) -> None:
    assert sent(comment, world, accepted_part=f" {PART} ").status_code == 302
    assert Answer.objects.get().accepted_part == PART
    page = text_of(as_(world.approver).get(queue_of(comment, uwaga=1)))
    assert f"Accepted in this part: {PART}" in page


def test_an_outcome_that_asks_for_no_part_keeps_none(comment: Comment, world: World) -> None:
    partly(comment, world, outcome="rejected", changed=[])
    assert Answer.objects.get().accepted_part == ""


def test_each_version_of_the_part_stays_sealed(comment: Comment, world: World) -> None:
    partly(comment, world)
    partly(comment, world, accepted_part="Tylko dla stowarzyszeń.")
    entries = Entry.objects.filter(kind="comment.answer").order_by("seq")
    parts = [entry.words.get(field="accepted_part").text for entry in entries]
    assert parts == [PART, "Tylko dla stowarzyszeń."]
    assert PART not in entries[0].payload
    assert "accepted_part" in json.loads(entries[0].payload)["words"]


@pytest.fixture
def published(comment: Comment, world: World) -> Comment:
    partly(comment, world)
    answers.approve_answer(comment, by=world.approver)
    return answers.publish_answer(comment, by=world.officer)


def test_everybody_reads_the_part_of_a_published_answer(published: Comment) -> None:
    slug = published.consultation.slug
    page = as_(None).get(reverse("comment", args=[slug, published.number]))
    assert f"Accepted in this part: {PART}" in text_of(page)
    table = as_(None).get(reverse("comments_csv", args=[slug]))
    assert PART in b"".join(table).decode()


def test_nobody_reads_it_before_the_publication(comment: Comment, world: World) -> None:
    partly(comment, world)
    page = as_(None).get(reverse("comment", args=[comment.consultation.slug, comment.number]))
    assert PART not in page.content.decode()


def test_the_files_of_the_report_hold_the_part(published: Comment, world: World) -> None:
    consultation = world.closed(published.consultation)
    cells = report_table.shown_rows(list(report_table.rows(consultation)))[0]
    assert (cells.outcome, cells.accepted_part) == ("partly accepted", PART)
    assert len(report_table.WIDTHS) >= len(report_table.inside_heading())
    world.reported(consultation)
    write_report_files()
    page = as_(None).get(reverse("report", args=[consultation.slug]))
    assert PART in page.content.decode()
    taken = {}
    for ending in ("csv", "json", "html", "docx"):
        place = reverse("report_file", args=[consultation.slug, ending])
        taken[ending] = b"".join(as_(None).get(place))
    docx = taken.pop("docx")
    assert all(PART in held.decode() for held in taken.values())
    with zipfile.ZipFile(io.BytesIO(docx)) as file:
        assert PART in file.read("word/document.xml").decode()


def test_the_letter_names_the_part(published: Comment) -> None:
    entry = Entry.objects.get(kind="comment.publish")
    assert facts_of(entry)["reasons"] == f"Accepted in this part: {PART}\n\nWięcej się nie da."
