"""The public list of comments: its first, middle and last page in turns, inside one process.

`python -m tests.bench.listing SCENE ROUNDS` prints JSON; the environment names the database.
"""

import json
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import asdict

from tests.bench.figures import Figure, at_most, spread
from tests.bench.scene import ROOT, Scene

COMMENTS, ROUNDS = 25_000, 20
TIMES_FIRST = 1.5  # what the middle or the last page may cost, against the first
QUERIES = 25


def pages(count: int) -> dict[str, str]:
    """The addresses of the pages, in the round with so many comments."""
    return {"first": "", "middle": f"?po={count // 2}", "last": "?koniec"}


def measure(env: Mapping[str, str], scene: Scene) -> dict[str, dict[str, list[float]]]:
    """For each page its queries and its times in milliseconds, turn by turn."""
    command = [sys.executable, "-m", "tests.bench.listing", json.dumps(asdict(scene)), str(ROUNDS)]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{command[2]} failed:\n{done.stdout}{done.stderr}")
    found: dict[str, dict[str, list[float]]] = json.loads(done.stdout.splitlines()[-1])
    return found


def report(name: str, found: Mapping[str, Mapping[str, list[float]]]) -> Iterator[Figure]:
    first = found["first"]
    for page in ("middle", "last"):
        ratios = [a / b for a, b in zip(found[page]["ms"], first["ms"], strict=True)]
        times = f"{spread(found[page]['ms'])} ms against {spread(first['ms'])}"
        ratio = spread(ratios)
        what = f"list of {COMMENTS:,}, {page} page / first, {name}"
        yield at_most(what, ratio.median, TIMES_FIRST, f"{ratio}; {times}")
    queries = {page: int(one["queries"][0]) for page, one in found.items()}
    what = f"list of {COMMENTS:,}: queries, {name}"
    yield at_most(what, max(queries.values()), QUERIES, str(queries))


if __name__ == "__main__":
    import django

    django.setup()
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from consultations.models import Comment
    from tests.bench.scene import read

    settings.ALLOWED_HOSTS = ["*"]
    slug, client = read(sys.argv[1]).slug, Client()
    asked = pages(Comment.objects.count())
    paths = {page: f"/k/{slug}/uwagi/{query}" for page, query in asked.items()}
    said: dict[str, dict[str, list[float]]] = {page: {"ms": [], "queries": []} for page in paths}
    for page, path in paths.items():
        client.get(path)  # to warm up
        with CaptureQueriesContext(connection) as captured:
            assert client.get(path).status_code == 200
            said[page]["queries"].append(len(captured))
    for _turn in range(int(sys.argv[2])):
        for page, path in paths.items():
            began = time.perf_counter()
            client.get(path)
            said[page]["ms"].append((time.perf_counter() - began) * 1e3)
    sys.stdout.write(json.dumps(said))
