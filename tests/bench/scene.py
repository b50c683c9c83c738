"""A scratch database to measure on: the cast, one open round, comments by the thousand.

`python -m tests.bench.scene` fills the database of the environment and prints a `Scene` as JSON.
The site itself then runs without the demonstration, by the real clock: the round is laid so that
it is open now.
"""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SLUG = "program-2027"
PROVISIONS = int(os.environ.get("BENCH_PROVISIONS", "60"))
REASONS = "Piszemy oferty po pracy i w weekendy; dłuższy termin pozwoli na rzetelne przygotowanie."
WITHOUT_TREE = "BENCH_WITHOUT_TREE"  # in the environment: entries get no place in the tree
WITHOUT_VERSIONS = "FAULTS_WITHOUT_VERSIONS"  # likewise: no answer is refused as stale
SECRET = "of-the-bench-only-" + "0" * 50


@dataclass(frozen=True)
class Member:
    """Somebody who speaks for an organisation: the key of her session, and the organisation's."""

    session: str
    organisation: int


@dataclass(frozen=True)
class Colleague:
    """An officer: the key of her session, and the name colleagues read."""

    session: str
    name: str


@dataclass(frozen=True)
class Scene:
    """What whoever loads the site must know of its database."""

    slug: str
    key: str  # of the provision that is commented on
    members: list[Member] = field(default_factory=list)
    officer: str = ""  # the key of her session
    drafts: list[str] = field(default_factory=list)  # addresses of rounds still to be announced
    officers: list[Colleague] = field(default_factory=list)  # beside the one above


def environment(home: Path, database_url: str = "", **more: str) -> dict[str, str]:
    """The environment of the site on a scratch folder: nothing of the shell's own settings."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}
    ours = {
        "DJANGO_SETTINGS_MODULE": "tests.bench.settings",
        "SECRET_KEY": SECRET,
        "UWAGA_VAR": str(home),
        "LANG": "C.UTF-8",
        "UWAGA_PROBE": "0",  # the address it would read is not served
        "UWAGA_LIMIT_FILE": "1000000/3600",  # counted as on a real site, but never reached
        "EMAIL_URL": "dummymail://",  # letters are written and handed over to nobody
    }
    database = {"DATABASE_URL": database_url} if database_url else {}
    return kept | ours | database | more


def set_up(
    env: Mapping[str, str], *, comments: int = 0, drafts: int = 0, officers: int = 0
) -> Scene:
    """Fill the database of `env` in a process of its own."""
    command = [sys.executable, "-m", "tests.bench.scene", str(comments), str(drafts), str(officers)]
    done = subprocess.run(
        command,
        cwd=ROOT,
        env={**env, "UWAGA_DEMO": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"the scene could not be set up:\n{done.stdout}{done.stderr}")
    return read(done.stdout.splitlines()[-1])


def read(text: str) -> Scene:
    """The scene from its JSON."""
    found = json.loads(text)
    members = [Member(**one) for one in found["members"]]
    officers = [Colleague(**one) for one in found["officers"]]
    return Scene(**found | {"members": members, "officers": officers})


if __name__ == "__main__":
    import django

    django.setup()
    from tests.bench.filling import fill

    sys.stdout.write(json.dumps(asdict(fill(*map(int, sys.argv[1:])))))
