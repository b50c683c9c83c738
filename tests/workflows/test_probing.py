"""The daily look at the published text: what is found goes into the record, once a day."""

import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from consultations.models import Consultation, Entry
from consultations.models.clock import move_to, now
from consultations.selectors import notices
from tests.workflows.walk import Walk
from workflows import probing
from workflows.probing import probe


class Site:
    """A site of its own thread that gives `body` at every address, and counts who asks."""

    def __init__(self) -> None:
        self.body, self.status, self.asked = b"", 200, list[str]()
        site = self

        class Answer(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.asked.append(self.path)
                self.send_response(site.status)
                self.end_headers()
                self.wfile.write(site.body)

            def log_message(self, *_: Any) -> None:
                """Say nothing."""

        self.server = HTTPServer(("127.0.0.1", 0), Answer)
        self.origin = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def site(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    one = Site()
    settings.PROBE, settings.ORIGIN = True, one.origin
    monkeypatch.setattr(probing, "_in_vain", {})
    yield one
    one.server.shutdown()
    one.server.server_close()


def published(consultation: Consultation) -> bytes:
    """What anybody gets at the address."""
    url = reverse("draft_text", args=[consultation.slug])
    return bytes(Client().get(url).content)


def found(consultation: Consultation) -> list[bool]:
    proof = notices.proof(consultation)
    return [] if proof is None else [one.found for one in proof.probes]


def test_the_text_everybody_can_read_has_the_hash_that_is_on_record(walk: Walk, site: Site) -> None:
    one = walk.announced()
    proof = notices.proof(one)
    assert proof is not None
    assert proof.address == f"{site.origin}/k/{one.slug}/projekt.txt"
    assert proof.sha256 == notices.sha256_of(published(one).decode())


def test_the_text_is_looked_at_once_a_day_while_the_round_runs(walk: Walk, site: Site) -> None:
    one = walk.opened()
    site.body = published(one)
    assert [probe(), probe()] == [1, 0]
    move_to(now() + timedelta(days=1))
    assert (probe(), found(one)) == (1, [True, True])
    assert site.asked == [f"/k/{one.slug}/projekt.txt"] * 2


def test_another_text_at_the_address_is_recorded_as_such(walk: Walk, site: Site) -> None:
    one = walk.announced()
    site.body = published(one) + b" "
    assert (probe(), found(one)) == (1, [False])


def test_a_site_that_does_not_answer_is_tried_again_before_it_is_recorded(
    walk: Walk, site: Site, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    one, site.status = walk.announced(), 503
    assert ([probe(), probe()], len(site.asked)) == ([0, 0], 1)
    monkeypatch.setattr(probing, "PAUSE", 0.0)
    probing._in_vain[f"{site.origin}/k/{one.slug}/projekt.txt"] = (1, 0.0)
    assert ([probe(), probe(), probe()], found(one)) == ([0, 1, 0], [False])
    assert len(caplog.records) == 3


def test_one_text_a_tick_so_that_no_deadline_waits(walk: Walk, site: Site) -> None:
    walk.announced("pierwszy")
    walk.announced("drugi")
    assert [probe(), probe(), probe()] == [1, 1, 0]
    assert len(site.asked) == 2


def test_nothing_is_looked_at_where_nothing_runs_or_probing_is_off(
    walk: Walk, site: Site, settings: Any
) -> None:
    walk.closed("zamkniete")
    assert probe() == 0
    walk.announced("ogloszone")
    settings.PROBE = False
    assert (probe(), site.asked) == (0, [])


def test_only_the_web_is_asked() -> None:
    assert probing.look_at("file:///etc/hostname") == ""


def test_what_was_found_is_public(walk: Walk, site: Site) -> None:
    walk.announced()
    probe()
    entry = Entry.objects.get(kind="consultation.probe")
    journal = Client().get(
        reverse("journal", args=["program-2027"]), headers={"accept-language": "en"}
    )
    assert "The published text was looked up at its address" in journal.text
    assert entry.role == "clock"
