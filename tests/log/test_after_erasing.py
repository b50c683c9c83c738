"""A person is erased, and the log still proves what it proved before."""

from consultations.ledger.verify import verify_record
from consultations.models import Comment
from consultations.models.people import operator
from consultations.selectors import receipts, record_file
from consultations.selectors.audit import Wrong
from consultations.services.checkpoints import publish_checkpoint
from consultations.services.erasing import erase_person
from tests.ground.attacks import nothing_guards, sql
from tests.log.test_audit import verify
from tests.world import World

NAMED = "Zażółć gęślą jaźń"


def test_log_receipt_and_export_still_verify(world: World) -> None:
    consultation = world.opened()
    comment = world.comment(consultation, organisation=None, by=world.outsider, reasons=NAMED)
    head = publish_checkpoint()
    assert head is not None
    kept = receipts.receipt(comment, world.outsider)
    assert kept is not None
    assert kept.proof is not None
    before = b"".join(record_file.of_case(consultation.draft, head))

    erase_person(world.outsider, by=operator(), because="Wniosek z 1 września 2026 r.")

    later = publish_checkpoint()
    assert later is not None
    after = b"".join(record_file.of_case(consultation.draft, later))
    assert verify("--deep") == (0, "")
    assert verify_record(kept.proof, later.key).ok  # she kept it, and it carries her salt
    assert verify_record(before, later.key).ok
    assert verify_record(after, later.key).ok
    assert (b"gone reasons" in before, b"gone reasons" in after) == (False, True)


def erased(world: World) -> Comment:
    """Somebody was erased; an organisation's comment beside hers keeps its words."""
    consultation = world.opened()
    world.comment(consultation, organisation=None, by=world.outsider, reasons=NAMED)
    other = world.comment(consultation)
    erase_person(world.outsider, by=operator(), because="Wniosek z 1 września 2026 r.")
    assert verify("--deep") == (0, "")
    return other


def test_the_erasing_of_one_person_excuses_nobody_elses_missing_words(world: World) -> None:
    other = erased(world)
    filed = other.entries.get(kind="comment.file")
    with nothing_guards():
        sql("DELETE FROM {sealed} WHERE entry_id = %s", filed.pk)
    code, said = verify()
    assert (code, f"entry {filed.seq}:" in said) == (Wrong.WORDS, True)


def test_an_erased_text_that_is_no_longer_empty_is_found(world: World) -> None:
    erased(world)
    with nothing_guards():
        sql("UPDATE {comment} SET reasons = 'x' WHERE organisation_id IS NULL")
    assert verify("--deep")[0] == Wrong.LIVE
