"""Amendments for reading: each with its conflicts, whether it is in the text, and what is next."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations import policy
from consultations.models import (
    Actor,
    Amendment,
    AmendmentKind,
    AmendmentPlace,
    AmendmentState,
    Cause,
    CouncilFile,
    CouncilFileState,
    Draft,
    DraftState,
    MoverKind,
)
from consultations.models.amendments import How
from consultations.selectors.clashing import clash, conflicts
from consultations.selectors.lineage import Lineage, lineage


@dataclass(frozen=True)
class PlaceShown:
    """One provision of an amendment; `merged` is the cause by which it is in the text."""

    place: AmendmentPlace
    merged: Cause | None

    @property
    def is_new(self) -> bool:
        return self.place.how == How.ADD


@dataclass(frozen=True)
class Shown:
    """One amendment: who moves it, its places, and those it is in conflict with."""

    amendment: Amendment
    places: list[PlaceShown]
    rivals: list[Amendment]

    @property
    def mover(self) -> str:
        """In words: «council group: Klub Testowy»."""
        kind = str(MoverKind(self.amendment.mover).label)
        return f"{kind}: {self.amendment.mover_name}" if self.amendment.mover_name else kind

    @property
    def is_own(self) -> bool:
        return self.amendment.kind == AmendmentKind.OWN

    @property
    def where(self) -> str:
        return ", ".join(one.place.citation for one in self.places)

    @property
    def conflict(self) -> str:
        """The conflict in a sentence; empty without one."""
        if not self.rivals:
            return ""
        numbers = ", ".join(str(one.number) for one in self.rivals)
        words = ngettext(
            "In conflict with amendment no. %(numbers)s on the same provision.",
            "In conflict with amendments no. %(numbers)s on the same provision.",
            len(self.rivals),
        )
        return words % {"numbers": numbers}

    @property
    def waits_for_text(self) -> bool:
        """Adopted, and something of it is not in the text yet."""
        adopted = self.amendment.state == AmendmentState.ADOPTED
        over = self.amendment.council_file.state == CouncilFileState.SENT_BACK
        return adopted and not over and any(one.merged is None for one in self.places)

    @property
    def in_text(self) -> bool:
        adopted = self.amendment.state == AmendmentState.ADOPTED
        return adopted and all(one.merged for one in self.places)


def visible(viewer: Actor | None) -> QuerySet[Amendment]:
    """The amendments the viewer may see, with all that is shown of them: three queries."""
    causes = Cause.objects.select_related("text_version", "provision").order_by("pk")
    places = AmendmentPlace.objects.select_related("provision")
    places = places.prefetch_related(Prefetch("causes", causes))
    seen: QuerySet[Amendment] = policy.visible(viewer, Amendment.objects.all())
    return seen.select_related("council_file").prefetch_related(Prefetch("places", places))


def of_file(council_file: CouncilFile, viewer: Actor | None) -> list[Shown]:
    """All amendments of one file, by their numbers: three queries."""
    return shown(visible(viewer).filter(council_file=council_file).order_by("number"))


def of_draft(draft: Draft, viewer: Actor | None) -> list[Shown]:
    """Of the draft's latest file, then of those that were sent back."""
    rows = visible(viewer).filter(council_file__draft=draft)
    return shown(rows.order_by("-council_file", "number"))


def shown(amendments: Iterable[Amendment]) -> list[Shown]:
    """Each with its conflicts inside its own file; three queries at most for all of them."""
    rows = list(amendments)
    lines = lineage(rows)
    return [
        Shown(one, [_place(place) for place in one.places.all()], _rivals(one, rows, lines))
        for one in rows
    ]


def _rivals(one: Amendment, rows: Sequence[Amendment], lines: Lineage) -> list[Amendment]:
    return [other for other in rows if clash(one, other, lines)]


def _place(place: AmendmentPlace) -> PlaceShown:
    found: list[Cause] = list(place.causes.all())
    return PlaceShown(place, found[0] if found else None)


def by_provision(draft: Draft, viewer: Actor | None) -> dict[uuid.UUID, list[Shown]]:
    """While the council has the draft: its live amendments, by the key of their provision."""
    found: defaultdict[uuid.UUID, list[Shown]] = defaultdict(list)
    if draft.state != DraftState.COUNCIL_VOTE:
        return {}
    last = draft.council_files.order_by("-pk").first()
    if last is None:
        return {}
    for one in of_file(last, viewer):
        if one.amendment.is_live:
            for place in one.places:
                found[place.place.provision.key].append(one)
    return dict(found)


def to_merge(draft: Draft) -> list[Amendment]:
    """While the council has the draft: what it adopted and the text does not have yet."""
    if draft.state != DraftState.COUNCIL_VOTE:
        return []
    last = draft.council_files.last()
    if last is None or last.state == CouncilFileState.SENT_BACK:
        return []
    adopted = last.amendments.filter(state=AmendmentState.ADOPTED, places__causes=None)
    return list(adopted.order_by("number").distinct())


@dataclass(frozen=True)
class Tally:
    """How many amendments a file has, in short: for the desk."""

    count: int
    waiting: int
    conflicts: list[str]

    @property
    def words(self) -> str:
        said = ngettext("%(count)d amendment", "%(count)d amendments", self.count)
        return said % {"count": self.count}

    @property
    def conflict(self) -> str:
        """The first provisions in conflict, in a sentence; empty without one."""
        places = ", ".join(self.conflicts)
        return _("Amendments in conflict: %(places)s.") % {"places": places} if places else ""


def tally(council_file: Any, lines: Lineage | None = None) -> Tally | None:
    """Of a file whose amendments and their places were read along; None without any.

    `lines` is the lineage of several files, read at once.
    """
    rows = list(council_file.amendments.all()) if council_file is not None else []
    if not rows:
        return None
    places = dict.fromkeys(one.citation for one in conflicts(rows, lines))
    waiting = sum(one.state == AmendmentState.FILED for one in rows)
    return Tally(len(rows), waiting, list(places))
