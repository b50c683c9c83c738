"""A world in which every personal text holds a word of its own, and whose each word is.

A new personal column of text (`config.keeping`) makes `test_every_personal_text_holds_a_word` red
until somebody in this world has a word there.
"""

import logging
import uuid
from datetime import timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.test import Client

from consultations import calendar
from consultations.calendar import local_day
from consultations.models import (
    Actor,
    Comment,
    Consultation,
    CouncilFile,
    LegalForm,
    Mandate,
    Organisation,
    Role,
    UnsavedEdit,
    Vote,
    Wording,
)
from consultations.models.clock import move_to, now
from consultations.services import comments, council, filing, requests, votes, ways
from consultations.services import consultations as rounds
from consultations.services.report_files import ask_report_files
from tests.canary import beside
from tests.canary.words import EVERYBODY, Canaries
from tests.ground.walk import Places, places
from tests.notifications.post import delivered
from tests.public.guests import letters
from tests.report_files import write_report_files
from tests.world import BEGINNING, TEXT, World, provision, signatory, signed_in, staff


class WordyWorld(World):
    """Its notices name a person to ask."""

    contact = "tel. 12"

    def announced(self, slug: str = "program-2027", text: str = TEXT) -> Consultation:
        consultation = self.with_ways(self.drafted(slug, text).rounds.get())
        first, last = rounds.earliest_days(consultation)
        notice = rounds.Notice(first, last, "Poznać zdanie.", "Referat", self.contact)
        return rounds.announce_consultation(consultation, notice, by=self.officer)


def joined(canaries: Canaries, name: str, role: str = "", department: Any = None) -> Actor:
    """A person with a word in her address, her second address and her name."""
    email = f"{canaries.word('User.email', name)}@poczta.test"
    actor = staff(email, role, department) if role else signed_in(email)
    user = actor.user
    user.name = f"Jan {canaries.word('User.name', name)}"
    user.save()
    second = f"{canaries.word('EmailAddress.email', name)}@poczta.test"
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    EmailAddress.objects.create(user=user, email=second)
    canaries.people[name] = actor
    return actor


def filled() -> tuple[Canaries, Places]:
    """Everything there is, with a word of its own wherever it says something of a person."""
    found = Canaries()
    with listening_to_the_log(found):
        world = _cast(found)
        there = places(world)
        _first_round(found, world)
        _second_round(found, world)
        _at_the_office(found, world)
        for one in Consultation.objects.filter(report__state="released"):
            ask_report_files(one, kind="internal", by=world.officer)
        write_report_files()
        found.letters = [*delivered(), *letters()]
    return found, there


def _cast(found: Canaries) -> World:
    roles = {name: Role(name) for name in ("officer", "approver", "clerk", "councillor", "auditor")}
    by_role = {name: joined(found, name, role) for name, role in roles.items()}
    world = WordyWorld(
        **by_role,
        second_officer=joined(found, "second_officer", Role.OFFICER),
        ngo=joined(found, "celina"),
        outsider=joined(found, "outsider"),
    )
    world.expert = joined(found, "expert", Role.EXPERT, world.department)
    world.contact = found.word("Consultation.contact", EVERYBODY)
    for name in ("ania", "bartek", "nina", "darek"):
        joined(found, name)
    verified = {"verified_at": BEGINNING, "verified_by": world.officer}
    other = Organisation.objects.create(
        name="Stowarzyszenie B", legal_form=LegalForm.ASSOCIATION, **verified
    )
    basis = found.word("Mandate.basis", "darek")
    signatory(other, found.people["darek"], basis=f"Uchwała {basis}")
    Mandate.objects.create(
        organisation=other,
        actor=found.people["bartek"],
        kind=Mandate.Kind.DRAFTER,
        asked_at=BEGINNING,
        refused_because=found.word("Mandate.refused_because", "bartek", "B"),
    )
    found.name_shown(found.people["bartek"], "B")  # its signatory decides on who asks
    found.organisations = {"celina": "A", "darek": "B"}
    return world


def said(found: Canaries, *readers: str, **other: Any) -> dict[str, Any]:
    """What a comment says, with words for these readers."""
    return {
        "reasons": f"Powód {found.word('Comment.reasons', *readers)}.",
        "proposed_wording": f"Termin {found.word('Comment.proposed_wording', *readers)}.",
        "organisation": None,
        **other,
    }


def _first_round(found: Canaries, world: World) -> CouncilFile:
    """Through the council: answered, named, withdrawn, hidden, a letter; a roll call by name."""
    consultation, people = world.opened("kanarki-pierwsze"), found.people
    ania, nina = people["ania"], people["nina"]
    hers = beside.noted(
        found, world, world.admitted(consultation, by=ania, **said(found, EVERYBODY))
    )
    beside.replied(found, world, hers, "ania")
    hers = world.admitted(consultation, by=nina, named=True, **said(found, EVERYBODY))
    beside.replied(found, world, world.answered(hers), EVERYBODY)
    found.name_shown(nina, EVERYBODY)  # she agreed to it
    organisation = world.organisation
    theirs = said(found, EVERYBODY, organisation=organisation)
    world.answered(world.admitted(consultation, by=world.ngo, **theirs))
    taken_back = world.admitted(consultation, by=ania, **said(found, "ania"))
    comments.withdraw_comment(taken_back, by=ania)
    hidden = world.admitted(consultation, by=ania, **said(found, "ania"))
    because = f"Bo {found.word('Comment.hidden_because', 'ania')}."
    beside.appealed(found, world, comments.hide_comment(hidden, because=because, by=world.officer))
    _letter(found, world, consultation)
    _meeting(found, world, consultation)
    return _voted(found, world, consultation)


def _letter(found: Canaries, world: World, consultation: Consultation) -> None:
    """A letter on paper, of somebody who has no account."""
    text = filing.Said(provision(consultation), None, "question", "", "Z listu.", channel="post")
    sender = f"Piotr {found.word('Sealed.text', 'sender')}"
    letter = filing.file_comment(
        consultation, text, key=uuid.uuid4(), by=world.officer, sender=sender
    )
    world.answered(comments.admit_comment(letter, by=world.officer))


def _meeting(found: Canaries, world: World, consultation: Consultation) -> None:
    meeting = consultation.ways.get(kind="open_meeting")
    assert meeting.ends_at is not None
    move_to(max(now(), meeting.ends_at))
    minutes = f"Mówił {found.word('Way.minutes', EVERYBODY)}."
    ways.record_meeting(meeting, attendance=12, minutes=minutes, by=world.officer)


def _voted(found: Canaries, world: World, consultation: Consultation) -> CouncilFile:
    file = world.numbered(world.closed(consultation))
    beside.amended(found, world, file)
    club = found.word("Ballot.club", EVERYBODY)
    called = [
        council.Called(found.word("Ballot.councillor", EVERYBODY), club, str(Vote.FOR))
        for _seat in range(43)
    ]
    vote = votes.Vote(called, local_day(now()))
    votes.enter_vote(file, vote, by=world.clerk)
    second = staff("drugi-referent@rada.test", Role.CLERK)
    return votes.confirm_vote(file, totals=council.Totals(43, 0, 0, 0, 0), by=second)


def _second_round(found: Canaries, world: World) -> None:
    """Open now: received, returned, completed; nothing of it is public but what is admitted."""
    consultation, people = world.opened("kanarki-drugie"), found.people
    world.comment(consultation, by=people["ania"], **said(found, "ania"))
    world.comment(consultation, by=people["bartek"], **said(found, "bartek"))
    other = Organisation.objects.get(name="Stowarzyszenie B")
    theirs = {"A": (people["celina"], world.organisation), "B": (people["darek"], other)}
    for name, (by, organisation) in theirs.items():
        world.comment(consultation, by=by, **said(found, name, organisation=organisation))
    returned = world.comment(consultation, by=people["ania"], **said(found, "ania"))
    _return(found, world, returned, completed=False)
    public = world.comment(consultation, by=people["ania"], **said(found, EVERYBODY))
    _return(found, world, public, completed=True)
    beside.scanned(found, world, public)
    beside.drafted(found, world, consultation)
    beside.left(found, world, consultation)
    beside.by_a_guest(found, consultation)
    beside.on_a_sheet(found, world, consultation)


def _return(found: Canaries, world: World, comment: Comment, *, completed: bool) -> None:
    because = f"Brak {found.word('Comment.returned_because', 'ania')}."
    day = calendar.local_day(now()) + timedelta(days=7)
    comments.return_comment(comment, because=because, complete_by=day, by=world.officer)
    if completed:
        supplement = f"Oto {found.word('Comment.supplement', EVERYBODY)}."
        comments.complete_comment(comment, supplement=supplement, by=comment.filed_by)
        comments.admit_comment(comment, by=world.officer)


def _at_the_office(found: Canaries, world: World) -> None:
    """A refused request for erasure, words left unsaved, a session that remembers."""
    asked = requests.ask_erasure(by=found.people["ania"])
    because = f"Trwa spór {found.word('ErasureRequest.because', 'ania')}."
    requests.refuse_erasure(asked, because=because, by=world.approver)
    wording = Wording.objects.filter(text_version__draft__rounds__slug="kanarki-drugie")[0]
    UnsavedEdit.objects.create(
        author=world.officer,
        text_version=wording.text_version,
        provision=wording.provision,
        heading=found.word("UnsavedEdit.heading", "officer"),
        text=found.word("UnsavedEdit.text", "officer"),
        revision=0,
        saved_at=now(),
    )
    client = Client()
    client.force_login(found.people["ania"].user)
    session = client.session
    session["szkic"] = found.word("Session.session_data", "ania")
    session.save()


class listening_to_the_log:  # noqa: N801 - reads as a sentence
    """Everything any logger says, from DEBUG on, in the words in which it would be written."""

    def __init__(self, found: Canaries) -> None:
        self.handler, self.root = logging.Handler(), logging.getLogger()
        self.handler.emit = lambda record: found.logged.append(_written(record))  # type: ignore[method-assign]

    def __enter__(self) -> None:
        self.level, self.off = self.root.level, logging.root.manager.disable
        logging.disable(logging.NOTSET)
        self.root.addHandler(self.handler)
        self.root.setLevel(logging.DEBUG)

    def __exit__(self, *_error: object) -> None:
        self.root.removeHandler(self.handler)
        self.root.setLevel(self.level)
        logging.disable(self.off)


def _written(record: logging.LogRecord) -> str:
    return logging.Formatter("%(name)s %(message)s").format(record)
