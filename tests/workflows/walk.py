"""The road walked as it is in earnest: through `workflows.services`, the clock and the tick."""

from datetime import timedelta

from viewflow.workflow.models import Task

from consultations.calendar import local_day
from consultations.models import Consultation, CouncilFile, DocumentKind, Draft
from consultations.models.clock import move_to, now
from consultations.services import documents as register
from consultations.services import texts
from consultations.services.consultations import Notice, earliest_days
from consultations.text.parse import parse_plain
from tests.world import TEXT, World, roll_call
from workflows import services
from workflows.tick import tick

BORDER = ("review_late", "mark_review_late", "marked")


class Walk:
    """Drafts of the world, taken by the flow to the stage a test begins with."""

    def __init__(self, world: World) -> None:
        self.world = world

    def registered(self, slug: str = "program-2027") -> Draft:
        officer = self.world.officer
        document = register.add_document(
            slug=slug, kind=DocumentKind.ANNUAL, title=f"Program {slug}", by=officer
        )
        return services.register_draft(document, slug=slug, title=f"Projekt {slug}", by=officer)

    def drafted(self, slug: str = "program-2027") -> Consultation:
        draft = self.registered(slug)
        texts.import_text(draft, parse_plain(TEXT).nodes, by=self.world.officer)
        return draft.rounds.get()

    def announced(self, slug: str = "program-2027") -> Consultation:
        return self.announce(self.drafted(slug))

    def announce(self, consultation: Consultation) -> Consultation:
        """With three forms of consultation and the earliest days."""
        self.world.with_ways(consultation)
        first, last = earliest_days(consultation)
        notice = Notice(first, last, "Poznać zdanie organizacji.", "Referat", "tel. 12")
        return services.announce_consultation(consultation, notice, by=self.world.officer)

    def opened(self, slug: str = "program-2027") -> Consultation:
        consultation = self.announced(slug)
        assert consultation.opens_at is not None
        move_to(consultation.opens_at)
        tick()
        return fresh(consultation)

    def closed(self, slug: str = "program-2027", *, answered: bool = True) -> Consultation:
        """In review, with one comment; answered, the report is released too."""
        consultation = self.opened(slug)
        comment = self.world.admitted(consultation)
        if answered:
            self.world.answered(comment)
        assert consultation.closes_at is not None
        move_to(consultation.closes_at)
        tick()
        if answered:
            self.world.reported(fresh(consultation))
        return fresh(consultation)

    def reviewed(self, slug: str = "program-2027") -> Draft:
        return services.finish_review(self.closed(slug).draft, by=self.world.officer)

    def submitted(self, slug: str = "program-2027") -> CouncilFile:
        return services.submit_to_council(self.reviewed(slug), by=self.world.officer)

    def numbered(self, slug: str = "program-2027") -> CouncilFile:
        file = self.submitted(slug)
        return services.give_print_number(file, print_number="405", by=self.world.clerk)

    def voted(self, slug: str = "program-2027", *, votes_for: int = 40) -> CouncilFile:
        file = self.numbered(slug)
        move_to(now() + timedelta(days=10))
        called, day = roll_call(votes_for), local_day(now())
        return services.record_vote(file, called=called, held_on=day, by=self.world.clerk)

    def adopted(self, slug: str = "program-2027") -> Draft:
        draft = self.voted(slug).draft
        return services.adopt_draft(
            draft, resolution_number="XXX/1/26", adopted_on=local_day(now()), by=self.world.clerk
        )


def fresh(consultation: Consultation) -> Consultation:
    return Consultation.objects.select_related("draft").get(pk=consultation.pk)


def steps(draft: Draft) -> list[tuple[str, str]]:
    """Every task of the draft's road in the order it was made, with its status."""
    return [one for one in _tasks(draft) if one[0] not in BORDER]


def border(draft: Draft) -> list[tuple[str, str]]:
    """The same of what hangs on the border of steps."""
    return [one for one in _tasks(draft) if one[0] in BORDER]


def _tasks(draft: Draft) -> list[tuple[str, str]]:
    tasks = Task.objects.filter(process__draftingprocess__draft=draft).order_by("pk")
    return [(task.flow_task.name, str(task.status)) for task in tasks]


def open_step(draft: Draft) -> str:
    """The one step that is not over."""
    (name,) = [name for name, status in steps(draft) if status in {"NEW", "SCHEDULED"}]
    return name
