"""Drafts of comments: whose they are, two editors, signing off; nothing of them is recorded."""

from typing import Any

import pytest

from consultations import policy
from consultations.errors import Invalid, NotOpen, NotYours, TooLate, WrongState
from consultations.models import Actor, Comment, CommentDraft, Entry, Mandate
from consultations.models.clock import now
from consultations.models.people import operator
from consultations.services import attachments, filing, writing
from consultations.services.erasing import erase_person
from tests.world import World, drafter, signatory, signed_in
from tests.writing.drafting import chosen, kept, own


def fresh(actor: Actor) -> Actor:
    """As in another request: nothing is remembered of her mandates."""
    return Actor.objects.get(pk=actor.pk)


def test_a_draft_is_kept_and_nothing_of_it_is_recorded(world: World) -> None:
    consultation = world.opened()
    before = Entry.objects.count()
    draft = kept(world, consultation, reasons="Pie")
    same = kept(world, consultation, reasons="Piszemy", key=draft.key, seen=1)
    assert (same.pk, same.version, same.reasons) == (draft.pk, 2, "Piszemy")
    again = kept(world, consultation, reasons="Piszemy", key=draft.key, seen=1)
    assert (again.version, Entry.objects.count(), CommentDraft.objects.count()) == (2, before, 1)


def test_two_tabs_at_one_draft_the_slower_is_told(world: World) -> None:
    consultation = world.opened()
    draft = kept(world, consultation)
    kept(world, consultation, reasons="Pierwsza karta.", key=draft.key, seen=1)
    with pytest.raises(WrongState):
        kept(world, consultation, reasons="Druga karta.", key=draft.key, seen=1)
    draft.refresh_from_db()
    assert draft.reasons == "Pierwsza karta."


@pytest.mark.parametrize("who", ["drafter", "signatory"])
def test_an_organisations_draft_is_of_all_who_act_for_it(world: World, who: str) -> None:
    consultation = world.opened()
    draft = kept(world, consultation)
    other = signed_in("beata@mosty.test")
    {"drafter": drafter, "signatory": signatory}[who](world.organisation, other)
    seen = policy.visible(other, CommentDraft.objects.all())
    edited = kept(world, consultation, reasons="Inaczej.", key=draft.key, seen=1, by=other)
    assert (seen.get(), edited.reasons) == (draft, "Inaczej.")
    with pytest.raises(NotYours):
        kept(world, consultation, organisation=None, key=draft.key, seen=2, by=other)


def test_nobody_else_reads_or_edits_it(world: World) -> None:
    consultation = world.opened()
    draft, mine = kept(world, consultation), own(world, consultation)
    for stranger in (world.officer, world.approver, world.auditor):
        assert not policy.visible(stranger, CommentDraft.objects.all()).exists()
    assert list(policy.visible(world.outsider, CommentDraft.objects.all())) == [mine]
    for act in (
        lambda: kept(world, consultation, key=draft.key, seen=1, by=world.outsider),
        lambda: kept(world, consultation, by=world.outsider),
        lambda: writing.delete_draft(draft, by=world.outsider),
        lambda: writing.mark_ready(draft, ready=True, by=world.outsider),
        lambda: writing.sign_off(draft, seen_version=1, by=world.outsider),
    ):
        with pytest.raises(NotYours):
            act()


def test_a_draft_of_who_lost_the_mandate_stays_with_the_organisation(world: World) -> None:
    consultation = world.opened()
    draft = kept(world, consultation)
    other = signed_in("beata@mosty.test")
    signatory(world.organisation, other)
    Mandate.objects.filter(actor=world.ngo).update(until=now())
    assert not policy.visible(fresh(world.ngo), CommentDraft.objects.all()).exists()
    filed = writing.file_drafts(consultation, chosen(draft), by=other)
    assert [(one.filed_by, one.organisation) for one in filed] == [(other, world.organisation)]


def test_erasing_takes_her_own_and_leaves_the_organisations(world: World) -> None:
    consultation = world.opened()
    own(world, consultation)
    theirs = kept(world, consultation)
    for person in (world.outsider, world.ngo):
        erase_person(person, by=operator(), because="wniosek z 1 grudnia")
    assert list(CommentDraft.objects.all()) == [theirs]
    with pytest.raises(NotYours):
        own(world, consultation, by=fresh(world.outsider))


def test_a_deleted_draft_is_not_kept_again_under_its_version(world: World) -> None:
    consultation = world.opened()
    draft = kept(world, consultation)
    writing.delete_draft(draft, by=world.ngo)
    with pytest.raises(WrongState):
        kept(world, consultation, reasons="Jeszcze.", key=draft.key, seen=1)
    assert not CommentDraft.objects.exists()


def test_a_draft_begins_only_while_comments_are_taken(world: World) -> None:
    announced = world.announced()
    with pytest.raises(NotOpen):
        kept(world, announced)
    with pytest.raises(TooLate):
        kept(world, world.closed(world.opened("drugi")))


def test_there_are_not_more_drafts_than_anybody_needs(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "MOST", 2)
    consultation = world.opened()
    for _ in range(2):
        kept(world, consultation)
    with pytest.raises(Invalid):
        kept(world, consultation)


def needs_sign_off(world: World) -> None:
    world.organisation.needs_sign_off = True
    world.organisation.save()
    world.ngo.__dict__.pop("_mandates", None)


def test_where_it_is_asked_for_somebody_else_signs_off_first(world: World) -> None:
    consultation = world.opened()
    needs_sign_off(world)
    other = signed_in("beata@mosty.test")
    drafter(world.organisation, other)
    draft = kept(world, consultation)
    with pytest.raises(NotYours):
        world.comment(consultation)  # nor by the form, past the draft
    with pytest.raises(NotYours):
        writing.file_drafts(consultation, chosen(draft), by=world.ngo)
    draft = writing.sign_off(draft, seen_version=1, by=world.ngo)
    with pytest.raises(NotYours):
        writing.file_drafts(consultation, chosen(draft), by=world.ngo)
    draft = writing.sign_off(draft, seen_version=1, by=other)
    assert len(writing.file_drafts(consultation, chosen(draft), by=world.ngo)) == 1


def test_editing_takes_the_sign_off_away(world: World) -> None:
    consultation = world.opened()
    needs_sign_off(world)
    other = signed_in("beata@mosty.test")
    drafter(world.organisation, other)
    draft = writing.sign_off(kept(world, consultation), seen_version=1, by=other)
    draft = kept(world, consultation, reasons="Coś innego.", key=draft.key, seen=1)
    assert (draft.signed_off_by, draft.version) == (None, 2)
    with pytest.raises(WrongState):
        writing.sign_off(draft, seen_version=1, by=other)
    with pytest.raises(NotYours):
        writing.file_drafts(consultation, chosen(draft), by=world.ngo)


def test_a_private_draft_is_not_signed_off(world: World) -> None:
    draft = own(world, world.opened())
    with pytest.raises(Invalid):
        writing.sign_off(draft, seen_version=1, by=world.outsider)


def test_a_drafter_prepares_and_does_not_file(world: World) -> None:
    consultation = world.opened()
    other = signed_in("beata@mosty.test")
    drafter(world.organisation, other)
    draft = writing.mark_ready(kept(world, consultation, by=other), ready=True, by=other)
    with pytest.raises(NotYours):
        writing.file_drafts(consultation, chosen(draft), by=other)
    assert (draft.ready, Comment.objects.count()) == (True, 0)
    assert writing.obstacle(draft, by=other)
    assert writing.obstacle(draft, by=world.ngo) == ""


def obstacle_of(world: World, **given: Any) -> str:
    draft = own(world, world.opened(), **given)
    return writing.obstacle(draft, by=world.outsider)


@pytest.mark.parametrize(
    ("given", "words"),
    [({"kind": ""}, "kind"), ({"reasons": " "}, "reasons"), ({"proposed_wording": ""}, "wording")],
)
def test_what_is_missing_is_said(world: World, given: dict[str, Any], words: str) -> None:
    assert words in obstacle_of(world, **given).lower()


def test_a_draft_changed_while_it_is_filed_stays_and_nothing_is_filed(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A colleague saves between the reading of the draft and the end of its filing."""
    consultation = world.opened()
    draft = kept(world, consultation)
    file_draft = filing.file_draft

    def while_somebody_saves(*given: Any, **more: Any) -> Comment:
        CommentDraft.objects.update(version=2, reasons="Zapisane w tej chwili.")
        return file_draft(*given, **more)

    monkeypatch.setattr(filing, "file_draft", while_somebody_saves)
    with pytest.raises(WrongState):
        writing.file_drafts(consultation, chosen(draft), by=world.ngo)
    assert not Comment.objects.exists()


def test_an_old_form_files_nothing_past_the_file_of_its_draft(world: World) -> None:
    consultation = world.opened()
    draft = kept(world, consultation)
    attachments.attach(draft, name="lista.txt", content=b"Lista.", by=world.ngo)
    with pytest.raises(WrongState):
        world.comment(consultation, key=draft.key)
    draft.refresh_from_db()
    filed = writing.file_drafts(consultation, chosen(draft), by=world.ngo)
    assert [one.attachments.count() for one in filed] == [1]
    other = kept(world, consultation)  # the control: without a file the form wins
    assert world.comment(consultation, key=other.key).number == 2
