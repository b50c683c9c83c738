"""Amendments (poprawki) and the sponsor's own ones (autopoprawki), on provisions of the text."""

from collections.abc import Collection
from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from consultations.models import amending
from consultations.models.council import CouncilFile
from consultations.models.drafts import Provision, TextVersion
from consultations.models.machine import FSMField, Stateful, act


class AmendmentState(models.TextChoices):
    FILED = "filed", pgettext_lazy("amendment", "filed")
    ADOPTED = "adopted", pgettext_lazy("amendment", "adopted")
    REJECTED = "rejected", pgettext_lazy("amendment", "rejected")
    WITHDRAWN = "withdrawn", pgettext_lazy("amendment", "withdrawn")


class AmendmentKind(models.TextChoices):
    AMENDMENT = "amendment", _("amendment")
    OWN = "own", _("the sponsor's own amendment")


class MoverKind(models.TextChoices):
    COUNCILLOR = "councillor", _("councillors")
    GROUP = "group", _("council group")
    COMMITTEE = "committee", _("committee of the council")
    PRESIDENT = "president", _("the President of the city")


class How(models.TextChoices):
    CHANGE = "change", _("new wording")
    ADD = "add", _("new provision after it")
    DELETE = "delete", pgettext_lazy("amendment", "deleted")


S = AmendmentState
LIVE = (S.FILED, S.ADOPTED)


class Amendment(Stateful):
    """One amendment, numbered within its draft; the number is never given again.

    `mover_name` names a public function: a councillor, a group, a committee. `text_version` is the
    text it was written on. The three totals are the council's vote on it, where they are known.
    """

    machine = "amendment"
    initial = S.FILED

    council_file = models.ForeignKey(
        CouncilFile, on_delete=models.PROTECT, related_name="amendments"
    )
    state = FSMField(default=S.FILED, choices=S.choices, protected=True)
    number = models.PositiveIntegerField()
    kind = models.CharField(_("kind"), max_length=10, choices=AmendmentKind)
    mover = models.CharField(_("mover"), max_length=12, choices=MoverKind)
    mover_name = models.CharField(_("who moves it"), max_length=200, blank=True)
    reasons = models.TextField(_("reasons"))
    text_version = models.ForeignKey(
        TextVersion, on_delete=models.PROTECT, related_name="amendments"
    )
    filed_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    votes_for = models.PositiveIntegerField(null=True, blank=True)
    votes_against = models.PositiveIntegerField(null=True, blank=True)
    abstained = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["council_file", "number"], name="amendment_once"),
            models.CheckConstraint(
                condition=~Q(kind="own") | Q(mover="president"), name="own_amendment_of_sponsor"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.council_file_id}: {self.number}"

    @property
    def draft_id(self) -> int:
        """The draft whose record it belongs to."""
        return self.council_file.draft_id

    @property
    def is_live(self) -> bool:
        """Neither rejected nor withdrawn: it is, or may be, part of the text."""
        return self.state in LIVE

    @property
    def has_totals(self) -> bool:
        return self.votes_for is not None

    @act(source=S.FILED, target=S.ADOPTED, guards=[amending.FILE_RUNS])
    def adopt(self, *, at: datetime, totals: Collection[int] = ()) -> None:
        """The council adopts it; a sponsor's own one is taken in without a vote."""
        self._settle(at, totals)

    @act(source=S.FILED, target=S.REJECTED, guards=[amending.FILE_RUNS])
    def reject(self, *, at: datetime, totals: Collection[int] = ()) -> None:
        """The council rejects it."""
        self._settle(at, totals)

    @act(source=S.FILED, target=S.WITHDRAWN, guards=[amending.FILE_RUNS])
    def withdraw(self, *, at: datetime) -> None:
        """Its mover withdraws it."""
        self._settle(at)

    def _settle(self, at: datetime, totals: Collection[int] = ()) -> None:
        self.settled_at = at
        if totals:
            self.votes_for, self.votes_against, self.abstained = totals


class AmendmentPlace(models.Model):
    """One provision an amendment changes, deletes, or puts a new one behind.

    `found_heading`, `found_text` are its words as the amendment found them; `citation` and `eid`
    its place in that version. Whether it is in the text is said by its cause (`Cause.amended`).
    """

    amendment = models.ForeignKey(Amendment, on_delete=models.PROTECT, related_name="places")
    provision = models.ForeignKey(Provision, on_delete=models.PROTECT, related_name="amended")
    how = models.CharField(max_length=6, choices=How)
    level = models.CharField(max_length=12, blank=True)
    number = models.CharField(max_length=20, blank=True)
    heading = models.CharField(max_length=500, blank=True)
    text = models.TextField(blank=True)
    found_heading = models.CharField(max_length=500, blank=True)
    found_text = models.TextField(blank=True)
    citation = models.CharField(max_length=200)
    eid = models.CharField(max_length=200)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["amendment", "provision"], name="amended_once")
        ]

    def __str__(self) -> str:
        return f"{self.amendment_id}: {self.citation}"

    @property
    def before(self) -> str:
        """The words it found."""
        return "\n".join(filter(None, (self.found_heading, self.found_text)))

    @property
    def after(self) -> str:
        """The words it proposes."""
        return "\n".join(filter(None, (self.heading, self.text)))
