"""`python -m tests.faults`: kill -9 of the server under load; nothing acknowledged may be lost.

Eight clients file comments with idempotency keys. The server is killed at a random moment after
at least 20 acknowledgements, and started again; what was not acknowledged is sent again under
the same key. In the end the database is compared with what the clients were told.

Then thousands of comments are filed around midnight: the logged instant decides. And fifty
officers answer one comment at once, a hundred times: one does, the others are told who and what.
And a thousand timers are due at once for two workers and four web processes: each fires once.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

from tests.bench.scene import environment, set_up
from tests.bench.serving import Site
from tests.faults import officers, timers
from tests.faults.blows import run
from tests.faults.trial import around_midnight, check
from tests.servers import create_database, start_postgres


def main() -> int:
    given = _arguments()
    began, wrong = time.monotonic(), 0
    with tempfile.TemporaryDirectory(prefix="uwaga-faults-") as folder:
        home = Path(folder)
        home.chmod(0o711)  # as root, PostgreSQL runs as somebody else and must pass through
        for name in [given.only] if given.only else ["SQLite", "PostgreSQL"]:
            wrong += _trial(home, name, given)
    _say(f"{wrong} faults; {time.monotonic() - began:.0f} s")
    return 1 if wrong else 0


def _trial(home: Path, name: str, given: argparse.Namespace) -> int:
    """Blows and midnight, each on a database of its own; gives the number of faults."""
    here = home / name
    here.mkdir(mode=0o711)
    if name == "SQLite":
        return _parts(here, name, dict.fromkeys(PARTS, ""), given)
    child, url = start_postgres(here / "postgres", durable=True)
    try:
        urls = {part: f"{url.rpartition('/')[0]}/{part}" for part in PARTS}
        for part in PARTS:
            create_database(url, part)
        return _parts(here, name, urls, given)
    finally:
        child.stop()


def _parts(here: Path, name: str, urls: Mapping[str, str], given: argparse.Namespace) -> int:
    """The parts asked for, each on a database of its own; gives the number of faults."""
    wrong = 0
    for part in given.part or PARTS:
        home, began = here / part, time.monotonic()
        home.mkdir(mode=0o711)
        words, faults = RUN[part](home, urls[part], given)
        _say(f"{name}: {words}; {time.monotonic() - began:.0f} s")
        wrong += faults
    return wrong


def _midnight(home: Path, url: str, given: argparse.Namespace) -> tuple[str, int]:
    faults = around_midnight(environment(home, url), given.midnight)
    words = f"{given.midnight} comments around midnight, {len(faults)} faults"
    return "\n  ".join([words, *faults[:10]]), len(faults)


def _officers(home: Path, url: str, given: argparse.Namespace) -> tuple[str, int]:
    env = environment(home, url)
    scene = set_up(env, comments=given.rounds, officers=given.officers)
    race = officers.run(Site(home, env), scene, numbers=range(1, given.rounds + 1))
    return f"{given.officers} officers on one comment: {race}", len(race.faults)


def _kills(home: Path, url: str, given: argparse.Namespace) -> tuple[str, int]:
    env = environment(home, url)
    scene = set_up(env)
    done = run(Site(home, env), scene, home, kills=given.kills, forget_keys=given.forget_keys)
    verdict = check(env, done)
    return str(verdict), len(verdict.faults)


def _timers(home: Path, url: str, given: argparse.Namespace) -> tuple[str, int]:
    if not url:
        return "timers: several processes share no SQLite", 0
    found = timers.run(home, environment(home, url), rounds=given.timers // 2, kills=2)
    return f"{timers.WORKERS} workers and {timers.WEBS} web processes: {found}", len(found.faults)


RUN = {"kills": _kills, "midnight": _midnight, "officers": _officers, "timers": _timers}
PARTS = tuple(RUN)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--midnight", type=int, default=10_000, help="comments around midnight")
    parser.add_argument("--officers", type=int, default=50, help="who answer one comment at once")
    parser.add_argument("--rounds", type=int, default=100, help="of the officers")
    parser.add_argument("--timers", type=int, default=1000, help="due at once (PostgreSQL)")
    parser.add_argument("--part", choices=PARTS, action="append", help="may be repeated")
    parser.add_argument("--only", choices=["SQLite", "PostgreSQL"])
    parser.add_argument(
        "--forget-keys",
        action="store_true",
        help="control: what was cut off is sent under a new key, and doubles must be found",
    )
    return parser.parse_args()


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
