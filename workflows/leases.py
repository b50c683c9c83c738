"""One leader among many workers: a row that has to be renewed, so that a dead leader loses it."""

import atexit
import os
import platform
import time
import uuid
from contextlib import suppress
from datetime import timedelta

from django.db import DatabaseError
from django.db.models import Q
from django.utils import timezone

from workflows.models import Lease

TTL = 10.0  # seconds after which a leader that fell silent is replaced


class Leader:
    """This process in the race for the lease `name`."""

    def __init__(self, name: str = "tick") -> None:
        self.name = name
        self._mark = uuid.uuid4().hex
        self._renew_at = 0.0

    @property
    def owner(self) -> str:
        return f"{platform.node()[:60]}:{os.getpid()}:{self._mark}"

    def leads(self) -> bool:
        """Take or renew the lease; in its first half nothing needs to be asked."""
        if time.monotonic() < self._renew_at:
            return True
        began = time.monotonic()
        won = self._take()
        self._renew_at = began + TTL / 2 if won else 0.0
        return won

    def _take(self) -> bool:
        instant = timezone.now()
        free = Lease.objects.filter(Q(owner=self.owner) | Q(expires__lt=instant), name=self.name)
        until = instant + timedelta(seconds=TTL)
        if free.update(owner=self.owner, expires=until):
            return True
        if Lease.objects.filter(name=self.name).exists():
            return False
        Lease.objects.bulk_create(
            [Lease(name=self.name, owner=self.owner, expires=until)], ignore_conflicts=True
        )
        return Lease.objects.filter(name=self.name, owner=self.owner).exists()

    def step_down(self) -> None:
        """Give the lease back, so that the next worker need not wait for it to run out."""
        if self._renew_at:
            self._renew_at = 0.0
            Lease.objects.filter(name=self.name, owner=self.owner).delete()


this_process = Leader()


@atexit.register
def _step_down() -> None:
    with suppress(DatabaseError):
        this_process.step_down()
