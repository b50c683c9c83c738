"""A provision through all its published versions: what it said, what changed, because of what."""

from dataclasses import dataclass
from itertools import pairwise

from consultations.models import Actor, Provision, TextVersion
from consultations.selectors import revision
from consultations.selectors.revision import ChangeShown


@dataclass(frozen=True)
class Stage:
    """One version: the words there, and the change against the version before, if any."""

    version: TextVersion
    words: str
    change: ChangeShown | None


def history(provision: Provision, viewer: Actor | None) -> list[Stage]:
    """The versions in which the provision stands or changed, the latest first."""
    versions = list(revision.published(provision.draft))
    changes = {
        new.pk: next(
            (one for one in revision.between(old, new, viewer) if _is(one, provision)), None
        )
        for old, new in pairwise(versions)
    }
    here = {
        one.text_version_id: one for one in provision.wordings.filter(text_version__in=versions)
    }
    stages = [
        Stage(version, revision.said(here.get(version.pk)), changes.get(version.pk))
        for version in versions
        if version.pk in here or changes.get(version.pk)
    ]
    return stages[::-1]


def _is(change: ChangeShown, provision: Provision) -> bool:
    return change.change.provision == provision.pk
