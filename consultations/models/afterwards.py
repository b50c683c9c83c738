"""What comes after the adoption: the day of entry into force and the report on the execution."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from consultations.models.drafts import Draft


class InForce(models.Model):
    """Since when the adopted document is in force (wejście w życie); entered once."""

    draft = models.OneToOneField(Draft, on_delete=models.PROTECT, related_name="in_force")
    day = models.DateField(_("day of entry into force"))

    def __str__(self) -> str:
        return f"{self.draft_id}: {self.day}"


class ExecutionReport(models.Model):
    """The report on the execution of an adopted programme (UDPP, art. 5a ust. 3), as it was filed.

    `sha256` is the hash of the filed document, where the office gave it.
    """

    draft = models.OneToOneField(Draft, on_delete=models.PROTECT, related_name="execution_report")
    due_on = models.DateField(_("last day"))
    filed_on = models.DateField(_("filed on"))
    address = models.CharField(_("address or position"), max_length=500)
    sha256 = models.CharField(_("SHA-256 of the document"), max_length=64, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(address=""), name="execution_report_is_somewhere")
        ]

    def __str__(self) -> str:
        return f"{self.draft_id}: {self.filed_on}"

    @property
    def is_late(self) -> bool:
        return self.filed_on > self.due_on

    @property
    def is_page(self) -> bool:
        """Whether the address is one of the web."""
        return self.address.startswith(("https://", "http://"))
