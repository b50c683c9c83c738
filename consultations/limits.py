"""How often one person or one address may do a thing, counted in Django's cache.

One process counts for itself; several share the counters in Valkey (`VALKEY_URL`). A counter's
name holds no address and no e-mail, only a digest under a salt that is drawn anew every day and
kept nowhere else; counters live no longer than their window.
"""

import hashlib
import ipaddress
import math
import secrets
import time
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.conf import settings
from django.core.cache import cache
from django.http import HttpResponseBase

from consultations.access import ActingRequest
from consultations.errors import TooOften

View = TypeVar("View", bound=Callable[..., HttpResponseBase])
DAY = 24 * 60 * 60  # seconds
NETWORK = 64  # bits of an IPv6 address that are one household's or office's


def take(request: ActingRequest, name: str, whose: str = "") -> None:
    """Count one more of `name`: for the person signed in, else for the visitor's address.

    `whose` counts for something else, an e-mail address. Raises TooOften, and leaves on the
    request in how many seconds the next one is free.
    """
    allowed, window = _rule(name)
    if not allowed:
        return
    instant = time.time()
    turn = int(instant // window)
    if _counted(f"limit:{name}:{turn}:{_nameless(whose or _who(request))}", window) > allowed:
        seconds = math.ceil((turn + 1) * window - instant)
        request.retry_after = seconds
        raise TooOften(seconds)


def limited(name: str) -> Callable[[View], View]:
    """A view that counts as one of `name` each time it is asked for."""

    def declare(view: View) -> View:
        @wraps(view)
        def counted(request: ActingRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            take(request, name)
            return view(request, *args, **kwargs)

        return counted  # type: ignore[return-value]

    return declare


def _rule(name: str) -> tuple[int, int]:
    """How many in how many seconds, as `120/60` in the settings; nothing sets no limit."""
    said = settings.LIMITS.get(name, "")
    allowed, _slash, window = said.partition("/")
    return (int(allowed), int(window)) if window else (0, 0)


def _counted(key: str, window: int) -> int:
    """How many there were in this window, this one among them."""
    cache.add(key, 0, window)
    try:
        return int(cache.incr(key))
    except ValueError:  # it ran out between the two
        cache.set(key, 1, window)
        return 1


def _nameless(who: str) -> str:
    today = int(time.time() // DAY)
    salt = cache.get_or_set(f"limit:salt:{today}", lambda: secrets.token_hex(32), DAY)
    return hashlib.sha256(f"{salt} {who.casefold()}".encode()).hexdigest()


def _who(request: ActingRequest) -> str:
    return f"actor {request.actor.pk}" if request.actor else address_of(request)


def address_of(request: ActingRequest) -> str:
    """Where the request comes from: behind `PROXIES` proxies of ours, what the first of them saw.

    Whatever else a header claims is not believed. Of IPv6 the network, of which one visitor has
    all addresses.
    """
    seen = request.META.get("REMOTE_ADDR") or "nowhere"
    if settings.PROXIES:
        claimed = request.headers.get("x-forwarded-for", "").replace(",", " ").split()
        seen = claimed[-settings.PROXIES] if len(claimed) >= settings.PROXIES else seen
    try:
        address = ipaddress.ip_address(seen)
    except ValueError:
        return seen
    if address.version == 4:
        return seen
    return str(ipaddress.ip_network((address, NETWORK), strict=False))
