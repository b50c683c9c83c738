"""`python -m tests.bench.redlining`: how long the redline of two texts of 100 kB takes.

Prints JSON: by the kind of rewrite the median and the slowest of five runs, in seconds.
"""

import json
import random
import statistics
import sys
import time

from consultations.text.redline import redline

SIZE, RUNS = 100_000, 5
SYLLABLES = ("mia", "sto", "pro", "gram", "współ", "pra", "ca", "za", "da", "nie", "or", "ga", "ni")


def paragraphs(source: random.Random) -> list[str]:
    """Sentences of made-up words, together about 100 kB."""
    found, size = [], 0
    while size < SIZE:
        words = ["".join(source.choices(SYLLABLES, k=source.randint(1, 4))) for _word in range(40)]
        found.append(" ".join(words).capitalize() + ".")
        size += len(found[-1].encode()) + 1
    return found


def edited(lines: list[str], source: random.Random, share: float) -> list[str]:
    """A few words changed in this share of the paragraphs."""
    changed = []
    for line in lines:
        words = line.split(" ")
        if source.random() < share:
            for _word in range(3):
                words[source.randrange(len(words))] = "inaczej"
        changed.append(" ".join(words))
    return changed


def rewrites(lines: list[str], source: random.Random) -> dict[str, list[str]]:
    shuffled = source.sample(lines, len(lines))
    return {
        "a tenth of the paragraphs edited": edited(lines, source, 0.1),
        "every paragraph edited": edited(lines, source, 1.0),
        "all paragraphs in another order": shuffled,
        "written anew": paragraphs(source),
    }


def seconds(old: str, new: str) -> tuple[float, float]:
    waits = []
    for _run in range(RUNS):
        began = time.perf_counter()
        pieces = redline(old, new)
        waits.append(time.perf_counter() - began)
        assert "".join(one.text for one in pieces if one.op != "removed") == new
    return statistics.median(waits), max(waits)


if __name__ == "__main__":
    source = random.Random(5)  # noqa: S311 - made-up words
    lines = paragraphs(source)
    old = "\n".join(lines)
    found = {name: seconds(old, "\n".join(new)) for name, new in rewrites(lines, source).items()}
    sys.stdout.write(json.dumps(found))
