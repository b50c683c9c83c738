"""Who is told of what, by names; and a road on which nearly everything happens."""

from datetime import date
from typing import Any

from consultations.models import Actor, Comment, Entry, Membership
from consultations.services import answers, comments, council
from notifications.models import Notice
from tests.world import BEGINNING, World, signed_in

NAMES = (
    "officer",
    "second_officer",
    "approver",
    "clerk",
    "councillor",
    "auditor",
    "expert",
    "ngo",
    "outsider",
)


class Cast:
    """The world, a colleague, and names for everybody."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.colleague = signed_in("jan@mosty.test", "Jan Mostowy")
        Membership.objects.create(
            organisation=world.organisation, actor=self.colleague, since=BEGINNING
        )

    @property
    def people(self) -> dict[str, Actor]:
        return {name: getattr(self.world, name) for name in NAMES} | {"colleague": self.colleague}

    def told(self) -> dict[str, set[str]]:
        """Who has a notice of each kind of event the record holds."""
        names = {actor.pk: name for name, actor in self.people.items()}
        told: dict[str, set[str]] = {kind: set() for kind in kinds()}
        for kind, recipient in Notice.objects.values_list("entry__kind", "recipient_id"):
            told[kind].add(names[recipient])
        return told

    def answered_by_the_department(self, comment: Comment) -> Comment:
        """Assigned, answered, sent back once, answered again, signed and published."""
        world = self.world
        comments.assign_comment(comment, department=world.department, by=world.officer)
        reply(comment, world.expert)
        answers.send_back_answer(comment, remark="Proszę podać podstawę.", by=world.approver)
        comments.assign_comment(comment, department=world.department, by=world.officer)
        reply(comment, world.expert)
        answers.approve_answer(comment, by=world.approver)
        return answers.publish_answer(comment, by=world.officer)

    def walk(self) -> None:
        """From the document to the resolution: every kind of event but a rejection."""
        world = self.world
        consultation = world.opened()
        self.answered_by_the_department(world.admitted(consultation))
        comments.withdraw_comment(world.comment(consultation), by=world.ngo)
        taken = world.comment(consultation)
        comments.hide_comment(taken, because="Dane osoby trzeciej.", by=world.officer)
        voted = world.voted(world.numbered(world.closed(consultation)))
        council.adopt_draft(
            voted.draft, resolution_number="XXX/1/26", adopted_on=date(2026, 11, 20), by=world.clerk
        )


def reply(comment: Comment, by: Actor) -> Comment:
    return answers.answer_comment(
        comment, outcome="rejected", reasons="Zostaje 21 dni: to minimum ustawy.", by=by
    )


def kinds() -> list[Any]:
    return list(Entry.objects.order_by("kind").values_list("kind", flat=True).distinct())


def numbers_of(actor: Actor) -> list[int]:
    """The numbers of a person's notices, in order."""
    mine = Notice.objects.filter(recipient=actor).order_by("number")
    return list(mine.values_list("number", flat=True))
