"""Words beside the record: drafts, files, guests, sheets, appeals, what was left."""

import uuid

from consultations.models import Comment, Consultation, CouncilFile, SavedView
from consultations.models.clock import now
from consultations.services import (
    amendments,
    answers,
    appeals,
    attachments,
    draft_marks,
    filing,
    guests,
    intakes,
    leaving,
    readings,
    runs,
    sending,
    talking_back,
    writing,
)
from tests.canary.words import EVERYBODY, Canaries
from tests.office.amending import place
from tests.world import World, provision

GUEST = "guest"


def drafted(found: Canaries, world: World, consultation: Consultation) -> None:
    """A draft of a person with a file, and one of an organisation."""
    for name, organisation in (("ania", None), ("A", world.organisation)):
        typed = writing.Typed(
            organisation,
            "change",
            f"Termin {found.word('CommentDraft.proposed_wording', name)}.",
            f"Powód {found.word('CommentDraft.reasons', name)}.",
        )
        by = found.people["ania"] if organisation is None else world.ngo
        where = provision(consultation)
        draft = writing.keep_draft(
            consultation, where, typed, key=uuid.uuid4(), seen_version=0, by=by
        )
        file = f"{found.word('Attachment.name', name)}.txt"
        attachments.attach(draft, name=file, content=b"Lista.", by=by)


def amended(found: Canaries, world: World, file: CouncilFile) -> None:
    """A refused motion and a rejected amendment: everybody reads who moved them."""
    movers = found.word("ReadingsMotion.movers", EVERYBODY)
    motion = readings.Motion("councillors", 5, f"Radna {movers}", "Program na trzy lata.")
    readings.move_two_readings(file, motion, by=world.clerk)
    readings.decide_two_readings(file, accepted=False, by=world.clerk)
    name = found.word("Amendment.mover_name", EVERYBODY)
    filed = amendments.Filed("amendment", "councillor", f"Radny {name}", "Tak lepiej.")
    one = amendments.file_amendment(file, filed, [place(file)], by=world.clerk)
    amendments.reject_amendment(one, by=world.clerk)


def scanned(found: Canaries, world: World, comment: Comment) -> None:
    """The office's scan beside a comment everybody reads; its name and words are the author's."""
    words = found.word("Attachment.name", "ania")
    attachments.attach(
        comment, name=f"{words}.txt", content=words.encode(), is_scan=True, by=world.officer
    )


def appealed(found: Canaries, world: World, hidden: Comment) -> None:
    reasons = f"Nie ma w niej nic złego: {found.word('Comment.appeal_reasons', 'ania')}."
    appeals.appeal_comment(hidden, reasons=reasons, by=found.people["ania"])
    because = f"Jednak {found.word('Comment.upheld_because', 'ania')}."
    appeals.uphold_hiding(hidden, because=because, by=world.second_officer)


def replied(found: Canaries, world: World, comment: Comment, *readers: str) -> None:
    """What the author says to the answer: everybody reads it once the unit has shown it."""
    text = f"Nie zgadzam się: {found.word('Reply.text', *readers)}."
    talking_back.rate_answer(comment, rating="no", by=comment.filed_by)
    talking_back.reply_to_answer(comment, text=text, by=comment.filed_by)
    if EVERYBODY in readers:
        talking_back.show_reply(comment, by=world.officer)


def noted(found: Canaries, world: World, comment: Comment) -> Comment:
    """An answer that goes out with a note to the author."""
    answers.answer_comment(comment, outcome="rejected", reasons="Zostaje 21 dni.", by=world.officer)
    answers.approve_answer(comment, by=world.approver)
    note = f"Dziękujemy: {found.word('CoveringNote.text', 'ania')}."
    sending.add_note(comment, note=note, by=world.officer)
    return answers.publish_answer(comment, by=world.officer)


def left(found: Canaries, world: World, consultation: Consultation) -> None:
    """An unsigned letter of somebody with an account, left without consideration."""
    reasons = f"Powód {found.word('Comment.reasons', 'ania')}."
    said = filing.Said(None, None, "question", "", reasons, channel="post", unsigned=True)
    letter = filing.file_comment(
        consultation,
        said,
        key=uuid.uuid4(),
        by=world.officer,
        filed_by=found.people["ania"],
        sender=f"Anna {found.word('Sealed.text', 'ania')}",
    )
    because = f"Bez podpisu: {found.word('Comment.left_because', 'ania')}."
    leaving.leave_comment(letter, because=because, by=world.officer)


def by_a_guest(found: Canaries, consultation: Consultation) -> None:
    """What somebody without an account wrote, not confirmed yet."""
    said = filing.Said(
        provision(consultation),
        None,
        "change",
        f"Termin {found.word('GuestComment.proposed_wording', GUEST)}.",
        f"Powód {found.word('GuestComment.reasons', GUEST)}.",
        named=True,
    )
    name = f"Gosia {found.word('GuestComment.name', GUEST)}"
    email = f"{found.word('GuestComment.email', GUEST)}@poczta.test"
    sender = guests.Sender(email, name, begun_at=now())
    guests.send_guest_comment(consultation, said, sender, key=uuid.uuid4())


def on_a_sheet(found: Canaries, world: World, consultation: Consultation) -> None:
    """An uploaded sheet, and a row of it in the register."""
    rows = [
        (1, ["Imię i nazwisko", "Uzasadnienie"]),
        (
            2,
            [
                f"Jan {found.word('Sealed.text', 'sender')}",
                f"Powód {found.word('Comment.reasons', 'office')}.",
            ],
        ),
    ]
    name = f"{found.word('Intake.name', 'officer')}.csv"
    sheet = intakes.keep_sheet(consultation, name, rows, by=world.officer)
    columns = {"sender": 0, "reasons": 1}
    sheet = intakes.map_columns(sheet, columns, channel="post", by=world.officer)
    intakes.enter_rows(sheet, by=world.officer)
    SavedView.objects.create(
        owner=world.officer,
        name=found.word("SavedView.name", "officer"),
        query=f"?szukaj={found.word('SavedView.query', 'officer')}",
    )
    noted = found.word("DraftMark.note", "councillor")
    draft_marks.write_note(consultation.draft, text=noted, by=world.councillor)
    of_answers = f"{found.word('Run.sheet', 'officer')}.xlsx"
    runs.keep_run(consultation, "answer", [], by=world.officer, sheet=of_answers)
