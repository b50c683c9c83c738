"""`python -m tests.faults.check JOURNAL`: looks into the database of the environment.

Prints JSON: the faults, and how many sends that were cut off had been committed all the same.
"""

import json
import sys
from pathlib import Path

if __name__ == "__main__":
    import django

    django.setup()
    from consultations.models import Comment, Entry
    from tests.faults.checker import Acknowledged, faults
    from tests.faults.reading import snapshot

    journal = json.loads(Path(sys.argv[1]).read_text())
    cut = dict(journal["cut"])
    committed = [
        one
        for one in Comment.objects.filter(idempotency_key__in=cut)
        if one.filed_at.timestamp() < cut[str(one.idempotency_key)]
    ]
    first = Entry.objects.filter(kind="comment.file").order_by("seq").first()
    since = first.seq - 1 if first else 0
    found = snapshot(journal["slug"], since)
    acknowledged = [Acknowledged(**one) for one in journal["acknowledged"]]
    report = {
        "faults": faults(found, acknowledged),
        "comments": len(found.comments),
        "notices": len(found.told),
        "letters": len(found.written),
        "committed": len(committed),
    }
    sys.stdout.write(json.dumps(report))
