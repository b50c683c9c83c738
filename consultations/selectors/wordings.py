"""The rows of a version as a text that can be read and changed."""

from collections import defaultdict

from consultations.models import Provision as ProvisionRow
from consultations.models import TextVersion, Wording
from consultations.text.keyed import Provision, Text
from consultations.text.tree import Level, Node


def text_of(version: TextVersion) -> Text:
    """One version as a tree of provisions with their keys: one query."""
    below: defaultdict[int | None, list[Wording]] = defaultdict(list)
    for one in version.wordings.select_related("provision").order_by("position"):
        below[one.parent_id].append(one)
    return Text(_provisions(None, below))


def _provisions(
    parent: int | None, below: defaultdict[int | None, list[Wording]]
) -> list[Provision]:
    return [
        Provision(
            one.provision.key,
            Level(one.level),
            one.number,
            one.heading,
            one.text,
            one.revision,
            _provisions(one.pk, below),
        )
        for one in below[parent]
    ]


def nodes_of(version: TextVersion) -> tuple[Node, ...]:
    """One version of a text as a tree without keys."""
    return tuple(root.node() for root in text_of(version).roots)


def place_of(version: TextVersion, provision: ProvisionRow) -> str:
    """«§ 2 ust. 1» in this version, or in the latest one it stood in."""
    found = provision.wordings.filter(text_version__number__lte=version.number)
    latest = found.order_by("-text_version__number").first()
    return "" if latest is None else latest.citation
