"""What is measured inside one process with Django's test client: queries and time of a page.

`python -m tests.bench.inside SCENE ROUNDS` prints JSON; the environment names the database.
"""

import json
import re
import statistics
import sys
import time
from dataclasses import asdict, dataclass

BOUNDS = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK")


@dataclass(frozen=True)
class Page:
    """One page as one person reads it."""

    queries: int
    median_ms: float
    least_ms: float
    greatest_ms: float
    size: int


@dataclass(frozen=True)
class Inside:
    """Queries of one filing (and its transaction's bounds), and the reading page by reader."""

    filing: int
    bounds: int
    statements: list[str]
    pages: dict[str, Page]


if __name__ == "__main__":
    import django

    django.setup()
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from tests.bench.filing import form
    from tests.bench.scene import Scene, read

    settings.ALLOWED_HOSTS = ["*"]

    def signed_in(session: str) -> Client:
        client = Client(enforce_csrf_checks=True)
        client.cookies["sessionid"] = session
        return client

    def queries_of_filing(scene: Scene) -> list[str]:
        """The statements of a person's first filing; the later ones have no more."""
        member = scene.members[0]
        client = signed_in(member.session)
        path = f"/k/{scene.slug}/uwagi/nowa/?przepis={scene.key}"
        page = client.get(path).content.decode()
        found = re.search(r'csrfmiddlewaretoken" value="([^"]+)"', page)
        assert found is not None
        sent = form(member.organisation) | {"csrfmiddlewaretoken": found[1]}
        with CaptureQueriesContext(connection) as captured:
            reply = client.post(path, sent)
        assert reply.status_code == 302, reply.status_code
        return [str(one["sql"]) for one in captured.captured_queries]

    def page(client: Client, path: str) -> Page:
        """Read it once to warm up, once to count, then as often as it takes for a median."""
        client.get(path)
        with CaptureQueriesContext(connection) as captured:
            reply = client.get(path)
        queries = len(captured)  # now: the next request forgets them
        assert reply.status_code == 200, reply.status_code
        waits = []
        for _round in range(int(sys.argv[2])):
            began = time.perf_counter()
            client.get(path)
            waits.append((time.perf_counter() - began) * 1e3)
        return Page(queries, statistics.median(waits), min(waits), max(waits), len(reply.content))

    def pages(scene: Scene) -> dict[str, Page]:
        path = f"/k/{scene.slug}/projekt/"
        member, officer = signed_in(scene.members[0].session), signed_in(scene.officer)
        return {
            "a visitor": page(Client(), path),
            "a member": page(member, path),
            "an officer": page(officer, path),
            "a member, one provision open": page(member, f"{path}?przepis={scene.key}"),
            "a visitor, comments only": page(Client(), f"{path}?tylko=uwagi"),
        }

    scene = read(sys.argv[1])
    sql = queries_of_filing(scene)
    bounds = [one for one in sql if one.startswith(BOUNDS)]
    found = Inside(len(sql) - len(bounds), len(bounds), sql, pages(scene))
    sys.stdout.write(json.dumps(asdict(found)))
