"""One draft and the people around it, as an act of a walk finds them."""

from typing import TypeVar

from django.db.models import Model, QuerySet

from consultations.models import (
    Actor,
    Amendment,
    Comment,
    Consultation,
    CouncilFile,
    Draft,
    Opinion,
    Override,
    Report,
)
from tests.world import World

WHY = ("Powód, który każdy przeczyta.", "   ")


Row = TypeVar("Row", bound=Model)


class Nothing(Exception):
    """The act has no object yet."""


class Scene:
    """One draft and the people around it, as an act finds them."""

    def __init__(self, world: World, draft: Draft) -> None:
        self.world, self.pk = world, draft.pk
        self.stranger: Actor | None = None

    @property
    def draft(self) -> Draft:
        return Draft.objects.get(pk=self.pk)

    @property
    def round(self) -> Consultation:
        return Consultation.objects.filter(draft=self.pk).latest("number")

    @property
    def file(self) -> CouncilFile:
        return any_of(CouncilFile.objects.filter(draft=self.pk), -1)

    @property
    def report(self) -> Report:
        return any_of(Report.objects.filter(consultation=self.round), -1)

    def opinion(self, n: int) -> Opinion:
        return any_of(Opinion.objects.filter(draft=self.pk), n)

    def amendment(self, n: int) -> Amendment:
        return any_of(Amendment.objects.filter(council_file__draft=self.pk), n)

    def override(self, n: int) -> Override:
        return any_of(Override.objects.filter(draft=self.pk), n)

    def comment(self, n: int) -> Comment:
        return any_of(Comment.objects.filter(consultation__draft=self.pk), n)

    def by(self, right: Actor) -> Actor:
        """Whoever ought to do it, or the one who has strayed in."""
        return self.stranger or right


def any_of(rows: QuerySet[Row], n: int) -> Row:
    """One of them, by its place."""
    found = list(rows.order_by("pk"))
    if not found:
        raise Nothing
    return found[n % len(found)]


def why(n: int) -> str:
    return WHY[n % 7 == 0]
