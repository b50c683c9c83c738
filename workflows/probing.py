"""The daily look at the published text from outside: is it where the notice says, unchanged?"""

import hashlib
import logging
import time
from urllib.error import URLError
from urllib.request import Request, urlopen

from django.conf import settings

from consultations import calendar
from consultations.models import Consultation, Entry
from consultations.models.people import clock
from consultations.selectors import notices
from consultations.services import consultations as rounds
from workflows import loop

log = logging.getLogger(__name__)
PATIENCE = 5.0  # seconds for one look
TRIES, PAUSE = 3, 60.0  # looks in vain before that is recorded, and seconds between them
MOST_BYTES = 5_000_000

_in_vain: dict[str, tuple[int, float]] = {}  # address: how often, and not to be tried before


def probe() -> int:
    """A job of the tick: look at one text not looked at today; the next one in the next tick.

    One at a time, so that a site that does not answer keeps no deadline waiting. Outside any
    transaction: the site that answers is often this very process.
    """
    if not settings.PROBE:
        return 0
    waiting = _waiting()
    if not waiting:
        return 0
    if len(waiting) > 1:
        loop.wake()
    consultation, address = waiting[0]
    found = look_at(address)
    if not found and _tries_again(address):
        return 0
    _in_vain.pop(address, None)
    return int(rounds.record_probe(consultation, sha256=found, by=clock()))


def _waiting() -> list[tuple[Consultation, str]]:
    """The running rounds whose text was not looked at today, with its address."""
    began, instant = calendar.start_of(rounds.today()), time.monotonic()
    looked = Entry.objects.filter(kind=notices.PROBED, at__gte=began)
    running = Consultation.objects.filter(state__in=rounds.PROBED)
    rest = running.exclude(pk__in=looked.values("consultation")).order_by("pk")
    proofs = [(one, notices.proof(one)) for one in rest]
    return [
        (one, proof.address)
        for one, proof in proofs
        if proof is not None and _in_vain.get(proof.address, (0, 0.0))[1] <= instant
    ]


def _tries_again(address: str) -> bool:
    """Whether a look in vain is only counted: a server that is just starting does not answer."""
    tries = _in_vain.get(address, (0, 0.0))[0] + 1
    _in_vain[address] = (tries, time.monotonic() + PAUSE)
    return tries < TRIES


def look_at(address: str) -> str:
    """The SHA-256 of what stands at the address; nothing when it cannot be read."""
    if not address.startswith(("http://", "https://")):
        return ""
    request = Request(address, headers={"User-Agent": "Uwaga (daily check of the notice)"})  # noqa: S310
    try:
        with urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310 - http or https, see above
            return hashlib.sha256(answer.read(MOST_BYTES)).hexdigest()
    except (URLError, OSError, ValueError) as trouble:
        log.warning("%s could not be read: %s", address, trouble)
        return ""
