"""The hook for a virus scanner: a command of the city's own that reads the file and says yes or no.

`UWAGA_SCANNER` is the command; it gets the file on standard input and ends with 0 (clean) or 1
(infected). Anything else, an end by time among it, means that nobody looked, and nothing is taken.
"""

import logging
import shlex
import subprocess

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from consultations.errors import Invalid, Refused

log = logging.getLogger(__name__)
SECONDS = 60


class NotScanned(Refused):
    """The scanner gave no answer, so the file is not taken."""

    code = "not_scanned"
    words = _(
        "The file could not be checked for viruses now, so it was not taken. Your text is kept."
        " Try again in a while, or write to the unit."
    )


def is_configured() -> bool:
    """Whether files are looked at by a scanner at all."""
    return bool(settings.SCANNER.strip())


def scan(content: bytes) -> None:
    """Nothing where no scanner is set; raises Invalid for an infected file, else NotScanned."""
    if not is_configured():
        return
    try:
        done = subprocess.run(
            shlex.split(settings.SCANNER),
            input=content,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=SECONDS,
            check=False,
        )
    except (OSError, ValueError, subprocess.SubprocessError):
        log.exception("the scanner of files cannot be run")
        raise NotScanned from None
    if done.returncode == 1:
        raise Invalid(_("The scanner found something harmful in this file."), "file")
    if done.returncode != 0:
        log.error("the scanner of files ended with %s", done.returncode)
        raise NotScanned
