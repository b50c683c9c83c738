"""A consultation: one round in which a draft is open for comments."""

from datetime import date, datetime, timedelta
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from consultations import calendar
from consultations.models import guards
from consultations.models.drafts import Draft, TextVersion
from consultations.models.machine import FSMField, Stateful, act


class ConsultationState(models.TextChoices):
    PLANNED = "planned", _("planned")
    ANNOUNCED = "announced", _("announced")
    OPEN = "open", _("open")
    CLOSED = "closed", _("closed")
    CANCELLED = "cancelled", _("cancelled")


S = ConsultationState
GRACE = "grace_minutes"  # the procedure's rule


class Consultation(Stateful):
    """One round. Instants are UTC; `closes_at` is the first instant that is too late."""

    machine = "consultation"
    initial = S.PLANNED

    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="rounds")
    number = models.PositiveIntegerField(default=1)
    slug = models.SlugField(max_length=80, unique=True)
    state = FSMField(default=S.PLANNED, choices=S.choices, protected=True)
    purpose = models.TextField(_("purpose"), blank=True)
    host = models.CharField(_("host"), max_length=200, blank=True)
    contact = models.CharField(_("contact"), max_length=200, blank=True)
    text_version = models.ForeignKey(TextVersion, on_delete=models.PROTECT, null=True, blank=True)
    announced_at = models.DateTimeField(null=True, blank=True)
    opens_at = models.DateTimeField(_("opens"), null=True, blank=True)
    closes_at = models.DateTimeField(_("closes"), null=True, blank=True)
    posted_at = models.TextField(_("where the notice is posted"), blank=True)
    cancelled_because = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["draft", "number"], name="round_once"),
            models.UniqueConstraint(
                fields=["draft"],
                condition=Q(state__in=["planned", "announced", "open"]),
                name="one_open_round",
            ),
            models.CheckConstraint(
                condition=Q(opens_at=None) | Q(closes_at__gt=F("opens_at")),
                name="closes_after_opening",
            ),
            models.CheckConstraint(
                condition=~Q(state="cancelled") | ~Q(cancelled_because=""),
                name="cancelled_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(state="planned")
                | (
                    Q(opens_at__isnull=False)
                    & Q(closes_at__isnull=False)
                    & Q(text_version__isnull=False)
                ),
                name="announced_has_dates_and_text",
            ),
        ]

    def __str__(self) -> str:
        return self.draft.title

    @property
    def first_day(self) -> date | None:
        """The first day on which comments are taken, in Warsaw time."""
        return None if self.opens_at is None else calendar.local_day(self.opens_at)

    @property
    def last_day(self) -> date | None:
        """The last day on which comments are taken, in Warsaw time."""
        if self.closes_at is None:
            return None
        return calendar.local_day(self.closes_at - timedelta(microseconds=1))

    def takes_comments_at(self, instant: datetime) -> bool:
        """Whether a comment recorded at `instant` is in time; the one place that decides."""
        if self.opens_at is None or self.closes_at is None:
            return False
        return self.opens_at <= instant < self.closes_at

    @property
    def grace_ends_at(self) -> datetime | None:
        """Until when a comment begun before the closing may be filed; None where no time is given.

        The procedure's rule `grace_minutes` says how long (reads two rows).
        """
        rules = {rule.key: rule.value for rule in self.draft.procedure.rules.all()}
        if self.closes_at is None or GRACE not in rules:
            return None
        return self.closes_at + timedelta(minutes=int(rules[GRACE]))

    def takes_begun_at(self, begun_at: datetime, instant: datetime) -> bool:
        """Whether what was begun then may still be filed at `instant`, after the closing."""
        if self.closes_at is None or not begun_at < self.closes_at <= instant:
            return False
        ends_at = self.grace_ends_at
        return ends_at is not None and instant < ends_at

    @act(
        source=S.PLANNED,
        target=S.ANNOUNCED,
        guards=[guards.TEXT_READY, guards.ELEMENTS_PLACED, guards.FORMS_PLANNED],
    )
    def announce(self, *, text_version: TextVersion, at: datetime, **notice: Any) -> None:
        """The notice (ogłoszenie) is public; the information campaign begins."""
        self.text_version, self.announced_at = text_version, at
        for field, value in notice.items():
            setattr(self, field, value)

    @act(source=[S.ANNOUNCED, S.OPEN])
    def correct(self, *, notice: dict[str, str]) -> None:
        """The notice is corrected in public (sprostowanie); the days are moved by `prolong`."""
        for field, value in notice.items():
            setattr(self, field, value)

    @act(source=[S.ANNOUNCED, S.OPEN])
    def prolong(self, *, closes_at: datetime) -> None:
        """The closing day is moved to a later one, for a public reason (przedłużenie)."""
        self.closes_at = closes_at

    @act(source=S.ANNOUNCED, target=S.CANCELLED)
    def cancel(self, *, because: str) -> None:
        """What was announced will not take place, for a public reason (odwołanie)."""
        self.cancelled_because = because

    @act(source=S.ANNOUNCED, target=S.OPEN, guards=[guards.DATES_SET, guards.TIME_TO_OPEN])
    def open(self) -> None:
        """Comments are taken from now on."""

    @act(source=S.OPEN, target=S.CLOSED, guards=[guards.TIME_TO_CLOSE])
    def close(self) -> None:
        """No more comments are taken."""
