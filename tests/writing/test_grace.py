"""The minutes of grace: what was begun before the closing is finished in time, and no longer."""

from datetime import timedelta
from typing import Any

import pytest

from consultations import procedures
from consultations.calendar import local_day
from consultations.errors import TooLate, Unmet, WrongState
from consultations.models import Comment, CommentDraft, Consultation, Entry, Procedure, Rule
from consultations.models.clock import move_to, now
from consultations.selectors.grace import grace
from consultations.services import comments, reports, writing
from tests.law import by_hand
from tests.public.guests import sent
from tests.world import World
from tests.writing.drafting import chosen, kept, own


def closing(consultation: Consultation, **after: Any) -> None:
    assert consultation.closes_at is not None
    move_to(consultation.closes_at + timedelta(**after))


def file(world: World, draft: CommentDraft) -> list[Comment]:
    draft.refresh_from_db()
    return writing.file_drafts(draft.consultation, chosen(draft), by=world.ngo)


@pytest.mark.parametrize("closed_by_the_clock", [False, True])
def test_begun_before_it_is_filed_until_the_grace_ends(
    world: World, *, closed_by_the_clock: bool
) -> None:
    consultation = world.opened()
    closing(consultation, seconds=-30)
    first, second = kept(world, consultation), kept(world, consultation)
    if closed_by_the_clock:
        world.closed(consultation)
    closing(consultation, minutes=10)
    kept(world, consultation, reasons="Dokończone.", key=first.key, seen=1)
    closing(consultation, minutes=14, seconds=30)
    comment = file(world, first)[0]
    said = Entry.objects.get(kind="comment.file", comment=comment).payload
    assert ("begun_at" in said, comment.reasons) == (True, "Dokończone.")
    closing(consultation, minutes=15)
    with pytest.raises(TooLate):
        file(world, second)
    with pytest.raises(TooLate):
        kept(world, consultation, reasons="Jeszcze.", key=second.key, seen=1)
    assert CommentDraft.objects.get() == second


def test_at_the_closing_instant_nothing_begins(world: World) -> None:
    """The control: only what was begun before has the minutes, by no other way."""
    consultation = world.opened()
    draft = kept(world, consultation)
    closing(consultation)
    with pytest.raises(TooLate):
        kept(world, consultation)
    with pytest.raises(TooLate):
        world.comment(consultation)
    CommentDraft.objects.update(begun_at=now())
    with pytest.raises(TooLate):
        file(world, draft)


def test_the_rule_says_how_long_and_a_law_without_it_gives_nothing(world: World) -> None:
    consultation = world.opened()
    by_hand()
    procedure = Procedure.objects.create(
        kind="annual_programme", number=9, valid_from=local_day(now())
    )
    consultation.draft.procedure = procedure
    assert consultation.grace_ends_at is None
    Rule.objects.create(
        procedure=procedure, key="grace_minutes", value="0", unit="minutes", legal_basis="uchwała"
    )
    assert consultation.grace_ends_at == consultation.closes_at


def test_the_rule_is_written_for_procedures_that_have_none(world: World) -> None:
    by_hand()
    bare = Procedure.objects.create(kind="annual_programme", number=9, valid_from=local_day(now()))
    procedures.load()
    assert (bare.number_of("grace_minutes"), bare.rule("grace_minutes").confirmed) == (15, False)
    before = Rule.objects.count()
    procedures.load()
    assert Rule.objects.count() == before


@pytest.mark.parametrize("begun", [kept, lambda _world, consultation: sent(consultation)])
def test_the_report_waits_for_whoever_may_still_file(world: World, begun: Any) -> None:
    """A draft, or a comment of a guest whose link is in a letter."""
    consultation = world.opened()
    begun(world, consultation)
    world.closed(consultation)
    report = reports.prepare_report(consultation, introduction="Wstęp.", by=world.officer)
    with pytest.raises(Unmet) as refusal:
        reports.release_report(report, by=world.approver)
    assert [one.code for one in refusal.value.guards] == ["grace_over"]
    closing(consultation, minutes=15)
    assert reports.release_report(report, by=world.approver).state == "released"


@pytest.mark.parametrize("left", ["nothing", "a later one", "a filed one"])
def test_it_does_not_wait_for_nobody(world: World, left: str) -> None:
    """The control: only a draft that may still come holds it up."""
    consultation = world.opened()
    draft = None if left == "nothing" else kept(world, consultation)
    if draft is not None and left == "a filed one":
        world.comment(consultation, key=draft.key)
        comments.withdraw_comment(Comment.objects.get(), by=world.ngo)
    world.closed(consultation)
    if left == "a later one":
        CommentDraft.objects.update(begun_at=now())
    assert world.reported(consultation).state == "released"


def test_once_the_report_is_out_nothing_comes_into_it(world: World) -> None:
    consultation = world.opened()
    draft = kept(world, consultation)
    CommentDraft.objects.update(begun_at=consultation.closes_at)
    world.reported(world.closed(consultation))
    CommentDraft.objects.update(begun_at=consultation.opens_at)
    with pytest.raises(TooLate):
        file(world, draft)


@pytest.mark.parametrize(
    ("minutes", "said"), [(-61, None), (-30, "near"), (5, "runs"), (20, "over")]
)
def test_the_form_speaks_of_it_only_when_the_closing_is_near_or_over(
    world: World, minutes: int, said: str | None
) -> None:
    consultation = world.opened()
    closing(consultation, minutes=minutes)
    told = grace(consultation, now())
    states = {(False, False): "near", (True, True): "runs", (True, False): "over"}
    assert (states[told.is_over, told.runs] if told else None) == said


def test_grace_is_no_way_to_anothers_draft(world: World) -> None:
    consultation = world.opened()
    draft = own(world, consultation)
    closing(consultation, minutes=1)
    with pytest.raises(WrongState):
        writing.file_drafts(consultation, chosen(draft), by=world.ngo)
