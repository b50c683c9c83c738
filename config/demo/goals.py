"""The demonstration's goals and tasks: marked in the texts, entered for the strategy, linked."""

from collections.abc import Mapping, Sequence
from typing import Final

from config.demo.enrol import Cast
from config.demo.stage import Story, at
from config.demo.telling import OFFICER, SECOND_OFFICER
from consultations.models import Document, Goal, Wording
from consultations.services import goals
from consultations.services.goals import Mark
from consultations.text.tree import NBSP

STRATEGY, YEARS, ANIMALS = "strategia", "wieloletni-2025-2028", "opieka-nad-zwierzetami"
OPEN_CITY, PROGRAMME = "otwarte-miasto", "program-2027"
# number and words
OF_THE_STRATEGY: Final = (
    ("Cel 1", "Mieszkańcy współdecydują o sprawach Miasta i znają swój wpływ na decyzje."),
    ("Cel 2", "Usługi publiczne są dostępne blisko domu, dla każdej osoby i w każdym wieku."),
    ("Cel 3", "Organizacje i wolontariusze są trwałym oparciem wspólnoty."),
    ("Cel 4", "Miasto jest przygotowane na skutki zmiany klimatu."),
)
# citation: number; what has none is named by its place
GOALS: Final[Mapping[str, Mapping[str, str]]] = {
    YEARS: {"§ 3": "Cel główny", **{f"§ 4 pkt {n}": f"Cel {n}" for n in range(1, 5)}},
    ANIMALS: {f"§ 2 pkt {n}": f"Cel {n}" for n in range(1, 4)},
    OPEN_CITY: {f"§ 3 pkt {n}": f"Cel {n}" for n in range(1, 4)},
    PROGRAMME: {"§ 3": "Cel główny", **{f"§ 4 pkt {n}": f"Cel {n}" for n in range(1, 7)}},
}
TASKS: Final[Mapping[str, Mapping[str, str]]] = {
    PROGRAMME: {f"§ 10 pkt {n}": f"Zadanie {n}" for n in range(1, 9)},
}
Links = Mapping[str, Sequence[tuple[str, str]]]
# number: what it serves, each by document and number. Nothing in the programme for 2027 serves the
# offers filed electronically (multi-year, Cel 4) and the marking of dogs and cats (animals, Cel 2);
# its task for sport serves nothing.
LINKS_OF_YEARS: Final[Links] = {
    "Cel główny": ((STRATEGY, "Cel 3"),),
    "Cel 1": ((STRATEGY, "Cel 2"), (STRATEGY, "Cel 3")),
    "Cel 2": ((STRATEGY, "Cel 2"),),
    "Cel 3": ((STRATEGY, "Cel 3"),),
}
LINKS_OF_THE_PROGRAMME: Final[Links] = {
    "Cel główny": ((YEARS, "Cel główny"), (STRATEGY, "Cel 3")),
    "Cel 1": ((YEARS, "Cel 1"),),
    "Cel 2": ((YEARS, "Cel 2"), (YEARS, "Cel 3"), (STRATEGY, "Cel 3")),
    "Cel 3": ((STRATEGY, "Cel 1"),),
    "Cel 4": ((STRATEGY, "Cel 3"),),
    "Cel 5": ((STRATEGY, "Cel 2"),),
    "Cel 6": ((STRATEGY, "Cel 1"),),
    "Zadanie 1": ((STRATEGY, "Cel 2"),),
    "Zadanie 2": ((STRATEGY, "Cel 2"),),
    "Zadanie 4": ((STRATEGY, "Cel 2"),),
    "Zadanie 5": ((ANIMALS, "Cel 1"), (ANIMALS, "Cel 3")),
    "Zadanie 7": ((STRATEGY, "Cel 4"),),
    "Zadanie 8": ((YEARS, "Cel 2"), (STRATEGY, "Cel 3")),
}
LINKS_TO_THE_OPEN_CITY: Final[Links] = {
    "Cel 5": ((STRATEGY, "Cel 2"), (OPEN_CITY, "Cel 3")),
    "Zadanie 6": ((STRATEGY, "Cel 2"), (OPEN_CITY, "Cel 1"), (OPEN_CITY, "Cel 2")),
}


def goals_and_tasks(cast: Cast) -> Story:
    """Each text is marked soon after it is imported; what is drafted has its links to come."""
    yield at("2024-08-06", "9:50")
    entered(cast)
    yield at("2024-09-04", "10:15")
    marked(cast, YEARS)
    yield at("2024-09-05", "9:40")
    linked(cast, YEARS, LINKS_OF_YEARS)
    yield at("2026-08-11", "9:30")
    marked(cast, ANIMALS)
    yield at("2026-09-08", "10:30")
    marked(cast, PROGRAMME)
    yield at("2026-09-09", "9:20")
    linked(cast, PROGRAMME, LINKS_OF_THE_PROGRAMME)
    yield at("2026-10-09", "11:10")
    marked(cast, OPEN_CITY, by=SECOND_OFFICER)
    linked(cast, PROGRAMME, LINKS_TO_THE_OPEN_CITY, by=SECOND_OFFICER)


def entered(cast: Cast) -> None:
    """The strategy has no text here."""
    strategy = Document.objects.get(slug=STRATEGY)
    for label, title in OF_THE_STRATEGY:
        by = cast.people[OFFICER]
        goals.add_goal(strategy, kind="goal", label=label, title=title, by=by)


def marked(cast: Cast, slug: str, by: str = OFFICER) -> None:
    """Everything of one text, in one act."""
    draft = Document.objects.get(slug=slug).drafts.get()
    keys = {
        one.citation.replace(NBSP, " "): one.provision.key
        for one in Wording.objects.filter(text_version__draft=draft).select_related("provision")
    }
    wanted = {keys[place]: Mark("goal", label) for place, label in GOALS[slug].items()}
    wanted |= {keys[place]: Mark("task", label) for place, label in TASKS.get(slug, {}).items()}
    goals.mark_goals(draft, wanted, by=cast.people[by])


def linked(cast: Cast, slug: str, links: Links, by: str = OFFICER) -> None:
    """Each goal or task with what it serves."""
    for label, served in links.items():
        uppers = [_goal(document, number) for document, number in served]
        goals.link_goals(_goal(slug, label), uppers, by=cast.people[by])


def _goal(slug: str, label: str) -> Goal:
    return Goal.objects.get(document__slug=slug, label=label)
