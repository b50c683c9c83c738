"""The job that publishes signed heads of the log."""

import time

from consultations.services.checkpoints import publish_checkpoint

EVERY = 10.0  # seconds: how long an entry waits at most for the head that covers it


class _Last:
    at = -EVERY


def publish() -> int:
    """A job of the tick: sign the log when it has grown; a refusal of the signer is logged."""
    if time.monotonic() - _Last.at < EVERY:
        return 0
    _Last.at = time.monotonic()
    return int(publish_checkpoint() is not None)
