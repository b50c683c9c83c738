"""Reading a public address without reaching into our own network.

Only http and https on their own ports, only addresses of the public internet. The name is looked
up once and the connection made to what was found, so that a name that answers otherwise the next
time (DNS rebinding) gains nothing. Every step of a redirection is looked at anew; what is read is
bounded in octets and in time.
"""

import contextlib
import hashlib
import http.client
import ipaddress
import logging
import socket
import ssl
import threading
import time
from urllib.parse import urljoin, urlsplit

log = logging.getLogger(__name__)
PORTS = {"http": 80, "https": 443}
PATIENCE = 5.0  # seconds for one step of the network
LONGEST = 20.0  # seconds for the whole look
MOST_BYTES = 20_000_000
STEPS = 4  # the address and three redirections
CHUNK = 65_536
MOVED = (301, 302, 303, 307, 308)
HEADERS = {"User-Agent": "Uwaga (daily look at a published resolution)", "Accept": "*/*"}


class Unreachable(Exception):
    """The address cannot, or must not, be read."""


class _Plain(http.client.HTTPConnection):
    """A connection to an address that was looked up before."""

    def __init__(self, host: str, port: int, found: str) -> None:
        super().__init__(host, port, timeout=PATIENCE)
        self.found = found

    def connect(self) -> None:
        self.sock = socket.create_connection((self.found, self.port), PATIENCE)

    def cut(self) -> None:
        """End it from another thread: a site that sends a letter now and then keeps nobody."""
        with contextlib.suppress(OSError):
            if self.sock is not None:
                self.sock.shutdown(socket.SHUT_RDWR)


class _Secure(_Plain):
    """The same under TLS; the certificate must be that of the name."""

    def connect(self) -> None:
        super().connect()
        context = ssl.create_default_context()
        self.sock = context.wrap_socket(self.sock, server_hostname=self.host)


def hash_of(address: str) -> str:
    """The SHA-256 of what stands at the address; nothing when it cannot be read."""
    ends = time.monotonic() + LONGEST
    try:
        for _step in range(STEPS):
            found, following = _look(address, ends)
            if not following:
                return found
            address = urljoin(address, following)
    except (Unreachable, OSError, http.client.HTTPException, ValueError) as trouble:
        log.warning("a published address could not be read: %s", type(trouble).__name__)
    return ""


def _look(address: str, ends: float) -> tuple[str, str]:
    """The hash, or where it is said to have gone."""
    parts = urlsplit(address)
    if parts.scheme not in PORTS or not parts.hostname or parts.username or parts.password:
        raise Unreachable("no address of the web")
    if parts.port not in (None, PORTS[parts.scheme]):
        raise Unreachable("another port than the web's")
    host, port = parts.hostname, PORTS[parts.scheme]
    kind = _Secure if parts.scheme == "https" else _Plain
    connection = kind(host, port, public_address(host, port))
    alarm = threading.Timer(max(ends - time.monotonic(), 0.1), connection.cut)
    alarm.daemon = True
    alarm.start()
    try:
        path = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
        connection.request("GET", path, headers=HEADERS)
        return _answer(connection.getresponse(), ends)
    finally:
        alarm.cancel()
        connection.close()


def _answer(answer: http.client.HTTPResponse, ends: float) -> tuple[str, str]:
    if answer.status in MOVED:
        following = answer.getheader("Location")
        if not following:
            raise Unreachable("a redirection to nowhere")
        return "", following
    if answer.status != 200:
        raise Unreachable(f"status {answer.status}")
    digest, read = hashlib.sha256(), 0
    while piece := answer.read1(CHUNK):
        digest.update(piece)
        read += len(piece)
        if read > MOST_BYTES or time.monotonic() > ends:
            raise Unreachable("too large, or too slow")
    if answer.length or time.monotonic() > ends:  # what is cut short has another hash
        raise Unreachable("cut short")
    return digest.hexdigest(), ""


def public_address(host: str, port: int) -> str:
    """The address behind the name, when every one of them belongs to the public internet."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = [str(one[4][0]) for one in found]
    if not addresses or not all(is_public(one) for one in addresses):
        raise Unreachable("not an address of the public internet")
    return addresses[0]


def is_public(address: str) -> bool:
    """Neither private, local nor reserved; an IPv4 address in IPv6 clothes counts as itself."""
    one = ipaddress.ip_address(address.partition("%")[0])
    inner = getattr(one, "ipv4_mapped", None) or getattr(one, "sixtofour", None)
    return one.is_global and not one.is_multicast and (inner is None or is_public(str(inner)))
