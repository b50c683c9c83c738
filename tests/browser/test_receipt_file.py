"""The receipt as a file to keep: it checks itself offline, and is readable when it cannot."""

import base64
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.utils import translation
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.browser.conftest import DESK, PHONE
from tests.browser.watching import Problems, assert_accessible
from tests.proof import node
from tests.proof.records import Row, record, row_of, signer

SCRIPTS = node.SOURCE.parent
VERIFIER = node.SOURCE.read_text(encoding="utf-8")
DRIVER = (SCRIPTS / "receipt.js").read_text(encoding="utf-8")
REASONS = "Proszę o ławki w cieniu.\n<b>Nie</b> tylko & dla dzieci; </script><!-- ok -->"
SENTENCES = {
    "none": "This file checks itself in a browser that runs scripts.",
    "agrees": "The record agrees.",
    "disagrees": "The record does not agree.",
    "unsupported": "This browser cannot check the record.",
}
NO_ED25519 = """
if (globalThis.SubtleCrypto) {
  const known = SubtleCrypto.prototype.importKey;
  SubtleCrypto.prototype.importKey = async function (form, key, kind, ...more) {
    if (kind.name === "Ed25519") throw new DOMException("", "NotSupportedError");
    return known.call(this, form, key, kind, ...more);
  };
}
"""
Open = Callable[..., Page]


def row() -> Row:
    """A comment as it was filed, with the sender's name erased since."""
    words = {"reasons": (b"r" * 32, REASONS), "sender": (b"s" * 32, "Jan"), "odd": (b"o" * 32, "?")}
    one = row_of(3, words, facts={"number": 12})
    one.gone = {"sender"}
    return one


def file() -> bytes:
    """The record of a receipt: the third entry of a log of five."""
    rows = [row_of(1, {}), row_of(2, {}), row(), row_of(4, {}), row_of(5, {})]
    return record(rows, "entry", [2])


def receipt(given: bytes | None = None, *, verifier: str = VERIFIER, **changes: Any) -> str:
    """The whole HTML file, in English."""
    facts = {
        "verifier": verifier,
        "driver": DRIVER,
        "record": base64.b64encode(file() if given is None else given).decode(),
        "key": signer().vkey,
        "number": 12,
        "filed_at": datetime(2026, 11, 25, 12, 32, 32, tzinfo=UTC),
        "fingerprint": row().hash.hex(),
        "seq": 3,
        "origin": signer().name,
        "log_url": "city.test/log/",
        "draft_title": "Program współpracy <2027>",
        "words": [("Reasons", REASONS), ("Name and surname of the sender", None)],
        "lang": "en",
    }
    with translation.override("en"):
        return render_to_string("consultations/public/receipt.html", facts | changes)


@pytest.mark.parametrize("source", [VERIFIER, DRIVER], ids=["verify.js", "receipt.js"])
def test_a_script_can_stand_inside_a_page(source: str) -> None:
    assert re.findall(r"</script|<script|<!--|]]>", source, re.IGNORECASE) == []


def test_the_file_asks_for_nothing_else() -> None:
    page = receipt()
    addresses = re.findall(r'(?:src|href|action|data|poster)="([^"]*)', page)
    assert [one.partition(",")[0] for one in addresses] == ["data:application/octet-stream;base64"]
    assert re.findall(r"url\(|@import|https?:", page.replace(DRIVER, "")) == []
    assert page.count("<script") == page.count("</script") == 3


def test_the_record_in_the_file_is_the_record_to_the_byte() -> None:
    inside = re.search(r'<script type="text/plain" id="record">(.*)</script>', receipt())
    assert inside is not None
    assert base64.b64decode(inside[1]) == file()


def test_every_sentence_stands_in_the_page_and_none_in_the_script() -> None:
    page = receipt(verifier="", driver="")
    for sentence in SENTENCES.values():
        assert page.count(sentence) == 1
    without_notes = re.sub(r"//.*", "", DRIVER)
    assert re.findall(r'"[A-Z][a-z]+ [^"]*"', without_notes) == []


@pytest.fixture
def opened(browser: Browser, problems: Problems, tmp_path: Path) -> Iterator[Open]:
    """`opened(html)`: the file in a browser that has no network."""
    contexts = []

    def show(
        html: str, *, viewport: ViewportSize = DESK, scripts: bool = True, without: str = ""
    ) -> Page:
        path = tmp_path / "receipt.html"
        path.write_text(html, encoding="utf-8")
        context = browser.new_context(
            viewport=viewport, java_script_enabled=scripts, offline=True, accept_downloads=True
        )
        if without:
            context.add_init_script(without)
        contexts.append(context)
        problems.watch(context)
        page = context.new_page()
        page.goto(path.as_uri())
        return page

    yield show
    for context in contexts:
        context.close()
    assert problems.unexpected() == []


def verdict(page: Page, name: str) -> None:
    """This sentence is shown as the status, and no other."""
    expect(page.locator(f"#verdict-{name}")).to_be_visible()
    shown = [one for one in SENTENCES if page.locator(f"#verdict-{one}").is_visible()]
    assert shown == [name]
    expect(page.get_by_role("status")).to_contain_text(SENTENCES[name])


@pytest.mark.parametrize("width", [DESK, PHONE, ViewportSize(width=320, height=700)], ids=str)
def test_a_receipt_checks_itself_offline(opened: Open, width: ViewportSize) -> None:
    page = opened(receipt(), viewport=width)
    verdict(page, "agrees")
    facts = dict(
        zip(
            page.locator("#facts dt").all_inner_texts(),
            page.locator("#facts dd").all_text_contents(),
            strict=True,
        )
    )
    assert facts == {
        "Number of the comment": "12",
        "Filed": "November 25, 2026 at 1:32:32 PM (Europe/Warsaw)",
        "Place in the log": "3",
        "Fingerprint": row().hash.hex(),
        "Reasons": REASONS,
        "Name and surname of the sender": (
            "These words are no longer kept; the record shows that they were there."
        ),
        "odd": "?",
    }
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_an_altered_receipt_says_so_and_lists_nothing_as_verified(opened: Open) -> None:
    altered = file().replace(b'"number":12', b'"number":13')
    page = opened(receipt(altered))
    verdict(page, "disagrees")
    expect(page.locator("#what")).to_have_text("path")
    expect(page.locator("#verified")).to_be_hidden()
    expect(page.locator("#stated")).to_be_visible()
    assert_accessible(page)


def test_a_receipt_signed_by_another_is_refused(opened: Open) -> None:
    page = opened(receipt(key=signer(2).vkey))
    verdict(page, "disagrees")
    expect(page.locator("#what")).to_have_text("key")


@pytest.mark.parametrize("garbage", [b"", b"\0\xff" * 99], ids=["empty", "noise"])
def test_garbage_is_refused_and_breaks_nothing(opened: Open, garbage: bytes) -> None:
    verdict(opened(receipt(garbage)), "disagrees")


@pytest.mark.parametrize(
    "without",
    [
        "Object.defineProperty(crypto, 'subtle', { value: undefined })",
        NO_ED25519,
    ],
    ids=["no WebCrypto", "no Ed25519"],
)
def test_an_old_browser_says_that_it_cannot_check(opened: Open, without: str) -> None:
    page = opened(receipt(), without=without)
    verdict(page, "unsupported")
    expect(page.locator("#stated")).to_be_visible()
    assert_accessible(page)


def test_without_scripts_it_says_the_facts_and_gives_the_record(opened: Open) -> None:
    page = opened(receipt(), scripts=False)
    verdict(page, "none")
    expect(page.locator("#stated")).to_contain_text(row().hash.hex())
    with page.expect_download() as saved:
        page.get_by_role("link", name="Save the record as a file").click()
    assert saved.value.suggested_filename == "uwaga-12.txt"
    assert saved.value.path().read_bytes() == file()


def test_no_script_of_a_stranger_runs_in_it(opened: Open, problems: Problems) -> None:
    page = opened(receipt(draft_title="<img src=x onerror=alert(1)>", origin="<script>alert(2)"))
    verdict(page, "agrees")
    assert page.locator("img").count() == 0
