"""The draft, its machine, and its text: versions, provisions and their wordings."""

import uuid
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from consultations.models import amending, guards
from consultations.models.appealing import APPEALS_DECIDED
from consultations.models.documents import Document
from consultations.models.machine import FSMField, Stateful, act
from consultations.models.procedure import Procedure


class DraftState(models.TextChoices):
    DRAFTING = "drafting", _("drafting")
    PUBLIC_CONSULTATION = "public_consultation", _("public consultation")
    COMMENT_REVIEW = "comment_review", _("comment review")
    COUNCIL_VOTE = "council_vote", _("council vote")
    ADOPTED = "adopted", _("adopted")
    REJECTED = "rejected", _("rejected")
    WITHDRAWN = "withdrawn", _("withdrawn")


S = DraftState
# While the draft is in one of these, its text may get a further version.
EDITABLE = (S.DRAFTING, S.PUBLIC_CONSULTATION, S.COMMENT_REVIEW, S.COUNCIL_VOTE)


class Draft(Stateful):
    """A draft (projekt) of a document on its way to the council; the case of the record.

    `procedure` is fixed when the cycle begins and never changes (a trigger keeps it).
    """

    machine = "draft"
    initial = S.DRAFTING

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="drafts")
    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT)
    title = models.CharField(_("title"), max_length=300)
    state = FSMField(default=S.DRAFTING, choices=S.choices, protected=True)
    registered_at = models.DateTimeField()
    resolution_number = models.CharField(_("resolution number"), max_length=40, blank=True)
    adopted_on = models.DateField(_("date of adoption"), null=True, blank=True)
    withdrawn_because = models.TextField(blank=True)
    case_number = models.CharField(_("case number"), max_length=60, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(state="adopted")
                | (~Q(resolution_number="") & Q(adopted_on__isnull=False)),
                name="adopted_has_number_and_date",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @act(source=S.DRAFTING, target=S.PUBLIC_CONSULTATION, guards=[guards.CONSULTATION_OPEN])
    def begin_consultation(self) -> None:
        """The announced round opens (rozpoczęcie konsultacji)."""

    @act(source=S.PUBLIC_CONSULTATION, target=S.COMMENT_REVIEW, guards=[guards.CONSULTATION_CLOSED])
    def begin_review(self) -> None:
        """The round has closed; every comment is to be answered (rozpatrywanie uwag)."""

    @act(
        source=S.COMMENT_REVIEW,
        target=S.COUNCIL_VOTE,
        guards=[
            APPEALS_DECIDED,
            guards.ALL_ANSWERED,
            guards.NO_WORKING_VERSION,
            guards.ACCEPTED_HAVE_CHANGES,
            guards.CHANGES_HAVE_CAUSES,
            guards.REPORT_RELEASED,
        ],
    )
    def finish_review(self) -> None:
        """The report is released; the draft goes to the council."""

    @act(source=S.COMMENT_REVIEW, target=S.DRAFTING)
    def consult_again(self) -> None:
        """Another round is held, for a public reason (ponowne konsultacje)."""

    @act(source=S.COUNCIL_VOTE, target=S.COMMENT_REVIEW, guards=[guards.FILE_SENT_BACK])
    def take_back(self) -> None:
        """The council sent the draft back; it is reviewed again (skierowanie do projektodawcy)."""

    @act(
        source=[S.DRAFTING, S.COMMENT_REVIEW, S.COUNCIL_VOTE],
        target=S.WITHDRAWN,
        guards=[guards.NO_ROUND_RUNS, guards.NOT_VOTED],
    )
    def withdraw(self, *, because: str) -> None:
        """The sponsor withdraws the draft, for a public reason (wycofanie projektu)."""
        self.withdrawn_because = because

    @act(source=S.COMMENT_REVIEW)
    def mark_overdue(self) -> None:
        """The days of the review passed, and it goes on (po terminie)."""

    @act(source=[*S])
    def number_case(self, *, case_number: str) -> None:
        """The number of the city's records system (EZD) is entered."""
        self.case_number = case_number

    @act(
        source=S.COUNCIL_VOTE,
        target=S.ADOPTED,
        guards=[
            guards.VOTE_CARRIED,
            guards.NO_SHEET_WAITS,
            amending.AMENDMENTS_MERGED,
            guards.TEXT_AS_VOTED,
            guards.NO_WORKING_VERSION,
            guards.CHANGES_HAVE_CAUSES,
        ],
    )
    def adopt(self, *, resolution_number: str, adopted_on: Any) -> None:
        """The resolution gets its number and date (uchwała)."""
        self.resolution_number = resolution_number
        self.adopted_on = adopted_on

    @act(source=S.COUNCIL_VOTE, target=S.REJECTED, guards=[guards.VOTE_LOST, guards.NO_SHEET_WAITS])
    def reject(self) -> None:
        """The council did not adopt the draft (odrzucona)."""


class TextVersion(models.Model):
    """One version of a draft's text; never edited once it is published (a trigger keeps it)."""

    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    imported_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["draft", "number"], name="version_once"),
            models.UniqueConstraint(
                fields=["draft"], condition=Q(published_at=None), name="one_working_version"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.draft_id}, {self.number}"


class Provision(models.Model):
    """A provision (jednostka redakcyjna): its key stays for its whole life."""

    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="provisions")
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    def __str__(self) -> str:
        return str(self.key)


class Wording(models.Model):
    """The wording (brzmienie) and place of a provision in one version.

    `level`, `number`, `heading`, `text` are as drafted; `eid` is the place in Akoma Ntoso terms,
    `citation` the place in words («§ 3 ust. 1 pkt 2»), `path` the machine-readable path;
    `revision` grows with every edit of the working version.
    """

    text_version = models.ForeignKey(TextVersion, on_delete=models.CASCADE, related_name="wordings")
    provision = models.ForeignKey(Provision, on_delete=models.PROTECT, related_name="wordings")
    parent = models.ForeignKey("self", on_delete=models.CASCADE, null=True, blank=True)
    position = models.PositiveIntegerField()
    level = models.CharField(max_length=12)
    number = models.CharField(max_length=20, blank=True)
    label = models.CharField(max_length=60, blank=True)
    heading = models.CharField(max_length=500, blank=True)
    text = models.TextField(blank=True)
    eid = models.CharField(max_length=200)
    citation = models.CharField(max_length=200)
    path = models.CharField(max_length=300)
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["text_version", "position"], name="position_once"),
            models.UniqueConstraint(fields=["text_version", "eid"], name="eid_once"),
            models.UniqueConstraint(fields=["text_version", "provision"], name="one_wording"),
        ]

    def __str__(self) -> str:
        return self.citation
