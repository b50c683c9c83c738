"""Both verifiers on the same altered records: what neither may let through, and must agree on."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from tests.proof.forgeries import altered_leaves
from tests.proof.mutations import mutations
from tests.proof.records import samples, seeded

Said = tuple[bool, str]  # whether the record agrees, and if not, which check says so
Verifier = Callable[[bytes], Said]
OTHER_RECORD_EVERY = 100  # mutations of one record before the next log is written


@dataclass
class Count:
    """What a trial found: records tried, mutations let through, records judged differently."""

    tried: int = 0
    missed: list[str] = field(default_factory=list)
    differing: list[str] = field(default_factory=list)
    codes: Counter[str] = field(default_factory=Counter)
    other_codes: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, name: str, record: bytes, python: Said, javascript: Said) -> None:
        """One record and its two verdicts; the record is kept as hex when something is wrong."""
        self.tried += 1
        self.codes[python[1]] += 1
        if python[0] != javascript[0]:
            self.differing.append(f"{name}: {python} {javascript} {record.hex()}")
        elif python != javascript:
            self.other_codes[python[1], javascript[1]] += 1


def altered(count: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """So many single mutations, the three scopes in turn, over ever new logs; and their names."""
    chance = seeded(seed)
    left = count
    for turn in range(count):
        for scope, record in samples(seed + turn).items():
            share = min(left, OTHER_RECORD_EVERY)
            for kind, mutant in islice(mutations(record, chance), share):
                yield f"{scope}, {kind}", mutant
            left -= share
        if left == 0:
            return


def mutate(count: int, seed: int, python: Verifier, javascript: Verifier) -> Count:
    """Single mutations: neither verifier may say of one that it agrees."""
    found = Count()
    for name, record in altered(count, seed):
        said = python(record), javascript(record)
        found.add(name, record, *said)
        if said[0][0] or said[1][0]:
            found.missed.append(f"{name}: {said} {record.hex()}")
    return found


def reseal(count: int, seed: int, python: Verifier, javascript: Verifier) -> Count:
    """Leaves altered and sealed afresh: some are allowed, and both verifiers must say the same."""
    found = Count()
    for record in islice(altered_leaves(seeded(seed)), count):
        found.add("resealed", record, python(record), javascript(record))
    return found
