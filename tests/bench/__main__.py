"""`python -m tests.bench`: what the site costs beside a limit measured in the same run.

Machines are noisy: read the ratios. Both sides take turns; medians, with least and greatest.
"""

import argparse
import asyncio
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from tests.bench import appending, desk, fanout, filing, listing, reporting
from tests.bench.figures import Figure, at_most
from tests.bench.listening import allow_many_sockets
from tests.bench.scene import ROOT, WITHOUT_TREE, Scene, environment, set_up
from tests.bench.serving import Site
from tests.servers import create_database, start_postgres, start_valkey

QUERIES_OF_FILING = 15
QUERIES_OF_READING, MS_OF_READING = 25, 150
FEW, MANY = 100, 10_000
LONG = "300"  # provisions of a long draft
SECONDS_OF_REDLINE = 1.0
PARTS = ("filing", "log", "reading", "list", "desk", "report", "text", "fanout")
ENTRIES, SECONDS_OF_CHECK, MS_OF_PROOF = 1_000_000, 60, 50


def main() -> int:
    given = _arguments()
    began = time.monotonic()
    failed = 0
    with tempfile.TemporaryDirectory(prefix="uwaga-bench-") as folder:
        home = Path(folder)
        home.chmod(0o711)  # as root, PostgreSQL runs as somebody else and must pass through
        for figure in _figures(home, given):
            say(str(figure))
            failed += figure.holds is False
    say(f"{failed} of the bounds do not hold; {time.monotonic() - began:.0f} s")
    return 1 if failed else 0


def say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--only", choices=PARTS, action="append", help="may be repeated")
    parser.add_argument("--rounds", type=int, default=6)
    parser.add_argument("--seconds", type=float, default=3, help="of one side in one round")
    parser.add_argument("--sockets", type=int, default=2000)
    parser.add_argument("--entries", type=int, default=ENTRIES, help="of the long log")
    parser.add_argument("--sqlite-only", action="store_true", help="no PostgreSQL, no Valkey")
    return parser.parse_args()


def _figures(home: Path, given: argparse.Namespace) -> Iterator[Figure]:
    measures: dict[str, Callable[[Path, argparse.Namespace], Iterator[Figure]]] = {
        "filing": _filing,
        "log": _log,
        "reading": lambda home, _given: _reading(home),
        "list": _list,
        "desk": _desk,
        "report": lambda home, _given: _report(home),
        "text": lambda home, _given: _text(home),
        "fanout": _fanout,
    }
    for part in PARTS:
        if part in (given.only or PARTS):
            yield from measures[part](home, given)


def _filing(home: Path, given: argparse.Namespace) -> Iterator[Figure]:
    yield from _filing_on(_folder(home, "filing"), "", "SQLite", given)
    if not given.sqlite_only:
        with _postgres(home) as url:
            yield from _filing_on(_folder(home, "filing-pg"), url, "PostgreSQL", given)


def _filing_on(home: Path, url: str, name: str, given: argparse.Namespace) -> Iterator[Figure]:
    env = environment(home, url)
    scene = set_up(env)
    found = inside(env, scene)
    words = f"{found['filing']} and BEGIN, COMMIT" + (
        f" and {found['bounds'] - 2} more bounds" if found["bounds"] > 2 else ""
    )
    yield at_most(f"queries of one filing, {name}", found["filing"], QUERIES_OF_FILING, words)
    with _serving(home, env) as site:
        rounds = asyncio.run(
            filing.measure(site, scene, rounds=given.rounds, seconds=given.seconds)
        )
        yield from filing.report(name, rounds)


def _log(home: Path, given: argparse.Namespace) -> Iterator[Figure]:
    """What the log costs whoever files, and whoever checks it when it has grown long."""
    yield from _log_on(_folder(home, "log"), "", "SQLite", given)
    if not given.sqlite_only:
        with _postgres(home) as url:
            yield from _log_on(_folder(home, "log-pg"), url, "PostgreSQL", given)
    yield from _long_log(environment(_folder(home, "log-long")), given.entries)


def _log_on(home: Path, url: str, name: str, given: argparse.Namespace) -> Iterator[Figure]:
    env = environment(home, url) | {"UWAGA_EMBEDDED_WORKER": "0"}
    scene = set_up(env)
    with _serving(home, env) as one, _serving(home, env | {WITHOUT_TREE: "1"}) as other:
        measured = appending.filing([one, other], scene, rounds=given.rounds, seconds=given.seconds)
        yield appending.report(name, asyncio.run(measured))
    if url:
        found = appending.loop(env, rounds=given.rounds, seconds=given.seconds)
        yield from appending.report_loop(name, found)


def _long_log(env: dict[str, str], entries: int) -> Iterator[Figure]:
    command = [sys.executable, "-m", "tests.bench.long_log", str(entries)]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=True)
    found = json.loads(done.stdout.splitlines()[-1])
    words = f"{found['check']:.1f} s, faults: {len(found['faults'])}"
    yield at_most(f"check of {entries:,} entries", found["check"], SECONDS_OF_CHECK, words)
    words = f"{found['proof']:.2f} ms, slowest {found['slowest_proof']:.2f} ms"
    yield at_most("proof of one of them", found["slowest_proof"], MS_OF_PROOF, words)


def _list(home: Path, given: argparse.Namespace) -> Iterator[Figure]:
    """The pages of the public list, far from its beginning and near it."""
    yield from _list_on(_folder(home, "list"), "", "SQLite")
    if not given.sqlite_only:
        with _postgres(home) as url:
            yield from _list_on(_folder(home, "list-pg"), url, "PostgreSQL")


def _list_on(home: Path, url: str, name: str) -> Iterator[Figure]:
    env = environment(home, url)
    scene = set_up(env, comments=listing.COMMENTS)
    yield from listing.report(name, listing.measure(env, scene))


def _desk(home: Path, given: argparse.Namespace) -> Iterator[Figure]:
    """The pages of the review desk while ten officers work."""
    yield from _desk_on(_folder(home, "desk"), "", "SQLite")
    if not given.sqlite_only:
        with _postgres(home) as url:
            yield from _desk_on(_folder(home, "desk-pg"), url, "PostgreSQL")


def _desk_on(home: Path, url: str, name: str) -> Iterator[Figure]:
    env = environment(home, url)
    scene = set_up(env, comments=desk.COMMENTS, officers=desk.OFFICERS)
    with _serving(home, env) as site:
        yield from desk.report(name, asyncio.run(desk.measure(site, scene)))


def _report(home: Path) -> Iterator[Figure]:
    """The files of a report of many comments, beside bare writers of the same rows."""
    folder = _folder(home, "report")
    env = environment(folder)
    set_up(env, comments=reporting.COMMENTS)
    yield from reporting.report(reporting.measure(env, folder, reporting.COMMENTS))


def _text(home: Path) -> Iterator[Figure]:
    """A draft of 300 provisions: its reading page, and the redline of two texts of 100 kB."""
    yield from _reading(home, "long draft", BENCH_PROVISIONS=LONG)
    command = [sys.executable, "-m", "tests.bench.redlining"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    for name, (median, worst) in json.loads(done.stdout).items():
        words = f"{median:.2f} s, slowest {worst:.2f} s"
        yield at_most(f"redline of 100 kB, {name}", worst, SECONDS_OF_REDLINE, words)


def _reading(home: Path, what: str = "reading", **more: str) -> Iterator[Figure]:
    pages = {}
    for many in (FEW, MANY):
        folder = _folder(home, f"{what.replace(' ', '-')}-{many}")
        env = environment(folder, **more)
        pages[many] = inside(env, set_up(env, comments=many))["pages"]
    for reader, page in pages[MANY].items():
        few, name = pages[FEW][reader], f"{what} page, {reader}"
        words = f"{page['queries']} with {MANY} comments, {few['queries']} with {FEW}"
        yield at_most(f"{name}: queries", page["queries"], QUERIES_OF_READING, words)
        yield Figure(f"{name}: queries are constant", "", page["queries"] == few["queries"])
        spread = f"{page['median_ms']:.0f} ({page['least_ms']:.0f}–{page['greatest_ms']:.0f})"
        words = f"{spread} ms for {page['size'] // 1000} kB; with {FEW} {few['median_ms']:.0f} ms"
        yield at_most(f"{name}: time", page["median_ms"], MS_OF_READING, words)


def _fanout(home: Path, given: argparse.Namespace) -> Iterator[Figure]:
    room = allow_many_sockets(4 * given.sockets + 200)
    sockets = min(given.sockets, (room - 200) // 4)
    if sockets < given.sockets:
        yield Figure(f"only {sockets} sockets: ulimit -n is {room}", "", holds=False)
    bounds = {"one process in memory": fanout.TIMES_BARE, "Valkey": fanout.TIMES_BARE_VALKEY}
    for name, bound in bounds.items():
        if name == "Valkey" and given.sqlite_only:
            continue
        with _layer(home, name) as more:
            here = _folder(home, f"fanout-{name.replace(' ', '-')}")
            env = environment(here, **more)
            scene = set_up(env)
            with _serving(here, env) as site:
                rounds = given.rounds + 2
                found = asyncio.run(
                    fanout.measure(site, scene, here, sockets=sockets, rounds=rounds)
                )
            yield from fanout.report(name, found, sockets, bound)


def inside(env: dict[str, str], scene: Scene, rounds: int = 20) -> dict[str, Any]:
    """Queries and times of pages, read so many times in a process of its own."""
    command = [sys.executable, "-m", "tests.bench.inside", json.dumps(asdict(scene)), str(rounds)]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{command[2]} failed:\n{done.stdout}{done.stderr}")
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def _folder(home: Path, name: str) -> Path:
    folder = home / name
    folder.mkdir()
    return folder


@contextmanager
def _serving(home: Path, env: dict[str, str]) -> Iterator[Site]:
    site = Site(home, env)
    site.start()
    try:
        yield site
    finally:
        site.stop()


@contextmanager
def _postgres(home: Path) -> Iterator[str]:
    """An empty database on a PostgreSQL of its own that waits for the disk, as a real one does."""
    child, url = start_postgres(home / "postgres", durable=True)
    try:
        server = url.rpartition("/")[0]
        create_database(f"{server}/postgres", "bench")
        yield f"{server}/bench"
    finally:
        child.stop()


@contextmanager
def _layer(home: Path, name: str) -> Iterator[dict[str, str]]:
    if name != "Valkey":
        yield {}
        return
    child, url = start_valkey(home / "valkey")
    try:
        yield {"VALKEY_URL": url}
    finally:
        child.stop()


if __name__ == "__main__":
    sys.exit(main())
