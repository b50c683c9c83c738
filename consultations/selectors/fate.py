"""What became of a comment in the text: the change that fulfilled it, and its place now."""

from dataclasses import dataclass
from itertools import pairwise

from consultations import policy
from consultations.models import Actor, Comment, TextVersion
from consultations.selectors import carrying, revision
from consultations.selectors.carrying import Placed
from consultations.selectors.comments import published_answer
from consultations.selectors.revision import ChangeShown


@dataclass(frozen=True)
class Fulfilled:
    """One change the comment led to, in the version that made it."""

    version: TextVersion
    change: ChangeShown


@dataclass(frozen=True)
class Fate:
    """`latest` is the newest version this viewer reads; `place` where the comment stands in it."""

    fulfilled: list[Fulfilled]
    latest: TextVersion | None
    place: Placed | None

    @property
    def is_later(self) -> bool:
        """Whether the text has moved on since the comment was written."""
        if self.latest is None or self.place is None or self.place.comment.wording is None:
            return False
        return self.latest.pk != self.place.comment.wording.text_version_id


def fate(comment: Comment, viewer: Actor | None) -> Fate:
    """The changes are told once the answer is public; to the office before."""
    draft = comment.consultation.draft
    versions = list(revision.published(draft))
    latest = versions[-1] if versions else None
    place = carrying.placed([comment], latest)[0] if latest else None
    told = published_answer(comment) is not None or policy.is_staff(viewer)
    found = _fulfilled(comment, versions, viewer) if told else []
    return Fate(found, latest, place)


def _fulfilled(
    comment: Comment, versions: list[TextVersion], viewer: Actor | None
) -> list[Fulfilled]:
    causes = list(comment.changes.values_list("text_version", "provision"))
    found = []
    for before, version in pairwise(versions):
        wanted = {provision for one, provision in causes if one == version.pk}
        if wanted:
            changes = revision.between(before, version, viewer)
            found += [Fulfilled(version, one) for one in changes if one.change.provision in wanted]
    return found
