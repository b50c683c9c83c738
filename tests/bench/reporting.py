"""The files of a report of many comments: what gathering and each writer cost, and in what memory.

`python -m tests.bench.reporting COMMENTS` prints JSON; the environment names the database. Beside
each writer stands a bare one, given the same rows in the same run: typst with one document of
headings and paragraphs, python-docx with a copied row, openpyxl, lxml, and the standard library.
"""

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from tests.bench.figures import Figure, at_most
from tests.bench.scene import ROOT

COMMENTS, TIMES_BARE, MEGABYTES = 10_000, 2.0, 300
WRITERS = ("csv", "html", "docx", "odt", "xlsx", "json", "pdf")


def measure(env: Mapping[str, str], home: Path, comments: int) -> dict[str, Any]:
    """Seconds, megabytes and rows of each writer and of the bare one."""
    found = _in_process(env, ["tests.bench.reporting_gather", str(home)])
    for ending in WRITERS:
        sides = {
            side: _in_process(env, ["tests.bench.reporting_write", side, ending, str(home)])
            for side in ("bare", "ours")
        }
        found[ending] = sides
    return found | {"comments": comments}


def _in_process(env: Mapping[str, str], arguments: list[str]) -> dict[str, Any]:
    command = [sys.executable, "-m", *arguments]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{arguments} failed:\n{done.stdout}{done.stderr}")
    said: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return said


def report(found: Mapping[str, Any]) -> Iterator[Figure]:
    comments = found["comments"]
    words = (
        f"{found['seconds']:.1f} s, longest slice {found['longest_ms']:.0f} ms,"
        f" {found['queries']} queries"
    )
    yield Figure(f"report of {comments:,}: gathering", words)
    for ending in WRITERS:
        ours, bare = found[ending]["ours"], found[ending]["bare"]
        words = (
            f"{ours['seconds']:.1f} s against {bare['seconds']:.1f} s,"
            f" {ours['megabytes']:.0f} MB a process against {bare['megabytes']:.0f} MB"
        )
        what = f"report of {comments:,}, {ending}"
        yield at_most(f"{what} / bare", ours["seconds"] / bare["seconds"], TIMES_BARE, words)
        yield at_most(f"{what}: megabytes of a process", ours["megabytes"], MEGABYTES, "")
        holds = ours["rows"] == ours["different"] == comments
        yield Figure(f"{what}: every comment once", f"{ours['rows']} rows", holds)
