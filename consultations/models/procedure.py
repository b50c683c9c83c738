"""The law as data: days, quorums and outcomes with their legal basis and validity.

Rows are append-only (the database refuses changes): a new reading of the law is a new version,
and a running cycle keeps the version it began with.
"""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class DocumentKind(models.TextChoices):
    STRATEGY = "strategy", _("development strategy")
    MULTI_YEAR = "multi_year_programme", _("multi-year cooperation programme")
    SECTOR = "sector_programme", _("sector programme")
    ANNUAL = "annual_programme", _("annual cooperation programme")
    LOCAL_ACT = "local_act", _("act of local law")


class Procedure(models.Model):
    """One version of the rules for one kind of document, valid from a day (inclusive) until one."""

    kind = models.CharField(max_length=30, choices=DocumentKind)
    number = models.PositiveIntegerField()
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "number"], name="procedure_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"

    @classmethod
    def in_force(cls, kind: str, day: date) -> "Procedure":
        """The version in force for `kind` on `day`; the latest that began wins."""
        valid = cls.objects.filter(kind=kind, valid_from__lte=day)
        return valid.exclude(valid_until__lt=day).order_by("-valid_from", "-number")[:1].get()

    def rule(self, key: str) -> "Rule":
        """The rule `key`; KeyError when this version has none."""
        rules = {rule.key: rule for rule in self.rules.all()}
        return rules[key]

    def number_of(self, key: str) -> int:
        """The rule's value as a whole number, in the unit the rule names."""
        return int(self.rule(key).value)

    @property
    def quorum(self) -> int:
        """Councillors who must be present: the rule's percentage of all seats, rounded up."""
        seats, percent = self.number_of("council_seats"), self.number_of("quorum_percent")
        return -(-seats * percent // 100)


class Rule(models.Model):
    """One figure of the law: `value` in `unit`, with the article it comes from."""

    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="rules")
    key = models.CharField(max_length=40)
    value = models.CharField(max_length=40)
    unit = models.CharField(max_length=20)
    legal_basis = models.CharField(max_length=200)
    confirmed = models.BooleanField(default=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["procedure", "key"], name="rule_once"),
            models.CheckConstraint(condition=~Q(legal_basis=""), name="rule_has_legal_basis"),
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.value} {self.unit}"


class Outcome(models.Model):
    """An outcome (rozstrzygnięcie) an answer may have under this procedure.

    One that `leads_to_change` names the change of the text it led to; one that `asks_part` says
    in which part the comment is accepted.
    """

    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="outcomes")
    code = models.CharField(max_length=20)
    position = models.PositiveIntegerField()
    legal_basis = models.CharField(max_length=200)
    leads_to_change = models.BooleanField(default=False)
    asks_part = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["procedure", "code"], name="outcome_once")
        ]

    def __str__(self) -> str:
        return self.code
