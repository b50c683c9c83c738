"""Documents and how they relate: «is part of» and «carries out»."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from consultations.models.procedure import DocumentKind


class Document(models.Model):
    """What the council adopts and the city keeps: a programme, a strategy, a local act."""

    slug = models.SlugField(max_length=80, unique=True)
    kind = models.CharField(_("kind of document"), max_length=30, choices=DocumentKind)
    title = models.CharField(_("title"), max_length=300)
    period = models.CharField(_("period"), max_length=20, blank=True)
    part_of = models.ForeignKey(
        "self",
        verbose_name=_("is part of"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="parts",
    )
    carries_out: "models.ManyToManyField[Document, Document]" = models.ManyToManyField(
        "self",
        verbose_name=_("carries out"),
        symmetrical=False,
        blank=True,
        related_name="carried_out_by",
    )

    class Meta:
        ordering: ClassVar = ["title"]

    def __str__(self) -> str:
        return self.title
