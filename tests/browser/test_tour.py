"""docs/tour.md is walked as it is written; with TOUR=1 its pictures are made anew."""

import os
import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, ViewportSize

from tests.browser.conftest import PHONE, Person
from tests.browser.pictures import take
from tests.browser.server import ROOT

ALBUM = ROOT / "docs" / "tour"
TOUR = (ROOT / "docs" / "tour.md").read_text(encoding="utf-8")
WALKS = re.split(r"^## ", TOUR, flags=re.MULTILINE)[1:]
STEP = re.compile(r"^\d+\. \*\*(?P<who>[^*]+)\*\*, `(?P<address>[^`]+)`\.(?P<text>.*)", re.DOTALL)
WORDS = re.compile(r"«([^»]+)»(\s*→)?")
PICTURE = re.compile(r"!\[[^\]]+\]\(tour/([^)]+)\)")
LARGEST, MOST_PICTURES = 150_000, 12
SCREEN, ON_A_PHONE = ViewportSize(width=1280, height=800), "-phone.png"


@dataclass(frozen=True)
class Step:
    """Who goes where, what is to be read there, which links are pressed, what is pictured."""

    who: str
    address: str
    words: list[tuple[str, bool]]
    picture: str


def steps(walk: str) -> list[Step]:
    """The steps of one walk that have an address."""
    found = (STEP.match(part) for part in re.split(r"^(?=\d+\. )", walk, flags=re.MULTILINE))
    return [_step(one) for one in found if one]


def _step(found: re.Match[str]) -> Step:
    text = found["text"]
    words = [(" ".join(one[1].split()), bool(one[2])) for one in WORDS.finditer(text)]
    picture = PICTURE.search(text)
    return Step(found["who"], found["address"], words, picture[1] if picture else "")


PICTURES = {step.picture for walk in WALKS for step in steps(walk) if step.picture}


@pytest.mark.parametrize("walk", WALKS, ids=lambda walk: f"walk {walk[:1]}")
def test_the_tour_can_be_walked_as_it_is_written(walk: str, person: Person) -> None:
    people: dict[tuple[str, bool], Page] = {}
    for step in steps(walk):
        key = (step.who, step.picture.endswith(ON_A_PHONE))
        if key not in people:
            name = "" if step.who == "guest" else step.who
            people[key] = person(name, viewport=PHONE if key[1] else SCREEN)
        _walk(people[key], step)
        if step.picture and os.environ.get("TOUR") == "1":
            take(people[key], ALBUM / step.picture)


def _walk(page: Page, step: Step) -> None:
    """Go there, read the words, follow the links."""
    page.goto(step.address)
    for words, is_pressed in step.words:
        assert words in " ".join(page.locator("body").inner_text().split()), step
        if is_pressed:
            with page.expect_navigation():
                page.get_by_role("main").get_by_role("link", name=words).first.click()


def test_every_picture_of_the_tour_is_kept_and_none_besides() -> None:
    sizes = {path.name: path.stat().st_size for path in ALBUM.iterdir()}
    assert set(sizes) == PICTURES
    assert set(PICTURE.findall(TOUR)) == PICTURES
    assert len(PICTURES) <= MOST_PICTURES
    assert {name for name, size in sizes.items() if size > LARGEST} == set()


def test_no_step_of_the_tour_is_overlooked() -> None:
    numbered = re.findall(r"^\d+\. \*\*", TOUR, flags=re.MULTILINE)
    assert sum(len(steps(walk)) for walk in WALKS) == len(numbered)
