"""Appeals against hiding: once, in time, by the author; decided by another person; counted."""

from datetime import timedelta
from typing import Any

import pytest

from consultations import calendar, procedures
from consultations.errors import Invalid, NotYours, TooLate, Unmet, WrongState
from consultations.models import Comment, Consultation, Procedure, Rule, Sealed
from consultations.models.clock import move_to, now
from consultations.models.people import operator
from consultations.selectors.figures import Numbers
from consultations.selectors.report_file import totals_in_words
from consultations.services import appeals, comments, drafts
from consultations.services.erasing import erase_person
from notifications.models import Notice
from notifications.outbox import dispatch
from tests.law import by_hand
from tests.notifications.post import delivered
from tests.world import World

WORDS = "To nie była reklama, tylko pytanie."


def hidden(world: World, consultation: Consultation | None = None, **said: Any) -> Comment:
    """A comment the first officer hid."""
    said = {"organisation": None, "by": world.outsider} | said
    received = world.comment(consultation or world.opened(), **said)
    return comments.hide_comment(received, because="Reklama.", by=world.officer)


def appealed(world: World, consultation: Consultation | None = None) -> Comment:
    return appeals.appeal_comment(hidden(world, consultation), reasons=WORDS, by=world.outsider)


def test_an_appeal_is_marked_and_the_comment_stays_hidden(world: World) -> None:
    comment = appealed(world)
    assert (comment.state, comment.appeal_reasons, comment.has_open_appeal) == (
        "hidden",
        WORDS,
        True,
    )
    words = Sealed.objects.get(entry__kind="comment.appeal")
    assert (words.field, words.text) == ("appeal", WORDS)


def test_restored_it_is_received_again(world: World) -> None:
    comment = appeals.restore_comment(appealed(world), by=world.second_officer)
    assert (comment.state, comment.hidden_because, comment.has_open_appeal) == (
        "received",
        "",
        False,
    )
    assert comments.admit_comment(comment, by=world.officer).is_public


def test_upheld_it_stays_hidden_with_a_reason(world: World) -> None:
    comment = appeals.uphold_hiding(appealed(world), because="Jednak.", by=world.approver)
    assert (comment.state, comment.upheld_because, comment.has_open_appeal) == (
        "hidden",
        "Jednak.",
        False,
    )
    with pytest.raises(Unmet):
        appeals.restore_comment(comment, by=world.second_officer)


def test_one_appeals_once_and_the_same_words_again_are_the_same_appeal(world: World) -> None:
    comment = appealed(world)
    again = appeals.appeal_comment(comment, reasons=f" {WORDS} ", by=world.outsider)
    assert again.version == comment.version
    with pytest.raises(WrongState) as refusal:
        appeals.appeal_comment(comment, reasons="Inaczej.", by=world.outsider)
    assert "once" in str(refusal.value)


def test_hidden_a_second_time_it_may_be_appealed_against_once_more(world: World) -> None:
    comment = appeals.restore_comment(appealed(world), by=world.second_officer)
    comment = comments.hide_comment(comment, because="Znów.", by=world.second_officer)
    comment = appeals.appeal_comment(comment, reasons="Nie.", by=world.outsider)
    with pytest.raises(NotYours):  # the second hiding is the second officer's
        appeals.restore_comment(comment, by=world.second_officer)
    assert appeals.restore_comment(comment, by=world.officer).state == "received"


def test_only_its_author_appeals(world: World) -> None:
    comment = hidden(world)
    for by in (world.ngo, world.officer, world.approver, world.auditor):
        with pytest.raises(NotYours):
            appeals.appeal_comment(comment, reasons=WORDS, by=by)
    theirs = hidden(world, comment.consultation, organisation=world.organisation, by=world.ngo)
    assert appeals.appeal_comment(theirs, reasons=WORDS, by=world.ngo).has_open_appeal


def test_an_appeal_says_something(world: World) -> None:
    comment = hidden(world)
    with pytest.raises(Invalid):
        appeals.appeal_comment(comment, reasons=" – \n", by=world.outsider)
    comment = appeals.appeal_comment(comment, reasons=WORDS, by=world.outsider)
    with pytest.raises(Invalid):
        appeals.uphold_hiding(comment, because=" . ", by=world.approver)


def test_the_day_is_told_and_after_it_nobody_appeals(world: World) -> None:
    comment = hidden(world)
    assert comment.appeal_by == calendar.local_day(now() + timedelta(days=7))
    move_to(now() + timedelta(days=8))
    with pytest.raises(TooLate):
        appeals.appeal_comment(comment, reasons=WORDS, by=world.outsider)


def test_on_its_last_day_one_still_appeals(world: World) -> None:
    """The control of the test above."""
    comment = hidden(world)
    move_to(now() + timedelta(days=7))
    assert appeals.appeal_comment(comment, reasons=WORDS, by=world.outsider).has_open_appeal


def test_what_was_never_hidden_is_not_appealed_against(world: World) -> None:
    received = world.comment(world.opened(), organisation=None, by=world.outsider)
    with pytest.raises(WrongState):
        appeals.appeal_comment(received, reasons=WORDS, by=world.outsider)


def test_who_hid_it_does_not_decide_nor_does_its_author(world: World) -> None:
    comment = appealed(world)
    own = hidden(world, comment.consultation, by=world.second_officer)
    own = appeals.appeal_comment(own, reasons=WORDS, by=world.second_officer)
    for one, by in ((comment, world.officer), (own, world.second_officer), (own, world.officer)):
        with pytest.raises(NotYours):
            appeals.restore_comment(one, by=by)
        with pytest.raises(NotYours):
            appeals.uphold_hiding(one, because="Bo tak.", by=by)
    assert appeals.restore_comment(own, by=world.approver).state == "received"


def test_a_hiding_nobody_appealed_against_is_not_decided(world: World) -> None:
    comment = hidden(world)
    with pytest.raises(Unmet):
        appeals.restore_comment(comment, by=world.second_officer)
    with pytest.raises(Unmet):
        appeals.uphold_hiding(comment, because="Tak.", by=world.second_officer)


def test_the_review_is_not_finished_over_an_open_appeal(world: World) -> None:
    comment = appealed(world)
    other = hidden(world, comment.consultation)
    consultation = world.closed(comment.consultation)
    world.reported(consultation)
    with pytest.raises(Unmet) as refusal:
        drafts.finish_review(consultation.draft, by=world.officer)
    assert str(refusal.value) == (
        f"An appeal against hiding a comment is not decided: comment {comment.number}."
    )
    appeals.uphold_hiding(comment, because="Jednak.", by=world.approver)
    assert drafts.finish_review(consultation.draft, by=world.officer).state == "council_vote"
    with pytest.raises(TooLate):
        appeals.appeal_comment(other, reasons=WORDS, by=world.outsider)


def test_both_sides_are_told(world: World) -> None:
    first = appealed(world)
    second = appealed(world, first.consultation)
    appeals.restore_comment(first, by=world.second_officer)
    appeals.uphold_hiding(second, because="Jednak reklama.", by=world.approver)
    letters = delivered()
    dispatch()
    told = {
        kind: set(Notice.objects.filter(entry__kind=kind).values_list("recipient", flat=True))
        for kind in ("comment.appeal", "comment.restore", "comment.uphold")
    }
    office = {world.officer.pk, world.second_officer.pk}
    assert told == {
        "comment.appeal": office | {world.approver.pk},
        "comment.restore": {world.outsider.pk, world.officer.pk},
        "comment.uphold": {world.outsider.pk},
    }
    hers = [one.body for one in letters if one.to == ["obcy@poczta.test"]]
    said = [sum(words in one for one in hers) for words in ("uwzględnione", "Jednak reklama.")]
    assert said == [1, 1]


def test_the_report_counts_them_and_says_nothing_without(world: World) -> None:
    first = appealed(world)
    consultation = first.consultation
    hidden(world, consultation)
    appealed(world, consultation)
    appeals.restore_comment(first, by=world.second_officer)
    totals = Numbers(consultation).totals
    assert (totals.hidden, totals.appeals, totals.restored) == (2, 2, 1)
    assert "Appeals against hiding: 2; found right: 1." in totals_in_words(totals)
    assert "Appeals" not in totals_in_words(Numbers(world.opened("inny")).totals)


def test_what_was_appealed_goes_with_the_person_and_nothing_comes_after(world: World) -> None:
    comment = appeals.uphold_hiding(appealed(world), because="Bo ona.", by=world.approver)
    other = hidden(world, comment.consultation)
    erase_person(world.outsider, by=operator(), because="Wniosek.")
    comment.refresh_from_db()
    assert (comment.appeal_reasons, comment.upheld_because) == ("∅", "∅")
    kinds = ("comment.appeal", "comment.uphold")
    assert not Sealed.objects.filter(entry__kind__in=kinds).exists()
    with pytest.raises(NotYours):
        appeals.appeal_comment(other, reasons=WORDS, by=world.outsider)


def test_the_days_are_written_for_the_law_that_stands_already(world: World) -> None:
    standing = Procedure.objects.exclude(rules__key="appeal_days")
    assert not standing.exists()
    by_hand()
    newer = Procedure.objects.create(kind="strategy", number=9, valid_from="2020-01-01")
    procedures.load()
    rule = Rule.objects.get(procedure=newer, key="appeal_days")
    assert (rule.value, rule.unit, rule.confirmed) == ("7", "days", False)
    procedures.load()
    assert Rule.objects.filter(procedure=newer, key="appeal_days").count() == 1
