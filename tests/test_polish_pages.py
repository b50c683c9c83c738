"""Pages read in Polish hold no English: neither a message of the catalogue nor a word."""

import html
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from django.test import Client, override_settings
from django.urls import reverse

from config import translations
from consultations.models import Actor
from tests.test_polish import CATALOGUE, ENGLISH, TAG, english, forms, messages
from tests.world import World

UNSEEN = re.compile(r"<(script|style)\b.*?</\1>", re.DOTALL)
SPOKEN = re.compile(r'(?:aria-label|data-(?:label|on|off|poll|one|few|many|other))="([^"]*)"')
# In English on a Polish page on purpose: the way back for whoever does not read Polish.
ON_PURPOSE = {"English"}


@contextmanager
def speaking(folder: Path, catalogue: Catalog) -> Iterator[Client]:
    """A reader of Polish, and these words whatever was compiled before."""
    compiled = folder / "pl" / "LC_MESSAGES" / "django.mo"
    compiled.parent.mkdir(parents=True)
    with compiled.open("wb") as target:
        write_mo(target, catalogue)
    with override_settings(LOCALE_PATHS=[folder]):
        yield Client(headers={"accept-language": "pl"})


@pytest.fixture
def polish(tmp_path: Path) -> Iterator[Client]:
    with speaking(tmp_path, translations.read(CATALOGUE)) as reader:
        yield reader


def said(page: str) -> list[str]:
    """Every piece of text on the page, and what only a screen reader hears."""
    page = UNSEEN.sub("", page)
    pieces = [*TAG.sub("\n", page).splitlines(), *SPOKEN.findall(page)]
    return [one for one in (html.unescape(piece).strip() for piece in pieces) if one]


@cache
def english_only() -> frozenset[str]:
    """Messages of the catalogue that no translation reads like."""
    polish = {form for one in messages() for form in forms(one)}
    return frozenset(english(one)[0] for one in messages()) - polish


def left_in_english(page: str) -> set[str]:
    return {
        one
        for one in said(page)
        if one not in ON_PURPOSE and (one in english_only() or ENGLISH.search(one))
    }


def addresses(world: World) -> list[tuple[str, Actor | None]]:
    """A draft at each stage and every kind of reader."""
    consultation = world.opened()
    first = world.answered(world.admitted(consultation))
    world.comment(consultation, organisation=None, by=world.outsider)
    at = {"slug": consultation.slug}
    file = world.voted(world.numbered(world.closed(world.opened("rada-pozytku"))))
    return [
        (reverse("home"), None),
        (reverse("consultation", kwargs=at), None),
        (f"{reverse('read_draft', kwargs=at)}?przepis=calosc", world.ngo),
        (f"{reverse('read_draft', kwargs=at)}?tylko=uwagi", None),
        (reverse("comment", kwargs=at | {"number": first.number}), None),
        (reverse("journal", kwargs=at), None),
        (reverse("report", kwargs=at), None),
        (reverse("report", args=["rada-pozytku"]), None),
        (reverse("roll_call", args=["rada-pozytku"]), None),
        (reverse("my_comments"), world.ngo),
        (reverse("documents"), None),
        (reverse("inbox"), world.ngo),
        (reverse("office"), world.officer),
        (f"{reverse('queue', kwargs=at)}?uwaga=2", world.officer),
        (reverse("queue", kwargs=at), world.expert),
        (reverse("record_comment", kwargs=at), world.officer),
        (reverse("control_room", kwargs=at), world.officer),
        (reverse("my_tasks"), world.approver),
        (reverse("register_draft"), world.officer),
        (reverse("council"), world.councillor),
        (reverse("council_file", args=[file.pk]), world.clerk),
        (reverse("accessibility_statement"), None),
        (reverse("source_code"), None),
        (reverse("account_request_login_code"), None),
        (reverse("demo_people"), None),
        ("/nie-ma-takiej/", None),
    ]


def test_no_page_speaks_english_to_a_reader_of_polish(world: World, polish: Client) -> None:
    left = {}
    for address, who in addresses(world):
        polish.logout()
        if who is not None:
            polish.force_login(who.user)
        page = polish.get(address).content.decode()
        assert '<html lang="pl"' in page, address
        if found := left_in_english(page):
            left[address] = found
    assert left == {}


def test_a_message_left_in_english_is_found_on_its_page(world: World, tmp_path: Path) -> None:
    world.opened()
    catalogue = translations.read(CATALOGUE)
    catalogue["Open now"].string = "Open now"
    with speaking(tmp_path, catalogue) as reader:
        assert left_in_english(reader.get("/").content.decode()) == {"Open now"}


def test_english_left_on_a_page_is_found() -> None:
    page = '<p>Uwagi</p><p>No such words of ours is</p><td data-label="Consultations">–</td>'
    assert left_in_english(page) == {"No such words of ours is", "Consultations"}
