"""Comments, the machine that takes each to a published answer, and the answer itself."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Length, Replace, Trim
from django.db.models.lookups import GreaterThan
from django.utils.translation import gettext_lazy as _

from consultations import calendar, wording
from consultations.models import guards
from consultations.models.appealing import APPEAL_OPEN
from consultations.models.clock import now
from consultations.models.consultations import Consultation
from consultations.models.drafts import Wording
from consultations.models.due import DUE_DAY_PASSED
from consultations.models.machine import FSMField, Stateful, act
from consultations.models.organisations import Mandate, Organisation
from consultations.models.people import Actor, Department
from consultations.models.ways import Way


class CommentState(models.TextChoices):
    RECEIVED = "received", _("received")
    RETURNED = "returned", _("returned for completion")
    ADMITTED = "admitted", _("admitted")
    ASSIGNED = "assigned", _("with a department")
    PROPOSED = "proposed", _("answer proposed")
    APPROVED = "approved", _("answer approved")
    PUBLISHED = "published", _("answered")
    WITHDRAWN = "withdrawn", _("withdrawn")
    HIDDEN = "hidden", _("hidden")
    LEFT = "left", _("left without consideration")


S = CommentState
# What people wrote, in the comment itself and to its author: what an erasing empties.
TEXTS = (
    *("proposed_wording", "reasons", "supplement"),
    *("returned_because", "hidden_because", "left_because"),
    *("appeal_reasons", "upheld_because"),
)
PUBLIC_STATES = (S.ADMITTED, S.ASSIGNED, S.PROPOSED, S.APPROVED, S.PUBLISHED)
IN_WORK = (S.RECEIVED, S.RETURNED, S.ADMITTED, S.ASSIGNED, S.PROPOSED, S.APPROVED)
CLOSED_STATES = (S.PUBLISHED, S.WITHDRAWN, S.HIDDEN, S.LEFT)
MARKS = ("unsigned", "incomplete")  # formal faults that can be put right


class CommentKind(models.TextChoices):
    CHANGE = "change", _("change of wording")
    DELETE = "delete", _("deletion of the provision")
    ADD = "add", _("new provision after this one")
    QUESTION = "question", _("question or opinion")


class Channel(models.TextChoices):
    FORM = "form", _("on-line form")
    EMAIL = "email", _("e-mail")
    POST = "post", _("post")
    IN_PERSON = "in_person", _("in person")
    EPUAP = "epuap", _("ePUAP")
    MEETING = "meeting", _("meeting")
    PHONE = "phone", _("telephone")
    FAX = "fax", _("fax")


# With a department, and nobody has proposed its answer yet.
IN_DEPARTMENTS = Q(state__in=(S.ADMITTED, S.ASSIGNED), department__isnull=False)
OPEN_APPEAL = Q(state=S.HIDDEN, appealed_at__isnull=False, appeal_decided_at=None)


class CommentQuerySet(models.QuerySet["Comment"]):
    def unanswered(self) -> Self:
        """Neither withdrawn, hidden nor left, and without a published answer.

        A comment returned for completion counts until its day is over.
        """
        lapsed = Q(state=S.RETURNED, complete_by__lt=calendar.local_day(now()))
        return self.exclude(state__in=CLOSED_STATES).exclude(lapsed)

    def with_open_appeal(self) -> Self:
        """Hidden, and nobody has decided what their authors say to that."""
        return self.filter(OPEN_APPEAL).order_by("number")


class Comment(Stateful):
    """A comment (uwaga) on a provision, or on the whole draft when `wording` is empty.

    `filed_by` is whose comment it is, `recorded_by` who entered it: a clerk for a letter. For an
    organisation it is signed under a `mandate`; what came on paper has none. The clerk also enters
    when it came (`arrived_at`) and the meeting or hours where it was taken (`way`). `late` is the
    verdict of that instant, of the postmark for a letter; it never changes.
    """

    machine = "comment"
    initial = S.RECEIVED

    consultation = models.ForeignKey(
        Consultation, on_delete=models.PROTECT, related_name="comments"
    )
    number = models.PositiveIntegerField()
    state = FSMField(default=S.RECEIVED, choices=S.choices, protected=True)
    wording = models.ForeignKey(Wording, on_delete=models.PROTECT, null=True, blank=True)
    kind = models.CharField(_("kind of comment"), max_length=10, choices=CommentKind)
    proposed_wording = models.TextField(_("proposed wording"), blank=True)
    reasons = models.TextField(_("reasons"))
    filed_by = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="comments")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="comments"
    )
    mandate = models.ForeignKey(
        Mandate, on_delete=models.PROTECT, null=True, blank=True, related_name="comments"
    )
    recorded_by = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="recorded")
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.FORM)
    filed_at = models.DateTimeField()
    posted_on = models.DateField(_("postmark"), null=True, blank=True)
    arrived_at = models.DateTimeField(_("when it came"), null=True, blank=True)
    way = models.ForeignKey(
        Way,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="comments",
        db_index=False,  # asked for together with the consultation only
    )
    late = models.BooleanField(_("late"), default=False)
    unsigned = models.BooleanField(_("unsigned"), default=False)
    incomplete = models.BooleanField(_("incomplete"), default=False)
    idempotency_key = models.UUIDField(unique=True)
    department = models.ForeignKey(Department, on_delete=models.PROTECT, null=True, blank=True)
    due_on = models.DateField(_("answer due"), null=True, blank=True)
    overdue_on = models.DateField(null=True, blank=True)  # the due day whose passing is recorded
    declined_by = models.ForeignKey(
        Department, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    declined_to = models.ForeignKey(
        Department, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    hidden_because = models.TextField(blank=True)
    appeal_by = models.DateField(_("appeal until"), null=True, blank=True)
    appeal_reasons = models.TextField(blank=True)
    appealed_at = models.DateTimeField(null=True, blank=True)
    appeal_decided_at = models.DateTimeField(null=True, blank=True)
    upheld_because = models.TextField(blank=True)
    named = models.BooleanField(_("show my name"), default=False)
    returned_because = models.TextField(blank=True)
    complete_by = models.DateField(_("to be completed by"), null=True, blank=True)
    supplement = models.TextField(_("what was added"), blank=True)
    case_number = models.CharField(_("case number"), max_length=60, blank=True)
    left_because = models.TextField(blank=True)
    group = models.ForeignKey(
        "consultations.CommentGroup",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="comments",
    )

    objects: ClassVar = CommentQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["number"]
        indexes: ClassVar = [
            models.Index(fields=["consultation", "state", "number"]),
            models.Index(  # all that the queue is counted, narrowed and ordered by
                fields=["consultation", "state", "department", "due_on", "number"],
                name="comment_on_the_desk",
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["consultation", "number"], name="comment_number_once"),
            models.CheckConstraint(condition=~Q(reasons=""), name="comment_has_reasons"),
            models.CheckConstraint(
                condition=Q(due_on=None) | Q(department__isnull=False), name="due_day_of_department"
            ),
            models.CheckConstraint(
                condition=~Q(state="returned")
                | (~Q(returned_because="") & Q(complete_by__isnull=False)),
                name="returned_with_reason_and_day",
            ),
            models.CheckConstraint(
                condition=~Q(state="hidden") | ~Q(hidden_because=""), name="hidden_with_reason"
            ),
            models.CheckConstraint(
                condition=~Q(state="left") | ~Q(left_because=""), name="left_with_reason"
            ),
            models.CheckConstraint(
                condition=Q(late=False) | ~Q(channel="form"), name="form_is_never_late"
            ),
            models.CheckConstraint(
                condition=Q(appealed_at=None, appeal_decided_at=None)
                | (Q(appealed_at__isnull=False) & ~Q(appeal_reasons="")),
                name="appeal_with_reasons",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.consultation_id}/{self.number}"

    @property
    def is_public(self) -> bool:
        return self.state in PUBLIC_STATES

    @property
    def is_erased(self) -> bool:
        """Its author's data were erased, and what she wrote with them."""
        return self.reasons == wording.ERASED

    @property
    def awaits_completion(self) -> bool:
        """Returned to its author, and the day for completing it is not over."""
        if self.state != S.RETURNED or self.complete_by is None:
            return False
        return self.complete_by >= calendar.local_day(now())

    @property
    def is_overdue(self) -> bool:
        """With a department whose day for the answer is over."""
        if self.due_on is None or self.state not in (S.ADMITTED, S.ASSIGNED):
            return False
        return self.due_on < calendar.local_day(now())

    @property
    def grounds(self) -> list[str]:
        """Why it may be left without consideration: late, unsigned, incomplete or lapsed.

        Whoever was asked to complete a comment has until the day she was given.
        """
        late = ["late"] if self.late else []
        if self.awaits_completion:
            return late
        faults = [mark for mark in MARKS if getattr(self, mark)]
        return late + faults + (["lapsed"] if self.state == S.RETURNED else [])

    def _mark(self, marks: Sequence[str], *, to: bool) -> None:
        for mark in marks:
            setattr(self, mark, to)

    @property
    def has_open_appeal(self) -> bool:
        """Its author appealed against hiding it, and nobody has decided yet."""
        return self.appealed_at is not None and self.appeal_decided_at is None

    @act(source=S.RECEIVED, target=S.ADMITTED)
    def admit(self, *, cleared: Sequence[str] = ()) -> None:
        """The comment meets the formal conditions; it becomes public and is counted."""
        self._mark(cleared, to=False)

    @act(source=S.RECEIVED, target=S.RETURNED)
    def return_for_completion(
        self, *, because: str, complete_by: date, lacking: Sequence[str] = ()
    ) -> None:
        """The author is asked to complete the comment by a day (wezwanie do uzupełnienia)."""
        self.returned_because, self.complete_by = because, complete_by
        self._mark(lacking, to=True)

    @act(source=S.RETURNED, target=S.RECEIVED)
    def complete(self, *, supplement: str, cleared: Sequence[str] = ()) -> None:
        """What was missing is added; what was filed stays as it was."""
        self.supplement = supplement
        self._mark(cleared, to=False)

    @act(source=[S.RECEIVED, S.RETURNED], target=S.LEFT, guards=[guards.FORMAL_GROUND])
    def leave(self, *, because: str) -> None:
        """It is left without consideration on a formal ground (pozostawienie bez rozpatrzenia)."""
        self.left_because = because
        if not (self.late or self.unsigned):  # what was asked for did not come
            self.incomplete = True

    @act(source=S.LEFT, target=S.RECEIVED)
    def take_up(self) -> None:
        """What was left without consideration is taken up again."""
        self.left_because = ""

    @act(source=[S.RECEIVED, S.RETURNED, S.ADMITTED, S.ASSIGNED], target=S.RECEIVED)
    def correct(self, *, kind: str, proposed_wording: str, reasons: str) -> None:
        """The author says it anew; the unit admits it anew. The old text stays in the record."""
        self.kind, self.proposed_wording, self.reasons = kind, proposed_wording, reasons

    @act(source=[*S])
    def stop_naming(self) -> None:
        """The author's name is no longer shown; it is never shown again."""
        self.named = False

    @act(source=[*S])
    def number_case(self, *, case_number: str) -> None:
        """The number of the city's records system (EZD) is entered."""
        self.case_number = case_number

    @act(source=[S.ADMITTED, S.ASSIGNED], target=S.ASSIGNED)
    def assign(self, *, department: Department, due_on: date | None = None) -> None:
        """A department is asked to answer on the merits, by a day."""
        self.department, self.due_on = department, due_on
        self.declined_by = self.declined_to = None

    @act(source=[S.ADMITTED, S.ASSIGNED])
    def set_due(self, *, due_on: date) -> None:
        """The department gets another day for its answer."""
        self.due_on = due_on

    @act(source=[S.ADMITTED, S.ASSIGNED], guards=[DUE_DAY_PASSED])
    def mark_overdue(self) -> None:
        """The clock records, once for each due day, that it passed without an answer."""
        self.overdue_on = self.due_on

    @act(source=[S.ADMITTED, S.ASSIGNED])
    def advise(self) -> None:
        """The department gives its opinion; the position stays the unit's."""

    @act(source=[S.ADMITTED, S.ASSIGNED], target=S.ADMITTED)
    def decline(self, *, belongs_to: Department | None) -> None:
        """The department sends it back to the unit: it is not its own («to nie nasze»)."""
        self.declined_by, self.declined_to = self.department, belongs_to
        self.department = self.due_on = None

    @act(source=[S.ADMITTED, S.ASSIGNED, S.PROPOSED], target=S.PROPOSED, guards=[guards.HAS_ANSWER])
    def answer(self) -> None:
        """An answer with outcome and reasons is proposed."""
        self.declined_by = self.declined_to = None

    @act(source=S.PROPOSED, target=S.APPROVED, guards=guards.OF_AN_ANSWER)
    def approve(self) -> None:
        """Another person has signed the answer (drugi podpis)."""

    @act(source=[S.PROPOSED, S.APPROVED], target=S.ADMITTED)
    def send_back(self) -> None:
        """The answer goes back to its author with a remark."""

    @act(source=S.APPROVED)
    def add_note(self) -> None:
        """A covering note to its author is written; it goes out with the answer."""

    @act(source=S.APPROVED, target=S.PUBLISHED, guards=guards.OF_AN_ANSWER)
    def publish(self) -> None:
        """The approved answer becomes public; its author is told."""

    @act(source=S.PUBLISHED)
    def rate(self) -> None:
        """Its author says how far the answer addresses the comment."""

    @act(source=S.PUBLISHED)
    def reply(self) -> None:
        """Its author replies to the answer, once (replika)."""

    @act(source=S.PUBLISHED)
    def show_reply(self) -> None:
        """The unit has looked at the reply: everybody may read it."""

    @act(source=[S.RECEIVED, S.RETURNED, S.ADMITTED], target=S.WITHDRAWN)
    def withdraw(self) -> None:
        """The author takes the comment back."""

    @act(source=[S.RECEIVED, S.RETURNED, S.ADMITTED, S.ASSIGNED], target=S.HIDDEN)
    def hide(self, *, because: str, appeal_by: date | None) -> None:
        """The comment is not shown, for a reason that its author is told; kept as evidence.

        She may appeal until a day; against a second hiding once more.
        """
        self.hidden_because, self.appeal_by = because, appeal_by
        self.appeal_reasons = self.upheld_because = ""
        self.appealed_at = self.appeal_decided_at = None

    @act(source=S.HIDDEN)
    def appeal(self, *, reasons: str, at: datetime) -> None:
        """Its author asks that another person looks at the hiding (odwołanie)."""
        self.appeal_reasons, self.appealed_at = reasons, at

    @act(source=S.HIDDEN, target=S.RECEIVED, guards=[APPEAL_OPEN])
    def restore(self, *, at: datetime) -> None:
        """The appeal is right: the comment goes its way as if it had just come."""
        self.hidden_because, self.appeal_decided_at = "", at

    @act(source=S.HIDDEN, guards=[APPEAL_OPEN])
    def uphold(self, *, because: str, at: datetime) -> None:
        """The comment stays hidden, for a reason its author reads."""
        self.upheld_because, self.appeal_decided_at = because, at

    @act(source=IN_WORK)
    def join_group(self, *, group: Any) -> None:
        """It is answered together with others that say the same; it keeps its row and number."""
        self.group = group

    @act(source=[*S])
    def leave_group(self) -> None:
        """It is answered by itself again."""
        self.group = None


def _visible(field: str) -> Trim:
    """The text without the blanks a person might send instead of reasons; plain SQL functions."""
    bare: Any = field
    for blank in "\n\r\t\u00a0":
        bare = Replace(bare, Value(blank), Value(""))
    return Trim(bare)


class Answer(models.Model):
    """The position (stanowisko) on a comment: outcome, reasons, author and second signature.

    An outcome that asks for it says in which part the comment is accepted. The database keeps it:
    one answer a comment, reasons never empty, approver is not the author, nothing published
    without an approver, nothing changed after publication.
    """

    comment = models.OneToOneField(Comment, on_delete=models.PROTECT, related_name="given_answer")
    outcome = models.CharField(_("outcome"), max_length=20)
    accepted_part = models.TextField(_("accepted part"), blank=True)
    reasons = models.TextField(_("reasons"))
    author = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="answers")
    answered_at = models.DateTimeField()
    approver = models.ForeignKey(
        Actor, on_delete=models.PROTECT, null=True, blank=True, related_name="approvals"
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    remark = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=GreaterThan(Length(_visible("reasons")), 0), name="answer_has_reasons"
            ),
            models.CheckConstraint(condition=~Q(outcome=""), name="answer_has_outcome"),
            models.CheckConstraint(
                condition=Q(approver=None) | ~Q(approver=F("author")), name="second_person_approves"
            ),
            models.CheckConstraint(
                condition=Q(published_at=None) | Q(approver__isnull=False),
                name="published_is_approved",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.comment_id}: {self.outcome}"

    def sign(self, *, approver: Actor, at: Any) -> None:
        """Put the second signature."""
        self.approver, self.approved_at = approver, at

    def unsign(self, remark: str) -> None:
        """Take the second signature away, saying why."""
        self.approver, self.approved_at, self.remark = None, None, remark
