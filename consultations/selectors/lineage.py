"""Where provisions stood and what became of them, by their lasting keys and across versions."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from consultations.models import Amendment, Descent, TextVersion, Wording
from consultations.models.amendments import LIVE


@dataclass(frozen=True)
class Lineage:
    """Of some drafts: the order of their versions, what stood in what, what came out of what."""

    numbers: Mapping[int, int] = field(default_factory=dict)
    latest: Mapping[int, int] = field(default_factory=dict)
    parents: Mapping[int, Mapping[int, int | None]] = field(default_factory=dict)
    descents: Mapping[int, list[tuple[int, int]]] = field(default_factory=dict)

    def above(self, version: int, provision: int) -> set[int]:
        """Everything the provision stands in, in that version."""
        parents, found = self.parents.get(version, {}), set[int]()
        one = parents.get(provision)
        while one is not None and one not in found:
            found.add(one)
            one = parents.get(one)
        return found

    def heirs(self, provision: int, since: int, until: int) -> set[int]:
        """The provision and those that took its words in after one version, up to another."""
        first, last = self.numbers.get(since, 0), self.numbers.get(until, 0)
        found, waiting = {provision}, [provision]
        while waiting:
            for number, heir in self.descents.get(waiting.pop(), []):
                if first < number <= last and heir not in found:
                    found.add(heir)
                    waiting.append(heir)
        return found

    def stages(self, *versions: int) -> set[int]:
        """The versions two amendments are compared in: their own ones and the latest."""
        return {*versions, *(self.latest[one] for one in versions if one in self.latest)}

    def is_before(self, version: int, other: int) -> bool:
        return self.numbers.get(version, 0) < self.numbers.get(other, 0)


def lineage(amendments: Iterable[Amendment]) -> Lineage:
    """All that is needed to compare them: three queries at most, none for fewer than two."""
    on = [one.text_version_id for one in amendments if one.state in LIVE]
    if len(on) < 2:
        return Lineage()
    drafts = TextVersion.objects.filter(pk__in=on).values("draft")
    versions = TextVersion.objects.filter(draft__in=drafts, published_at__isnull=False)
    rows = list(versions.order_by("number").values_list("pk", "draft", "number"))
    last = {draft: version for version, draft, _number in rows}
    of_draft = {version: last[draft] for version, draft, _number in rows}
    return Lineage(
        numbers={version: number for version, _draft, number in rows},
        latest=of_draft,
        parents=_parents({*on, *(of_draft[one] for one in on if one in of_draft)}),
        descents=_descents([version for version, _draft, _number in rows]),
    )


def _parents(versions: Iterable[int]) -> dict[int, dict[int, int | None]]:
    found: dict[int, dict[int, int | None]] = defaultdict(dict)
    rows = Wording.objects.filter(text_version__in=list(versions)).order_by()
    for version, provision, parent in rows.values_list(
        "text_version", "provision", "parent__provision"
    ):
        found[version][provision] = parent
    return dict(found)


def _descents(versions: Iterable[int]) -> dict[int, list[tuple[int, int]]]:
    """By the provision whose words went on: in which version, and into which one."""
    found: dict[int, list[tuple[int, int]]] = defaultdict(list)
    rows = Descent.objects.filter(text_version__in=list(versions))
    for number, kind, provision, other in rows.values_list(
        "text_version__number", "kind", "provision", "other"
    ):
        joined = kind == Descent.Kind.JOINED
        found[provision if joined else other].append((number, other if joined else provision))
    return dict(found)
