"""The clock's part in personal data: what is over goes, and who has to answer is reminded."""

import time

from consultations.models.people import clock
from consultations.services import keeping, requests

HOUR = 3600.0


class _Last:
    at = -HOUR


def delete_expired() -> int:
    """A job of the tick: a batch at a time, and an hour's rest when nothing is left."""
    if time.monotonic() - _Last.at < HOUR:
        return 0
    deleted = sum(keeping.delete_expired(by=clock()).values())
    if not deleted:
        _Last.at = time.monotonic()
    return deleted


def remind_of_erasures() -> int:
    """A job of the tick: requests for erasure whose last day is near."""
    return requests.remind_of_erasures(by=clock())
