"""Reading a published address: never into our own network, never without end."""

import contextlib
import hashlib
import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from workflows import reaching
from workflows.reaching import Unreachable, hash_of, is_public, public_address


class Site:
    """A site of its own thread."""

    def __init__(self) -> None:
        self.body, self.status, self.location, self.pause = b"Uchwala.", 200, "", 0.0
        self.promised = 0
        self.asked: list[str] = []
        site = self

        class Answer(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.asked.append(self.path)
                self.send_response(site.status)
                if site.promised:
                    self.send_header("Content-Length", str(site.promised))
                if site.location:
                    self.send_header("Location", site.location)
                self.end_headers()
                with contextlib.suppress(OSError):  # whoever asks may go away
                    self.drip()

            def drip(self) -> None:
                for octet in site.body:
                    self.wfile.write(bytes([octet]))
                    self.wfile.flush()
                    time.sleep(site.pause)

            def log_message(self, *_: Any) -> None:
                """Say nothing."""

        self.server = HTTPServer(("127.0.0.1", 0), Answer)
        self.address = f"http://bip.test:{self.server.server_port}/uchwala?nr=1"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """Let through although it is on this machine; what is asked of it is real."""
    one = Site()
    monkeypatch.setattr(reaching, "PORTS", {"http": one.server.server_port, "https": 443})
    monkeypatch.setattr(reaching, "public_address", lambda _host, _port: "127.0.0.1")
    yield one
    one.server.shutdown()
    one.server.server_close()


def test_what_stands_at_the_address_is_hashed(site: Site) -> None:
    assert hash_of(site.address) == hashlib.sha256(site.body).hexdigest()
    assert site.asked == ["/uchwala?nr=1"]


@pytest.mark.parametrize("status", [404, 403, 500, 204])
def test_what_is_not_there_has_no_hash(site: Site, status: int) -> None:
    site.status = status
    assert hash_of(site.address) == ""


def test_what_is_cut_short_has_no_hash(site: Site) -> None:
    site.promised = len(site.body) + 5
    assert hash_of(site.address) == ""
    site.promised = len(site.body)
    assert hash_of(site.address) == hashlib.sha256(site.body).hexdigest()


def test_a_redirection_is_followed_a_few_times_and_no_more(site: Site) -> None:
    site.status, site.location = 302, "/dalej"
    assert hash_of(site.address) == ""
    assert len(site.asked) == reaching.STEPS


def test_a_redirection_into_our_network_is_refused(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.status, site.location = 302, f"http://169.254.169.254:{site.server.server_port}/tajne"

    def looked_up(host: str, port: int) -> str:
        return "127.0.0.1" if host == "bip.test" else public_address(host, port)

    monkeypatch.setattr(reaching, "public_address", looked_up)
    assert hash_of(site.address) == ""
    assert site.asked == ["/uchwala?nr=1"]


def test_what_is_too_large_is_given_up(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reaching, "MOST_BYTES", 3)
    assert hash_of(site.address) == ""


def test_a_site_that_drips_keeps_nobody(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reaching, "LONGEST", 0.5)
    site.pause = 0.2
    began = time.monotonic()
    assert hash_of(site.address) == ""
    assert time.monotonic() - began < 2.0


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "ftp://bip.test/a",
        "gopher://bip.test/a",
        "http://",
        "http://bip.test:22/",
        "http://bip.test:99999/",
        "http://kto:haslo@bip.test/",
        "http://[::1",
        "poz. 1234",
        "",
    ],
)
def test_what_is_no_address_of_the_web_is_never_asked(site: Site, address: str) -> None:
    assert hash_of(address) == ""
    assert site.asked == []


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254"),
        *("0.0.0.0", "100.64.0.1", "224.0.0.1", "255.255.255.255"),  # noqa: S104 - never bound
        *("::1", "::", "fe80::1", "fe80::1%eth0"),
        *("fc00::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "2002:7f00:1::", "ff02::1"),
    ],
)
def test_addresses_of_inside_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946"])
def test_addresses_of_the_internet_are(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "[::1]"])
def test_other_ways_to_write_this_machine_are_seen_through(host: str) -> None:
    assert hash_of(f"http://{host}/") == ""
    with pytest.raises((Unreachable, OSError)):
        public_address(host.strip("[]"), 80)


def test_one_private_address_among_public_ones_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    def both(*_: Any, **__: Any) -> list[Any]:
        return [(2, 1, 6, "", (one, 80)) for one in ("93.184.216.34", "10.0.0.1")]

    monkeypatch.setattr(socket, "getaddrinfo", both)
    with pytest.raises(Unreachable):
        public_address("bip.test", 80)


def test_without_the_check_this_machine_would_be_read(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: the same address, with and without the look at where it leads."""
    address = site.address.replace("bip.test", "127.0.0.1")
    assert hash_of(address) != ""
    monkeypatch.setattr(reaching, "public_address", public_address)
    assert hash_of(address) == ""
