"""`python -m tests.faults`: kill -9 of the server under load; nothing acknowledged may be lost.

Eight clients file comments with idempotency keys. The server is killed at a random moment after
at least 20 acknowledgements, and started again; what was not acknowledged is sent again under
the same key. In the end the database is compared with what the clients were told.

Then thousands of comments are filed around midnight: the logged instant decides.
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path

from tests.bench.scene import environment, set_up
from tests.bench.serving import Site
from tests.faults.blows import run
from tests.faults.trial import Verdict, around_midnight, check
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
        return _both(here, name, ("", ""), given)
    child, url = start_postgres(here / "postgres", durable=True)
    try:
        create_database(url, "midnight")
        return _both(here, name, (url, f"{url.rpartition('/')[0]}/midnight"), given)
    finally:
        child.stop()


def _both(here: Path, name: str, urls: tuple[str, str], given: argparse.Namespace) -> int:
    verdict = _blows(here, urls[0], given)
    _say(f"{name}: {verdict}")
    night = here / "midnight"
    night.mkdir()
    began = time.monotonic()
    faults = around_midnight(environment(night, urls[1]), given.midnight)
    took = time.monotonic() - began
    _say(f"{name}: {given.midnight} comments around midnight, {len(faults)} faults; {took:.0f} s")
    for one in faults[:10]:
        _say(f"  {one}")
    return len(faults) + len(verdict.faults)


def _blows(home: Path, url: str, given: argparse.Namespace) -> Verdict:
    env = environment(home, url)
    scene = set_up(env)
    done = run(Site(home, env), scene, home, kills=given.kills, forget_keys=given.forget_keys)
    return check(env, done)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--midnight", type=int, default=10_000, help="comments around midnight")
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
