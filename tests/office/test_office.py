"""The desk of the unit: what waits, drafts by stage, documents added to the register."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from consultations.forms.documents import proposed_slug
from consultations.models import Document, Entry
from consultations.services import comments, documents, drafts, reports
from tests.office.pages import as_, text_of
from tests.world import World

OFFICE = "/biuro/"


def waits(world: World) -> list[tuple[str, int, str]]:
    page = as_(world.officer).get(OFFICE)
    return [(str(one.label), one.count, one.url) for one in page.context["attention"]]


def test_an_empty_desk_says_what_it_is_for(world: World) -> None:
    page = text_of(as_(world.officer).get(OFFICE))
    assert "Nothing requires your attention." in page
    assert "There are no drafts yet. Add a document, then register its draft." in page


def test_what_waits_is_counted_and_linked_to_the_list_that_clears_it(world: World) -> None:
    consultation = world.opened()
    for _turn in range(2):
        world.comment(consultation)
    world.admitted(consultation)
    queue = reverse("queue", args=[consultation.slug])
    assert waits(world) == [
        ("Comments to admit", 2, f"{queue}?stan=received"),
        ("Comments to answer or pass on", 1, f"{queue}?stan=unassigned"),
    ]
    client = as_(world.officer)
    for _label, count, url in waits(world):
        assert len(client.get(url).context["rows"]) == count


def test_a_draft_without_a_text_waits_too(world: World) -> None:
    document = documents.add_document(
        slug="nowy", kind="annual_programme", title="Nowy", by=world.officer
    )
    drafts.register_draft(document, slug="nowy", title="Projekt", by=world.officer)
    assert waits(world) == [("Text to import", 1, reverse("import_draft", args=["nowy"]))]


def test_after_the_last_answer_the_report_waits_then_its_release_then_the_review(
    world: World,
) -> None:
    consultation = world.opened()
    world.answered(world.admitted(consultation))
    world.closed(consultation)
    page, room = (
        reverse(name, args=[consultation.slug]) for name in ("prepare_report", "control_room")
    )
    assert waits(world) == [("Report to prepare: every comment is answered", 1, page)]
    report = reports.prepare_report(consultation, introduction="Wstęp.", by=world.officer)
    assert waits(world) == [("Report to be released by a second person", 1, page)]
    reports.release_report(report, by=world.approver)
    assert waits(world) == [("Review to finish: the report is released", 1, room)]


def test_a_returned_comment_waits_for_the_unit_no_more_once_its_day_is_over(world: World) -> None:
    consultation = world.opened()
    assert consultation.last_day is not None
    comment = world.comment(consultation)
    comments.return_comment(
        comment, because="Brak podpisu.", complete_by=consultation.last_day, by=world.officer
    )
    world.closed(consultation)
    [(label, _count, _url)] = waits(world)
    assert label == "Report to prepare: every comment is answered"


def test_drafts_stand_under_their_stages(world: World) -> None:
    world.opened()
    world.drafted("inny")
    stages = as_(world.officer).get(OFFICE).context["stages"]
    found = [(one.name, [line.draft.title for line in one.lines]) for one in stages]
    assert found == [
        ("drafting", ["Projekt programu inny"]),
        ("public consultation", ["Projekt programu program-2027"]),
    ]


def test_the_desk_costs_the_same_however_many_drafts(world: World) -> None:
    def cost() -> int:
        client = as_(world.officer)
        client.get(OFFICE)
        with CaptureQueriesContext(connection) as asked:
            client.get(OFFICE)
        return len(asked)

    world.admitted(world.opened())
    before = cost()
    for number in range(4):
        world.drafted(f"program-{number}")
    assert cost() == before


@pytest.mark.parametrize("role", ["clerk", "councillor", "ngo", "expert"])
def test_the_desk_is_for_the_unit(world: World, role: str) -> None:
    assert as_(getattr(world, role)).get(OFFICE).status_code == 403
    assert as_(None).get(OFFICE).status_code == 302


# -- documents ----------------------------------------------------------------------------------

GIVEN = {"kind": "annual_programme", "title": "Program współpracy na rok 2028", "period": "2028"}


def add(world: World, **given: Any) -> Any:
    return as_(world.officer).post(reverse("add_document"), GIVEN | given)


def test_a_document_is_added_with_its_relations(world: World) -> None:
    strategy = documents.add_document(
        slug="strategia", kind="strategy", title="Strategia", by=world.officer
    )
    response = add(world, part_of=strategy.pk, carries_out=[strategy.pk])
    document = Document.objects.get(slug="program-wspolpracy-na-rok-2028")
    assert response.headers["location"] == (
        f"{reverse('register_draft')}?dokument=program-wspolpracy-na-rok-2028"
    )
    assert (document.part_of, list(document.carries_out.all())) == (strategy, [strategy])
    assert (document.period, document.kind) == ("2028", "annual_programme")
    assert Entry.objects.filter(kind="document.add").count() == 2


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Program współpracy 2027", "program-wspolpracy-2027"),
        ("ŁÓDŹ – „Żółć”", "lodz-zolc"),
        ("  a  ", "a"),
        ("§ – „”", ""),
        ("słowo " * 40, "-".join(["slowo"] * 13)),
        ("x" * 200, "x" * 80),
    ],
)
def test_an_address_is_made_from_the_title(title: str, slug: str) -> None:
    assert proposed_slug(title) == slug


def test_an_address_that_is_taken_is_shown_to_be_corrected(world: World) -> None:
    add(world)
    response = add(world)
    assert response.status_code == 422
    assert "A document with this address is already there." in text_of(response)
    assert response.context["form"]["slug"].value() == "program-wspolpracy-na-rok-2028"
    assert add(world, slug="program-2028").status_code == 302


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "a" * 301}, "title"),
        ({"title": "\0"}, "title"),
        ({"title": "„”"}, "slug"),
        ({"kind": "poem"}, "kind"),
        ({"period": "2" * 21}, "period"),
        ({"slug": "ł ó"}, "slug"),
        ({"slug": "a" * 81}, "slug"),
        ({"part_of": "x"}, "part_of"),
        ({"part_of": "9" * 40}, "part_of"),
        ({"carries_out": ["x"]}, "carries_out"),
    ],
)
def test_what_is_wrong_stands_at_its_field(world: World, wrong: dict[str, Any], field: str) -> None:
    response = add(world, **wrong)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert not Document.objects.exists()


@pytest.mark.parametrize("role", ["approver", "expert", "clerk", "auditor", "ngo"])
def test_documents_are_added_by_officers_alone(world: World, role: str) -> None:
    assert as_(getattr(world, role)).post(reverse("add_document"), GIVEN).status_code == 403
    assert not Document.objects.exists()
