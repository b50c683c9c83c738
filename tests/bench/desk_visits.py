"""What an officer at the review desk looks at and does: one function a visit, over HTTP."""

from collections.abc import Iterator
from dataclasses import dataclass

from tests.bench.caller import Caller, Reply

RARE = "Termin wynosi {number} dni"  # in one comment; the other word is in all of them
COMMON = "weekendy"


@dataclass
class Officer:
    """One of the ten: her connection, the comment she is at, where the desk is."""

    caller: Caller
    queue: str
    provision: str
    numbers: Iterator[int]
    number: int = 1
    version: str = ""


async def read(officer: Officer, query: str, address: str = "") -> Reply:
    """The queue, or another address, with this after it; RuntimeError unless it comes."""
    reply = await officer.caller.ask("GET", asked := (address or officer.queue) + query)
    if reply.status != 200:
        raise RuntimeError(f"{asked} answered {reply.status}")
    return reply


async def sent(officer: Officer, place: str, **fields: str) -> None:
    """A form of the queue; RuntimeError when it is refused."""
    reply = await officer.caller.post(officer.queue + place, **fields)
    if reply.status != 302:
        raise RuntimeError(f"{officer.queue}{place} answered {reply.status}")


async def queue(officer: Officer) -> None:
    await read(officer, "")


async def by_provision(officer: Officer) -> None:
    await read(officer, f"?stan=admitted&przepis={officer.provision}")


async def by_department(officer: Officer) -> None:
    await read(officer, "?stan=open&wydzial=brak")


async def search_common(officer: Officer) -> None:
    await read(officer, f"?szukaj={COMMON}")


async def search_rare(officer: Officer) -> None:
    words = RARE.format(number=officer.number).replace(" ", "+")
    await read(officer, f"?szukaj={words}")


async def open_comment(officer: Officer) -> None:
    """The next of her comments beside the list."""
    officer.number = next(officer.numbers)
    page = (await read(officer, f"?uwaga={officer.number}")).body
    officer.version = page.partition(b'name="version" value="')[2].partition(b'"')[0].decode()


async def answer(officer: Officer) -> None:
    """The answer to the comment she has open."""
    given = {"outcome": "rejected", "reasons": f"Zostaje ({officer.number})."}
    await sent(officer, f"{officer.number}/odpowiedz/", **given, version=officer.version)
