"""Where an adopted document was published, and letters' templates."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from consultations.models.drafts import Draft


class Publication(models.Model):
    """One place where the resolution appeared: BIP, the regional official journal, the portal."""

    class Place(models.TextChoices):
        BIP = "bip", _("Public Information Bulletin (BIP)")
        JOURNAL = "journal", _("regional official journal")
        PORTAL = "portal", _("the city's portal")

    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="publications")
    place = models.CharField(_("place"), max_length=10, choices=Place)
    address = models.CharField(_("address or position"), max_length=500)
    published_on = models.DateField(_("published on"))
    # What the daily look at the address found: the hash of the first time; when it was last, and
    # whether anything was there, and the same.
    sha256 = models.CharField(max_length=64, blank=True)
    looked_at = models.DateTimeField(null=True, blank=True)
    is_there = models.BooleanField(null=True, blank=True)
    is_same = models.BooleanField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["published_on", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["draft", "place", "address"], name="published_once")
        ]

    def __str__(self) -> str:
        return f"{self.place} {self.published_on}"

    @property
    def is_page(self) -> bool:
        """Whether the address is one of the web; a position in a journal is none."""
        return self.address.startswith(("https://", "http://"))
