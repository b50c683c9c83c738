"""The scene of the attacks: a record with something in every place worth an attack."""

from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connection

from consultations.models import (
    Answer,
    Comment,
    Consultation,
    Draft,
    Entry,
    Provision,
    Sealed,
    TextVersion,
    Wording,
)
from consultations.services import answers
from tests.world import World


@dataclass
class Scene:
    """One round under review: a comment in each stage, and the published text."""

    world: World
    consultation: Consultation
    received: Comment
    admitted: Comment
    proposed: Comment
    approved: Comment
    published: Comment

    @property
    def draft(self) -> Draft:
        return self.consultation.draft

    @property
    def entry(self) -> Entry:
        """The entry of the first comment's filing: old, and with sealed words."""
        return Entry.objects.get(kind="comment.file", comment=self.admitted)

    @property
    def newest(self) -> Entry:
        return Entry.objects.latest("seq")

    @property
    def sealed(self) -> Sealed:
        return self.entry.words.get(field="reasons")

    @property
    def answer(self) -> Answer:
        return Answer.objects.get(comment=self.published)

    @property
    def signed(self) -> Answer:
        return Answer.objects.get(comment=self.approved)

    @property
    def version(self) -> TextVersion:
        return self.draft.versions.get(number=1)

    @property
    def wording(self) -> Wording:
        return Wording.objects.filter(text_version=self.version, text__gt="").earliest("position")

    @property
    def provision(self) -> Provision:
        return self.wording.provision


@pytest.fixture
def scene(world: World) -> Any:
    """Comments 1 to 4: admitted, answer proposed, approved, published; comment 5: received."""
    consultation = world.opened()
    admitted = [world.admitted(consultation, reasons=f"Powód {n}.") for n in range(2, 6)]
    proposed = [propose(world, one) for one in admitted[1:]]
    approved = [answers.approve_answer(one, by=world.approver) for one in proposed[1:]]
    published = answers.publish_answer(approved[1], by=world.officer)
    received = world.comment(consultation, reasons="Powód 1.")
    yield Scene(world, consultation, received, admitted[0], proposed[0], approved[0], published)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA recursive_triggers = ON")
            cursor.execute("PRAGMA ignore_check_constraints = OFF")


def propose(world: World, comment: Comment) -> Comment:
    return answers.answer_comment(
        comment, outcome="rejected", reasons="Zostaje 21 dni.", by=world.officer
    )
