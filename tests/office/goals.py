"""A programme with documents above it: goals marked in its text, goals entered for the others."""

import uuid
from dataclasses import dataclass

from consultations.models import Consultation, Document, Draft, Goal
from consultations.services import documents as register
from consultations.services import goals
from consultations.services.goals import Mark
from consultations.text.tree import NBSP
from tests.world import World

TEXT = """Program współpracy na rok 2027 (tekst do testów)
Rozdział 1. Cele programu
§ 1. Celem głównym programu jest współpraca.
§ 2. Celami szczegółowymi programu są:
1) rozwój wolontariatu;
2) proste konkursy.
Rozdział 2. Priorytetowe zadania
§ 3. Zadaniami programu są:
1) kultura;
2) sport.
"""


@dataclass
class Aims:
    """The strategy above all; the multi-year programme, part of it; the programme carries it out.

    `other` stands beside them, above nothing.
    """

    world: World
    strategy: Document
    years: Document
    other: Document
    draft: Draft

    @property
    def programme(self) -> Document:
        return self.draft.document

    def key(self, citation: str) -> uuid.UUID:
        """Of the provision that stands here in the latest text."""
        latest = self.draft.versions.last()
        assert latest is not None
        found = {
            one.citation.replace(NBSP, " "): one.provision.key
            for one in latest.wordings.select_related("provision")
        }
        return found[citation]

    def mark(self, citation: str, kind: str = "goal", label: str = "") -> Goal:
        by = self.world.officer
        return goals.mark_goal(self.draft, self.key(citation), kind=kind, label=label, by=by)

    def mark_all(self) -> list[Goal]:
        """One goal and two tasks, in the order of the text."""
        wanted = {
            self.key("§ 1"): Mark("goal", "Cel główny"),
            self.key("§ 3 pkt 1"): Mark("task"),
            self.key("§ 3 pkt 2"): Mark("task"),
        }
        goals.mark_goals(self.draft, wanted, by=self.world.officer)
        return list(Goal.objects.filter(document=self.programme).order_by("pk"))

    def enter(self, document: Document, label: str, title: str = "Silne organizacje.") -> Goal:
        by = self.world.officer
        return goals.add_goal(document, kind="goal", label=label, title=title, by=by)

    def link(self, goal: Goal, *uppers: Goal) -> Goal:
        return goals.link_goals(goal, uppers, by=self.world.officer)


def added(world: World, slug: str, kind: str, part_of: Document | None = None) -> Document:
    return register.add_document(
        slug=slug, kind=kind, title=f"Dokument {slug}", part_of=part_of, by=world.officer
    )


def below(draft: Draft, *, part_of: Document, carries_out: Document) -> Draft:
    """The document of this draft with what stands above it."""
    draft.document.part_of = part_of
    draft.document.save()
    draft.document.carries_out.set([carries_out])
    return draft


def aims(world: World, draft: Draft | None = None) -> Aims:
    """Nothing is marked or entered yet; without a draft, one that nobody announced."""
    strategy = added(world, "strategia", "strategy")
    years = added(world, "wieloletni", "multi_year_programme", part_of=strategy)
    other = added(world, "inny", "sector_programme")
    made = draft or world.drafted("program-2027", TEXT)
    return Aims(world, strategy, years, other, below(made, part_of=strategy, carries_out=years))


def announced_aims(world: World) -> tuple[Aims, Consultation]:
    """The same, and everybody may read the text."""
    one = world.announced("program-2027", TEXT)
    return aims(world, one.draft), one


def standing() -> list[tuple[str, str]]:
    """Kind and number of every goal there is."""
    return list(Goal.objects.order_by("pk").values_list("kind", "label"))


def served(goal: Goal) -> set[int]:
    """Keys of what a goal serves."""
    return set(goal.upwards.values_list("upper", flat=True))
