"""What changed and why, for everybody: between versions, on a provision, on a comment, as files."""

import re
import zipfile
from io import BytesIO
from typing import Any

import docx
import pytest
from django.test import Client
from django.urls import reverse

from consultations.models import Viewed
from consultations.selectors import carrying, revision
from consultations.selectors.carrying import Carried
from consultations.services import editing
from consultations.services.causes import Because
from consultations.text.formats.files import parse_file
from tests.office.pages import as_, text_of
from tests.office.texting import begun, comment_led, edit, in_review, own, place, published
from tests.report_files import write_report_files
from tests.world import World

SLUG = "program-2027"
WORDS = "Termin składania ofert wynosi 30 dni."


@pytest.fixture
def client() -> Client:
    """A visitor who reads English."""
    return as_(None)


@pytest.fixture
def changed(world: World) -> Any:
    """Version 2: § 2 ust. 1 because of a comment, § 1 by the office."""
    consultation, comment = in_review(world)
    draft = consultation.draft
    edit(world, draft, "§ 2 ust. 1", WORDS, comment_led(comment))
    edit(world, draft, "§ 1", "Program określa zasady i tryb.", own("Dla jasności."))
    published(world, draft)
    return consultation, comment


def page(client: Client, name: str, *args: Any, **query: Any) -> str:
    response = client.get(reverse(name, args=args), query)
    assert response.status_code == 200
    return text_of(response)


def test_everybody_reads_what_changed_and_because_of_what(changed: Any, client: Client) -> None:
    shown = page(client, "draft_changes", SLUG)
    assert "2 provisions changed." in shown
    assert "removed: 21 added: 30 dni" in shown
    assert "comment 1 – Fundacja Mosty – accepted" in shown
    assert "own initiative of the office – Dla jasności." in shown


def test_a_working_version_is_nobodys_to_read(world: World, changed: Any, client: Client) -> None:
    draft = changed[0].draft
    begun(world, draft)
    edit(world, draft, "§ 1", "Tajne na razie.", own())
    assert "Tajne" not in page(client, "draft_changes", SLUG)
    for url in (
        reverse("draft_changes", args=[SLUG]) + "?do=3",
        reverse("read_draft", args=[SLUG]) + "?wersja=3",
        reverse("draft_file", args=[SLUG, 3, "docx"]),
        reverse("changes_file", args=[SLUG, 2, 3]),
    ):
        assert client.get(url).status_code == 404


def test_an_acceptance_is_not_told_before_its_answer_is_published(
    world: World, client: Client
) -> None:
    consultation = world.opened()
    comment = world.admitted(consultation)
    draft = world.closed(consultation).draft
    begun(world, draft)
    edit(world, draft, "§ 2 ust. 1", WORDS, comment_led(comment))
    published(world, draft)
    assert "comment 1" not in page(client, "draft_changes", SLUG)
    assert "comment 1 – Fundacja Mosty" in page(as_(world.officer), "draft_changes", SLUG)


def test_any_two_versions_can_be_compared_in_either_order(
    world: World, changed: Any, client: Client
) -> None:
    draft = changed[0].draft
    begun(world, draft)
    edit(world, draft, "§ 1", "Program określa zasady.", own("Krócej."))
    published(world, draft)
    whole = page(client, "draft_changes", SLUG, od=1, do=3)
    assert "Dla jasności." in whole
    assert "Krócej." in whole
    assert page(client, "draft_changes", SLUG, od=3, do=1) == whole
    assert "1 provision changed." in page(client, "draft_changes", SLUG, od=2, do=3)
    assert client.get(reverse("draft_changes", args=[SLUG]), {"od": "9"}).status_code == 404


def test_with_one_version_the_page_says_so(world: World, client: Client) -> None:
    world.announced()
    assert "So far there is one version of the text." in page(client, "draft_changes", SLUG)


def test_a_provision_shows_its_versions_with_the_change_and_its_cause(
    changed: Any, client: Client
) -> None:
    key = place(changed[0].draft, "§ 2 ust. 1").key
    shown = page(client, "provision", key)
    assert shown.index("Version 2 of") < shown.index("Version 1 of")
    assert "removed: 21 added: 30 dni" in shown
    assert "comment 1 – Fundacja Mosty" in shown
    assert "Comments (1)" in shown


def test_a_deleted_provision_shows_its_last_words_and_why(
    world: World, changed: Any, client: Client
) -> None:
    draft = changed[0].draft
    key = place(draft, "§ 2 ust. 2 pkt 2").key
    begun(world, draft)
    editing.delete_provision(draft, key, because=[own("Sport ma inny program.")], by=world.officer)
    published(world, draft)
    shown = page(client, "provision", key)
    assert "removed: sport – 200 000 zł." in shown
    assert "Sport ma inny program." in shown


def test_the_comment_shows_the_change_that_fulfilled_it(changed: Any, client: Client) -> None:
    shown = page(client, "comment", SLUG, changed[1].number)
    assert "What it changed in the text" in shown
    assert "removed: 21 added: 30 dni" in shown
    assert "The words this comment speaks of have changed since." in shown


def test_every_comment_is_carried_flagged_or_closed_and_none_is_lost(world: World) -> None:
    consultation = world.opened()
    draft = consultation.draft
    placed = {
        citation: world.admitted(consultation, wording=wording)
        for citation, wording in (
            (one.citation.replace("\u00a0", " "), one)
            for one in draft.versions.get().wordings.all()
        )
    }
    whole = world.admitted(consultation, wording=None, kind="question", proposed_wording="")
    world.closed(consultation)
    begun(world, draft)
    edit(world, draft, "§ 2 ust. 1", WORDS, own())
    for act, citation in (
        (editing.delete_provision, "§ 1"),
        (editing.join_provision, "§ 2 ust. 2 pkt 1"),
    ):
        act(draft, place(draft, citation).key, because=[own()], by=world.officer)
    editing.renumber(draft, by=world.officer)
    version = published(world, draft)
    found = carrying.placed([*placed.values(), whole], version)
    how = {one.comment.pk: one.how for one in found}
    assert how[placed["§ 2 ust. 1"].pk] == Carried.CHANGED
    assert how[placed["§ 1"].pk] == Carried.GONE
    assert how[placed["§ 2 ust. 2 pkt 1"].pk] == Carried.CHANGED  # it took in the next one
    assert how[placed["§ 2 ust. 2 pkt 2"].pk] == Carried.CHANGED  # its words went there
    assert how[placed["§ 2 ust. 2"].pk] == Carried.SAME  # renumbering alone changes nothing
    assert how[whole.pk] == Carried.SAME
    assert sum(carrying.counts(found).values()) == len(placed) + 1


# -- looked at ----------------------------------------------------------------------------------


def test_a_mark_falls_when_the_provision_changes_again(world: World, changed: Any) -> None:
    draft, reader = changed[0].draft, as_(world.councillor)
    key = place(draft, "§ 1").key
    url = reverse("mark_viewed", args=[SLUG, key])
    assert reader.post(url, {"powrot": "od=1&do=2", "wersja": "2"}).status_code == 302
    assert "looked at take the mark away" in page(reader, "draft_changes", SLUG, od=1, do=2)
    begun(world, draft)
    edit(world, draft, "§ 2 ust. 1", "Termin wynosi 31 dni.", own())
    published(world, draft)
    assert "take the mark away" in page(reader, "draft_changes", SLUG, od=1, do=3)
    begun(world, draft)
    edit(world, draft, "§ 1", "Jeszcze inaczej.", own())
    published(world, draft)
    assert "take the mark away" not in page(reader, "draft_changes", SLUG, od=1, do=4)
    reader.post(url, {"wersja": "4"})
    assert reader.post(url, {"cofnij": "1", "wersja": "4"}).status_code == 302
    assert not Viewed.objects.exists()


def test_a_mark_is_of_the_version_that_was_shown(world: World, changed: Any) -> None:
    draft, reader = changed[0].draft, as_(world.councillor)
    begun(world, draft)
    edit(world, draft, "§ 1", "Nowsze, nieobejrzane.", own())
    published(world, draft)
    url = reverse("mark_viewed", args=[SLUG, place(draft, "§ 1").key])
    reader.post(url, {"wersja": "2"})
    assert "take the mark away" in page(reader, "draft_changes", SLUG, od=1, do=2)
    assert "take the mark away" not in page(reader, "draft_changes", SLUG, od=2, do=3)
    assert reader.post(url, {"wersja": "9"}).status_code == 404


def test_a_mark_leads_back_to_our_own_page_only(world: World, changed: Any) -> None:
    url = reverse("mark_viewed", args=[SLUG, place(changed[0].draft, "§ 1").key])
    answer = as_(world.councillor).post(url, {"powrot": "//obcy.example/?x=1", "wersja": "2"})
    assert answer.headers["location"].startswith(f"/k/{SLUG}/zmiany/#z-")


def test_a_visitor_has_no_marks(changed: Any, client: Client) -> None:
    assert "mark as looked at" not in page(client, "draft_changes", SLUG)
    url = reverse("mark_viewed", args=[SLUG, place(changed[0].draft, "§ 1").key])
    assert client.post(url).status_code in {302, 403}
    assert not Viewed.objects.exists()


# -- files ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["docx", "odt", "xml"])
def test_a_version_as_a_file_reads_back_as_its_tree(
    changed: Any, client: Client, kind: str
) -> None:
    answer = client.get(reverse("draft_file", args=[SLUG, 2, kind]))
    assert answer.status_code == 200
    assert f'filename="{SLUG}-2.{kind}"' in answer.headers["Content-Disposition"]
    words = str(parse_file(f"a.{kind}", BytesIO(answer.content)).nodes)
    assert WORDS in words


@pytest.mark.parametrize(("kind", "begins"), [("pdf", b"%PDF-"), ("html", b"<!DOCTYPE html>")])
def test_a_version_is_there_to_be_read_and_printed(
    changed: Any, client: Client, kind: str, begins: bytes
) -> None:
    answer = client.get(reverse("draft_file", args=[SLUG, 1, kind]))
    assert answer.content.lower().startswith(begins.lower())


def test_the_page_of_a_version_has_the_lasting_address_of_every_provision(
    changed: Any, client: Client
) -> None:
    html = client.get(reverse("draft_file", args=[SLUG, 2, "html"])).content.decode()
    version = changed[0].draft.versions.get(number=2)
    for one in version.wordings.select_related("provision"):
        assert f"/p/{one.provision.key}/" in html


def test_the_changes_as_tracked_changes(changed: Any, client: Client) -> None:
    content = client.get(reverse("changes_file", args=[SLUG, 1, 2])).content
    xml = zipfile.ZipFile(BytesIO(content)).read("word/document.xml").decode()
    assert re.search(r"<w:del [^>]*>", xml)
    assert re.search(r"<w:ins [^>]*>", xml)


def test_no_file_of_a_kind_we_do_not_write(changed: Any, client: Client) -> None:
    assert client.get(f"/k/{SLUG}/projekt/1.exe").status_code == 404


def test_the_number_of_queries_does_not_grow_with_the_changes(
    world: World, changed: Any, django_assert_num_queries: Any
) -> None:
    draft = changed[0].draft
    first, last = draft.versions.get(number=1), draft.versions.get(number=2)
    with django_assert_num_queries(4):
        assert len(revision.between(first, last, None)) == 2
    begun(world, draft)
    for citation in ("§ 2 ust. 2", "§ 2 ust. 2 pkt 1", "§ 2 ust. 2 pkt 2"):
        edit(world, draft, citation, f"Inaczej: {citation}.", Because("editorial"))
    newest = published(world, draft)
    with django_assert_num_queries(4):
        assert len(revision.between(first, newest, None)) == 5


# -- the report ----------------------------------------------------------------------------------


def test_the_report_shows_what_changed_since_the_consultation(
    world: World, changed: Any, client: Client
) -> None:
    world.reported(changed[0])
    shown = page(client, "report", SLUG)
    assert "2 provisions changed since the consultation." in shown
    assert "removed: 21 added: 30 dni" in shown
    write_report_files()
    content = b"".join(client.get(reverse("report_file", args=[SLUG, "docx"])))
    words = " ".join(
        cell.text
        for table in docx.Document(BytesIO(content)).tables
        for row in table.rows
        for cell in row.cells
    )
    assert "[removed: 21][added: 30] dni" in words
    assert "comment 1 – Fundacja Mosty" in words


def test_a_report_of_an_unchanged_text_says_nothing_of_changes(
    world: World, client: Client
) -> None:
    consultation = in_review(world, "rejected")[0]
    world.reported(consultation)
    assert "since the consultation" not in page(client, "report", SLUG)
