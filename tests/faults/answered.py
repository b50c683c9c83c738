"""`python -m tests.faults.answered`: every answer in the record, by comment, as JSON."""

import json
import sys
from collections import defaultdict

if __name__ == "__main__":
    import django

    django.setup()
    from consultations.models import Answer, Sealed

    written: dict[int, list[tuple[str, str]]] = defaultdict(list)
    said = Sealed.objects.filter(entry__kind="comment.answer", field="reasons")
    for one in said.select_related("entry__comment", "entry__actor__user").order_by("entry__seq"):
        comment = one.entry.comment
        assert comment is not None
        written[comment.number].append((one.entry.actor.user.name, one.text))
    for answer in Answer.objects.select_related("comment", "author__user"):
        stands = (answer.author.user.name, answer.reasons)
        if written[answer.comment.number][-1:] != [stands]:
            written[answer.comment.number].append(stands)
    sys.stdout.write(json.dumps(written))
