"""`python -m tests.bench.answering [comments] [answered]`: one answer for many, by the real server.

The server carries the run out beside its pages; another process begins it and looks at the
database until it has ended. Prints how long that took, and how many rows came out how.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.bench.scene import ROOT, environment, set_up
from tests.bench.serving import Site

COMMENTS, ANSWERED = 5_000, 500


def inside(env: Mapping[str, str], *words: object) -> dict[str, Any]:
    """Ask a process in the site's environment: `begin 500`, `wait 1`, `wait 1 20`."""
    command = [sys.executable, "-m", "tests.bench.answering", *map(str, words)]
    done = subprocess.run(command, cwd=ROOT, env=dict(env), capture_output=True, text=True)  # noqa: PLW1510
    if done.returncode:
        raise RuntimeError(done.stderr)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def measured(comments: int, many: int) -> dict[str, Any]:
    """The whole of it on SQLite, in a folder of its own."""
    with tempfile.TemporaryDirectory(prefix="uwaga-answering-") as folder:
        env = environment(Path(folder))
        set_up(env, comments=comments)
        site = Site(Path(folder), env)
        site.start()
        try:
            before = site.cpu_seconds()
            found = inside(env, "both", many)
            return found | {"cpu_seconds": round(site.cpu_seconds() - before, 2)}
        finally:
            site.stop()


if __name__ == "__main__":
    if sys.argv[1:2] and sys.argv[1].isalpha():
        import django

        django.setup()
        from tests.bench.answering_inside import ask

        said = ask(sys.argv[1:])
    else:
        given = [int(one) for one in sys.argv[1:]]
        said = measured(*given, *(COMMENTS, ANSWERED)[len(given) :])
    sys.stdout.write(json.dumps(said) + "\n")
