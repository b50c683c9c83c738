"""Which provisions a person has looked at: a mark that falls when the words change."""

from collections.abc import Iterable

from consultations.models import Actor, Draft, Viewed, Wording
from consultations.selectors.revision import ChangeShown, said


def viewed(viewer: Actor | None, draft: Draft) -> dict[int, Wording | None]:
    """By provision the wording the person looked at; None: that it was gone."""
    if viewer is None:
        return {}
    marks = Viewed.objects.filter(actor=viewer, provision__draft=draft)
    return {one.provision_id: one.wording for one in marks.select_related("wording")}


def still_viewed(changes: Iterable[ChangeShown], marks: dict[int, Wording | None]) -> set[int]:
    """The provisions whose words now are the ones that were looked at."""
    return {
        one.change.provision
        for one in changes
        if one.change.provision in marks and _same(one, marks[one.change.provision])
    }


def _same(one: ChangeShown, seen: Wording | None) -> bool:
    if seen is None or one.is_gone:
        return seen is None and one.is_gone
    return said(seen) == one.after
