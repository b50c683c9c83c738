"""Clients that file comments and do not give up: what was not acknowledged is sent again."""

import asyncio
import re
import time
import uuid
from dataclasses import dataclass, field

from tests.bench.caller import Caller, Reply
from tests.bench.filing import form
from tests.faults.checker import Acknowledged

AGAIN = 10  # every tenth acknowledged comment is sent once more, as a double click would
BUSY = 503


@dataclass
class Journal:
    """What the clients know: what was acknowledged, and which sends were cut off, and when."""

    acknowledged: list[Acknowledged] = field(default_factory=list)
    cut: list[tuple[str, float]] = field(default_factory=list)
    forget_keys: bool = False  # the control: what was cut off is sent under a new key


@dataclass
class Crowd:
    """The clients, and whether the site is there."""

    slug: str
    page: str
    journal: Journal
    up: asyncio.Event = field(default_factory=asyncio.Event)
    over: bool = False

    async def client(self, caller: Caller) -> None:
        """File one comment after another until it is over, and each until it is acknowledged."""
        many = 0
        while not self.over:
            many += 1
            key = await self._file(caller, str(uuid.uuid4()), f"{uuid.uuid4()} {many}")
            if many % AGAIN == 0:
                await self._file(caller, *key)

    async def _file(self, caller: Caller, key: str, reasons: str) -> tuple[str, str]:
        """Send it until it is acknowledged; gives the key and the reasons it went under."""
        while True:
            await self.up.wait()
            sent = form(caller.organisation, key) | {"reasons": reasons}
            try:
                reply = await caller.post(self.page, **sent)
            except (OSError, asyncio.IncompleteReadError):
                if all(one.key != key for one in self.journal.acknowledged):
                    self.journal.cut.append((key, time.time()))
                key = str(uuid.uuid4()) if self.journal.forget_keys else key
                await asyncio.sleep(0.05)
                continue
            if reply.status != BUSY:
                self.journal.acknowledged.append(Acknowledged(key, self._number(reply)))
                return key, reasons

    def _number(self, reply: Reply) -> int:
        found = re.match(rf"/k/{self.slug}/uwagi/(\d+)/", reply.location)
        if reply.status != 302 or found is None:
            raise RuntimeError(f"not acknowledged: {reply.status} {reply.location}")
        return int(found[1])
