"""`python -m tests.faults`: kill -9 of the server under load; nothing acknowledged may be lost.

Eight clients file comments with idempotency keys. The server is killed at a random moment after
at least 20 acknowledgements, and started again; what was not acknowledged is sent again under
the same key. In the end the database is compared with what the clients were told.
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path

from tests.bench.scene import environment, set_up
from tests.bench.serving import Site
from tests.faults.blows import run
from tests.faults.trial import Verdict, check
from tests.servers import start_postgres


def main() -> int:
    given = _arguments()
    began, wrong = time.monotonic(), 0
    with tempfile.TemporaryDirectory(prefix="uwaga-faults-") as folder:
        home = Path(folder)
        home.chmod(0o711)  # as root, PostgreSQL runs as somebody else and must pass through
        for name in [given.only] if given.only else ["SQLite", "PostgreSQL"]:
            verdict = _trial(home, name, given)
            _say(f"{name}: {verdict}")
            wrong += len(verdict.faults)
    _say(f"{wrong} faults; {time.monotonic() - began:.0f} s")
    return 1 if wrong else 0


def _trial(home: Path, name: str, given: argparse.Namespace) -> Verdict:
    here = home / name
    here.mkdir(mode=0o711)
    if name == "SQLite":
        return _blows(here, "", given)
    child, url = start_postgres(here / "postgres", durable=True)
    try:
        return _blows(here, url, given)
    finally:
        child.stop()


def _blows(home: Path, url: str, given: argparse.Namespace) -> Verdict:
    env = environment(home, url)
    scene = set_up(env)
    done = run(Site(home, env), scene, home, kills=given.kills, forget_keys=given.forget_keys)
    return check(env, done)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--kills", type=int, default=20)
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
