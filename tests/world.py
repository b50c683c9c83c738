"""The test world: a small cast with names, one programme, and the road up to any stage.

Fixture `world`. Everything happens through services, by the stored clock (Europe/Warsaw days).
"""

import uuid
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest

from consultations.calendar import WARSAW, local_day
from consultations.models import (
    Actor,
    Comment,
    CommentKind,
    Consultation,
    CouncilFile,
    Department,
    DocumentKind,
    Draft,
    LegalForm,
    Mandate,
    Organisation,
    Provision,
    Report,
    Role,
    RoleGrant,
    User,
    Vote,
    Wording,
)
from consultations.models.clock import move_to, now
from consultations.models.people import clock, operator
from consultations.services import (
    answers,
    comments,
    council,
    drafts,
    elements,
    filing,
    reports,
    texts,
    ways,
)
from consultations.services import consultations as rounds
from consultations.services import documents as register
from consultations.text.parse import parse_plain
from consultations.text.tree import NBSP

BEGINNING = datetime(2026, 9, 1, 9, 0, tzinfo=WARSAW)
TEXT = """Program współpracy na rok 2027 (tekst do testów)
Rozdział 1. Postanowienia ogólne
§ 1. Program określa zasady współpracy Miasta z organizacjami.
§ 2. 1. Termin składania ofert wynosi 21 dni.
2. Wysokość środków na zadania:
1) kultura – 100 000 zł;
2) sport – 200 000 zł.
"""


@dataclass
class World:
    """Who there is; `draft` and what follows appear as the road is walked."""

    officer: Actor = field(default_factory=lambda: staff("officer@urzad.test", Role.OFFICER))
    second_officer: Actor = field(default_factory=lambda: staff("drugi@urzad.test", Role.OFFICER))
    approver: Actor = field(default_factory=lambda: staff("approver@urzad.test", Role.APPROVER))
    clerk: Actor = field(default_factory=lambda: staff("clerk@rada.test", Role.CLERK))
    councillor: Actor = field(default_factory=lambda: staff("radna@rada.test", Role.COUNCILLOR))
    auditor: Actor = field(default_factory=lambda: staff("audyt@urzad.test", Role.AUDITOR))
    ngo: Actor = field(default_factory=lambda: signed_in("anna@mosty.test", "Anna Mostowa"))
    outsider: Actor = field(default_factory=lambda: signed_in("obcy@poczta.test", "Obcy Obcowski"))
    clock: Actor = field(default_factory=clock)

    def __post_init__(self) -> None:
        move_to(BEGINNING)
        self.department = Department.objects.create(slug="budzet", name="Wydział Budżetu")
        self.expert = staff("expert@urzad.test", Role.EXPERT, self.department)
        self.organisation = organisation("Fundacja Mosty", krs="0099900099")
        signatory(self.organisation, self.ngo)

    def drafted(self, slug: str = "program-2027", text: str = TEXT) -> Draft:
        """A registered draft with its text imported."""
        document = register.add_document(
            slug=slug, kind=DocumentKind.ANNUAL, title=f"Program {slug}", by=self.officer
        )
        draft = drafts.register_draft(
            document, slug=slug, title=f"Projekt programu {slug}", by=self.officer
        )
        texts.import_text(draft, parse_plain(text).nodes, by=self.officer)
        return draft

    def announced(self, slug: str = "program-2027", text: str = TEXT) -> Consultation:
        """An announced round, with the earliest days the procedure allows."""
        consultation = self.with_ways(self.drafted(slug, text).rounds.get())
        first, last = rounds.earliest_days(consultation)
        notice = rounds.Notice(first, last, "Poznać zdanie organizacji.", "Referat", "tel. 12")
        return rounds.announce_consultation(consultation, notice, by=self.officer)

    def with_ways(self, consultation: Consultation) -> Consultation:
        """Three forms of consultation, one of them an open meeting on 25 September 2026."""
        at = datetime(2026, 9, 25, 17, 0, tzinfo=WARSAW)
        meeting = ways.Plan("open_meeting", "Urząd Miasta, sala 7", at, at + timedelta(hours=2))
        for plan in (meeting, ways.Plan("online_form", "Uwaga"), ways.Plan("paper", "Urząd")):
            ways.plan_way(consultation, plan, by=self.officer)
        self.with_elements(consultation.draft)
        return consultation

    def with_elements(self, draft: Draft) -> Draft:
        """Every mandatory element tied to the first provision of the text."""
        first = draft.provisions.order_by("pk").first()
        if first is None:
            return draft
        codes = draft.procedure.elements.values_list("code", flat=True)
        places = {code: [first.key] for code in codes}
        return elements.place_elements(draft, places, by=self.officer)

    def opened(self, slug: str = "program-2027", text: str = TEXT) -> Consultation:
        """A round that takes comments now."""
        consultation = self.announced(slug, text)
        assert consultation.opens_at is not None
        move_to(consultation.opens_at)
        consultation = rounds.open_consultation(consultation, by=self.clock)
        drafts.begin_consultation(consultation.draft, by=self.clock)
        consultation.refresh_from_db()
        return consultation

    def comment(self, consultation: Consultation, **said: Any) -> Comment:
        """A comment of the organisation on § 2 ust. 1."""
        fields: dict[str, Any] = {
            "wording": provision(consultation),
            "organisation": self.organisation,
            "kind": CommentKind.CHANGE,
            "proposed_wording": "Termin składania ofert wynosi 30 dni.",
            "reasons": "Piszemy oferty po pracy.",
        }
        by = said.pop("by", self.ngo)
        key = said.pop("key", None) or uuid.uuid4()
        return filing.file_comment(consultation, filing.Said(**(fields | said)), key=key, by=by)

    def admitted(self, consultation: Consultation, **said: Any) -> Comment:
        return comments.admit_comment(self.comment(consultation, **said), by=self.officer)

    def answered(self, comment: Comment, outcome: str = "rejected") -> Comment:
        """Answered by the officer, signed by the approver, published."""
        comment = answers.answer_comment(
            comment,
            outcome=outcome,
            reasons="Zostaje 21 dni: to minimum ustawy.",
            accepted_part="Zdanie pierwsze." if outcome == "partly" else "",
            changed=[comment.wording.provision.key] if comment.wording else [],
            by=self.officer,
        )
        comment = answers.approve_answer(comment, by=self.approver)
        return answers.publish_answer(comment, by=self.officer)

    def closed(self, consultation: Consultation) -> Consultation:
        """The round after its last day."""
        assert consultation.closes_at is not None
        move_to(consultation.closes_at)
        consultation = rounds.close_consultation(consultation, by=self.clock)
        drafts.begin_review(consultation.draft, by=self.clock)
        consultation.refresh_from_db()
        return consultation

    def reported(self, consultation: Consultation) -> Report:
        """The report, prepared by the officer and released by the head of unit."""
        report = reports.prepare_report(consultation, introduction="Wstęp.", by=self.officer)
        return reports.release_report(report, by=self.approver)

    def reviewed(self, consultation: Consultation) -> Draft:
        """The draft after its review; every comment must have its answer."""
        self.reported(consultation)
        return drafts.finish_review(consultation.draft, by=self.officer)

    def numbered(self, consultation: Consultation) -> CouncilFile:
        """The council's file with its print number; every comment must have its answer."""
        draft = self.reviewed(consultation)
        council_file = council.submit_to_council(draft, by=self.officer)
        return council.give_print_number(council_file, print_number="405", by=self.clerk)

    def voted(self, council_file: CouncilFile, *, votes_for: int = 40) -> CouncilFile:
        """A roll call of 43: `votes_for` for, the others against."""
        move_to(now() + timedelta(days=10))
        return council.record_vote(
            council_file, called=roll_call(votes_for), held_on=local_day(now()), by=self.clerk
        )


def signed_in(email: str, name: str = "") -> Actor:
    """A person with a login and no role."""
    return User.objects.create_user(email, name=name).actor


def organisation(name: str, **fields: Any) -> Organisation:
    """A verified foundation."""
    verified = {"verified_at": BEGINNING, "verified_by": operator()}
    given = {"legal_form": LegalForm.FOUNDATION} | verified | fields
    return Organisation.objects.create(name=name, **given)


def signatory(body: Organisation, actor: Actor, **fields: Any) -> Mandate:
    """A mandate without end to sign for the organisation."""
    given = {"kind": Mandate.Kind.SIGNATORY, "since": BEGINNING, "basis": "wpis w KRS"} | fields
    made: Mandate = Mandate.objects.create(organisation=body, actor=actor, **given)
    return made


def drafter(body: Organisation, actor: Actor) -> Mandate:
    """A mandate without end to prepare for the organisation."""
    return signatory(body, actor, kind=Mandate.Kind.DRAFTER)


def staff(email: str, role: str, department: Department | None = None) -> Actor:
    """A person with a role, without end."""
    actor = signed_in(email, name=email.partition("@")[0].capitalize())
    RoleGrant.objects.create(actor=actor, role=role, department=department, since=BEGINNING)
    return actor


def provision(consultation: Consultation, citation: str = "§ 2 ust. 1") -> Wording:
    """The wording at this place of the text under consultation."""
    wordings = Wording.objects.filter(text_version=consultation.text_version_id)
    return next(one for one in wordings if one.citation.replace(NBSP, " ") == citation)


def provision_of(comment: Comment) -> Provision:
    """What the comment is on."""
    assert comment.wording is not None
    return comment.wording.provision


def roll_call(votes_for: int = 40, seats: int = 43) -> list[council.Called]:
    """So many for, the rest against."""
    votes = [Vote.FOR] * votes_for + [Vote.AGAINST] * (seats - votes_for)
    return [council.Called(f"Radny {n}", "Klub", str(vote)) for n, vote in enumerate(votes, 1)]


@pytest.fixture
def world(db: None) -> World:
    """The cast, on 1 September 2026 at 9:00."""
    return World()
