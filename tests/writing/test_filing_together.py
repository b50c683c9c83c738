"""Several drafts filed in one action: all or nothing, each once, with their files."""

from typing import Any

import pytest

from consultations.errors import Invalid, Refused, WrongState
from consultations.models import Attachment, Comment, CommentDraft, Entry
from consultations.services import attachments, writing
from tests.workflows.races import race
from tests.world import World
from tests.writing import files
from tests.writing.drafting import chosen, kept, own


def several(world: World) -> tuple[Any, list[CommentDraft]]:
    consultation = world.opened()
    own_one = kept(world, consultation, organisation=None)
    others = [kept(world, consultation, reasons=f"Powód {n}.") for n in range(2)]
    return consultation, [own_one, *others]


def test_all_are_filed_in_one_action_each_in_its_name(world: World) -> None:
    consultation, drafts = several(world)
    filed = writing.file_drafts(consultation, chosen(*drafts), by=world.ngo)
    assert [one.number for one in filed] == [1, 2, 3]
    assert {one.idempotency_key for one in filed} == {one.key for one in drafts}
    assert {(one.organisation, one.mandate is None) for one in filed} == {
        (None, True),
        (world.organisation, False),
    }
    entries = Entry.objects.filter(kind="comment.file")
    assert (entries.count(), entries.values("action").distinct().count()) == (3, 1)
    assert not CommentDraft.objects.exists()


def test_sending_twice_gives_the_same_comments(world: World) -> None:
    consultation, drafts = several(world)
    first = writing.file_drafts(consultation, chosen(*drafts), by=world.ngo)
    second = writing.file_drafts(consultation, chosen(*drafts), by=world.ngo)
    assert (first, Comment.objects.count()) == (second, 3)


@pytest.mark.parametrize("fault", ["incomplete", "changed", "gone", "not hers", "none"])
def test_one_that_cannot_be_filed_stops_all(world: World, fault: str) -> None:
    consultation, drafts = several(world)
    sent = chosen(*drafts)
    if fault == "incomplete":
        sent |= chosen(kept(world, consultation, kind=""))
    if fault == "changed":
        kept(world, consultation, reasons="Inny powód.", key=drafts[1].key, seen=1)
    if fault == "gone":
        writing.delete_draft(drafts[1], by=world.ngo)
    if fault == "not hers":
        sent |= chosen(own(world, consultation))
    if fault == "none":
        sent = {}
    with pytest.raises(Invalid if fault in ("incomplete", "none") else WrongState):
        writing.file_drafts(consultation, sent, by=world.ngo)
    assert not Comment.objects.exists()


def test_what_is_a_comment_is_not_kept_as_a_draft_again(world: World) -> None:
    consultation, drafts = several(world)
    writing.file_drafts(consultation, chosen(*drafts), by=world.ngo)
    with pytest.raises(WrongState):
        kept(world, consultation, key=drafts[0].key)
    left = kept(world, consultation)
    world.comment(consultation, key=left.key)
    assert not CommentDraft.objects.waiting().exists()


def test_files_go_with_the_comment_and_their_hashes_are_sealed(world: World) -> None:
    consultation = world.opened()
    draft = kept(world, consultation)
    one = attachments.attach(draft, name="a.pdf", content=files.PDF, by=world.ngo)
    draft.refresh_from_db()
    filed = writing.file_drafts(consultation, chosen(draft), by=world.ngo)[0]
    assert [row.sha256 for row in filed.attachments.all()] == [one.sha256]
    entry = Entry.objects.get(kind="comment.file")
    assert entry.words.get(field="attachments").text == f"{one.sha256}  a.pdf"
    with pytest.raises(WrongState):
        attachments.remove(Attachment.objects.get(), by=world.ngo)


def test_a_file_added_meanwhile_is_not_filed_unseen(world: World) -> None:
    consultation = world.opened()
    draft = kept(world, consultation)
    attachments.attach(draft, name="a.pdf", content=files.PDF, by=world.ngo)
    with pytest.raises(WrongState):
        writing.file_drafts(consultation, chosen(draft), by=world.ngo)


@pytest.mark.django_db(transaction=True)
def test_one_check_page_sent_by_many_files_each_draft_once(world: World) -> None:
    consultation, drafts = several(world)
    sent = chosen(*drafts)
    given: list[tuple[int, ...]] = []

    def send() -> None:
        filed = writing.file_drafts(consultation, sent, by=world.ngo)
        given.append(tuple(one.pk for one in filed))

    assert race(send) == ["done"] * 8
    assert (len(set(given)), Comment.objects.count()) == (1, 3)
    assert Entry.objects.filter(kind="comment.file").count() == 3


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_without_the_rounds_lock_some_would_be_refused(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control of the test above."""
    consultation, drafts = several(world)
    sent = chosen(*drafts)
    monkeypatch.setattr(
        writing, "hold_alone", lambda row: type(row)._default_manager.get(pk=row.pk)
    )
    outcomes = race(lambda: writing.file_drafts(consultation, sent, by=world.ngo))
    assert outcomes != ["done"] * 8


@pytest.mark.django_db(transaction=True)
def test_of_many_who_save_one_draft_one_does_and_the_others_are_told(world: World) -> None:
    consultation = world.opened()
    draft = kept(world, consultation)
    numbers = iter(range(8))

    def save() -> None:
        kept(world, consultation, reasons=f"Karta {next(numbers)}.", key=draft.key, seen=1)

    assert race(save) == ["WrongState"] * 7 + ["done"]
    draft.refresh_from_db()
    assert draft.version == 2


def test_a_refusal_of_one_leaves_every_draft(world: World) -> None:
    consultation, drafts = several(world)
    sent = chosen(*drafts, kept(world, consultation, reasons=""))
    with pytest.raises(Refused):
        writing.file_drafts(consultation, sent, by=world.ngo)
    assert CommentDraft.objects.count() == 4
