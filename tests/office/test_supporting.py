"""Support for another's comment: once each, never one's own, while comments are taken."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from consultations.errors import Invalid, NotYours, TooLate, WrongState
from consultations.models import Comment, Organisation, Support
from consultations.models.clock import move_to, now
from consultations.models.people import operator
from consultations.selectors.supports import voices
from consultations.services import comments
from consultations.services.erasing import erase_person
from consultations.services.supporting import stop_supporting, support_comment
from tests.ground.attacks import nothing_guards, sql
from tests.log.test_audit import verify
from tests.world import World, drafter, signatory, signed_in
from tests.world import organisation as foundation

ERASING: Any = {"because": "Wniosek z 3 listopada."}


@pytest.fixture
def comment(world: World) -> Comment:
    return world.admitted(world.opened())


def another(world: World, name: str = "Stowarzyszenie Łąka") -> Organisation:
    """An organisation for which the outsider signs."""
    made = foundation(name)
    signatory(made, world.outsider)
    return made


def test_each_supports_once(world: World, comment: Comment) -> None:
    theirs = another(world)
    for organisation in (None, theirs):
        support_comment(comment, organisation=organisation, by=world.outsider)
        with pytest.raises(Invalid):
            support_comment(comment, organisation=organisation, by=world.outsider)
    colleague = signed_in("ola@laka.test")
    signatory(theirs, colleague)
    with pytest.raises(Invalid):
        support_comment(comment, organisation=theirs, by=colleague)
    support_comment(comment, organisation=None, by=colleague)
    assert Support.objects.filter(ended_at=None).count() == 3


def test_the_database_holds_once_too(world: World, comment: Comment) -> None:
    support_comment(comment, organisation=None, by=world.outsider)
    again = Support(comment=comment, actor=world.outsider, at=now())
    with nothing_guards(), pytest.raises(IntegrityError), transaction.atomic():
        again.save(force_insert=True)


def test_it_is_taken_back_and_given_again(world: World, comment: Comment) -> None:
    support_comment(comment, organisation=None, by=world.outsider)
    stop_supporting(comment, organisation=None, by=world.outsider)
    with pytest.raises(Invalid):
        stop_supporting(comment, organisation=None, by=world.outsider)
    support_comment(comment, organisation=None, by=world.outsider)
    assert Support.objects.filter(ended_at=None).count() == 1
    assert verify("--deep") == (0, "")


def test_nobody_supports_a_comment_of_their_own(world: World, comment: Comment) -> None:
    with pytest.raises(NotYours):
        support_comment(comment, organisation=None, by=world.ngo)
    private = world.admitted(comment.consultation, organisation=None, by=world.outsider)
    with pytest.raises(NotYours):
        support_comment(private, organisation=another(world), by=world.outsider)
    support_comment(private, organisation=world.organisation, by=world.ngo)  # the control


def test_nobody_supports_in_the_name_of_another_organisation(
    world: World, comment: Comment
) -> None:
    other = Organisation.objects.create(name="Inna", legal_form="association")
    with pytest.raises(NotYours):
        support_comment(comment, organisation=other, by=world.outsider)
    prepares = signed_in("ola@laka.test")
    drafter(other, prepares)  # who only prepares does not sign
    with pytest.raises(NotYours):
        support_comment(comment, organisation=other, by=prepares)


def test_only_what_is_public_and_only_until_the_closing_day(world: World) -> None:
    consultation = world.opened()
    received = world.comment(consultation)
    with pytest.raises(WrongState):
        support_comment(received, organisation=None, by=world.outsider)
    comments.admit_comment(received, by=world.officer)
    support_comment(received, organisation=None, by=world.outsider)
    assert consultation.closes_at is not None
    move_to(consultation.closes_at)
    with pytest.raises(TooLate):
        support_comment(received, organisation=None, by=world.officer)
    with pytest.raises(TooLate):
        stop_supporting(received, organisation=None, by=world.outsider)


def test_the_record_holds_who_supports(world: World, comment: Comment) -> None:
    support_comment(comment, organisation=another(world), by=world.outsider)
    support_comment(comment, organisation=None, by=world.outsider)
    with nothing_guards():
        sql("DELETE FROM {support} WHERE organisation_id IS NULL")
        assert f"a support of comment {comment.pk} is gone" in verify("--deep")[1]
        Support.objects.create(comment=comment, actor=world.outsider, at=now())
        Support.objects.create(comment=comment, actor=world.officer, at=now())
        assert "is not in the record" in verify("--deep")[1]


def test_an_erased_person_is_no_longer_counted_and_her_organisation_is(
    world: World, comment: Comment
) -> None:
    support_comment(comment, organisation=another(world), by=world.outsider)
    support_comment(comment, organisation=None, by=world.outsider)
    counts = erase_person(world.outsider, by=operator(), **ERASING)
    assert (counts["supports"], Support.objects.get().organisation_id is not None) == (1, True)
    assert verify("--deep") == (0, "")


def test_supporting_follows_nothing(world: World, comment: Comment) -> None:
    support_comment(comment, organisation=None, by=world.outsider)
    assert not world.outsider.watches.exists()


def test_an_organisation_nobody_verified_supports_nothing(world: World, comment: Comment) -> None:
    other = Organisation.objects.create(name="Inna", legal_form="association")
    signatory(other, world.outsider)
    assert [voice.code for voice in voices(comment, world.outsider, [])] == ["own"]
    with pytest.raises(NotYours):
        support_comment(comment, organisation=other, by=world.outsider)
