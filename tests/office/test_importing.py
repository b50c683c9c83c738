"""Importing on the page: read, shown as a tree with warnings, saved only as it was shown."""

import io
import zipfile
from typing import Any

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from consultations.models import Consultation, Draft, Entry, TextVersion, Wording
from consultations.selectors.office import working_nodes
from consultations.services import drafts, texts
from consultations.text.parse import parse_plain
from tests.office.pages import as_, text_of
from tests.text.files import repacked, saved
from tests.text.hostile import BODIES, LAUGHS, with_body
from tests.world import TEXT, World

NEW = """Rozdział 1. Cele
§ 1. 1. Program obejmuje:
1) zadania,
10a) inne:
a) x,
b) y.
§ 3. Koniec."""

TOO_LARGE = "The file is too large when unpacked."


@pytest.fixture
def draft(world: World) -> Draft:
    """A registered draft with a text imported."""
    return world.drafted()


def place(draft: Draft) -> str:
    return reverse("import_draft", args=[draft.rounds.get().slug])


def send(world: World, draft: Draft, **given: Any) -> Any:
    return as_(world.officer).post(place(draft), given)


def file(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def paths(draft: Draft) -> list[str]:
    return list(Wording.objects.filter(text_version__draft=draft).values_list("path", flat=True))


def traces() -> tuple[int, int, int]:
    return TextVersion.objects.count(), Wording.objects.count(), Entry.objects.count()


def test_reading_shows_the_tree_and_saves_nothing(world: World, draft: Draft) -> None:
    before = traces()
    response = send(world, draft, text=NEW, read="1")
    assert response.status_code == 200
    shown = [one.place.path for one in response.context["preview"].branches]
    assert shown == ["rozdz 1"]
    assert response.context["preview"].provisions == 8
    assert "Nothing is saved yet." in text_of(response)
    assert traces() == before


def test_every_warning_is_linked_to_the_provision_it_speaks_of(world: World, draft: Draft) -> None:
    response = send(world, draft, text=NEW, read="1")
    html = response.content.decode()
    pinned = [(one.warning.line, one.position) for one in response.context["preview"].warnings]
    assert pinned == [(4, 5), (7, 8)]
    for _line, position in pinned:
        assert f'href="#p{position}"' in html
        assert f'is-check" id="p{position}"' in html


def test_the_text_beside_the_tree_reads_back_as_the_same_tree(world: World, draft: Draft) -> None:
    response = send(world, draft, text=NEW, read="1")
    assert parse_plain(response.context["form"]["text"].value()).nodes == parse_plain(NEW).nodes


def test_what_was_shown_is_saved(world: World, draft: Draft) -> None:
    form = send(world, draft, text=NEW, read="1").context["form"]
    given = {name: form[name].value() for name in ("text", "seen", "stood")}
    given["text"] = given["text"].replace("\n", "\r\n")
    response = send(world, draft, **given, save="1")
    assert response.headers["location"] == reverse("edit_text", args=["program-2027"])
    assert paths(draft)[-3:] == [
        "rozdz 1 > par 1 > ust 1 > pkt 10a > lit a",
        "rozdz 1 > par 1 > ust 1 > pkt 10a > lit b",
        "rozdz 1 > par 3",
    ]


def test_what_was_not_shown_is_not_saved_but_shown(world: World, draft: Draft) -> None:
    form = send(world, draft, text=NEW, read="1").context["form"]
    before, changed = traces(), form["text"].value() + "\n§ 4. Dopisane."
    response = send(world, draft, text=changed, seen=form["seen"].value(), save="1")
    assert response.status_code == 200
    assert "The text has changed since its tree was drawn." in text_of(response)
    assert traces() == before
    assert send(world, draft, text=NEW, save="1").status_code == 200  # a forged first step
    assert traces() == before


def test_an_imported_text_comes_back_to_be_corrected(world: World, draft: Draft) -> None:
    response = as_(world.officer).get(place(draft))
    assert parse_plain(response.context["form"]["text"].value()).nodes == parse_plain(TEXT).nodes
    assert working_nodes(draft) == parse_plain(TEXT).nodes


def test_a_docx_is_read_with_its_warnings(world: World, draft: Draft) -> None:
    document = docx.Document()
    document.add_paragraph("§ 1. Środki:")
    document.add_table(rows=1, cols=2).cell(0, 0).text = "500 zł"
    upload = file("Projekt.DOCX", saved(document).read())
    response = send(world, draft, file=upload, read="1")
    assert "Read from Projekt.DOCX." in text_of(response)
    assert "Check: A table was turned into plain text." in text_of(response)


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.pdf", b"%PDF-1.7", "Choose a file that ends in .docx, .odt, .xml or .txt."),
        ("a.docx.exe", b"MZ", "Choose a file that ends in .docx, .odt, .xml or .txt."),
        ("a.docx", b"no zip", "This is not a DOCX file."),
        ("a.odt", b"no zip", "This is not an ODT file."),
        *((f"a{kind}", with_body(kind, b" " * 40_000_000), TOO_LARGE) for kind in BODIES),
        ("a.xml", b"<a>no draft</a>", "This is not an Akoma Ntoso 3.0 document."),
        (
            "a.xml",
            LAUGHS.replace(b"x>", b"akomaNtoso>"),
            "The file contains entities, which no office program writes.",
        ),
        ("a.docx", b"", "The file is empty."),
        ("a.txt", b"\x00\x01", "This is not plain text: it contains control characters."),
        ("a.txt", b"x" * 10_000_001, "The file is larger than 10 MB."),
        ("a.txt", b"1. x\n" * 5_001, "More than 5000 provisions were found"),
    ],
    ids=[
        *("pdf", "program", "no zip", "no ODT", "DOCX bomb", "ODT bomb", "other XML", "entities"),
        *("empty", "control characters", "huge", "endless"),
    ],
)
def test_a_file_that_cannot_be_read_leaves_a_sentence_and_no_trace(
    world: World, draft: Draft, name: str, content: bytes, sentence: str
) -> None:
    before = traces()
    response = send(world, draft, file=file(name, content), text="§ 1. Wklejone.", read="1")
    assert response.status_code == 422
    assert sentence in text_of(response)
    assert response.context["form"]["text"].value() == "§ 1. Wklejone."
    assert traces() == before


@pytest.mark.parametrize(
    ("parts", "sentence"),
    [
        ({"word/media/a.bin": b"\0" * 3_000_000}, "The file is too large when unpacked."),
        (
            {"word/vbaProject.bin": b"x"},
            "The file contains macros. Save it as DOCX without macros.",
        ),
        (
            {
                "word/styles.xml": b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'
            },
            "The file contains entities, which no office program writes.",
        ),
    ],
    ids=["bomb", "macros", "entities"],
)
def test_a_hostile_docx_leaves_a_sentence_and_no_trace(
    world: World, draft: Draft, parts: dict[str, bytes], sentence: str
) -> None:
    document = docx.Document()
    document.add_paragraph("§ 1. Cele.")
    before = traces()
    upload = file("a.docx", repacked(saved(document), parts).read())
    response = send(world, draft, file=upload, save="1")
    assert response.status_code == 422
    assert sentence in text_of(response)
    assert traces() == before


def test_a_zip_of_zips_is_refused(world: World, draft: Draft) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"<a>" * 9_000_000)
    response = send(world, draft, file=file("a.docx", packed.getvalue()), read="1")
    assert response.status_code == 422
    assert "The file is too large when unpacked." in text_of(response)


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"text": "  \r\n "},
        {"text": "§ 1.\0"},
        {"text": "§ 1. A.", "seen": "x" * 65},
        {"file": "not a file", "save": "1"},
    ],
)
def test_garbage_gets_a_sentence(world: World, draft: Draft, given: Any) -> None:
    before = traces()
    assert send(world, draft, **given).status_code == 422
    assert traces() == before


def test_a_title_without_end_is_refused_and_kept(world: World, draft: Draft) -> None:
    text = f"§ 1. [{'a' * 600}] Treść.\n"
    form = send(world, draft, text=text, read="1").context["form"]
    before, seen = traces(), {name: form[name].value() for name in ("seen", "stood")}
    response = send(world, draft, text=text, **seen, save="1")
    assert response.status_code == 422
    assert "is longer than 500 characters." in text_of(response)
    assert response.context["form"]["text"].value() == text
    assert traces() == before


def test_a_text_read_while_the_round_runs_becomes_the_next_working_version(world: World) -> None:
    consultation: Consultation = world.announced()
    form = send(world, consultation.draft, text=NEW, read="1").context["form"]
    given = {name: form[name].value() for name in ("text", "seen", "stood")} | {"save": "1"}
    assert send(world, consultation.draft, **given).status_code == 302
    versions = [(one.number, one.published_at is None) for one in consultation.draft.versions.all()]
    assert versions == [(1, False), (2, True)]


def test_a_text_of_a_closed_draft_is_refused_and_kept(world: World) -> None:
    draft = world.drafted()
    drafts.withdraw_draft(draft, because="Nowa ustawa.", by=world.officer)
    form = send(world, draft, text=NEW, read="1").context["form"]
    before = traces()
    given = {name: form[name].value() for name in ("text", "seen", "stood")} | {"save": "1"}
    response = send(world, draft, **given)
    assert response.status_code == 409
    assert "The draft is closed" in text_of(response)
    assert response.context["form"]["text"].value() == form["text"].value()
    assert traces() == before
    page = as_(world.officer).get(place(draft))
    assert 'name="save"' not in page.content.decode()


@pytest.mark.parametrize("role", ["approver", "expert", "clerk", "auditor", "councillor", "ngo"])
def test_importing_is_for_officers_alone(world: World, draft: Draft, role: str) -> None:
    client = as_(getattr(world, role))
    assert client.get(place(draft)).status_code == 403
    assert client.post(place(draft), {"text": NEW, "save": "1"}).status_code == 403


def test_the_control_an_officer_may_import_by_service_too(world: World, draft: Draft) -> None:
    texts.import_text(draft, parse_plain(NEW).nodes, by=world.officer)
    assert len(paths(draft)) == 8
