"""What the log costs: filing, and a bare loop of services, with the tree and without it.

`python -m tests.bench.appending SECONDS` is one writer of the loop: it waits for a line, adds
documents as fast as it can for so many seconds, and prints how many. Without notices and letters:
nothing else works meanwhile.
"""

import subprocess
import sys
from collections.abc import Mapping, Sequence
from functools import partial

from tests.bench.caller import here
from tests.bench.figures import Figure, at_least, spread
from tests.bench.filing import _rate, callers_of, send_form
from tests.bench.scene import ROOT, WITHOUT_TREE, Scene
from tests.bench.serving import Site

FILING, LOOP = 0.75, 0.35
WRITERS = 8
BARE = "BENCH_BARE"  # in the environment: the service records nothing at all


async def filing(
    sites: Sequence[Site], scene: Scene, *, rounds: int, seconds: float
) -> list[tuple[float, float]]:
    """Comments a second at the site with the tree and at that without, turn by turn."""
    page = f"/k/{scene.slug}/uwagi/nowa/?przepis={scene.key}"
    file = partial(send_form, page, f"/k/{scene.slug}/uwagi/")
    found = []
    with here(callers_of(sites[0], scene)) as one, here(callers_of(sites[1], scene)) as other:
        for caller in (*one, *other):
            await caller.arrive(page)
            await file(caller)
        for _round in range(rounds):
            with_tree, _waits = await _rate(one, file, seconds)
            without, _waits = await _rate(other, file, seconds)
            found.append((with_tree, without))
    return found


def loop(env: Mapping[str, str], *, rounds: int, seconds: float) -> list[tuple[float, ...]]:
    """Documents a second by eight writers: with the tree, without it, without any record."""
    kinds: list[dict[str, str]] = [{}, {WITHOUT_TREE: "1"}, {BARE: "1"}]
    return [tuple(_together({**env, **kind}, seconds) for kind in kinds) for _ in range(rounds)]


def _together(env: Mapping[str, str], seconds: float) -> float:
    command = [sys.executable, "-m", "tests.bench.appending", str(seconds)]
    writers = [
        subprocess.Popen(
            command, cwd=ROOT, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for _writer in range(WRITERS)
    ]
    for one in writers:
        assert one.stdout is not None
        one.stdout.readline()  # it is ready
    for one in writers:
        assert one.stdin is not None
        one.stdin.write("go\n")
        one.stdin.flush()
    return sum(int(one.communicate()[0]) for one in writers) / seconds


def report(name: str, found: Sequence[tuple[float, float]]) -> Figure:
    ratio = spread([a / b for a, b in found])
    rates = f"{spread([a for a, _ in found])} against {spread([b for _, b in found])} a second"
    return at_least(
        f"filing with the log / without, {name}", ratio.median, FILING, f"{ratio}; {rates}"
    )


def report_loop(name: str, found: Sequence[tuple[float, ...]]) -> list[Figure]:
    tree, bare = (spread([one[0] / one[side] for one in found]) for side in (1, 2))
    rates = ", ".join(str(spread([one[side] for one in found])) for side in range(3))
    return [
        at_least(f"{WRITERS} writers with the log / without, {name}", tree.median, LOOP, str(tree)),
        Figure("", f"{rates} a second with, without, with no record at all (ratio {bare})"),
    ]


if __name__ == "__main__":
    import os
    import time
    import uuid

    import django

    django.setup()
    from consultations import trail
    from consultations.models import Entry, Role, RoleGrant
    from consultations.models.procedure import DocumentKind
    from consultations.services import documents
    from tests.bench.without import take_the_tree_away

    take_the_tree_away()
    if os.environ.get(BARE):
        trail.write = lambda event: Entry(kind=event.kind, seq=0)
    by, slug = RoleGrant.objects.get(role=Role.OFFICER).actor, uuid.uuid4().hex[:20]

    def add(number: int) -> None:
        name = f"d-{slug}-{number}"
        documents.add_document(slug=name, kind=DocumentKind.ANNUAL, title=name, by=by)

    add(0)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    until, done = time.monotonic() + float(sys.argv[1]), 0
    while time.monotonic() < until:
        done += 1
        add(done)
    sys.stdout.write(f"{done}\n")
