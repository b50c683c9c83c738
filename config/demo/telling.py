"""How one comment goes: filed, admitted, given to a department, answered, signed, published."""

import uuid
from collections.abc import Generator
from dataclasses import dataclass
from datetime import datetime, timedelta

from config.demo.cast import STAFF
from config.demo.enrol import Cast
from config.demo.shapes import DemoAnswer, DemoComment
from config.demo.stage import Story, in_office
from consultations.calendar import local_day
from consultations.models import Actor, CauseKind, Channel, Comment, Consultation, Wording
from consultations.models.clock import now
from consultations.services import answers, comments, editing, filing
from consultations.services.causes import Because
from consultations.text.tree import NBSP

OFFICER = "marta.wisniak@przykladowo.example"
SECOND_OFFICER = "pawel.grzelec@przykladowo.example"
APPROVER = "ewa.skowronik@przykladowo.example"
DAYS_TO_COMPLETE = timedelta(days=9)
EARLIEST = timedelta(hours=8, minutes=14, seconds=31)  # nobody writes before, on the first day
NAMESPACE = uuid.UUID("6f0d9c52-8d1e-4a53-9a0b-7d0b3c1f5a11")


@dataclass(frozen=True)
class Fate:
    """How far a comment goes.

    `department` answers it when there is one; `stop` is the last act that happens; the answer
    comes `after` working days of the review; `remark` is why its first version came back.
    `missing` is what the office asks the author to add, `supplement` what the author then adds;
    `day` is when it was written, where that is not left to chance.
    """

    department: str = ""
    stop: str = "publish"
    after: int = 0
    remark: str = ""
    channel: str = Channel.FORM
    missing: str = ""
    supplement: str = ""
    day: str = ""


@dataclass(frozen=True)
class Voice:
    """One comment of the story: what it says, what is answered, how far it goes, since when."""

    row: DemoComment
    answer: DemoAnswer | None
    fate: Fate
    when: datetime


def spread(start: datetime, end: datetime, number: int) -> list[datetime]:
    """So many instants between two, denser towards the end, at hours when people write."""
    found = []
    for place in range(number):
        share = ((place + 0.5) / number) ** 0.75
        instant = start + (end - start) * share
        hour, minute = 8 + place * 5 % 14, place * 23 % 60
        found.append(instant.replace(hour=hour, minute=minute, second=place * 17 % 60))
    return sorted(max(start + EARLIEST, min(one, end)) for one in found)


def term(consultation: Consultation) -> tuple[datetime, datetime]:
    """The first instant of the round and the first one that is too late."""
    opens_at, closes_at = consultation.opens_at, consultation.closes_at
    if opens_at is None or closes_at is None:
        raise ValueError(f"{consultation.slug} has not been announced")
    return opens_at, closes_at


def over(consultation: Consultation) -> Generator[datetime, None, datetime]:
    """Wait until the round is over, prolonged or not; gives the first instant that was too late."""
    closes_at = _closes_at(consultation)
    while now() < closes_at:
        yield closes_at + timedelta(seconds=3)
        closes_at = _closes_at(consultation)
    return closes_at


def _closes_at(consultation: Consultation) -> datetime:
    _opens_at, closes_at = term(Consultation.objects.get(pk=consultation.pk))
    return closes_at


def filed(cast: Cast, consultation: Consultation, row: DemoComment, channel: str) -> Comment:
    """File the comment; what came on paper is entered by the office."""
    author, organisation = cast.author(row.author)
    said = filing.Said(
        wording=wording_at(consultation, row.provision_citation),
        organisation=organisation,
        kind=row.kind,
        proposed_wording=row.proposed_wording,
        reasons=row.reasons,
        channel=channel,
        named=row.named,
    )
    key = uuid.uuid5(NAMESPACE, f"{consultation.slug} {row.provision_citation} {row.author}")
    by = author if channel == Channel.FORM else cast.people[OFFICER]
    return filing.file_comment(consultation, said, key=key, by=by, filed_by=author)


def wording_at(consultation: Consultation, citation: str | None) -> Wording | None:
    """The provision with this citation; nothing for the whole draft."""
    if citation is None:
        return None
    there = Wording.objects.filter(text_version=consultation.text_version_id)
    return next(one for one in there if one.citation.replace(NBSP, " ") == citation)


def comment_story(cast: Cast, consultation: Consultation, voice: Voice) -> Story:
    """From filing to as far as the comment's fate reaches."""
    fate, when = voice.fate, voice.when
    yield when if fate.channel == Channel.FORM else in_office(when)
    comment = filed(cast, consultation, voice.row, fate.channel)
    if fate.stop == "file":
        return
    officer = cast.people[OFFICER if comment.number % 3 else SECOND_OFFICER]
    minutes = comment.number * 7 % 90
    if fate.missing:
        when = yield from _returned_story(comment, fate, when, officer)
        if not fate.supplement:
            return
    yield in_office(when, minutes=30 + minutes)
    comment = comments.admit_comment(comment, by=officer)
    if fate.stop == "withdraw":
        yield in_office(when, days=2, minutes=minutes)
        comments.withdraw_comment(comment, by=comment.filed_by)
    if fate.department:
        yield in_office(when, minutes=40 + minutes)
        department = cast.departments[fate.department]
        comment = comments.assign_comment(comment, department=department, by=officer)
    if voice.answer is not None:
        yield from _answer_story(cast, comment, voice.answer, fate)


def _returned_story(
    comment: Comment, fate: Fate, when: datetime, officer: Actor
) -> Generator[datetime, None, datetime]:
    """The author is asked to complete the comment; gives when that was done, if it was."""
    yield in_office(when, minutes=20)
    comment = comments.return_comment(
        comment,
        because=fate.missing,
        complete_by=local_day(now()) + DAYS_TO_COMPLETE,
        by=officer,
    )
    if not fate.supplement:
        return when
    evening = when + timedelta(days=1)
    yield evening.replace(hour=19, minute=25)
    comments.complete_comment(comment, supplement=fate.supplement, by=comment.filed_by)
    return now()


def _answer_story(cast: Cast, comment: Comment, answer: DemoAnswer, fate: Fate) -> Story:
    """The answer: proposed, perhaps sent back once, signed by another person, published."""
    closes_at = yield from over(comment.consultation)
    minutes = comment.number * 11 % 150
    writer, approver = _writer(cast, fate), cast.people[APPROVER]
    yield in_office(closes_at, days=fate.after, minutes=minutes)
    if fate.remark:
        short = answer.reasons.partition(". ")[0] + "."
        comment = _proposed(comment, answer, short, writer)
        yield in_office(closes_at, days=fate.after + 1, minutes=minutes)
        comment = answers.send_back_answer(comment, remark=fate.remark, by=approver)
        yield in_office(closes_at, days=fate.after + 2, minutes=minutes)
    comment = _proposed(comment, answer, answer.reasons, writer)
    if fate.stop == "answer":
        return
    yield in_office(closes_at, days=fate.after + 3, minutes=minutes)
    comment = answers.approve_answer(comment, by=approver)
    if fate.stop == "approve":
        return
    yield in_office(closes_at, days=fate.after + 3, minutes=minutes + 45)
    comment = answers.publish_answer(comment, by=cast.people[OFFICER])
    if answer.replaced[0]:
        yield in_office(closes_at, days=fate.after + 3, minutes=minutes + 70)
        written_in(cast, comment, answer.replaced)


def _proposed(comment: Comment, answer: DemoAnswer, reasons: str, writer: Actor) -> Comment:
    """The answer; what is accepted names the provision it changes."""
    place = comment.wording.provision if comment.wording and answer.replaced[0] else None
    return answers.answer_comment(
        comment,
        outcome=answer.outcome,
        reasons=reasons,
        accepted_part=answer.accepted_part,
        changed=[place.key] if place else [],
        by=writer,
    )


def written_in(cast: Cast, comment: Comment, replaced: tuple[str, str]) -> None:
    """The officer puts the accepted change into the working version, with its cause."""
    if comment.wording is None:
        return
    draft, provision = comment.consultation.draft, comment.wording.provision
    standing = provision.wordings.get(text_version=draft.versions.last())
    editing.edit_provision(
        draft,
        provision.key,
        heading=standing.heading,
        text=standing.text.replace(*replaced),
        seen_revision=standing.revision,
        because=[Because(CauseKind.COMMENT, comment)],
        by=cast.people[OFFICER],
    )


def _writer(cast: Cast, fate: Fate) -> Actor:
    """The department's expert, or the officer who runs the consultation."""
    if not fate.department:
        return cast.people[OFFICER]
    email = next(one.email for one in STAFF if one.department == fate.department)
    return cast.people[email]
