"""Writing a text into the rows of a working version; called by the verbs of the text alone."""

import uuid
from collections.abc import Sequence
from typing import TypeAlias

from django.utils.translation import gettext_lazy as _

from consultations.errors import Invalid
from consultations.models import Descent, Draft, Provision, TextVersion, Wording
from consultations.models.clock import now
from consultations.selectors.wordings import text_of
from consultations.text.keyed import Provision as Keyed
from consultations.text.keyed import Text
from consultations.text.tree import Place

Pairs: TypeAlias = Sequence[tuple[uuid.UUID, uuid.UUID]]


def begin_from(last: TextVersion) -> TextVersion:
    """The next version with the same text."""
    version = TextVersion.objects.create(
        draft=last.draft, number=last.number + 1, imported_at=now()
    )
    save(version, text_of(last))
    return version


def save(version: TextVersion, text: Text) -> None:
    """The rows of the version become this text; Invalid when something has no room."""
    placed = text.placed()
    rows = _rows_of(version.draft, [one for one, _place in placed])
    version.wordings.all().delete()
    written: list[Wording] = []
    at_depth: dict[int, Wording] = {}
    for (one, place), provision in zip(placed, rows, strict=True):
        depth = len(place.ancestors)
        at_depth[depth] = _wording(version, provision, one, place, at_depth.get(depth - 1))
        written.append(at_depth[depth])
    _refuse_overlong(written)
    _save_by_depth(written)


def _rows_of(draft: Draft, every: Sequence[Keyed]) -> list[Provision]:
    """The row of each key, made where there is none yet."""
    there = {one.key: one for one in draft.provisions.filter(key__in=[one.key for one in every])}
    new = [Provision(draft=draft, key=one.key) for one in every if one.key not in there]
    made = {one.key: one for one in Provision.objects.bulk_create(new)}
    return [there.get(one.key) or made[one.key] for one in every]


def _wording(
    version: TextVersion, provision: Provision, one: Keyed, place: Place, parent: Wording | None
) -> Wording:
    return Wording(
        text_version=version,
        provision=provision,
        parent=parent,
        position=place.position,
        level=one.level,
        number=one.number,
        label=place.label,
        heading=one.heading,
        text=one.text,
        eid=place.eid,
        citation=place.citation,
        path=place.path,
        revision=one.revision,
    )


def _refuse_overlong(wordings: Sequence[Wording]) -> None:
    """What has no room in its column: a title as long as a text, a number that is none."""
    for name in ("number", "label", "heading", "eid", "citation", "path"):
        room = int(getattr(Wording._meta.get_field(name), "max_length", 0))
        for one in wordings:
            if len(getattr(one, name)) > room:
                raise Invalid(
                    _("The number or title of “%(place)s” is longer than %(room)d characters.")
                    % {"place": one.citation[:60], "room": room},
                    "text",
                )


def _save_by_depth(wordings: list[Wording]) -> None:
    """Parents before their children, one statement for each depth."""
    waiting = wordings
    while waiting:
        ready = [one for one in waiting if one.parent is None or not one.parent._state.adding]
        for one in ready:
            one.parent_id = one.parent.pk if one.parent else None
        Wording.objects.bulk_create(ready)
        waiting = [one for one in waiting if one._state.adding]


def descend(version: TextVersion, *, split: Pairs, joined: Pairs) -> None:
    """Write what was cut out of or joined to what, by key; what no longer holds is forgotten.

    `split`: (new, the one it was cut out of); `joined`: (ended, the one that holds its words).
    Called once the text is saved.
    """
    here = version.wordings.values("provision")
    version.descents.filter(kind=Descent.Kind.SPLIT).exclude(provision__in=here).delete()
    version.descents.filter(kind=Descent.Kind.JOINED, provision__in=here).delete()
    keys = {key for pair in (*split, *joined) for key in pair}
    rows = {one.key: one for one in version.draft.provisions.filter(key__in=keys)}
    for kind, pairs in ((Descent.Kind.SPLIT, split), (Descent.Kind.JOINED, joined)):
        for one, other in pairs:
            Descent.objects.update_or_create(
                text_version=version,
                provision=rows[one],
                defaults={"kind": kind, "other": rows[other]},
            )


def sweep(draft: Draft) -> None:
    """Provisions that stand in no version any more, and that nothing speaks of, are forgotten."""
    draft.provisions.filter(wordings=None, causes=None, watches=None).delete()
