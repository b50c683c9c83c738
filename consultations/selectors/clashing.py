"""Which amendments cannot both be written down without a look at the other.

Compared by the lasting keys of provisions, so that a renumbered one is not missed and another that
took its number is not accused; also when the two were written on different versions of the text.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

from django.db.models import Prefetch

from consultations import policy
from consultations.models import (
    Actor,
    Amendment,
    AmendmentPlace,
    CouncilFile,
    CouncilFileState,
    Draft,
    DraftState,
)
from consultations.models.amendments import How
from consultations.selectors.lineage import Lineage, lineage


@dataclass(frozen=True)
class Conflict:
    """Two live amendments, and the provision of the first that is in conflict."""

    citation: str
    one: Amendment
    other: Amendment


def clash(one: Amendment, other: Amendment, lines: Lineage) -> list[AmendmentPlace]:
    """The places of the first that are in conflict with the other; both live, in one file."""
    if one.pk == other.pk or not (one.is_live and other.is_live):
        return []
    if one.council_file_id != other.council_file_id:
        return []
    versions, theirs = (one.text_version_id, other.text_version_id), list(other.places.all())
    return [
        place
        for place in one.places.all()
        if any(places_clash(place, each, versions, lines) for each in theirs)
    ]


def places_clash(
    one: AmendmentPlace, other: AmendmentPlace, versions: tuple[int, int], lines: Lineage
) -> bool:
    """The same provision, or one deletes what the other's stands in.

    A change of a provision and a new one behind it go together.
    """
    there = {
        stage: _selves(one, other, versions, stage, lines) for stage in lines.stages(*versions)
    }
    if any(mine & theirs for mine, theirs in there.values()):
        return {one.how, other.how} != {How.CHANGE, How.ADD}
    return any(
        _takes_out(one, versions[0], mine, theirs, stage, lines)
        or _takes_out(other, versions[1], theirs, mine, stage, lines)
        for stage, (mine, theirs) in there.items()
    )


def _selves(
    one: AmendmentPlace,
    other: AmendmentPlace,
    versions: tuple[int, int],
    stage: int,
    lines: Lineage,
) -> tuple[set[int], set[int]]:
    """What the provisions of both have become in that version."""
    mine = lines.heirs(one.provision_id, versions[0], stage)
    return mine, lines.heirs(other.provision_id, versions[1], stage)


def _takes_out(
    place: AmendmentPlace,
    written_on: int,
    mine: set[int],
    theirs: set[int],
    stage: int,
    lines: Lineage,
) -> bool:
    """It deletes what the other stands in: in the text it was written on, or in a later one."""
    if place.how != How.DELETE or lines.is_before(stage, written_on):
        return False
    return any(mine & lines.above(stage, each) for each in theirs)


def conflicts(amendments: Iterable[Amendment], lines: Lineage | None = None) -> list[Conflict]:
    """Every pair in conflict, with each provision of it, by the numbers of the amendments."""
    rows = sorted(amendments, key=lambda one: (one.council_file_id, one.number))
    known = lineage(rows) if lines is None else lines
    return [
        Conflict(place.citation, one, other)
        for one, other in combinations(rows, 2)
        for place in clash(one, other, known)
    ]


def conflicts_of(draft: Draft, viewer: Actor | None) -> list[Conflict]:
    """While the council has the draft before it: the conflicts in its latest file."""
    if draft.state != DraftState.COUNCIL_VOTE:
        return []
    last = draft.council_files.order_by("-pk").first()
    return conflicts_in(last, viewer) if last else []


def conflicts_in(council_file: CouncilFile, viewer: Actor | None) -> list[Conflict]:
    """The conflicts of a file the council has not voted on yet, nor sent back."""
    if council_file.state in (CouncilFileState.SENT_BACK, CouncilFileState.VOTED):
        return []
    seen = policy.visible(viewer, Amendment.objects.filter(council_file=council_file))
    return conflicts(seen.prefetch_related(Prefetch("places", AmendmentPlace.objects.all())))
