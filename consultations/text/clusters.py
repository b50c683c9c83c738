"""Which texts belong together: each joins the one it is most like, else it begins a cluster.

Only texts that share a band are compared, and only with those that begin a cluster: never all with
all, and the same text a thousand times is compared once. `place` keeps apart what must not be
proposed together.
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable
from itertools import chain
from typing import Generic, TypeVar

from consultations.text.sketch import Sketch, likeness

ALIKE = 0.5  # to be proposed as one group
MOST = 60  # leads a text is compared with: those that share most bands with it

Name = TypeVar("Name", bound=Hashable)


class Clusters(Generic[Name]):
    """Grows text by text; `lead` names one that began a cluster before."""

    def __init__(self) -> None:
        self._leads: dict[Hashable, dict[int, list[Name]]] = defaultdict(dict)
        self._said: dict[Name, Sketch] = {}
        self._same: dict[tuple[Hashable, Sketch], Name] = {}

    def lead(self, name: Name, place: Hashable, said: Sketch, bands: Iterable[int]) -> None:
        """Let the text begin a cluster."""
        self._said[name] = said
        self._same.setdefault((place, said), name)
        leads = self._leads[place]
        for band in bands:
            leads.setdefault(band, []).append(name)

    def join(self, name: Name, place: Hashable, said: Sketch, bands: list[int]) -> Name:
        """The lead of the cluster the text belongs to; itself when it is like none."""
        lead = self._same.get((place, said))
        if lead is None:
            lead = self._likest(self._leads[place], said, bands)
        if lead is None:
            self.lead(name, place, said, bands)
            return name
        self._same[place, said] = lead
        return lead

    def _likest(self, leads: dict[int, list[Name]], said: Sketch, bands: list[int]) -> Name | None:
        shared = Counter(chain.from_iterable(leads.get(band, ()) for band in bands))
        often = shared if len(shared) <= MOST else dict(shared.most_common(MOST))
        best, least = None, ALIKE
        for one in often:
            alike = likeness(said, self._said[one])
            if alike > least or (alike == least and best is None):
                best, least = one, alike
        return best
