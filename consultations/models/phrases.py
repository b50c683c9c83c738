"""Saved phrases: words the unit uses again and again in reasons of answers."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Phrase(models.Model):
    """A phrase (szablon uzasadnienia) with fields in braces, shared by the whole unit.

    `outcome` is the code of the outcome it belongs to, empty for any. `used` counts the answers
    proposed with it. One that is no longer wanted is archived, never deleted.
    """

    name = models.CharField(_("name"), max_length=100)
    text = models.TextField(_("text"))
    outcome = models.CharField(_("outcome"), max_length=20, blank=True)
    used = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=0)
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["name", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["name"], condition=Q(archived_at=None), name="phrase_named_once"
            ),
            models.CheckConstraint(condition=~Q(name="") & ~Q(text=""), name="phrase_has_words"),
        ]

    def __str__(self) -> str:
        return self.name
