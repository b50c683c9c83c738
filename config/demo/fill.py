"""Filling the demonstration: everybody, and then one stream of time over all drafts."""

from collections.abc import Callable

from django.db import transaction

from config.demo.enrol import enrol
from consultations.models import User


def fill(*, say: Callable[[str], None]) -> bool:
    """Fill an empty database, in one transaction: killed half-way, it is empty again."""
    if User.objects.exists():
        return False
    say("Filling the demonstration …")
    with transaction.atomic():
        enrol()
    return True
