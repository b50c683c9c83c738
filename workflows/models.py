"""The process of a draft with a real foreign key, and the lease that lets one worker lead."""

from typing import ClassVar

from django.db import models
from viewflow.workflow.models import Process

from consultations.models import Draft


class DraftingProcess(Process):  # type: ignore[misc]  # viewflow carries no types
    """The flow of one draft. Its row is the first lock of every act that moves the draft."""

    draft = models.OneToOneField(Draft, on_delete=models.PROTECT, related_name="process")

    class Meta:
        default_permissions: ClassVar[tuple[str, ...]] = ()

    def __str__(self) -> str:
        return f"process of draft {self.draft_id}"


class Lease(models.Model):
    """Who leads until when, by the machines' real time: the demonstration's clock may leap."""

    name = models.CharField(max_length=40, primary_key=True)
    owner = models.CharField(max_length=120)
    expires = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name}: {self.owner}"
