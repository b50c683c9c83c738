"""`python -m tests.proof`: altered records against the verifiers in Python and in JavaScript.

Single mutations of records of every scope: none may agree. Leaves altered and sealed afresh with
the office's own key: both verifiers must say the same of each.
"""

import argparse
import sys
import time

from tests.proof import node, python
from tests.proof.trial import Count, mutate, reseal


def main() -> int:
    given = _arguments()
    if node.node() is None:
        _say(node.NO_NODE)
        return 1
    began = time.monotonic()
    with node.running() as script:
        both = python.said, script.said
        mutated = mutate(given.mutations, given.seed, *both)
        resealed = reseal(given.mutations // 10, given.seed, *both)
    _say(
        f"{mutated.tried} mutations: {len(mutated.missed)} missed,"
        f" {len(mutated.differing)} judged differently"
    )
    _say(
        f"{resealed.tried} leaves altered and sealed afresh: {resealed.codes['']} allowed by both,"
        f" {len(resealed.differing)} judged differently"
    )
    _say(f"refused for: {_counted(mutated)}; resealed: {_counted(resealed)}")
    for pair, times in (mutated.other_codes + resealed.other_codes).items():
        _say(f"refused by both, but Python says {pair[0]} and JavaScript {pair[1]}: {times}")
    wrong = [*mutated.missed, *mutated.differing, *resealed.differing]
    for one in wrong[:10]:
        _say(one)
    _say(f"seed {given.seed}; {time.monotonic() - began:.0f} s")
    return 1 if wrong else 0


def _counted(found: Count) -> str:
    return ", ".join(f"{code} {times}" for code, times in found.codes.most_common() if code)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.proof", description=__doc__)
    parser.add_argument("--mutations", type=int, default=50_000)
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


def _say(words: str) -> None:
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
