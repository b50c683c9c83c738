"""What changed in the texts of many drafts at once: a constant number of queries."""

from collections import defaultdict
from collections.abc import Sequence

from consultations.models import Actor, Cause, TextVersion, Wording
from consultations.models.orphans import changes_between
from consultations.selectors.revision import (
    CauseShown,
    ChangeShown,
    causes_shown,
    in_reading_order,
    kinds_in_words,
    may_read_cause,
)

Pair = tuple[TextVersion, TextVersion]


def between_many(pairs: Sequence[Pair], viewer: Actor | None) -> dict[int, list[ChangeShown]]:
    """As `revision.between` of each pair of versions, by the draft: three queries, however many.

    Without what was cut out of what: a list of changes does not show it.
    """
    if not pairs:
        return {}
    wordings, causes = _wordings(pairs), _causes(pairs, viewer)
    return {
        new.draft_id: _changes(wordings[old.pk], new, wordings[new.pk], causes)
        for old, new in pairs
    }


def _changes(
    stood: list[Wording],
    new: TextVersion,
    stands: list[Wording],
    causes: dict[int, list[CauseShown]],
) -> list[ChangeShown]:
    shown = [
        ChangeShown(one, kinds_in_words(one), (), tuple(causes[one.provision]))
        for one in changes_between(stood, new, stands)
    ]
    return in_reading_order(shown, stood, stands)


def _wordings(pairs: Sequence[Pair]) -> dict[int, list[Wording]]:
    rows = Wording.objects.filter(text_version__in=[one.pk for pair in pairs for one in pair])
    found: defaultdict[int, list[Wording]] = defaultdict(list)
    for one in rows.select_related("provision").order_by("text_version", "position"):
        found[one.text_version_id].append(one)
    return found


def _causes(pairs: Sequence[Pair], viewer: Actor | None) -> dict[int, list[CauseShown]]:
    """By the provision, which belongs to one draft: those of the versions after the old one."""
    last = {new.draft_id: (old.number, new.number) for old, new in pairs}
    rows = Cause.objects.filter(text_version__draft__in=last).select_related(
        "text_version",
        "comment__consultation",
        "comment__organisation",
        "comment__given_answer",
        "opinion",
        "provision",
    )
    wanted = []
    for one in rows:
        first, until = last[one.text_version.draft_id]
        if first < one.text_version.number <= until and may_read_cause(one, viewer):
            wanted.append(one)
    found: defaultdict[int, list[CauseShown]] = defaultdict(list)
    for shown in causes_shown(wanted, viewer):
        found[shown.cause.provision_id].append(shown)
    return found
