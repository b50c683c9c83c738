"""What became of each comment's place in a later version: carried, flagged, or closed.

A comment keeps the wording it was written on; the words there are its quotation.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from consultations.models import Comment, Descent, TextVersion, Wording
from consultations.selectors.revision import said


class Carried(StrEnum):
    """Where a comment stands in a version."""

    SAME = "carried"  # its provision is there with the quoted words
    CHANGED = "flagged"  # its provision is there (or what it went into), the words are others
    GONE = "closed"  # its provision was deleted


@dataclass(frozen=True)
class Placed:
    """A comment in a version; `here` is the wording it belongs to now, None when closed."""

    comment: Comment
    how: Carried
    here: Wording | None


def placed(comments: Sequence[Comment], version: TextVersion) -> list[Placed]:
    """Every comment in this version: two queries, however many. Whole-draft ones are carried."""
    here = {one.provision_id: one for one in version.wordings.select_related("provision")}
    into = _joined_into(version)
    return [_placed(one, here, into) for one in comments]


def counts(found: Sequence[Placed]) -> Counter[Carried]:
    """How many stand in each way; together all of them."""
    return Counter(one.how for one in found)


def _joined_into(version: TextVersion) -> dict[int, int]:
    """For a provision that ended, the one that took in its words."""
    rows = Descent.objects.filter(
        kind=Descent.Kind.JOINED,
        text_version__draft=version.draft_id,
        text_version__number__lte=version.number,
    )
    return dict(rows.values_list("provision", "other"))


def _placed(comment: Comment, here: dict[int, Wording], into: dict[int, int]) -> Placed:
    quoted = comment.wording
    if quoted is None:
        return Placed(comment, Carried.SAME, None)
    provision, seen = quoted.provision_id, set[int]()
    while provision not in here and provision in into and provision not in seen:
        seen.add(provision)
        provision = into[provision]
    now = here.get(provision)
    if now is None:
        return Placed(comment, Carried.GONE, None)
    same = provision == quoted.provision_id and said(now) == said(quoted)
    return Placed(comment, Carried.SAME if same else Carried.CHANGED, now)
