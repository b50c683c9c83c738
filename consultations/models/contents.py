"""What a text must hold and what it aims at: mandatory elements, goals and tasks."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from consultations import wording
from consultations.models.documents import Document
from consultations.models.drafts import Provision
from consultations.models.procedure import Procedure


class Element(models.Model):
    """A mandatory element of a document (element obowiązkowy): data of the procedure.

    For the annual programme the eleven points of art. 5a ust. 4 of the Act of 24 April 2003.
    """

    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="elements")
    number = models.PositiveIntegerField()
    code = models.CharField(max_length=20)
    legal_basis = models.CharField(max_length=200)

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["procedure", "code"], name="element_once"),
            models.UniqueConstraint(fields=["procedure", "number"], name="element_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.code}"

    @property
    def words(self) -> str:
        """What it is, in words."""
        return str(wording.ELEMENTS.get(self.code, self.code))


class ElementPlace(models.Model):
    """Where a text holds a mandatory element: a provision may hold several, and share one."""

    element = models.ForeignKey(Element, on_delete=models.PROTECT, related_name="places")
    provision = models.ForeignKey(Provision, on_delete=models.CASCADE, related_name="elements")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["element", "provision"], name="element_placed_once")
        ]

    def __str__(self) -> str:
        return f"{self.element_id}: {self.provision_id}"


class GoalKind(models.TextChoices):
    GOAL = "goal", _("goal")
    TASK = "task", _("task")


class Goal(models.Model):
    """A goal or a task (cel, zadanie) of a document.

    Marked in the text where the text is here (`provision`); of a document whose text is not,
    entered with its words (`title`).
    """

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="goals")
    provision = models.OneToOneField(
        Provision, on_delete=models.CASCADE, null=True, blank=True, related_name="goal"
    )
    kind = models.CharField(_("kind"), max_length=4, choices=GoalKind)
    label = models.CharField(_("number"), max_length=40, blank=True)
    title = models.CharField(_("words"), max_length=500, blank=True)
    serves: "models.ManyToManyField[Goal, GoalLink]" = models.ManyToManyField(
        "self", through="GoalLink", symmetrical=False, related_name="served_by"
    )

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(provision__isnull=False) | ~Q(title=""), name="goal_has_words"
            )
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.title}".strip() or str(self.pk)


class GoalLink(models.Model):
    """A goal or task of one document serves one of a higher document."""

    lower = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="upwards")
    upper = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="downwards")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["lower", "upper"], name="serves_once"),
            models.CheckConstraint(condition=~Q(lower=F("upper")), name="serves_another"),
        ]

    def __str__(self) -> str:
        return f"{self.lower_id} → {self.upper_id}"
