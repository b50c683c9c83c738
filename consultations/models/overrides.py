"""Exceptions (odstępstwo): one act may pass over one condition the rules let it pass over.

Asked for with a reason by one person, granted by another, used up by the passing of the act.
"""

from datetime import datetime
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from consultations import wording
from consultations.models import guards
from consultations.models.consultations import Consultation
from consultations.models.council import CouncilFile, CouncilFileState
from consultations.models.drafts import Draft, DraftState
from consultations.models.machine import Act, FSMField, Guard, Stateful, act, acts_of
from consultations.models.people import Actor

# Opening the council's file makes a new row, so no machine declares it; its guards look at the
# draft as those of a declared act do.
SUBMIT = Act(
    name="submit",
    kind="council_file.submit",
    sources=(str(DraftState.COUNCIL_VOTE),),
    target="",
    guards=(guards.OPINIONS_SETTLED,),
)


class OverrideState(models.TextChoices):
    ASKED = "asked", _("waits for a second person")
    GRANTED = "granted", _("granted")
    REFUSED = "refused", _("refused")
    WITHDRAWN = "withdrawn", _("withdrawn by who asked")
    USED = "used", _("used")
    LAPSED = "lapsed", _("lapsed unused")


S = OverrideState
RUNNING = (S.ASKED, S.GRANTED)
DECIDED = (S.GRANTED, S.REFUSED, S.USED)
_RUNNING = Q(state__in=[str(one) for one in RUNNING])


class Override(Stateful):
    """One exception: from the guard `guard_code`, in the act `act_kind`, of one subject."""

    machine = "override"
    initial = S.ASKED

    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="overrides")
    consultation = models.ForeignKey(
        Consultation, on_delete=models.PROTECT, null=True, related_name="overrides"
    )
    council_file = models.ForeignKey(
        CouncilFile, on_delete=models.PROTECT, null=True, related_name="overrides"
    )
    act_kind = models.CharField(max_length=60)
    guard_code = models.CharField(max_length=40)
    state = FSMField(default=S.ASKED, choices=S.choices, protected=True)
    # What was missing when it was asked for: it goes over nothing else. Codes (`Guard.lacks`).
    missing = models.JSONField(default=list, blank=True)
    because = models.TextField(_("reason"))
    asked_by = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="overrides_asked")
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        Actor, on_delete=models.PROTECT, null=True, related_name="overrides_decided"
    )
    decided_at = models.DateTimeField(null=True)
    decision = models.TextField(_("reason of the decision"), blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(because=""), name="override_has_reason"),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("asked_by")),
                name="second_person_overrides",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[str(one) for one in DECIDED])
                | (Q(decided_by__isnull=False) & Q(decided_at__isnull=False)),
                name="override_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(decision=""), name="override_refused_for_reason"
            ),
            models.CheckConstraint(
                condition=Q(consultation=None) | Q(council_file=None), name="override_of_one_thing"
            ),
            models.UniqueConstraint(
                fields=["draft", "act_kind", "guard_code"],
                condition=_RUNNING & Q(consultation=None, council_file=None),
                name="override_of_draft_once",
            ),
            models.UniqueConstraint(
                fields=["consultation", "act_kind", "guard_code"],
                condition=_RUNNING & Q(consultation__isnull=False),
                name="override_of_round_once",
            ),
            models.UniqueConstraint(
                fields=["council_file", "act_kind", "guard_code"],
                condition=_RUNNING & Q(council_file__isnull=False),
                name="override_of_file_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.act_kind}: {self.guard_code}"

    @property
    def subject(self) -> Stateful:
        """What the act is done to."""
        return self.consultation or self.council_file or self.draft

    @property
    def condition(self) -> str:
        """The condition in words."""
        return str(wording.CONDITIONS.get(self.guard_code, self.guard_code))

    @property
    def guard(self) -> Guard:
        """The condition it goes over; KeyError when the rules no longer know it."""
        return overridable(self.act_kind)[self.guard_code]

    @property
    def is_timely(self) -> bool:
        """Whether its act can still be done: the subject is where the act begins."""
        act_of = find(self.act_kind)
        return act_of is not None and can_begin(act_of, self.subject)

    @property
    def missed(self) -> list[str]:
        """What was missing when it was asked for, in words."""
        guard = overridable(self.act_kind).get(self.guard_code)
        return guard.in_words(self.subject, self.missing) if guard else list(self.missing)

    @act(source=S.ASKED, target=S.GRANTED)
    def grant(self, *, decided_by: Actor, at: datetime, decision: str) -> None:
        """A second person lets the act pass over the condition, once."""
        self.decided_by, self.decided_at, self.decision = decided_by, at, decision

    @act(source=S.ASKED, target=S.REFUSED)
    def refuse(self, *, decided_by: Actor, at: datetime, decision: str) -> None:
        """A second person refuses it, for a public reason."""
        self.decided_by, self.decided_at, self.decision = decided_by, at, decision

    @act(source=[S.ASKED, S.GRANTED], target=S.WITHDRAWN)
    def withdraw(self) -> None:
        """Who asked for it no longer needs it."""

    @act(source=S.GRANTED, target=S.USED)
    def use(self) -> None:
        """The act passed over the condition; the exception is used up."""

    @act(source=[S.ASKED, S.GRANTED], target=S.LAPSED)
    def lapse(self) -> None:
        """The act passed without it, or the road of the draft ended."""


def find(kind: str) -> Act | None:
    """The act of this kind that an exception can concern; None when there is none."""
    acts = (*acts_of(Draft), *acts_of(Consultation), *acts_of(CouncilFile), SUBMIT)
    return next((one for one in acts if one.kind == kind), None)


def can_begin(one: Act, subject: Stateful) -> bool:
    """Whether the act can be begun: no second file of the council beside a running one."""
    if str(subject.state) not in one.sources:
        return False
    files = CouncilFile.objects.filter(draft=subject.pk).exclude(state=CouncilFileState.SENT_BACK)
    return one.kind != SUBMIT.kind or not files.exists()


def overridable(kind: str) -> dict[str, Guard]:
    """By code, the conditions of an act that a second person may let it pass over."""
    found = find(kind)
    return {} if found is None else {one.code: one for one in found.guards if not one.absolute}


def every_overridable() -> set[tuple[str, str]]:
    """Each act with each condition it may be let pass over; of all others, none ever."""
    models_: tuple[type[Any], ...] = (Draft, Consultation, CouncilFile)
    acts = [SUBMIT, *(one for model in models_ for one in acts_of(model))]
    return {(one.kind, guard.code) for one in acts for guard in one.guards if not guard.absolute}
