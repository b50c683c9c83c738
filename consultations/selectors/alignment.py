"""How a document serves those above it: each of its goals and tasks against each of theirs."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from consultations.models import Actor, Document, Goal, GoalLink, TextVersion
from consultations.selectors.goals import GoalShown, goals_of, version_of
from consultations.selectors.higher import above
from consultations.text.formats.writable import safe_cell


@dataclass(frozen=True)
class Group:
    """A document with goals: the columns it gives, or those of them one speaks of."""

    document: Document
    goals: tuple[GoalShown, ...]


@dataclass(frozen=True)
class Row:
    """A goal or task, each higher goal with whether it serves it, and those it serves."""

    shown: GoalShown
    cells: tuple[tuple[GoalShown, bool], ...]
    served: tuple[Group, ...]


@dataclass(frozen=True)
class Matrix:
    """`groups`: higher documents that have goals; `silent`: those that have none yet.

    `unserved`: higher goals that no row serves; `idle`: rows that serve nothing, where there is
    something to serve. `version` is the text the rows were read in, if there is one.
    """

    document: Document
    version: TextVersion | None
    rows: tuple[Row, ...]
    groups: tuple[Group, ...]
    silent: tuple[Document, ...]

    @property
    def is_complete(self) -> bool:
        """Whether there are two sides to compare."""
        return bool(self.rows and self.groups)

    @property
    def columns(self) -> list[tuple[Document, GoalShown]]:
        return [(group.document, one) for group in self.groups for one in group.goals]

    @property
    def unserved(self) -> list[Group]:
        served = {one.goal.pk for row in self.rows for one, serves in row.cells if serves}
        return _only(self.groups, {one.goal.pk for _doc, one in self.columns} - served)

    @property
    def served_by(self) -> list[tuple[Document, list[tuple[GoalShown, list[GoalShown]]]]]:
        """The other way round: each higher goal with what serves it, document by document."""
        servers: defaultdict[int, list[GoalShown]] = defaultdict(list)
        for row in self.rows:
            for one, serves in row.cells:
                servers[one.goal.pk] += [row.shown] * serves
        return [
            (group.document, [(one, servers[one.goal.pk]) for one in group.goals])
            for group in self.groups
        ]

    @property
    def idle(self) -> list[Row]:
        return [row for row in self.rows if self.groups and not row.served]


def matrix(document: Document, viewer: Actor | None) -> Matrix:
    """The whole of it, as the viewer may read both sides: a constant number of queries."""
    higher = above(document)
    goals = goals_of([document, *higher], viewer)
    groups = tuple(Group(one, tuple(goals[one.pk])) for one in higher if goals[one.pk])
    served = _links(document)
    return Matrix(
        document=document,
        version=version_of(document, viewer),
        rows=tuple(_row(one, groups, served[one.goal.pk]) for one in goals[document.pk]),
        groups=groups,
        silent=tuple(one for one in higher if not goals[one.pk]),
    )


def _links(document: Document) -> defaultdict[int, set[int]]:
    """What each goal of the document serves, by keys."""
    found: defaultdict[int, set[int]] = defaultdict(set)
    rows = GoalLink.objects.filter(lower__document=document)
    for lower, upper in rows.values_list("lower", "upper"):
        found[lower].add(upper)
    return found


def _row(shown: GoalShown, groups: tuple[Group, ...], served: set[int]) -> Row:
    cells = tuple((one, one.goal.pk in served) for group in groups for one in group.goals)
    return Row(shown, cells, tuple(_only(groups, served)))


def _only(groups: tuple[Group, ...], keys: set[int]) -> list[Group]:
    """These goals alone, and only the documents that have any of them."""
    chosen = (
        Group(group.document, tuple(one for one in group.goals if one.goal.pk in keys))
        for group in groups
    )
    return [group for group in chosen if group.goals]


def choices(document: Document, viewer: Actor | None) -> list[Group]:
    """The higher documents with the goals one may choose to serve."""
    higher = above(document)
    goals = goals_of(higher, viewer)
    return [Group(one, tuple(goals[one.pk])) for one in higher if goals[one.pk]]


def served_by(goal: Goal) -> set[int]:
    """Keys of all that the goal serves, seen by the viewer or not."""
    return set(goal.upwards.values_list("upper", flat=True))


def table(document: Document, viewer: Actor | None) -> Iterator[list[str]]:
    """The matrix as safe cells, its heading first: a column for each higher goal."""
    found = matrix(document, viewer)
    above_it = [f"{higher.title}: {one.whole}" for higher, one in found.columns]
    heading = [_("kind"), _("number"), _("provision"), _("words"), *above_it]
    yield [safe_cell(cell) for cell in heading]
    for row in found.rows:
        goal = row.shown.goal
        said = [str(goal.get_kind_display()), goal.label, row.shown.place, row.shown.words]
        marks = [_("serves") if serves else "" for _one, serves in row.cells]
        yield [safe_cell(cell) for cell in (*said, *marks)]
