"""What everybody can check: the log's page, proofs of events, receipts, the record of a draft."""

import base64
import re
from io import BytesIO
from typing import Any

import pytest
from django.core.signing import Signer
from django.urls import reverse

from consultations.ledger.verify import open_note, verify_record
from consultations.models import Checkpoint, Comment, Entry
from consultations.selectors import conformity
from consultations.services.checkpoints import publish_checkpoint
from tests.ground.attacks import nothing_guards, sql
from tests.public.conftest import Visit
from tests.world import World


@pytest.fixture
def comment(world: World) -> Comment:
    return world.comment(world.opened(), reasons="Zażółć gęślą jaźń")


def receipt_of(comment: Comment) -> str:
    return reverse("receipt", args=[comment.consultation.slug, comment.number])


def record_in(page: Any) -> bytes:
    found = re.search(r'id="record">([^<]+)</script>', page.content.decode())
    assert found is not None
    return base64.b64decode(found[1])


def test_the_receipt_holds_a_record_that_verifies(
    world: World, comment: Comment, visit: Visit
) -> None:
    published = publish_checkpoint()
    assert published is not None
    page = visit(world.ngo, receipt_of(comment))
    verdict = verify_record(record_in(page), published.key)
    assert (verdict.ok, verdict.entries) == (True, 1)
    assert page.headers["Content-Disposition"].startswith("attachment;")
    assert "Zażółć gęślą jaźń" in page.content.decode()


def test_before_the_head_is_signed_the_receipt_asks_for_a_minute(
    world: World, comment: Comment, visit: Visit
) -> None:
    assert "try again in a minute" in visit(world.ngo, receipt_of(comment)).content.decode()


def test_nobody_gets_the_receipt_of_somebody_elses_comment(
    world: World, comment: Comment, visit: Visit
) -> None:
    """Although an officer may read the comment: the salts in the receipt are its author's."""
    publish_checkpoint()
    got = {who: visit(who, receipt_of(comment)).status_code for who in people(world)}
    assert got == {world.outsider: 404, world.officer: 404, world.auditor: 404}


def people(world: World) -> list[Any]:
    return [world.outsider, world.officer, world.auditor]


def test_the_head_is_public_and_signed_with_the_key_the_page_shows(
    comment: Comment, visit: Visit
) -> None:
    publish_checkpoint()
    note = visit(None, reverse("checkpoint"))
    page = visit(None, reverse("log")).content.decode()
    kept = Checkpoint.objects.get()
    assert open_note(note.content, kept.key).startswith("localhost/log\n")
    assert kept.key in page.replace("&#x2B;", "+")


def test_before_the_first_head_there_is_none(db: None, visit: Visit) -> None:
    assert visit(None, reverse("checkpoint")).status_code == 404
    assert "Nothing has been signed yet." in visit(None, reverse("log")).content.decode()


def checked(visit: Visit, content: bytes) -> str:
    file = BytesIO(content)
    file.name = "plik.html"
    return str(visit(None, reverse("log"), {"file": file}).content.decode())


def test_a_receipt_that_is_brought_is_checked(world: World, comment: Comment, visit: Visit) -> None:
    publish_checkpoint()
    page = visit(world.ngo, receipt_of(comment))
    record = record_in(page)
    assert "The file agrees with the log" in checked(visit, page.content)
    assert "The file agrees with the log" in checked(visit, record)
    altered = record.replace(b"word reasons", b"word reasonz")
    assert "The file does not agree with the log" in checked(visit, altered)


@pytest.mark.parametrize("content", [b"x", b"\xff\xfe", b'<script type="text/plain" id="record">='])
def test_a_file_of_something_else_gets_a_sentence(db: None, visit: Visit, content: bytes) -> None:
    assert "it is not a record of this kind" in checked(visit, content)


def test_without_a_file_the_form_says_so(db: None, visit: Visit) -> None:
    page = visit(None, reverse("log"), {})
    assert (page.status_code, "Choose the file." in page.content.decode()) == (400, True)


def test_the_proof_of_an_event_stands_under_the_head(world: World, visit: Visit) -> None:
    admitted = world.admitted(world.opened())
    entry = admitted.entries.get(kind="comment.admit")
    address = reverse("entry_proof", args=[admitted.consultation.slug, entry.seq])
    assert visit(None, address).status_code == 302  # to the page that asks for a minute
    published = publish_checkpoint()
    assert published is not None
    lines = visit(None, address).content.decode().split("\n")
    assert (lines[0], lines[2]) == ("c2sp.org/tlog-proof@v1", f"index {entry.seq - 1}")
    assert base64.b64decode(lines[1].removeprefix("extra ")).decode() == entry.payload
    hidden = reverse("entry_proof", args=[admitted.consultation.slug, entry.seq - 1])
    assert visit(None, hidden).status_code == 404  # filing is not a public event


def test_the_record_of_a_draft_is_checked_to_its_end(
    world: World, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    slug = world.answered(world.admitted(world.opened())).consultation.slug
    publish_checkpoint()
    monkeypatch.setattr(conformity, "AT_ONCE", 5)
    address, seen = reverse("conform", args=[slug]), 0
    while (page := visit(None, address)).headers.get("Refresh"):
        address, seen = page.headers["Refresh"].partition("url=")[2], seen + 1
    assert seen > 1
    assert "The record agrees with the log" in page.content.decode()


def test_the_check_names_the_first_event_that_was_altered(world: World, visit: Visit) -> None:
    slug = world.answered(world.admitted(world.opened())).consultation.slug
    publish_checkpoint()
    entry = Entry.objects.get(kind="comment.admit")
    with nothing_guards():
        sql("UPDATE {entry} SET payload = %s WHERE id = %s", entry.payload + " ", entry.pk)
    page = visit(None, reverse("conform", args=[slug])).content.decode()
    assert f"The first wrong event has the number {entry.seq} in the log." in page


def test_a_made_up_place_is_not_believed(world: World, visit: Visit) -> None:
    """Or a link could say «all is right» of a record that nobody looked at."""
    slug = world.answered(world.admitted(world.opened())).consultation.slug
    publish_checkpoint()
    entry = Entry.objects.get(kind="comment.admit")
    with nothing_guards():
        sql("UPDATE {entry} SET payload = %s WHERE id = %s", entry.payload + " ", entry.pk)
    for place in ("99999", Signer(salt="conform:inna").sign("99999")):
        page = visit(None, f"{reverse('conform', args=[slug])}?od={place}").content.decode()
        assert f"The first wrong event has the number {entry.seq} in the log." in page
    ours = Signer(salt=f"conform:{slug}").sign("99999")  # the control: our own place is
    page = visit(None, f"{reverse('conform', args=[slug])}?od={ours}").content.decode()
    assert "The record agrees with the log" in page


@pytest.mark.parametrize("odd", ["x", "-1", "9" * 40, ""])
def test_an_odd_place_begins_from_the_start(world: World, visit: Visit, odd: str) -> None:
    slug = world.opened().slug
    page = visit(None, f"{reverse('conform', args=[slug])}?od={odd}")
    assert page.status_code == 200
