"""Pages of drafts, without JavaScript: saved, continued, clashed, filed one by one and together."""

import uuid
from datetime import timedelta
from io import BytesIO
from typing import Any

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from consultations.models import Attachment, Comment, CommentDraft, Consultation, Organisation
from consultations.models.clock import move_to
from consultations.services import writing
from tests.public.addresses import address
from tests.public.conftest import Visit
from tests.public.test_filing import typed, where
from tests.world import World, drafter, signed_in
from tests.writing import files
from tests.writing.drafting import chosen, kept, own


def page_of(answer: Any) -> str:
    return str(answer.content.decode())


def at(name: str, consultation: Consultation, draft: CommentDraft) -> str:
    return reverse(name, args=[consultation.slug, draft.key])


def boxes(*drafts: CommentDraft) -> dict[str, list[str]]:
    return {"szkic": [f"{key}:{version}" for key, version in chosen(*drafts).items()]}


def test_the_button_saves_what_is_not_complete_and_the_form_comes_back(
    world: World, visit: Visit
) -> None:
    consultation = world.opened()
    sent = typed(world, kind="", reasons="Zaczęte <b>", szkic="1")
    answer = visit(world.ngo, where(consultation), sent)
    draft = CommentDraft.objects.get()
    assert answer.url == at("edit_draft", consultation, draft)
    page = page_of(visit(world.ngo, answer.url))
    assert "Zaczęte &lt;b&gt;</textarea>" in page
    assert f'name="version" value="{draft.version}"' in page
    assert (draft.organisation, Comment.objects.exists()) == (world.organisation, False)


def test_what_was_saved_is_filed_from_its_form_once(world: World, visit: Visit) -> None:
    consultation = world.opened()
    sent = typed(world)
    visit(world.ngo, where(consultation), sent | {"szkic": "1"})
    sent |= {"version": "1", "reasons": "Dokończone."}
    answers = [visit(world.ngo, where(consultation), sent) for _ in range(2)]
    assert answers[0].url == f"{address('comment', consultation, 1)}?zgloszona"
    assert answers[1].url == answers[0].url
    comment = Comment.objects.get()
    assert (comment.reasons, str(comment.idempotency_key)) == ("Dokończone.", sent["key"])
    assert not CommentDraft.objects.exists()


def test_a_refused_filing_keeps_the_draft_and_what_was_typed(world: World, visit: Visit) -> None:
    consultation = world.opened()
    draft = kept(world, consultation)
    sent = typed(world, key=str(draft.key), version="1", reasons="")
    answer = visit(world.ngo, where(consultation), sent)
    assert (answer.status_code, "Say why: reasons are needed." in page_of(answer)) == (422, True)
    assert 'name="version" value="2"' in page_of(answer)
    assert CommentDraft.objects.get().reasons == ""


def test_an_unchanged_wording_is_no_proposal_of_a_draft(world: World, visit: Visit) -> None:
    consultation = world.opened()
    standing = "Termin składania ofert wynosi 21 dni."
    sent = typed(world, kind="question", proposed_wording=standing, szkic="1")
    visit(world.ngo, where(consultation), sent)
    del sent["szkic"]
    visit(world.ngo, where(consultation), sent | {"version": "1"})
    assert Comment.objects.get().proposed_wording == ""


@pytest.mark.parametrize(("kind", "shown"), [("change", False), ("delete", True)])
def test_a_wording_left_as_it_stands_is_not_shown_as_taken_out(
    world: World, visit: Visit, kind: str, *, shown: bool
) -> None:
    consultation = world.opened()
    kept(world, consultation, kind=kind, proposed_wording="")
    page = page_of(visit(world.ngo, address("drafts", consultation)))
    assert ("<del>" in page) == shown


def test_a_clash_shows_both_texts_and_saves_knowingly(world: World, visit: Visit) -> None:
    consultation = world.opened()
    draft = kept(world, consultation)
    kept(world, consultation, reasons="Tekst koleżanki.", key=draft.key, seen=1)
    sent = typed(world, key=str(draft.key), version="1", reasons="Mój tekst.", szkic="1")
    answer = visit(world.ngo, where(consultation), sent)
    page = page_of(answer)
    assert (answer.status_code, "Tekst koleżanki." in page, "Mój tekst." in page) == (
        *(409, True),
        True,
    )
    assert 'name="version" value="2"' in page
    visit(world.ngo, where(consultation), sent | {"version": "2"})
    assert CommentDraft.objects.get().reasons == "Mój tekst."


def test_a_draft_that_was_deleted_meanwhile_can_be_saved_as_a_new_one(
    world: World, visit: Visit
) -> None:
    consultation = world.opened()
    sent = typed(world, version="3", szkic="1")
    answer = visit(world.ngo, where(consultation), sent)
    page = page_of(answer)
    assert (answer.status_code, sent["reasons"][:12] in page) == (409, True)
    assert sent["key"] not in page


def test_the_script_keeps_a_draft_and_is_told_its_version(world: World, visit: Visit) -> None:
    consultation = world.opened()
    place = address("keep_draft", consultation, query="przepis=calosc")
    sent = typed(world, version="", reasons="Sło")
    first = visit(world.ngo, place, sent).json()
    second = visit(world.ngo, place, sent | {"version": "1", "reasons": "Słowo"}).json()
    assert (first["version"], second["version"]) == (1, 2)
    slower = visit(world.ngo, place, sent | {"version": "1", "reasons": "Inne"})
    assert (slower.status_code, "Somebody saved" in page_of(slower)) == (409, True)
    long = visit(world.ngo, place, typed(world, reasons="ż" * 20_001))
    assert (long.status_code, CommentDraft.objects.get().reasons) == (422, "Słowo")


def test_a_file_makes_a_draft_and_goes_with_the_comment(world: World, visit: Visit) -> None:
    consultation = world.opened()
    sent = typed(world, file=SimpleUploadedFile("lista.pdf", files.PDF))
    answer = visit(world.ngo, where(consultation), sent)
    assert answer.url.endswith("?zgloszona")
    attached = Attachment.objects.get()
    page = page_of(visit(world.ngo, answer.url))
    assert (attached.comment, "lista.pdf" in page) == (Comment.objects.get(), True)


def test_a_bad_file_is_refused_beside_its_field_and_the_text_is_saved(
    world: World, visit: Visit
) -> None:
    consultation = world.opened()
    sent = typed(world, file=SimpleUploadedFile("lista.pdf", files.EXE))
    answer = visit(world.ngo, where(consultation), sent)
    page = page_of(answer)
    assert (answer.status_code, "This kind of file is not taken." in page) == (422, True)
    draft = CommentDraft.objects.get()
    assert (draft.reasons, f'value="{draft.key}"' in page) == (sent["reasons"], True)


def test_a_file_is_taken_out_of_a_draft(world: World, visit: Visit) -> None:
    consultation = world.opened()
    sent = typed(world, szkic="1", file=SimpleUploadedFile("a.png", files.PNG))
    visit(world.ngo, where(consultation), sent)
    draft = CommentDraft.objects.get()
    del sent["szkic"], sent["file"]
    sent |= {"version": str(draft.version), "usun_plik": str(Attachment.objects.get().pk)}
    assert visit(world.ngo, where(consultation), sent).status_code == 302
    assert not Attachment.objects.exists()


def test_a_file_is_a_download_for_those_who_may_open_it(world: World, visit: Visit) -> None:
    consultation = world.opened()
    sent = typed(world, file=SimpleUploadedFile("lista.pdf", files.PDF))
    visit(world.ngo, where(consultation), sent)
    place = reverse("attachment", args=[Attachment.objects.get().pk])
    for reader in (world.ngo, world.officer):
        answer = visit(reader, place)
        assert answer.content == files.PDF
        assert answer["Content-Disposition"] == 'attachment; filename="lista.pdf"'
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Security-Policy"].startswith("sandbox")
    comments = Comment.objects.get()
    world_knows = page_of(visit(None, address("comment", consultation, comments.number)))
    assert "lista.pdf" not in world_knows
    statuses = [visit(who, place).status_code for who in (world.outsider, world.clerk)]
    assert statuses == [404, 404]


def test_several_are_checked_and_filed_with_one_click(world: World, visit: Visit) -> None:
    consultation = world.opened()
    first, second = kept(world, consultation), kept(world, consultation, organisation=None)
    incomplete = kept(world, consultation, organisation=None, kind="")
    place = address("check_drafts", consultation)
    page = page_of(visit(world.ngo, place))
    assert f'value="{second.key}:1" checked' in page
    assert f'value="{first.key}:1">' in page  # not marked as ready
    assert f'value="{incomplete.key}:1"' not in page
    answers = [visit(world.ngo, place, boxes(first, second)) for _ in range(2)]
    assert (
        answers[0].url
        == answers[1].url
        == (address("filed_together", consultation, query="nr=1&nr=2"))
    )
    told = page_of(visit(world.ngo, answers[0].url))
    assert ("<strong>1, 2</strong>" in told, Comment.objects.count()) == (True, 2)
    stranger = page_of(visit(world.outsider, answers[0].url))
    assert "None of your comments" in stranger


@pytest.mark.parametrize("sent", [{}, {"szkic": ["x"]}, {"szkic": [f"{uuid.uuid4()}:1"]}])
def test_nothing_is_filed_of_what_is_wrong(
    world: World, visit: Visit, sent: dict[str, list[str]]
) -> None:
    consultation = world.opened()
    kept(world, consultation)
    assert visit(world.ngo, address("check_drafts", consultation), sent).status_code in (409, 422)
    assert not Comment.objects.exists()


def test_a_drafter_passes_it_on_and_cannot_file(world: World, visit: Visit) -> None:
    consultation = world.opened()
    other = signed_in("beata@mosty.test")
    drafter(world.organisation, other)
    draft = kept(world, consultation, by=other)
    refused = visit(other, address("check_drafts", consultation), boxes(draft))
    assert (refused.status_code, Comment.objects.count()) == (403, 0)
    visit(other, at("mark_ready", consultation, draft), {"gotowy": "1"})
    page = page_of(visit(world.ngo, address("check_drafts", consultation)))
    assert f'value="{draft.key}:1" checked' in page


def test_deleting_asks_once(world: World, visit: Visit) -> None:
    consultation = world.opened()
    draft = kept(world, consultation)
    place = at("delete_draft", consultation, draft)
    assert "Delete the draft?" in page_of(visit(world.ngo, place))
    assert visit(world.outsider, place, {}).status_code == 404
    assert CommentDraft.objects.exists()
    visit(world.ngo, place, {})
    assert not CommentDraft.objects.exists()


def test_after_the_grace_the_draft_is_read_and_not_sent(world: World, visit: Visit) -> None:
    consultation = world.opened()
    draft = own(world, consultation, reasons="Nie zdążyłam.")
    assert consultation.closes_at is not None
    move_to(consultation.closes_at + timedelta(minutes=5))
    place = at("edit_draft", consultation, draft)
    assert "File the comment" in page_of(visit(world.outsider, place))
    move_to(consultation.closes_at + timedelta(minutes=16))
    page = page_of(visit(world.outsider, place))
    assert ("Nie zdążyłam." in page, "was not filed in time" in page) == (True, True)
    assert "File the comment" not in page
    sent = typed(world, in_name_of="own", key=str(draft.key), version="1")
    answer = visit(world.outsider, where(consultation), sent)
    assert (answer.status_code, Comment.objects.exists()) == (409, False)
    assert "28 dni" in page_of(answer)


def test_my_page_shows_drafts_first(world: World, visit: Visit) -> None:
    consultation = world.opened()
    world.comment(consultation)
    kept(world, consultation)
    page = page_of(visit(world.ngo, reverse("my_comments")))
    assert page.index(address("drafts", consultation)) < page.index("Piszemy oferty po pracy.")
    assert "Piszemy" not in page_of(visit(world.outsider, reverse("my_comments")))


def test_my_comments_as_a_file_and_to_print(world: World, visit: Visit) -> None:
    answered = world.answered(world.admitted(world.opened()))
    slug = answered.consultation.slug
    for query in ("", f"?konsultacja={slug}"):
        file = visit(world.ngo, reverse("my_comments_file") + query)
        cells = "\n".join(
            cell.text
            for row in docx.Document(BytesIO(file.content)).tables[0].rows
            for cell in row.cells
        )
        for words in ("[removed: 21]", "[added: 30]", "Piszemy oferty", "Zostaje 21 dni", "§"):
            assert words in cells
        printed = page_of(visit(world.ngo, reverse("my_comments_print") + query))
        assert "Zostaje 21 dni" in printed
    assert "Zostaje" not in page_of(visit(world.outsider, reverse("my_comments_print")))
    empty = visit(world.outsider, reverse("my_comments_file"))
    assert docx.Document(BytesIO(empty.content)).tables == []


def test_the_office_says_whether_files_are_scanned(
    world: World, visit: Visit, settings: Any
) -> None:
    settings.SCANNER = ""
    assert "not scanned for viruses" in page_of(visit(world.officer, reverse("office")))
    settings.SCANNER = "clamdscan -"
    assert "not scanned for viruses" not in page_of(visit(world.officer, reverse("office")))


def test_who_signed_off_alone_may_be_followed_by_somebody_else(world: World, visit: Visit) -> None:
    """The only signatory signed it off herself: a drafter still finds the button."""
    consultation = world.opened()
    other = signed_in("beata@mosty.test")
    drafter(world.organisation, other)
    Organisation.objects.update(needs_sign_off=True)
    draft = kept(world, consultation)
    writing.sign_off(draft, seen_version=1, by=world.ngo)
    button = at("sign_off_draft", consultation, draft)
    pages = [page_of(visit(who, address("drafts", consultation))) for who in (world.ngo, other)]
    assert [button in page for page in pages] == [False, True]


@pytest.mark.parametrize("query", ["nr=" + "9" * 5_000, "nr=²", "nr=-1"])
def test_odd_numbers_in_the_address_find_nothing(world: World, visit: Visit, query: str) -> None:
    page = address("filed_together", world.opened(), query=query)
    assert visit(world.ngo, page).status_code == 200
