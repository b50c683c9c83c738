"""Cause and effect: what is accepted names its change, what changed names its cause."""

import json
from typing import Any

import pytest
from django.db import Error, transaction
from django.utils import translation

from consultations.errors import Invalid, NotYours, Unmet
from consultations.models import Cause, Comment, Draft
from consultations.models.clock import now
from consultations.models.orphans import without_cause, without_change
from consultations.selectors.replay import faults
from consultations.services import answers, causes, drafts, editing
from consultations.services.causes import Because
from tests.ground.attacks import lift, sql
from tests.office.texting import begun, comment_led, edit, in_review, own, place, plain, published
from tests.world import World, provision_of

WORDS = "Termin składania ofert wynosi 30 dni."


def loose(draft: Draft) -> list[str]:
    return [plain(one.wording.citation) for one in without_cause(draft)]


def test_what_is_accepted_names_its_change(world: World) -> None:
    comment = world.admitted(world.opened())
    with pytest.raises(Invalid) as refusal:
        answers.answer_comment(comment, outcome="accepted", reasons="Słusznie.", by=world.officer)
    assert refusal.value.field == "changed"


def test_what_is_rejected_names_none_even_if_asked(world: World) -> None:
    comment = world.admitted(world.opened())
    answers.answer_comment(
        comment,
        outcome="rejected",
        reasons="Nie.",
        changed=[provision_of(comment).key],
        by=world.officer,
    )
    assert not Cause.objects.exists()


def test_an_accepted_comment_begins_the_next_version_and_waits_for_its_change(
    world: World,
) -> None:
    consultation, comment = in_review(world)
    draft = consultation.draft
    assert [one.number for one in draft.versions.all()] == [1, 2]
    assert without_change(draft) == [comment]
    facts = json.loads(comment.entries.get(kind="comment.answer").payload)["facts"]
    key = str(provision_of(comment).key)
    assert facts["changed"] == [{"version": 2, "provision": key, "spot": "§\u00a02 ust.\u00a01"}]
    edit(world, draft, "§ 2 ust. 1", WORDS, comment_led(comment))
    assert without_change(draft) == []
    assert loose(draft) == []


def test_an_answer_given_anew_names_its_changes_anew(world: World) -> None:
    comment = world.admitted(world.opened())
    given: dict[str, Any] = {"reasons": "Tak.", "by": world.officer}
    draft = comment.consultation.draft
    for citation in ("§ 1", "§ 2 ust. 2"):
        answers.answer_comment(
            comment,
            outcome="partly",
            accepted_part="W części.",
            changed=[place(draft, citation).key],
            **given,
        )
    assert [one.provision for one in comment.changes.all()] == [place(draft, "§ 2 ust. 2")]
    answers.answer_comment(comment, outcome="rejected", **given)
    assert not comment.changes.exists()


def test_a_change_without_a_cause_and_an_acceptance_without_a_change_block_and_are_named(
    world: World,
) -> None:
    consultation, _comment = in_review(world)
    draft = consultation.draft
    edit(world, draft, "§ 1", "Program określa zasady i tryb.")
    published(world, draft)
    world.reported(consultation)
    with translation.override("en"), pytest.raises(Unmet) as refusal:
        drafts.finish_review(draft, by=world.officer)
    codes = [one.code for one in refusal.value.guards]
    assert codes == ["accepted_have_changes", "changes_have_causes"]
    assert "§\u00a01" in str(refusal.value)
    assert "changed nothing in the text: 1." in str(refusal.value)


def test_with_both_named_the_review_is_finished(world: World) -> None:
    consultation, comment = in_review(world)
    draft = consultation.draft
    edit(world, draft, "§ 2 ust. 1", WORDS, comment_led(comment))
    version = published(world, draft)
    world.reported(consultation)
    assert drafts.finish_review(draft, by=world.officer).state == "council_vote"
    assert version.causes.get().comment == comment


def test_a_working_version_not_published_blocks(world: World) -> None:
    consultation, _comment = in_review(world, "rejected")
    begun(world, consultation.draft)
    world.reported(consultation)
    with pytest.raises(Unmet) as refusal:
        drafts.finish_review(consultation.draft, by=world.officer)
    assert [one.code for one in refusal.value.guards] == ["no_working_version"]


def test_a_cause_can_be_named_after_publication_and_taken_back(world: World) -> None:
    consultation, _comment = in_review(world, "rejected")
    draft = consultation.draft
    begun(world, draft)
    edit(world, draft, "§ 1", "Program określa zasady i tryb.")
    version = published(world, draft)
    assert loose(draft) == ["§ 1"]
    cause = causes.name_cause(version, place(draft, "§ 1"), own(), by=world.officer)
    assert loose(draft) == []
    assert causes.name_cause(version, place(draft, "§ 1"), own(), by=world.officer) == cause
    causes.drop_cause(cause, by=world.officer)
    assert loose(draft) == ["§ 1"]
    kinds = draft.trail.filter(kind__endswith="_cause").order_by("seq")
    assert list(kinds.values_list("kind", flat=True)) == ["draft.name_cause", "draft.drop_cause"]


def test_what_came_or_went_with_its_parent_needs_no_cause_of_its_own(world: World) -> None:
    draft = in_review(world, "rejected")[0].draft
    begun(world, draft)
    editing.delete_provision(
        draft, place(draft, "§ 2 ust. 2").key, because=[own()], by=world.officer
    )
    assert loose(draft) == []


def test_both_parts_of_a_split_share_one_cause(world: World) -> None:
    draft = in_review(world, "rejected")[0].draft
    begun(world, draft)
    editing.split_provision(
        draft,
        place(draft, "§ 2 ust. 1").key,
        ["Termin składania ofert", "wynosi 21 dni."],
        because=[own()],
        by=world.officer,
    )
    assert loose(draft) == []
    Cause.objects.all().delete()
    assert loose(draft) == ["§ 2 ust. 1", "§ 2 ust. 1a"]


@pytest.mark.parametrize(
    ("because", "field"),
    [
        (Because("comment"), "comment"),
        (Because("opinion"), "opinion"),
        (Because("amendment", amendment=" "), "amendment"),
        (Because("own", note=" "), "note"),
    ],
)
def test_a_cause_says_what_it_is(world: World, because: Because, field: str) -> None:
    draft = in_review(world, "rejected")[0].draft
    version = begun(world, draft)
    with pytest.raises(Invalid) as refusal:
        causes.name_cause(version, place(draft, "§ 1"), because, by=world.officer)
    assert refusal.value.field == field


def test_a_comment_of_another_draft_is_no_cause(world: World) -> None:
    draft = in_review(world, "rejected")[0].draft
    stranger = world.admitted(world.opened("inny"))
    with pytest.raises(Invalid):
        causes.name_cause(
            begun(world, draft), place(draft, "§ 1"), comment_led(stranger), by=world.officer
        )


def test_naming_is_for_officers(world: World) -> None:
    draft = in_review(world, "rejected")[0].draft
    with pytest.raises(NotYours):
        causes.name_cause(begun(world, draft), place(draft, "§ 1"), own(), by=world.expert)


def test_the_last_change_of_a_published_answer_is_not_taken_back(world: World) -> None:
    _consultation, comment = in_review(world)
    with pytest.raises(Invalid):
        causes.drop_cause(comment.changes.get(), by=world.officer)


# -- what the database keeps ------------------------------------------------------------------


def attack(comment: Comment, words: str) -> None:
    sql(words.format(cause=comment.changes.get().pk, comment=comment.pk))


ATTACKS: dict[str, tuple[str, str]] = {
    "the last change of a published answer deleted": (
        "DELETE FROM consultations_cause WHERE id = {cause}",
        "cause_delete",
    ),
    "a cause rewritten": (
        "UPDATE consultations_cause SET note = 'inaczej' WHERE id = {cause}",
        "cause_update",
    ),
}


@pytest.mark.parametrize("name", ATTACKS)
def test_the_database_keeps_the_change_an_answer_names(world: World, name: str) -> None:
    _consultation, comment = in_review(world)
    words, guard = ATTACKS[name]
    with pytest.raises(Error), transaction.atomic():
        attack(comment, words)
    lift(guard)
    attack(comment, words)


def test_the_database_publishes_no_acceptance_without_a_change(world: World) -> None:
    comment = world.admitted(world.opened())
    answers.answer_comment(
        comment,
        outcome="accepted",
        reasons="Tak.",
        changed=[provision_of(comment).key],
        by=world.officer,
    )
    comment = answers.approve_answer(comment, by=world.approver)
    comment.changes.all().delete()
    with pytest.raises(Unmet):
        answers.publish_answer(comment, by=world.officer)
    words = "UPDATE consultations_answer SET published_at = approved_at WHERE comment_id = %s"
    with pytest.raises(Error), transaction.atomic():
        sql(words, comment.pk)
    lift("answer_change")
    sql(words, comment.pk)


def test_control_of_the_list_everything_is_named(world: World) -> None:
    found: list[Any] = []
    consultation, comment = in_review(world)
    found += without_change(consultation.draft)
    assert found == [comment]


def test_the_record_knows_every_cause_and_sees_one_that_was_slipped_in_or_out(
    world: World,
) -> None:
    consultation, comment = in_review(world)
    draft = consultation.draft
    edit(world, draft, "§ 2 ust. 1", WORDS, comment_led(comment))
    edit(world, draft, "§ 1", "Program określa zasady i tryb.", own(), Because("editorial"))
    causes.drop_cause(Cause.objects.get(kind="editorial"), by=world.officer)
    assert [one.words for one in faults()] == []
    lift("cause_delete")
    Cause.objects.filter(kind="own").delete()
    assert [one.words for one in faults()] == [f"a cause of version 2 of draft {draft.pk} is gone"]
    Cause.objects.create(
        text_version=draft.versions.latest("number"),
        provision=place(draft, "§ 2"),
        kind="editorial",
        named_by=world.officer,
        named_at=now(),
    )
    assert f"a cause of version 2 of draft {draft.pk} is not in the record" in [
        one.words for one in faults()
    ]
