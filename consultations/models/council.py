"""The council's file on a draft and the roll call."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from consultations.models import amending, guards, reading
from consultations.models.drafts import Draft
from consultations.models.machine import FSMField, Stateful, act
from consultations.models.majority import MAJORITIES
from consultations.models.people import Actor


class CouncilFileState(models.TextChoices):
    SUBMITTED = "submitted", _("submitted")
    NUMBERED = "numbered", _("print number given")
    FIRST_READ = "first_read", _("first reading held")
    READ = "read", _("read, before the vote")
    VOTED = "voted", _("voted")
    SENT_BACK = "sent_back", _("sent back")


S = CouncilFileState
BEFORE_THE_VOTE = (S.NUMBERED, S.FIRST_READ, S.READ)
TO_VOTE = (S.NUMBERED, S.READ)  # the only reading may be recorded with the vote


class CouncilFile(Stateful):
    """What the council has before it: the draft under a print number (druk nr).

    One reading, or two by rule or by an accepted motion (`two_readings`). The two deadlines are
    the first instants that are too late; between two readings they are set by the chair.
    """

    machine = "council_file"
    initial = S.SUBMITTED
    lost_session = ""  # no column: what became of its session, as `selectors.agenda` marks it

    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="council_files")
    state = FSMField(default=S.SUBMITTED, choices=S.choices, protected=True)
    print_number = models.CharField(_("print number"), max_length=20, blank=True)
    submitted_at = models.DateTimeField()
    ordinance_number = models.CharField(_("ordinance"), max_length=40, blank=True)
    ordinance_on = models.DateField(_("date of the ordinance"), null=True, blank=True)
    session_number = models.CharField(_("session"), max_length=20, blank=True)
    session_on = models.DateField(_("day of the session"), null=True, blank=True)
    sent_back_because = models.TextField(blank=True)
    two_readings = models.BooleanField(_("two readings on a motion"), default=False)
    reading_began_at = models.DateTimeField(null=True, blank=True)
    first_read_at = models.DateTimeField(null=True, blank=True)
    first_session = models.CharField(_("session of the first reading"), max_length=20, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    own_amendments_until = models.DateTimeField(null=True, blank=True)
    amendments_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(own_amendments_until=None, amendments_until=None)
                | Q(own_amendments_until__lte=F("amendments_until")),
                name="own_amendments_end_first",
            )
        ]

    def __str__(self) -> str:
        return self.print_number or str(self.pk)

    @property
    def is_read_twice(self) -> bool:
        """By the rule of the procedure, or by the council's decision on a motion."""
        return self.two_readings or self.draft.procedure.number_of("readings") > 1

    @property
    def is_to_be_voted_on(self) -> bool:
        """Read, or to be read once: that reading may be recorded with the vote."""
        return self.state == S.READ or (self.state == S.NUMBERED and not self.is_read_twice)

    @property
    def roll_call(self) -> "RollCall | None":
        """The roll call that counts: the last one; those before it were replaced."""
        calls = list(self.roll_calls.all()) if self.pk else []
        return calls[-1] if calls else None

    @property
    def waiting_sheet(self) -> Any:
        """The roll call entered from paper that waits for a second person."""
        sheets = self.vote_sheets.all() if self.pk else ()
        return next((one for one in sheets if one.state == "waiting"), None)

    @act(source=S.SUBMITTED, target=S.NUMBERED, guards=[reading.AT_COUNCIL])
    def give_print_number(self, *, print_number: str) -> None:
        """The council office gives the print number."""
        self.print_number = print_number

    @act(source=BEFORE_THE_VOTE, guards=[reading.AT_COUNCIL])
    def schedule(self, *, session_number: str, session_on: date) -> None:
        """The draft is on the agenda (porządek obrad) of a session."""
        self.session_number, self.session_on = session_number, session_on

    @act(source=BEFORE_THE_VOTE, guards=[reading.AT_COUNCIL, reading.ON_AGENDA])
    def take_off_agenda(self) -> None:
        """The draft is taken off the agenda (zdjęcie z porządku obrad), for a public reason.

        A reading that began and was not closed begins again at another session.
        """
        if self.state == S.NUMBERED:
            self.reading_began_at = None
        self.session_number, self.session_on = "", None

    @act(source=S.NUMBERED, guards=[reading.AT_COUNCIL, reading.READ_ONCE, reading.MOTION_DECIDED])
    def move_two_readings(self) -> None:
        """A motion for two readings is filed; the council has not decided on it yet."""

    @act(source=S.NUMBERED, guards=[reading.AT_COUNCIL, reading.MOTION_WAITS])
    def decide_two_readings(self, *, accepted: bool) -> None:
        """The council decides on the motion: accepted, it changes the road."""
        self.two_readings = accepted

    @act(source=S.NUMBERED, guards=[reading.AT_COUNCIL, reading.MOTION_DECIDED])
    def begin_reading(self, *, at: datetime) -> None:
        """The reading begins: the sponsor's own amendments are over, unless a second follows."""
        self.reading_began_at = at

    @act(
        source=S.NUMBERED,
        target=S.READ,
        guards=[reading.AT_COUNCIL, reading.READ_ONCE, reading.MOTION_DECIDED],
    )
    def hold_reading(self, *, at: datetime) -> None:
        """The only reading is closed; amendments are over."""
        self.reading_began_at = self.reading_began_at or at
        self.read_at = at

    @act(
        source=S.NUMBERED,
        target=S.FIRST_READ,
        guards=[reading.AT_COUNCIL, reading.READ_TWICE, reading.MOTION_DECIDED],
    )
    def hold_first_reading(
        self, *, at: datetime, own_amendments_until: datetime, amendments_until: datetime
    ) -> None:
        """The first of two readings is closed; the chair says until when amendments are filed."""
        self.reading_began_at = self.reading_began_at or at
        self.first_read_at, self.first_session = at, self.session_number
        self.session_number, self.session_on = "", None
        self.own_amendments_until = own_amendments_until
        self.amendments_until = amendments_until

    @act(source=S.FIRST_READ, guards=[reading.AT_COUNCIL])
    def set_deadlines(self, *, own_amendments_until: datetime, amendments_until: datetime) -> None:
        """The chair sets other last instants for amendments."""
        self.own_amendments_until = own_amendments_until
        self.amendments_until = amendments_until

    @act(source=S.FIRST_READ, target=S.READ, guards=[reading.AT_COUNCIL, reading.AMENDING_OVER])
    def hold_second_reading(self, *, at: datetime) -> None:
        """The second reading is closed; what follows is the vote."""
        self.read_at = at

    @act(source=[S.SUBMITTED, *BEFORE_THE_VOTE], target=S.SENT_BACK, guards=[reading.AT_COUNCIL])
    def send_back(self, *, because: str) -> None:
        """The council sends the draft back to its sponsor, for a reason."""
        self.sent_back_because = because

    @act(
        source=S.READ,
        target=S.VOTED,
        guards=[
            reading.AT_COUNCIL,
            guards.PRINT_NUMBERED,
            amending.AMENDMENTS_SETTLED,
            guards.HAS_ROLL_CALL,
            guards.QUORUM,
        ],
    )
    def record_vote(self) -> None:
        """The roll call (głosowanie imienne) is part of the record."""


class Vote(models.TextChoices):
    FOR = "for", _("for")
    AGAINST = "against", _("against")
    ABSTAINED = "abstained", _("abstained")
    NO_VOTE = "no_vote", _("present, did not vote")
    ABSENT = "absent", _("absent")


# The field that holds the total of each vote.
TOTALS: dict[Vote, str] = {
    Vote.FOR: "votes_for",
    Vote.AGAINST: "votes_against",
    Vote.ABSTAINED: "abstained",
    Vote.NO_VOTE: "no_vote",
    Vote.ABSENT: "absent",
}


class RollCall(models.Model):
    """A roll call on one file: five totals, and beside them the votes known by name.

    Two kinds, told apart by `declared`. Counted: every councillor stands in the list, and the
    totals are counted from it. Declared: the office gave the five totals of the minutes, they
    are the record and sum to the council's seats; names may be missing, never too many of a
    kind (a trigger keeps it). Nobody checks names: there is no register of councillors.

    Rows are frozen. A mistake is corrected, and a vote taken again (reasumpcja) recorded, by a new
    row that `replaces` the one before; only the last one counts. What comes from paper has two
    persons: who entered it and who compared it with the minutes.
    """

    class Source(models.TextChoices):
        SYSTEM = "system", _("the voting system")
        PAPER = "paper", _("minutes on paper")

    class Kind(models.TextChoices):
        VOTE = "vote", _("vote")
        CORRECTION = "correction", _("correction of the record")
        REPEATED = "repeated", _("re-vote")

    council_file = models.ForeignKey(
        CouncilFile, on_delete=models.PROTECT, related_name="roll_calls"
    )
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.VOTE)
    source = models.CharField(max_length=10, choices=Source, default=Source.SYSTEM)
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    because = models.TextField(_("reason"), blank=True)
    entered_by = models.ForeignKey(
        Actor, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    entered_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(
        Actor, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    held_on = models.DateField(_("day of the session"))
    votes_for = models.PositiveIntegerField()
    votes_against = models.PositiveIntegerField()
    abstained = models.PositiveIntegerField()
    no_vote = models.PositiveIntegerField()
    absent = models.PositiveIntegerField()
    declared = models.BooleanField(_("totals declared"), default=False)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind="vote", replaces=None)
                | (~Q(kind="vote") & Q(replaces__isnull=False) & ~Q(because="")),
                name="replacing_has_a_reason",
            )
        ]

    def __str__(self) -> str:
        return f"{self.votes_for}-{self.votes_against}-{self.abstained}"

    @property
    def present(self) -> int:
        """Those who count for the quorum: everybody but the absent."""
        return self.votes_for + self.votes_against + self.abstained + self.no_vote

    @property
    def seats(self) -> int:
        """The whole council, as the totals have it."""
        return self.present + self.absent

    @property
    def carried(self) -> bool:
        """Whether the majority the procedure asks for was reached, with the quorum present."""
        procedure = self.council_file.draft.procedure
        if self.present < procedure.quorum:
            return False
        cast = (self.votes_for, self.votes_against, self.abstained)
        seats = procedure.number_of("council_seats")
        return MAJORITIES[procedure.rule("majority").value].reached(*cast, seats)

    @classmethod
    def counts(cls, votes: Iterable[str]) -> dict[str, int]:
        """The five counts of a list of votes, keyed like the fields."""
        listed = list(votes)
        return {TOTALS[vote]: listed.count(vote) for vote in Vote}

    def unnamed(self, votes: Iterable[str]) -> list[tuple[str, int]]:
        """Of which votes how many have no name, when `votes` are those that have one."""
        named = self.counts(votes)
        missing = [(vote, getattr(self, total) - named[total]) for vote, total in TOTALS.items()]
        return [(str(vote.label), count) for vote, count in missing if count]

    @staticmethod
    def label_of(total: str) -> str:
        """The vote a total counts, in words."""
        return next(str(vote.label) for vote, name in TOTALS.items() if name == total)


class Ballot(models.Model):
    """How one councillor voted; councillors' votes are public (art. 14 ust. 3 of the Act on
    municipal self-government)."""

    roll_call = models.ForeignKey(RollCall, on_delete=models.PROTECT, related_name="ballots")
    councillor = models.CharField(_("councillor"), max_length=150)
    club = models.CharField(_("council group"), max_length=100, blank=True)
    vote = models.CharField(_("vote"), max_length=10, choices=Vote)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["roll_call", "councillor"], name="votes_once")
        ]

    def __str__(self) -> str:
        return f"{self.councillor}: {self.vote}"


class Visit(models.Model):
    """When a person looked at the council's desk, and how far the record had come.

    A visit goes on while its looks are less than an hour apart: `before` stays what the visit
    before it saw, so that a page loaded again tells the same news.
    """

    actor = models.OneToOneField(Actor, on_delete=models.PROTECT, related_name="council_visit")
    looked_at = models.DateTimeField()
    looked_seq = models.BigIntegerField()
    before_at = models.DateTimeField(null=True, blank=True)
    before_seq = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.actor_id}: {self.looked_seq}"
