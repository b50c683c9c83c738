"""Goals and tasks of documents: marked in their texts, or entered by hand where no text is here."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from consultations import policy
from consultations.models import Actor, Document, Draft, DraftState, Goal, TextVersion, Wording
from consultations.selectors.wordings import text_of
from consultations.text.goals import UNITS, suggest

LOST = (DraftState.REJECTED, DraftState.WITHDRAWN)  # drafts that came to nothing
SHORT = 40


@dataclass(frozen=True)
class GoalShown:
    """A goal or task in words; `place` and `address` only of one marked in a text."""

    goal: Goal
    words: str
    place: str = ""
    address: str = ""

    @property
    def name(self) -> str:
        """«Goal 1, § 3»: its number, its place, or both; empty when it has neither."""
        return ", ".join(filter(None, (self.goal.label, self.place)))

    @property
    def short(self) -> str:
        """What stands above a column: number or place, else how the words begin."""
        if self.goal.label or self.place:
            return self.goal.label or self.place
        return self.words if len(self.words) <= SHORT else f"{self.words[:SHORT].rstrip()}…"

    @property
    def whole(self) -> str:
        """Name and words in one line."""
        return ": ".join(filter(None, (self.name, self.words)))


@dataclass(frozen=True)
class Candidate:
    """A provision that may be marked; `proposed` is the kind its words suggest, or empty."""

    wording: Wording
    goal: Goal | None
    proposed: str


Goals = dict[int, list[GoalShown]]


def goals_of(documents: Iterable[Document], viewer: Actor | None) -> Goals:
    """By key of the document, in the order of its text, then what was entered by hand.

    Three queries, however many documents. Words and places are those of the version the viewer
    reads: of visitors the last published one, of the offices the last one.
    """
    listed = list(documents)
    found: defaultdict[int, list[GoalShown]] = defaultdict(list)
    versions = versions_of(listed, viewer)
    marked = Wording.objects.filter(
        text_version__in=versions.values(), provision__goal__isnull=False
    ).select_related("provision__goal", "text_version")
    for one in marked.order_by("text_version", "position"):
        found[one.provision.goal.document_id].append(_marked(one))
    entered = Goal.objects.filter(document__in=listed, provision=None).order_by("pk")
    for goal in entered:
        found[goal.document_id].append(GoalShown(goal, goal.title))
    return {one.pk: found[one.pk] for one in listed}


def _marked(one: Wording) -> GoalShown:
    public = one.text_version.published_at is not None
    address = reverse("provision", args=[one.provision.key]) if public else ""
    return GoalShown(one.provision.goal, said(one), one.citation, address)


def said(one: Wording) -> str:
    """Heading and text of a provision in one line."""
    return " – ".join(filter(None, (one.heading, one.text)))


def versions_of(documents: Iterable[Document], viewer: Actor | None) -> dict[int, TextVersion]:
    """The text of each document that the viewer reads: of its latest draft that has one."""
    drafts = policy.visible(viewer, Draft.objects.filter(document__in=documents))
    standing = drafts.exclude(state__in=LOST)
    versions = TextVersion.objects.filter(draft__in=standing).select_related("draft")
    if not policy.is_staff(viewer):
        versions = versions.filter(published_at__isnull=False)
    ordered = versions.order_by("draft__registered_at", "draft", "number")
    return {one.draft.document_id: one for one in ordered}


def version_of(document: Document, viewer: Actor | None) -> TextVersion | None:
    """The text the viewer reads the goals in; None where there is none."""
    return versions_of([document], viewer).get(document.pk)


def has_text(document: Document) -> bool:
    """Whether its goals are marked in a text, and not entered by hand."""
    drafts = document.drafts.exclude(state__in=LOST)
    return TextVersion.objects.filter(draft__in=drafts).exists()


def candidates(version: TextVersion) -> list[Candidate]:
    """Every §, ust. and pkt of the text; kinds are proposed until anything is marked."""
    rows = version.wordings.filter(level__in=UNITS).select_related("provision__goal")
    listed = [(one, _goal_of(one)) for one in rows.order_by("position")]
    unmarked = not marks(version.draft).exists()
    proposed = _suggested(version) if unmarked else {}
    return [Candidate(one, goal, proposed.get(one.provision_id, "")) for one, goal in listed]


def _goal_of(one: Any) -> Goal | None:
    """The reverse side of a one-to-one is an attribute only where there is a row."""
    found: Goal | None = getattr(one.provision, "goal", None)
    return found


def _suggested(version: TextVersion) -> dict[int, str]:
    found = suggest(tuple(root.node() for root in text_of(version).roots))
    rows = version.wordings.filter(position__in=found).values_list("position", "provision")
    return {provision: found[position] for position, provision in rows}


def marks(draft: Draft) -> QuerySet[Goal]:
    """What is marked in any version of the draft's text."""
    return Goal.objects.filter(provision__draft=draft).order_by("pk")


def state_of_marks(draft: Draft) -> str:
    """A short sign of what is marked now: another one when anything has changed since."""
    rows = marks(draft).values_list("provision", "kind", "label")
    return hashlib.sha256(repr(list(rows)).encode()).hexdigest()[:16]
