"""Pages about the service: the statement, the source, errors; and the menu of every role."""

import io
import re
import subprocess
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings, settings
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import translation

from config import source
from config.context import menu
from consultations.models import Actor, Role
from tests.world import World, staff

ROOT = Path(settings.BASE_DIR)
STATEMENT_PARTS = [
    "a11y-deklaracja",
    "a11y-wstep",
    "a11y-podmiot",
    "a11y-url",
    "a11y-data-publikacja",
    "a11y-data-aktualizacja",
    "a11y-status",
    "a11y-data-sporzadzenie",
    "a11y-data-przeglad",
    "a11y-kontakt",
    "a11y-osoba",
    "a11y-email",
    "a11y-telefon",
    "a11y-procedura",
    "a11y-architektura",
    "a11y-aplikacje",
]


@pytest.mark.parametrize("part", STATEMENT_PARTS)
def test_the_statement_has_every_part_that_is_looked_for_by_its_id(
    db: None, client: Client, part: str
) -> None:
    page = client.get(reverse("accessibility_statement")).content.decode()
    assert page.count(f'id="{part}"') == 1


def test_the_days_of_the_statement_can_be_read_by_a_machine(db: None, client: Client) -> None:
    page = client.get(reverse("accessibility_statement")).content.decode()
    assert len(re.findall(r'<time id="a11y-[\w-]+" datetime="\d{4}-\d\d-\d\d">', page)) == 4


PRIVACY_PARTS = [
    "administrator",
    "iod",
    "po-co",
    "dobrowolnie",
    "odbiorcy",
    "jak-dlugo",
    "prawa",
    "automaty",
]


@pytest.mark.parametrize("part", PRIVACY_PARTS)
def test_the_page_on_personal_data_has_every_element_of_the_regulation(
    db: None, client: Client, part: str
) -> None:
    page = client.get(reverse("privacy")).content.decode()
    assert page.count(f'id="{part}"') == 1


def test_the_page_on_personal_data_says_what_the_city_has_set(
    db: None, client: Client, settings: LazySettings
) -> None:
    said = ("pl. Główny 1", "iod@miasto.test", "10 lat od końca roku")
    before = client.get(reverse("privacy")).content.decode()
    settings.ADDRESS, settings.DPO, settings.KEPT = said
    page = client.get(reverse("privacy")).content.decode()
    assert [one in before for one in said] == [False] * 3
    assert [one in page for one in said] == [True] * 3


def test_the_statement_says_what_the_city_says_of_its_building(
    db: None, client: Client, settings: LazySettings
) -> None:
    settings.BUILDING = "Wejście od ulicy Długiej, bez progu."
    page = client.get(reverse("accessibility_statement")).content.decode()
    assert '<p class="govuk-body" id="a11y-architektura">Wejście od ulicy Długiej' in page


def unpacked(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as zipped:
        return {name: zipped.read(name) for name in zipped.namelist()}


def test_the_source_is_offered_to_everybody_with_its_version(db: None, client: Client) -> None:
    page = client.get(reverse("source_code")).content.decode()
    link = f'href="{reverse("source_archive")}"'
    assert (link in page, source.archive().fingerprint in page) == (True, True)
    assert re.search(r">Wersja<|>Version<", page)
    assert f">{source.version()}<" in page


def test_the_archive_holds_every_file_of_the_project(db: None, client: Client) -> None:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode:
        pytest.skip("not a git checkout")
    held = {name.partition("/")[2] for name in unpacked(fetched(client))}
    wanted = {name for name in listed.stdout.splitlines() if (ROOT / name).is_file()}
    assert wanted - held == set()


def fetched(client: Client) -> bytes:
    response = client.get(reverse("source_archive"))
    assert response["Content-Type"] == "application/zip"
    return response.content


def test_the_archive_holds_nothing_of_the_site(db: None, client: Client) -> None:
    names = list(unpacked(fetched(client)))
    folders = {part for name in names for part in Path(name).parts[1:-1]}
    assert {Path(name).parts[0] for name in names} == {f"uwaga-{source.version()}"}
    assert folders & {"var", ".venv", ".git", "__pycache__", ".mypy_cache", "mail"} == set()
    assert {Path(name).suffix for name in names} & {".sqlite3", ".pyc", ".mo", ".log"} == set()


def test_what_lies_beside_the_code_is_not_given_away(tmp_path: Path) -> None:
    for name in ("manage.py", ".env", "secret.txt", "config/a.py", "config/.env", "var/x.sqlite3"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x", encoding="utf-8")
    (tmp_path / "config" / "link.py").symlink_to(tmp_path / "secret.txt")
    found = [str(one.relative_to(tmp_path)) for one in source.paths(tmp_path)]
    assert found == ["config/a.py", "manage.py"]


def test_an_archive_one_has_already_is_not_sent_again(db: None, client: Client) -> None:
    etag = f'"{source.archive().fingerprint}"'
    again = client.get(reverse("source_archive"), headers={"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")


def test_a_page_that_is_not_there_is_shown_in_our_look(db: None, client: Client) -> None:
    response = client.get("/nie-ma/")
    assert response.status_code == 404
    assert '<h1 class="govuk-heading-l">' in response.content.decode()


def test_a_strange_host_is_a_page_too(db: None, client: Client) -> None:
    response = client.get("/", headers={"Host": "elsewhere.test"})
    assert response.status_code == 400
    assert '<h1 class="govuk-heading-l">' in response.content.decode()


def test_a_form_without_its_token_is_a_page_too(db: None) -> None:
    response = Client(enforce_csrf_checks=True).post(reverse("account_logout"))
    assert response.status_code == 403
    assert '<h1 class="govuk-heading-l">' in response.content.decode()


def test_when_everything_breaks_the_page_needs_no_database(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_request: object) -> None:
        raise RuntimeError("planted")

    monkeypatch.setattr(source, "version", broken)
    quiet = Client(raise_request_exception=False)
    response = quiet.get(reverse("source_code"))  # without the fixture `db`: a query would fail
    assert response.status_code == 500
    assert "<h1" in response.content.decode()


@pytest.mark.parametrize(
    ("role", "entries"),
    [
        (None, ["home", "documents"]),
        ("", ["home", "documents", "my_comments"]),
        (Role.OFFICER, ["home", "documents", "my_comments", "my_tasks", "office", "council"]),
        (Role.APPROVER, ["home", "documents", "my_comments", "my_tasks", "council"]),
        (Role.EXPERT, ["home", "documents", "my_comments", "my_tasks", "council"]),
        (Role.CLERK, ["home", "documents", "my_comments", "my_tasks", "council"]),
        (Role.COUNCILLOR, ["home", "documents", "my_comments", "council"]),
        (Role.AUDITOR, ["home", "documents", "my_comments", "my_tasks", "council"]),
    ],
)
def test_the_menu_shows_what_the_role_may_open(
    world: World, role: str | None, entries: list[str]
) -> None:
    actor = who(world, role)
    assert [link.url for link in menu(actor, "/")] == [reverse(name) for name in entries]


def who(world: World, role: str | None) -> Actor | None:
    if role is None:
        return None
    if not role:
        return world.outsider
    department = world.department if role == Role.EXPERT else None
    return staff("nowy@urzad.test", role, department)


@pytest.mark.parametrize(
    ("path", "current"),
    [
        ("/", "/"),
        ("/k/program-2027/projekt/", "/"),
        ("/dokumenty/x/", "/dokumenty/"),
        ("/biuro/k/x/", "/biuro/"),
        ("/dostepnosc/", ""),
    ],
)
def test_the_menu_marks_where_one_is(world: World, path: str, current: str) -> None:
    marked = [link.url for link in menu(world.officer, path) if link.current]
    assert marked == ([current] if current else [])


@pytest.mark.parametrize("language", ["pl", "en"])
def test_the_language_is_kept_for_the_next_page(db: None, client: Client, language: str) -> None:
    client.post(reverse("set_language"), {"language": language, "next": "/"})
    assert f'<html lang="{language}"' in client.get("/").content.decode()
    translation.activate("pl")


def test_every_address_of_ours_declares_its_policy() -> None:
    def walk(patterns: Sequence[Any], prefix: str = "") -> list[str]:
        found = []
        for one in patterns:
            inner = getattr(one, "url_patterns", None)
            if inner is not None:
                found += walk(inner, prefix + str(one.pattern))
            elif not hasattr(one.callback, "access"):
                found.append(prefix + str(one.pattern))
        return found

    assert walk(get_resolver().url_patterns) == []
