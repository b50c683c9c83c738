"""HTML out: one page, a lasting address for each provision, nothing that could run."""

from html.parser import HTMLParser

import pytest

from consultations.text.formats.write_html import write_html
from consultations.text.formats.written import Written
from consultations.text.parse import parse_plain
from consultations.text.tree import Level, Node, walk
from tests.text.test_write_docx import ORDINARY

NODES = parse_plain(ORDINARY).nodes
KEYS = {place.position: f"klucz-{place.position}" for place in walk(NODES)}
ADDRESSES = {position: f"https://uwaga.example/p/{key}/" for position, key in KEYS.items()}
_VOID = {"meta", "br"}


class Page(HTMLParser):
    """Elements in order with their attributes; `open` must be empty at the end."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.open: list[str] = []
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.said: dict[str, str] = {}
        self.feed(page.decode())
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag not in _VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        for tag in set(self.open):
            self.said[tag] = self.said.get(tag, "") + data

    def all(self, attribute: str) -> list[str]:
        return [value for _tag, found in self.found if (value := found.get(attribute))]


def page(nodes: tuple[Node, ...] = NODES, title: str = "Program współpracy") -> Page:
    return Page(write_html(Written(title, nodes, KEYS, address_of=ADDRESSES, subtitle="projekt")))


def test_the_page_is_well_formed_and_says_its_language_and_title() -> None:
    made = page()
    assert made.open == []
    assert made.found[0] == ("html", {"lang": "pl"})
    assert made.said["title"] == "Program współpracy"
    assert write_html(Written("A", NODES)).startswith(b"<!DOCTYPE html>\n<html")


def test_each_provision_has_its_key_as_id_and_its_mark_leads_to_its_address() -> None:
    made = page()
    ids = [KEYS[place.position] for place in walk(NODES)]
    assert made.all("id") == ids
    assert made.all("href") == [ADDRESSES[place.position] for place in walk(NODES)]


def test_without_keys_and_addresses_a_mark_leads_to_its_own_place() -> None:
    made = Page(write_html(Written("Program", NODES)))
    eids = [place.eid for place in walk(NODES)]
    assert made.all("id") == eids
    assert made.all("href") == [f"#{eid}" for eid in eids]


def test_headings_go_down_one_step_at_a_time() -> None:
    headings = [tag for tag, _attributes in page().found if tag in {"h1", "h2", "h3", "h4"}]
    assert headings == ["h1", "h2", "h3", "h3"]
    without = parse_plain("§ 1. A.").nodes
    assert [tag for tag, _more in page(without).found if tag[0] == "h" and tag[1:].isdigit()] == [
        "h1",
        "h2",
    ]


def test_a_mark_that_cannot_be_said_is_named_by_its_citation() -> None:
    assert page().all("aria-label") == [
        "wstęp",
        "§\xa01 pkt\xa010a lit.\xa0b tiret\xa01",
        "§\xa01 pkt\xa010a lit.\xa0b tiret\xa02",
        "§\xa01 pkt\xa010a wstęp",
    ]


@pytest.mark.parametrize(
    "words",
    ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "&lt;b&gt; & ' \"", "</style>"],
)
def test_words_are_never_markup(words: str) -> None:
    nodes = (
        Node(Level.CHAPTER, "1", words, children=(Node(Level.PARAGRAPH, "1", words, words),)),
        Node(Level.INTRO, text=words),
    )
    made = page(nodes, title=words)
    assert made.open == []
    assert {tag for tag, _attributes in made.found} == {
        *("html", "head", "meta", "title", "style", "body", "main", "h1", "h2", "h3", "p"),
        *("section", "div", "a"),
    }
    assert made.said["h1"] == words
    assert made.said["h3"].endswith(words)


def test_nothing_is_fetched_and_nothing_runs() -> None:
    made = page()
    assert {tag for tag, _attributes in made.found}.isdisjoint({"script", "link", "img", "iframe"})
    assert made.all("src") == []
    assert "url(" not in made.said["style"]
    assert "@import" not in made.said["style"]


def test_a_provision_that_stands_twice_is_written_twice() -> None:
    same = Node(Level.POINT, "1", text="a;", children=(Node(Level.LETTER, "a", text="b."),))
    nodes = tuple(Node(Level.PARAGRAPH, number, text="A:", children=(same,)) for number in "12")
    made = Page(write_html(Written("Program", nodes)))
    assert made.all("id") == [place.eid for place in walk(nodes)]
