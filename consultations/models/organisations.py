"""Organisations, and the mandates of the people who act for them."""

from datetime import date, datetime, timedelta
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from consultations import calendar
from consultations.models.clock import now
from consultations.models.people import Actor

FLEETING = timedelta(microseconds=1)


class LegalForm(models.TextChoices):
    """Kinds of organisations (art. 3 ust. 2) and equated entities (art. 3 ust. 3)."""

    ASSOCIATION = "association", _("association")
    FOUNDATION = "foundation", _("foundation")
    CHURCH = "church", _("church legal person")
    LGU_ASSOCIATION = "lgu_association", _("association of local governments")
    SOCIAL_COOPERATIVE = "social_cooperative", _("social cooperative")
    NONPROFIT_COMPANY = "nonprofit_company", _("non-profit company")
    SPORTS_CLUB = "sports_club", _("sports club run as a company")


class Organisation(models.Model):
    """A non-governmental organisation or an equated entity; always named in public.

    Only a verified one files comments. With `needs_sign_off` a comment waits inside the
    organisation for a second person before a signatory files it.
    """

    name = models.CharField(_("name"), max_length=200, unique=True)
    legal_form = models.CharField(_("legal form"), max_length=20, choices=LegalForm)
    krs = models.CharField("KRS", max_length=10, blank=True)
    nip = models.CharField("NIP", max_length=10, blank=True)
    regon = models.CharField("REGON", max_length=14, blank=True)
    verified_at = models.DateTimeField(null=True, blank=True)
    verified_by = models.ForeignKey(
        Actor, on_delete=models.PROTECT, null=True, blank=True, related_name="verified"
    )
    needs_sign_off = models.BooleanField(_("internal sign-off"), default=False)

    class Meta:
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            *(
                models.UniqueConstraint(
                    fields=[number], condition=~Q(**{number: ""}), name=f"{number}_once"
                )
                for number in ("krs", "nip", "regon")
            ),
            models.CheckConstraint(
                condition=Q(verified_at=None, verified_by=None)
                | Q(verified_at__isnull=False, verified_by__isnull=False),
                name="verified_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_verified(self) -> bool:
        return self.verified_at is not None


class MandateQuerySet(models.QuerySet["Mandate"]):
    def running(self, at: datetime | None = None) -> Self:
        """Granted, begun and not ended at this instant; now, if none is given."""
        instant = at or now()
        return self.filter(Q(until=None) | Q(until__gt=instant), since__lte=instant)

    def waiting(self) -> Self:
        """Asked for, and neither granted nor refused."""
        return self.filter(since=None, refused_because="")


class Mandate(models.Model):
    """What a person may do for an organisation (umocowanie), from one instant until another.

    A drafter prepares, a signatory also files. `asked_at` is empty for a mandate the operator
    entered; `since` is empty while it is only asked for, and for ever when it was refused; `until`
    is the first instant at which it no longer runs, and may lie in the future.
    """

    class Kind(models.TextChoices):
        DRAFTER = "drafter", _("drafter")
        SIGNATORY = "signatory", _("signatory")

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="mandates"
    )
    actor = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="mandates")
    kind = models.CharField(_("function"), max_length=10, choices=Kind)
    basis = models.TextField(_("on what basis"), blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)
    since = models.DateTimeField(null=True, blank=True)
    until = models.DateTimeField(null=True, blank=True)
    refused_because = models.TextField(blank=True)

    objects: ClassVar = MandateQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "actor"],
                condition=Q(until=None, since__isnull=False),
                name="mandate_once",
            ),
            models.UniqueConstraint(
                fields=["organisation", "actor"],
                condition=Q(since=None, refused_because=""),
                name="asked_once",
            ),
            models.CheckConstraint(
                condition=Q(since=None) | Q(refused_because=""), name="granted_or_refused"
            ),
            models.CheckConstraint(
                condition=Q(asked_at__isnull=False) | Q(since__isnull=False),
                name="asked_or_entered",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id}: {self.actor_id} {self.kind}"

    @property
    def is_waiting(self) -> bool:
        return self.since is None and not self.refused_because

    @property
    def last_day(self) -> date | None:
        """The last day on which it runs, if it has one."""
        return None if self.until is None else calendar.local_day(self.until - FLEETING)

    @property
    def is_signatory(self) -> bool:
        return self.kind == self.Kind.SIGNATORY

    def runs_at(self, instant: datetime) -> bool:
        """As `MandateQuerySet.running`, of one row."""
        begun = self.since is not None and self.since <= instant
        return begun and (self.until is None or self.until > instant)
