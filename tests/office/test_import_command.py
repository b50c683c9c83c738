"""`manage.py import_draft`: a tree printed without a database, a text imported by an officer."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from consultations.models import Draft, RoleGrant, Wording
from tests.world import World

TEXT = """Rozdział I
Zasady
§ 2. 1. Program obejmuje:
1) zadania,
10a) inne:
a) x,
b) y:
– z,
– ż.
2. Bez paragrafu."""
TREE = [
    "rozdz 1",
    "rozdz 1 > par 2",
    "rozdz 1 > par 2 > ust 1",
    "rozdz 1 > par 2 > ust 1 > pkt 1",
    "rozdz 1 > par 2 > ust 1 > pkt 10a",
    "rozdz 1 > par 2 > ust 1 > pkt 10a > lit a",
    "rozdz 1 > par 2 > ust 1 > pkt 10a > lit b",
    "rozdz 1 > par 2 > ust 1 > pkt 10a > lit b > tiret 1",
    "rozdz 1 > par 2 > ust 1 > pkt 10a > lit b > tiret 2",
    "rozdz 1 > par 2 > ust 2",
]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "projekt.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> list[str]:
    with translation.override("en"):
        call_command("import_draft", *map(str, arguments))
    return capsys.readouterr().out.splitlines()


def refused(*arguments: object) -> str:
    with pytest.raises(CommandError) as refusal, translation.override("en"):
        call_command("import_draft", *map(str, arguments))
    return str(refusal.value)


def test_the_tree_is_printed_without_a_database(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = run(capsys, file, "--print-tree")  # no fixture lets this test near a database
    assert lines[:10] == TREE
    assert lines[10:] == [
        "! line 3: The number “§ 2.” does not follow the one before it: a number is missing.",
        "! line 5: The number “10a)” does not follow the one before it: a number is missing.",
    ]


def test_a_file_that_cannot_be_read_is_named_with_the_reason(tmp_path: Path) -> None:
    assert refused(tmp_path / "x.txt", "--print-tree") == (
        f"{tmp_path}/x.txt: the file cannot be opened."
    )
    (tmp_path / "x.pdf").write_bytes(b"%PDF")
    assert refused(tmp_path / "x.pdf", "--print-tree") == (
        f"{tmp_path}/x.pdf: Choose a file that ends in .docx, .odt, .xml or .txt."
    )


def test_the_command_asks_what_to_do(file: Path) -> None:
    assert refused(file) == "Name the document with --document, or ask for --print-tree."


def test_the_text_goes_into_the_latest_draft_of_the_document(
    world: World, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    draft = world.drafted()
    lines = run(capsys, file, "--document", "program-2027", "--by", "OFFICER@urzad.test")
    assert lines[-1] == "Projekt programu program-2027: 10 provisions imported."
    assert [line[:2] for line in lines[:-1]] == ["! ", "! "]
    assert paths(draft) == TREE


def test_the_only_officer_need_not_be_named(
    world: World, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    draft = world.drafted()
    said = refused(file, "--document", "program-2027")
    assert said == "Say with --by EMAIL which officer imports the text."
    RoleGrant.objects.filter(actor=world.second_officer).delete()
    run(capsys, file, "--document", "program-2027")
    assert paths(draft) == TREE


def test_what_cannot_be_imported_is_said(world: World, file: Path) -> None:
    by = ("--by", "officer@urzad.test")
    assert refused(file, "--document", "nie-ma", *by) == (
        "There is no document with the address nie-ma."
    )
    world.opened()
    assert refused(file, "--document", "program-2027", *by) == (
        "No draft of program-2027 is being prepared: register one first."
    )
    world.drafted("inny")
    assert refused(file, "--document", "inny", "--by", "approver@urzad.test") == (
        "approver@urzad.test is not an officer of the unit."
    )
    assert refused(file, "--document", "inny", "--by", "x") == "x is not an officer of the unit."


def paths(draft: Draft) -> list[str]:
    return list(Wording.objects.filter(text_version__draft=draft).values_list("path", flat=True))
