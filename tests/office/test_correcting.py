"""Until the deadline an author says it anew: admitted anew, the old words kept in the record."""

from typing import Any

import pytest

from consultations.errors import Changed, Invalid, NotYours, TooLate, WrongState
from consultations.models import Actor, Comment, Entry, Organisation, Sealed
from consultations.models.clock import move_to
from consultations.models.people import operator
from consultations.selectors.comments import may_correct
from consultations.services import answers, comments
from consultations.services.correcting import Anew, correct_comment, stop_naming
from consultations.services.erasing import erase_person
from tests.ground.attacks import nothing_guards, sql
from tests.log.test_audit import verify
from tests.world import World

SAME = Anew("change", "Termin składania ofert wynosi 30 dni.", "Piszemy oferty po pracy.")
NEW = Anew("change", "Termin wynosi 45 dni.", "Po pracy to za mało.")


def correct(comment: Comment, anew: Anew = NEW, **more: Any) -> Comment:
    comment = Comment.objects.get(pk=comment.pk)
    said: dict[str, Any] = {"seen_version": comment.version, "by": comment.filed_by} | more
    return correct_comment(comment, anew, **said)


def test_the_new_words_stand_and_the_old_ones_stay_sealed(world: World) -> None:
    comment = world.admitted(world.opened())
    corrected = correct(comment)
    assert (corrected.state, corrected.reasons, corrected.proposed_wording) == (
        *("received", NEW.reasons, NEW.proposed_wording),
    )
    kept = Sealed.objects.filter(entry__comment=comment, field="reasons").order_by("entry__seq")
    assert [one.text for one in kept] == ["Piszemy oferty po pracy.", NEW.reasons]
    entry = Entry.objects.get(kind="comment.correct")
    assert (entry.from_state, entry.to_state, entry.actor) == ("admitted", "received", world.ngo)
    assert NEW.reasons not in entry.payload


@pytest.mark.parametrize("state", ["received", "admitted", "assigned"])
def test_it_is_corrected_until_an_answer_is_proposed(world: World, state: str) -> None:
    comment = world.comment(world.opened())
    if state != "received":
        comments.admit_comment(comment, by=world.officer)
    if state == "assigned":
        comments.assign_comment(comment, department=world.department, by=world.officer)
    assert correct(comment).state == "received"


def test_no_longer_once_an_answer_is_proposed_even_if_it_was_sent_back(world: World) -> None:
    comment = world.admitted(world.opened())
    answers.answer_comment(comment, outcome="rejected", reasons="Nie.", by=world.officer)
    with pytest.raises(WrongState):
        correct(comment)
    answers.send_back_answer(comment, remark="Popraw.", by=world.approver)
    with pytest.raises(WrongState):
        correct(comment)
    assert Comment.objects.get().reasons == "Piszemy oferty po pracy."


def test_no_longer_after_the_closing_day(world: World) -> None:
    consultation = world.opened()
    comment = world.comment(consultation)
    assert consultation.closes_at is not None
    move_to(consultation.closes_at)
    with pytest.raises(TooLate):
        correct(comment)


def test_only_by_its_author(world: World) -> None:
    comment = world.comment(world.opened())
    for other in (world.outsider, world.officer):
        with pytest.raises(NotYours):
            correct(comment, by=other)


@pytest.mark.parametrize(
    ("anew", "field"),
    [
        (Anew("change", "Termin wynosi 45 dni.", " \n"), "reasons"),
        (Anew("change", "", "Powód."), "proposed_wording"),
        (Anew("burn", "", "Powód."), "kind"),
        (
            Anew("change", "Termin składania ofert wynosi 30 dni.", "Piszemy oferty po pracy."),
            "reasons",
        ),
    ],
)
def test_it_must_say_something_and_something_else(world: World, anew: Anew, field: str) -> None:
    comment = world.comment(world.opened())
    with pytest.raises(Invalid) as refusal:
        correct(comment, anew)
    assert refusal.value.field == field


def test_of_two_corrections_at_once_the_second_is_told(world: World) -> None:
    comment = world.comment(world.opened())
    correct(comment, seen_version=0)
    with pytest.raises(Changed):
        correct(comment, Anew("question", "", "A co z tym?"), seen_version=0)
    assert Comment.objects.get().reasons == NEW.reasons


def test_the_record_proves_the_newest_words(world: World) -> None:
    comment = world.comment(world.opened(), organisation=None, by=world.outsider, named=True)
    correct(comment)
    stop_naming(comment, by=world.outsider)
    assert verify("--deep") == (0, "")
    with nothing_guards():
        sql("UPDATE {comment} SET reasons = 'Piszemy oferty po pracy.'")
        assert "is not what was filed" in verify("--deep")[1]
        sql("UPDATE {comment} SET reasons = %s, named = (1 = 1)", NEW.reasons)
        assert "«named» is not what was filed" in verify("--deep")[1]


def test_an_erasing_takes_every_version_of_what_she_said(world: World) -> None:
    comment = world.comment(world.opened(), organisation=None, by=world.outsider)
    correct(comment)
    assert Sealed.objects.filter(entry__comment=comment).count() == 4
    erase_person(world.outsider, by=operator(), because="Wniosek z 3 listopada.")
    assert not Sealed.objects.filter(entry__comment=comment).exists()
    assert verify("--deep") == (0, "")


def test_a_name_is_taken_away_in_every_state_and_never_put_back(world: World) -> None:
    said: dict[str, Any] = {"organisation": None, "by": world.outsider, "named": True}
    comment = world.answered(world.admitted(world.opened(), **said))
    with pytest.raises(NotYours):
        stop_naming(comment, by=world.officer)
    assert stop_naming(comment, by=world.outsider).named is False
    with pytest.raises(Invalid):
        stop_naming(comment, by=world.outsider)
    entry = Entry.objects.get(kind="comment.stop_naming")
    assert (entry.words.count(), "Obcowski" in entry.payload) == (0, False)


def test_what_a_second_person_signed_off_is_not_corrected_alone(world: World) -> None:
    comment = world.comment(world.opened())
    Organisation.objects.update(needs_sign_off=True)
    with pytest.raises(WrongState):
        correct(comment)
    assert not may_correct(Comment.objects.get(), Actor.objects.get(pk=world.ngo.pk))
