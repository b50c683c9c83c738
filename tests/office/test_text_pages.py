"""The pages of the text: the desk, editing with a clash, acts, causes, mandatory elements."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from consultations.models import Cause, ElementPlace, UnsavedEdit
from consultations.selectors import elements as mandatory
from consultations.text.elements import suggest
from consultations.text.parse import parse_plain
from tests.office.pages import as_, text_of
from tests.office.texting import edit, fields, in_review, own, place, published, wording
from tests.workflows.walk import Walk
from tests.world import World

SLUG = "program-2027"


@pytest.fixture
def office(world: World) -> Client:
    return as_(world.officer)


@pytest.fixture
def reviewed(world: World) -> Any:
    """A draft in review with an accepted comment on § 2 ust. 1 and the version begun for it."""
    return in_review(world)


def url(name: str, *args: Any) -> str:
    return reverse(name, args=[SLUG, *args])


def desk(client: Client) -> str:
    return text_of(client.get(url("edit_text")))


def test_before_any_text_the_desk_leads_to_the_import(world: World) -> None:
    Walk(world).registered()
    page = as_(world.officer).get(url("edit_text")).content.decode()
    assert url("import_draft") in page


def test_the_desk_names_what_stands_loose_and_leads_there(
    world: World, office: Client, reviewed: Any
) -> None:
    draft = reviewed[0].draft
    edit(world, draft, "§ 1", "Program określa zasady i tryb.")
    page = office.get(url("edit_text"))
    shown = text_of(page)
    assert "Changes without a cause Version 2, § 1: name the cause" in shown
    assert "Accepted comments that changed nothing Comment 1" in shown
    assert url("name_cause", 2, place(draft, "§ 1").key) in page.content.decode()


@pytest.mark.parametrize("role", ["approver", "expert", "clerk", "auditor"])
def test_others_of_the_office_read_the_desk_without_its_buttons(
    world: World, reviewed: Any, role: str
) -> None:
    page = as_(getattr(world, role)).get(url("edit_text")).content.decode()
    assert "Working version 2" in page
    for name in ("publish_version", "discard_version", "renumber", "import_draft"):
        assert url(name) not in page


def test_a_version_is_begun_edited_and_published_from_the_pages(
    world: World, office: Client
) -> None:
    draft = in_review(world, "rejected")[0].draft
    assert "Begin the next version" in desk(office)
    assert office.post(url("begin_version")).status_code == 302
    key = place(draft, "§ 1").key
    form = office.get(url("edit_provision", key)).context["form"]
    given = fields(heading="", text="Inaczej.", revision=form["revision"].value(), kind="editorial")
    assert office.post(url("edit_provision", key), given).status_code == 302
    assert wording(draft, "§ 1").text == "Inaczej."
    assert Cause.objects.get().kind == "editorial"
    assert "1 change becomes public with its causes." in text_of(office.get(url("publish_version")))
    assert office.post(url("publish_version")).status_code == 302
    assert draft.versions.latest("number").published_at is not None
    assert office.post(url("publish_version")).status_code == 409


def test_a_clash_shows_both_wordings_and_loses_neither(
    world: World, office: Client, reviewed: Any
) -> None:
    draft = reviewed[0].draft
    key = place(draft, "§ 1").key
    seen = office.get(url("edit_provision", key)).context["form"]["revision"].value()
    edit(world, draft, "§ 1", "Pierwsza zmiana.", own())
    given = fields(heading="", text="Druga zmiana.", revision=seen)
    answer = office.post(url("edit_provision", key), given)
    assert answer.status_code == 409
    assert "Pierwsza zmiana." in text_of(answer)
    assert answer.context["form"]["text"].value() == "Druga zmiana."
    again = given | {"revision": answer.context["form"]["revision"].value()}
    assert office.post(url("edit_provision", key), again).status_code == 302
    assert wording(draft, "§ 1").text == "Druga zmiana."


def test_what_is_typed_comes_back_until_it_is_thrown_away(
    world: World, office: Client, reviewed: Any
) -> None:
    key = place(reviewed[0].draft, "§ 1").key
    typed = {"heading": "", "text": "Zaczęte", "revision": "0"}
    assert office.post(url("keep_unsaved", key), typed).status_code == 204
    page = office.get(url("edit_provision", key))
    assert page.context["form"]["text"].value() == "Zaczęte"
    assert "You typed this before and did not save it" in text_of(page)
    other = as_(world.second_officer).get(url("edit_provision", key))
    assert other.context["form"]["text"].value() != "Zaczęte"
    assert office.post(url("drop_unsaved", key)).status_code == 302
    assert not UnsavedEdit.objects.exists()
    too_long = typed | {"text": "x" * 20_001}
    assert office.post(url("keep_unsaved", key), too_long).status_code == 422


def test_the_change_is_compared_while_one_types(office: Client, reviewed: Any) -> None:
    draft = reviewed[0].draft
    key, said = place(draft, "§ 1").key, wording(draft, "§ 1", 1).text
    typed = {"heading": "", "text": said.replace("zasady", "zasady i tryb")}
    assert "added: i tryb" in text_of(office.post(url("compare_wording", key), typed))
    same = office.post(url("compare_wording", key), {"heading": "", "text": said})
    assert "nothing in the wording is changed" in text_of(same)


ACTS: dict[str, tuple[str, dict[str, str]]] = {
    "add_provision": (
        "§ 2 ust. 1a",
        {"where": "after", "level": "section", "number": "1a", "heading": "", "text": "Nowy."},
    ),
    "split_provision": ("§ 2 ust. 1a", {"pieces": "Termin składania\n===\nofert wynosi 21 dni."}),
    "delete_provision": ("", {}),
    "join_provision": ("", {}),
}


@pytest.mark.parametrize("name", ACTS)
def test_every_act_on_a_provision_has_its_page(office: Client, reviewed: Any, name: str) -> None:
    draft = reviewed[0].draft
    key = place(draft, "§ 2 ust. 1").key
    before = draft.versions.latest("number").wordings.count()
    assert office.get(url(name, key)).status_code == 200
    made, given = ACTS[name]
    assert office.post(url(name, key), fields(**given)).status_code == 302
    if made:
        assert wording(draft, made).text
    else:
        assert draft.versions.latest("number").wordings.count() < before


def test_a_provision_is_moved_from_its_page(office: Client, reviewed: Any) -> None:
    draft = reviewed[0].draft
    one, beside = place(draft, "§ 2 ust. 2"), place(draft, "§ 1")
    given = fields(beside=str(beside.key), where="into")
    assert office.post(url("move_provision", one.key), given).status_code == 302
    assert place(draft, "§ 1 ust. 2") == one


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("add_provision", {"where": "into", "level": "chapter", "text": "Rozdział pod ustępem"}),
        ("add_provision", {"where": "after", "level": "section", "text": ""}),
        ("split_provision", {"pieces": "Bez znaku cięcia."}),
        ("move_provision", {"beside": "x", "where": "after"}),
        ("delete_provision", {"kind": "own", "note": ""}),
        ("delete_provision", {"other_number": "999"}),
        ("delete_provision", {"other_number": "1; DROP"}),
    ],
)
def test_what_cannot_be_done_gets_a_sentence_and_changes_nothing(
    office: Client, reviewed: Any, name: str, given: dict[str, str]
) -> None:
    draft = reviewed[0].draft
    before = list(draft.versions.latest("number").wordings.values_list("eid", "text"))
    key = place(draft, "§ 2 ust. 1").key
    answer = office.post(url(name, key), fields(**given))
    assert answer.status_code == 422
    assert answer.context["form"].errors
    assert list(draft.versions.latest("number").wordings.values_list("eid", "text")) == before


def test_comments_around_a_provision_are_offered_as_causes(
    world: World, office: Client, reviewed: Any
) -> None:
    draft, comment = reviewed[0].draft, reviewed[1]
    for citation in ("§ 2 ust. 1", "§ 2"):
        page = office.get(url("edit_provision", place(draft, citation).key))
        assert [value for value, _words in page.context["form"]["comments"].field.choices] == [
            comment.pk
        ]
    key = place(draft, "§ 2").key
    given = fields(heading="", text="Oferty", revision="0", comments=[str(comment.pk)])
    assert office.post(url("edit_provision", key), given).status_code == 302
    assert set(comment.changes.values_list("provision", flat=True)) == {
        place(draft, "§ 2").pk,
        place(draft, "§ 2 ust. 1").pk,
    }


def test_a_comment_on_what_stood_at_this_number_before_is_not_offered(
    world: World, office: Client, reviewed: Any
) -> None:
    draft = reviewed[0].draft
    one, other = place(draft, "§ 2 ust. 1"), place(draft, "§ 2 ust. 2")
    assert (
        office.post(
            url("move_provision", one.key), fields(beside=str(other.key), where="after")
        ).status_code
        == 302
    )
    assert office.post(url("renumber")).status_code == 302
    assert place(draft, "§ 2 ust. 1") == other
    assert "comments" not in office.get(url("edit_provision", other.key)).context["form"].fields
    assert "comments" in office.get(url("edit_provision", one.key)).context["form"].fields


def test_causes_are_named_all_or_none(world: World, office: Client, reviewed: Any) -> None:
    draft = reviewed[0].draft
    where = url("name_cause", 2, place(draft, "§ 1").key)
    given = fields(other_number=str(reviewed[1].number), kind="own", note="")
    assert office.post(where, given).status_code == 422
    assert not Cause.objects.filter(provision=place(draft, "§ 1")).exists()


def test_causes_are_named_and_taken_back_from_the_pages(
    world: World, office: Client, reviewed: Any
) -> None:
    draft = reviewed[0].draft
    edit(world, draft, "§ 1", "Inaczej.")
    published(world, draft)
    where = url("name_cause", 2, place(draft, "§ 1").key)
    assert "removed:" in text_of(office.get(where))
    assert office.post(where, fields()).status_code == 422
    assert office.post(where, fields(kind="own", note="Dla jasności.")).status_code == 302
    cause = Cause.objects.get(kind="own")
    assert office.post(url("drop_cause", cause.pk)).status_code == 302
    last = Cause.objects.get()
    refused = office.post(url("drop_cause", last.pk))
    assert refused.status_code == 422
    assert "The answer is published and names this change" in text_of(refused)


# -- mandatory elements -------------------------------------------------------------------------


def test_the_elements_are_placed_and_the_missing_named(world: World, office: Client) -> None:
    draft = world.drafted()
    page = office.get(url("place_elements"))
    assert len(page.context["form"].codes) == 11
    key = str(place(draft, "§ 1").key)
    given = dict.fromkeys(page.context["form"].codes, key) | {"period": ""}
    assert office.post(url("place_elements"), given).status_code == 302
    assert [one.code for one in mandatory.missing(draft)] == ["period"]
    assert "1 element is missing." in text_of(office.get(url("place_elements")))
    assert office.post(url("place_elements"), given | {"period": key}).status_code == 302
    assert ElementPlace.objects.count() == 11


def test_a_place_of_another_draft_is_refused(world: World, office: Client) -> None:
    world.drafted()
    stranger = world.drafted("inny")
    given = {"goals": str(place(stranger, "§ 1").key)}
    assert office.post(url("place_elements"), given).status_code == 422
    assert not ElementPlace.objects.exists()


def test_headings_suggest_the_elements_and_nothing_is_saved_by_that(
    world: World, office: Client
) -> None:
    text = "Rozdział 1. Cele współpracy\n§ 1. Dobro.\nRozdział 2. Formy współpracy\n§ 2. Dwie."
    assert suggest(parse_plain(text).nodes) == {"goals": 1, "forms": 3}
    world.drafted(text=text)
    page = office.get(url("place_elements"))
    assert "only suggested by the words of the text" in text_of(page)
    assert not ElementPlace.objects.exists()


def test_element_ten_is_drafted_from_the_record_once_the_round_is_closed(
    world: World, office: Client
) -> None:
    consultation = world.opened()
    world.admitted(consultation)
    assert mandatory.making(consultation) == ""
    closed = world.closed(consultation)
    said = mandatory.making(closed).replace("\u00a0", " ")
    assert "8 września 2026" in said
    assert "Konsultacje przeprowadzono" in said
    assert said.rstrip(".") in text_of(office.get(url("place_elements"))).replace("\u00a0", " ")
