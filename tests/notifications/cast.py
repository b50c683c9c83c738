"""Who is told of what, by names; and a road on which nearly everything happens."""

from datetime import timedelta
from typing import Any

from consultations import calendar
from consultations.models import (
    Actor,
    Comment,
    Consultation,
    CouncilFile,
    Entry,
    Role,
)
from consultations.models.clock import move_to, now
from consultations.services import (
    answers,
    appeals,
    attachments,
    comments,
    council,
    drafts,
    groups,
    leaving,
    opinions,
    people,
    ways,
)
from consultations.services import consultations as rounds
from consultations.services.correcting import Anew, correct_comment, stop_naming
from consultations.services.supporting import stop_supporting, support_comment
from notifications.models import Notice
from tests.world import World, signatory, signed_in, staff

NAMES = (
    "officer",
    "second_officer",
    "approver",
    "clerk",
    "councillor",
    "auditor",
    "expert",
    "ngo",
    "outsider",
)


class Cast:
    """The world, a colleague, the secretary of the council of public benefit, and names for all."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.colleague = signed_in("jan@mosty.test", "Jan Mostowy")
        signatory(world.organisation, self.colleague)
        self.secretary = staff("krdpp@urzad.test", Role.KRDPP_SECRETARY)

    @property
    def people(self) -> dict[str, Actor]:
        others = {"colleague": self.colleague, "secretary": self.secretary}
        return {name: getattr(self.world, name) for name in NAMES} | others

    def told(self) -> dict[str, set[str]]:
        """Who has a notice of each kind of event the record holds."""
        names = {actor.pk: name for name, actor in self.people.items()}
        told: dict[str, set[str]] = {kind: set() for kind in kinds()}
        for kind, recipient in Notice.objects.values_list("entry__kind", "recipient_id"):
            told[kind].add(names[recipient])
        return told

    def answered_by_the_department(self, comment: Comment) -> Comment:
        """Assigned, answered, sent back once, answered again, signed and published."""
        world = self.world
        comments.assign_comment(comment, department=world.department, by=world.officer)
        reply(comment, world.expert)
        answers.send_back_answer(comment, remark="Proszę podać podstawę.", by=world.approver)
        comments.assign_comment(comment, department=world.department, by=world.officer)
        reply(comment, world.expert)
        answers.approve_answer(comment, by=world.approver)
        return answers.publish_answer(comment, by=world.officer)

    def walk(self) -> None:
        """From the document to its publication: every kind of event but those of other ends."""
        world = self.world
        consultation = self.noticed(world.opened())
        self.commented(consultation)
        voted = world.voted(self.before_the_council(world.closed(consultation)))
        council.adopt_draft(
            voted.draft,
            resolution_number="XXX/1/26",
            adopted_on=calendar.local_day(now()),
            by=world.clerk,
        )
        council.record_publication(
            voted.draft,
            place="bip",
            address="poz. 1",
            published_on=calendar.local_day(now()),
            by=world.clerk,
        )

    def noticed(self, consultation: Consultation) -> Consultation:
        """The notice corrected, a form cancelled, a meeting held, the closing day moved."""
        officer, because = self.world.officer, "Sala jest w remoncie."
        rounds.correct_notice(consultation, changed={"host": "UM"}, because=because, by=officer)
        ways.cancel_way(consultation.ways.get(kind="paper"), because=because, by=officer)
        drafts.number_draft_case(consultation.draft, case_number="RDO.1", by=officer)
        meeting = consultation.ways.get(kind="open_meeting")
        assert meeting.ends_at is not None
        move_to(max(now(), meeting.ends_at))
        ways.record_meeting(meeting, attendance=12, minutes="Rozmowa o § 2.", by=officer)
        last = calendar.local_day(now()) + timedelta(days=20)
        return rounds.prolong_consultation(consultation, last_day=last, because=because, by=officer)

    def commented(self, consultation: Consultation) -> None:
        """One answered, one withdrawn, one returned, left, taken up and hidden, one said anew."""
        world = self.world
        self.said_anew(world.admitted(consultation, named=True))
        self.answered_by_the_department(world.admitted(consultation))
        comments.withdraw_comment(world.comment(consultation), by=world.ngo)
        taken = world.comment(consultation)
        day = calendar.local_day(now())
        comments.return_comment(
            taken,
            because="Brak tekstu.",
            complete_by=day,
            lacking=["incomplete"],
            by=world.officer,
        )
        comments.complete_comment(taken, supplement="Oto tekst.", by=world.ngo)
        comments.number_comment_case(taken, case_number="RDO.2", by=world.officer)
        leaving.leave_comment(taken, because="Nadal niepełna.", by=world.officer)
        leaving.take_up_comment(taken, by=world.officer)
        attachments.attach(taken, name="a.txt", content=b"List.", by=world.officer)
        comments.hide_comment(taken, because="Dane osoby trzeciej.", by=world.officer)
        appeals.appeal_comment(taken, reasons="To nie dane.", by=world.ngo)
        appeals.uphold_hiding(taken, because="To dane.", by=world.second_officer)

    def said_anew(self, comment: Comment) -> None:
        """Supported and no longer, supported again, corrected, admitted anew, without a name."""
        world = self.world
        for act in (support_comment, stop_supporting, support_comment):
            act(comment, organisation=None, by=world.outsider)
        version, anew = comment.version, Anew("question", "", "Zdanie na nowo.")
        correct_comment(comment, anew, seen_version=version, by=world.ngo)
        comments.admit_comment(comment, by=world.officer)
        stop_naming(comment, by=world.ngo)
        other = world.admitted(comment.consultation)
        groups.group_comments([other], lead=comment, by=world.officer)
        groups.lead_group(other, by=world.officer)
        groups.dissolve_group(other, by=world.officer)
        comments.withdraw_comment(other, by=world.ngo)
        world.answered(comment)

    def before_the_council(self, consultation: Consultation) -> CouncilFile:
        """Reported, sent back once, submitted again, with an opinion, on an agenda."""
        world, draft = self.world, consultation.draft
        first = world.numbered(consultation)
        council.send_back_draft(first, because="Brak skutków finansowych.", by=world.clerk)
        opinion = opinions.request_opinion(
            draft, body="krdpp", delivered_on=calendar.local_day(now()), by=world.officer
        )
        opinions.give_opinion(opinion, outcome="positive", remarks="", by=self.secretary)
        days = (calendar.local_day(now()), calendar.local_day(now()))
        people.substitute(
            absent=world.approver, by_whom=world.second_officer, days=days, by=world.approver
        )
        drafts.finish_review(draft, by=world.officer)
        again = council.submit_to_council(draft, by=world.officer)
        again = council.give_print_number(again, print_number="406", by=world.clerk)
        return council.schedule_session(
            again, session_number="XL", session_on=days[0], by=world.clerk
        )


def reply(comment: Comment, by: Actor) -> Comment:
    return answers.answer_comment(
        comment, outcome="rejected", reasons="Zostaje 21 dni: to minimum ustawy.", by=by
    )


def kinds() -> list[Any]:
    return list(Entry.objects.order_by("kind").values_list("kind", flat=True).distinct())


def numbers_of(actor: Actor) -> list[int]:
    """The numbers of a person's notices, in order."""
    mine = Notice.objects.filter(recipient=actor).order_by("number")
    return list(mine.values_list("number", flat=True))
