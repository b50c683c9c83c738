"""Opinions on a draft: asked for, given, or waived by silence."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from consultations.models import guards
from consultations.models.drafts import Draft
from consultations.models.machine import FSMField, Stateful, act


class OpinionState(models.TextChoices):
    AWAITED = "awaited", _("awaited")
    GIVEN = "given", _("given")
    WAIVED = "waived", _("waived by silence")


class OpinionBody(models.TextChoices):
    PUBLIC_BENEFIT_COUNCIL = "krdpp", _("public-benefit council")
    COMMITTEE = "committee", _("committee of the council")
    DIALOGUE_COMMISSION = "dialogue", _("civic dialogue commission")


class OpinionOutcome(models.TextChoices):
    POSITIVE = "positive", _("positive")
    WITH_REMARKS = "with_remarks", _("positive with remarks")
    NEGATIVE = "negative", _("negative")
    DECLINED = "declined", _("declined to give an opinion")


S = OpinionState


class Opinion(Stateful):
    """One opinion. `due_at` is the first instant that is too late; the public-benefit council has
    14 days from delivery, and its silence counts as a waiver (UDPP, art. 41i ust. 2).
    """

    machine = "opinion"
    initial = S.AWAITED

    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="opinions")
    state = FSMField(default=S.AWAITED, choices=S.choices, protected=True)
    body = models.CharField(_("body"), max_length=20, choices=OpinionBody)
    body_name = models.CharField(_("full name of the body"), max_length=200, blank=True)
    delivered_on = models.DateField(_("delivered on"))
    due_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=20, choices=OpinionOutcome, blank=True)
    remarks = models.TextField(_("remarks"), blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(state="given") | ~Q(outcome=""), name="given_opinion_has_outcome"
            )
        ]

    def __str__(self) -> str:
        return self.body_name or str(self.get_body_display())

    @act(source=S.AWAITED, target=S.GIVEN)
    def give(self, *, outcome: str, remarks: str, at: datetime) -> None:
        """The body gives its opinion (opinia)."""
        self.outcome, self.remarks, self.settled_at = outcome, remarks, at

    @act(source=S.AWAITED, target=S.WAIVED, guards=[guards.OPINION_OVERDUE])
    def waive(self, *, at: datetime) -> None:
        """The days have passed in silence: the body has waived its opinion."""
        self.settled_at = at
