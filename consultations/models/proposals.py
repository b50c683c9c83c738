"""A new version of the rules, proposed by one person and put in force by another."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from consultations.models.people import Actor
from consultations.models.procedure import DocumentKind, Procedure


class ProposalState(models.TextChoices):
    PROPOSED = "proposed", _("waits for a second person")
    ENACTED = "enacted", _("put in force")
    REFUSED = "refused", _("refused")
    WITHDRAWN = "withdrawn", _("withdrawn by who proposed it")


class ProcedureProposal(models.Model):
    """The figures that would change, by key: value, legal basis, confirmed or not.

    All else is copied from `base`, the last version of the rules for this kind of document.
    """

    kind = models.CharField(max_length=30, choices=DocumentKind)
    base = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="proposals")
    state = models.CharField(max_length=10, choices=ProposalState, default=ProposalState.PROPOSED)
    valid_from = models.DateField(_("in force from"))
    figures = models.JSONField()
    because = models.TextField(_("reason"))
    proposed_by = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="laws_proposed")
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        Actor, on_delete=models.PROTECT, null=True, related_name="laws_decided"
    )
    decided_at = models.DateTimeField(null=True)
    decision = models.TextField(_("reason of the decision"), blank=True)
    made = models.OneToOneField(
        Procedure, on_delete=models.PROTECT, null=True, related_name="proposal"
    )

    class Meta:
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kind"], condition=Q(state="proposed"), name="one_proposal_a_kind"
            ),
            models.CheckConstraint(condition=~Q(because=""), name="proposal_has_reason"),
            models.CheckConstraint(
                condition=Q(decided_by=None)
                | Q(state="withdrawn")
                | ~Q(decided_by=F("proposed_by")),
                name="second_person_enacts",
            ),
            models.CheckConstraint(
                condition=Q(state="proposed")
                | (Q(decided_by__isnull=False) & Q(decided_at__isnull=False)),
                name="proposal_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state="enacted") | Q(made__isnull=False),
                name="enacted_proposal_made_a_version",
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(decision=""), name="proposal_refused_for_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.valid_from}"
