"""What an officer does with comments that say the same: proposed, similar, made, taken apart."""

from tests.bench.desk_visits import Officer, read, sent

APART = 5_000  # what she groups is this far from what she answers, and from each other


async def proposed(officer: Officer) -> None:
    """Which groups are proposed: of all comments of the round."""
    await read(officer, "", officer.queue.replace("/uwagi/", "/grupy/"))


async def similar(officer: Officer) -> None:
    """All that say nearly the same as one of hers."""
    await read(officer, f"{_lead(officer)}/podobne/")


async def made(officer: Officer) -> None:
    """A group of two."""
    other = str(_lead(officer) + APART)
    await sent(officer, f"{_lead(officer)}/grupuj/", uwaga=other, istota="21 dni")


async def taken_apart(officer: Officer) -> None:
    """Each of them by itself again."""
    await sent(officer, f"{_lead(officer)}/rozwiaz-grupe/")


def _lead(officer: Officer) -> int:
    return officer.number + APART
