"""Editing the working version: words, places, keys, and what the record says of it."""

import json
import uuid

import pytest

from consultations.errors import Invalid, NotYours, WrongState
from consultations.models import Entry, Provision, UnsavedEdit
from consultations.models.orphans import without_cause
from consultations.selectors.changes import said
from consultations.selectors.wordings import nodes_of
from consultations.services import editing, texts
from consultations.services.editing import New
from consultations.text.parse import parse_plain
from consultations.text.tree import Level
from tests.office.texting import begun, edit, in_review, own, place, plain, published, wording
from tests.world import TEXT, World


def test_a_version_begins_as_a_copy_with_the_same_keys(world: World) -> None:
    draft = in_review(world, "rejected")[0].draft
    version = begun(world, draft)
    first = draft.versions.get(number=1)
    assert version.number == 2
    assert [one.provision_id for one in version.wordings.all()] == [
        one.provision_id for one in first.wordings.all()
    ]
    assert begun(world, draft) == version


def test_an_edit_changes_the_working_version_alone_and_is_in_the_record(world: World) -> None:
    draft = in_review(world, "rejected")[0].draft
    begun(world, draft)
    edit(world, draft, "§ 1", "Program określa zasady i tryb współpracy.", own())
    assert wording(draft, "§ 1", 2).text == "Program określa zasady i tryb współpracy."
    assert wording(draft, "§ 1", 1).text.startswith("Program określa zasady współpracy")
    entry = Entry.objects.get(kind="draft.edit_text")
    facts = json.loads(entry.payload)["facts"]
    assert (facts["edit"], plain(facts["spot"]), facts["version"]) == ("edit", "§ 1", 2)
    change = said([entry], world.auditor)[entry.pk].changes[0]
    assert change.before.startswith("Program określa zasady współpracy Miasta")
    assert change.after.endswith("tryb współpracy.")
    sealed = {one.field: one.text for one in entry.words.all()}
    assert sealed["text"].endswith("tryb współpracy.")
    assert sealed["text_before"].startswith("Program określa zasady współpracy Miasta")


def test_who_looked_at_an_older_wording_is_refused_and_nothing_is_lost(world: World) -> None:
    draft = in_review(world, "rejected")[0].draft
    begun(world, draft)
    seen = wording(draft, "§ 1")
    edit(world, draft, "§ 1", "Pierwsza zmiana.", own())
    with pytest.raises(WrongState):
        editing.edit_provision(
            draft,
            seen.provision.key,
            heading="",
            text="Druga zmiana.",
            seen_revision=seen.revision,
            by=world.second_officer,
        )
    assert wording(draft, "§ 1").text == "Pierwsza zmiana."


def test_the_same_words_again_are_no_edit(world: World) -> None:
    draft = in_review(world, "rejected")[0].draft
    begun(world, draft)
    one = wording(draft, "§ 1")
    edit(world, draft, "§ 1", one.text)
    assert wording(draft, "§ 1").revision == one.revision
    assert not Entry.objects.filter(kind="draft.edit_text").exists()


@pytest.mark.parametrize("text", ["", "  \n", "…"])
def test_a_wording_says_something(world: World, text: str) -> None:
    draft = in_review(world, "rejected")[0].draft
    begun(world, draft)
    with pytest.raises(Invalid):
        edit(world, draft, "§ 1", text)


@pytest.mark.parametrize("role", ["expert", "approver", "clerk", "auditor", "councillor", "ngo"])
def test_editing_is_for_officers(world: World, role: str) -> None:
    draft = in_review(world, "rejected")[0].draft
    begun(world, draft)
    one = wording(draft, "§ 1")
    with pytest.raises(NotYours):
        editing.edit_provision(
            draft,
            one.provision.key,
            heading="",
            text="Nie wolno.",
            seen_revision=one.revision,
            by=getattr(world, role),
        )


def test_split_join_move_and_delete_keep_keys(world: World) -> None:
    draft = in_review(world, "rejected")[0].draft
    begun(world, draft)
    first, second = place(draft, "§ 2 ust. 1"), place(draft, "§ 2 ust. 2")
    editing.split_provision(
        draft, first.key, ["Termin składania ofert", "wynosi 21 dni."], by=world.officer
    )
    assert place(draft, "§ 2 ust. 1") == first
    cut = place(draft, "§ 2 ust. 1a")
    assert cut not in (first, second)
    assert cut.descents.get().kind == "split"
    editing.join_provision(draft, first.key, by=world.officer)
    assert wording(draft, "§ 2 ust. 1").text == "Termin składania ofert wynosi 21 dni."
    assert not Provision.objects.filter(pk=cut.pk).exists()  # it never stood in a version
    editing.move_provision(
        draft, second.key, beside=place(draft, "§ 1").key, into=True, by=world.officer
    )
    assert place(draft, "§ 1 ust. 2") == second
    editing.delete_provision(draft, second.key, by=world.officer)
    assert "§ 1 ust. 2" not in {
        plain(one.citation) for one in draft.versions.latest("number").wordings.all()
    }
    assert Provision.objects.filter(pk=second.pk).exists()  # version 1 keeps it
    editing.renumber(draft, by=world.officer)
    kinds = Entry.objects.filter(kind="draft.edit_text").values_list("payload", flat=True)
    assert [json.loads(one)["facts"]["edit"] for one in kinds] == [
        *("split", "join", "move", "delete"),
    ]


def test_a_provision_is_added_where_it_was_asked(world: World) -> None:
    draft = in_review(world, "rejected")[0].draft
    begun(world, draft)
    new = New(Level.SECTION, "1a", "", "Ofertę można poprawić.")
    key = editing.add_provision(
        draft, place(draft, "§ 2 ust. 1").key, new, into=False, by=world.officer
    )
    assert place(draft, "§ 2 ust. 1a").key == key
    with pytest.raises(Invalid):
        editing.add_provision(
            draft,
            place(draft, "§ 2 ust. 1").key,
            New(Level.CHAPTER, "9", "Rozdział", ""),
            into=True,
            by=world.officer,
        )


def test_what_is_unknown_is_refused(world: World) -> None:
    draft = in_review(world, "rejected")[0].draft
    begun(world, draft)
    with pytest.raises(WrongState):
        editing.delete_provision(draft, uuid.uuid4(), by=world.officer)


def test_a_working_version_waits_until_the_round_is_closed(world: World) -> None:
    consultation = world.opened()
    begun(world, consultation.draft)
    with pytest.raises(WrongState):
        published(world, consultation.draft)
    closed = world.closed(consultation)
    assert published(world, closed.draft).published_at is not None


def test_a_discarded_version_leaves_the_published_ones_and_a_line_in_the_record(
    world: World,
) -> None:
    draft = in_review(world, "rejected")[0].draft
    begun(world, draft)
    edit(world, draft, "§ 1", "Inaczej.", own())
    texts.discard_version(draft, by=world.officer)
    assert [one.number for one in draft.versions.all()] == [1]
    assert Entry.objects.filter(kind="draft.discard_version").count() == 1
    with pytest.raises(WrongState):
        texts.discard_version(draft, by=world.officer)


def test_a_version_an_accepted_comment_needs_is_not_discarded(world: World) -> None:
    draft = in_review(world, "accepted")[0].draft
    with pytest.raises(Invalid):
        texts.discard_version(draft, by=world.officer)


def test_what_is_typed_is_kept_for_its_author_until_it_is_saved(world: World) -> None:
    draft = in_review(world, "rejected")[0].draft
    begun(world, draft)
    one = wording(draft, "§ 1")
    key = one.provision.key
    for text in ("Pro", "Program"):
        editing.keep_unsaved(
            draft, key, heading="", text=text, revision=one.revision, by=world.officer
        )
    assert [(each.author, each.text) for each in UnsavedEdit.objects.all()] == [
        (world.officer, "Program")
    ]
    edit(world, draft, "§ 1", "Program jest krótki.", own())
    assert not UnsavedEdit.objects.exists()
    with pytest.raises(NotYours):
        editing.keep_unsaved(draft, key, heading="", text="x", revision=0, by=world.expert)


# -- importing over a text --------------------------------------------------------------------


def test_a_text_read_again_keeps_its_keys(world: World) -> None:
    draft = world.drafted()
    before = {plain(one.citation): one.provision_id for one in draft.versions.get().wordings.all()}
    changed = TEXT.replace("21 dni", "30 dni").replace("§ 2. 1.", "§ 3. 1.")
    texts.import_text(draft, parse_plain(changed).nodes, by=world.officer)
    after = {plain(one.citation): one.provision_id for one in draft.versions.get().wordings.all()}
    assert after["§ 3 ust. 1"] == before["§ 2 ust. 1"]
    assert set(after.values()) == set(before.values())


def test_the_officer_has_the_last_word_on_which_is_which(world: World) -> None:
    draft = in_review(world, "rejected")[0].draft
    one, other = place(draft, "§ 2 ust. 2 pkt 1"), place(draft, "§ 2 ust. 2 pkt 2")
    nodes = parse_plain(TEXT).nodes
    positions = {plain(w.citation): w.position for w in draft.versions.get().wordings.all()}
    swapped = {
        positions["§ 2 ust. 2 pkt 1"]: other.key,
        positions["§ 2 ust. 2 pkt 2"]: one.key,
        positions["§ 1"]: None,
    }
    texts.import_text(draft, nodes, corrected=swapped, by=world.officer)
    assert place(draft, "§ 2 ust. 2 pkt 1") == other
    assert place(draft, "§ 2 ust. 2 pkt 2") == one
    assert place(draft, "§ 1") != wording(draft, "§ 1", 1).provision
    facts = json.loads(Entry.objects.filter(kind="draft.import_text").latest("seq").payload)
    assert facts["facts"]["corrected"] == 3


def test_one_provision_cannot_be_two(world: World) -> None:
    draft = world.drafted()
    key = place(draft, "§ 1").key
    with pytest.raises(Invalid):
        texts.import_text(
            draft, parse_plain(TEXT).nodes, corrected={2: key, 3: key}, by=world.officer
        )


def test_a_text_read_over_the_working_version_keeps_what_was_cut_out_of_what(world: World) -> None:
    draft = in_review(world, "rejected")[0].draft
    begun(world, draft)
    first = place(draft, "§ 2 ust. 1")
    words = ["Termin składania ofert w konkursach", "wynosi dwadzieścia jeden dni kalendarzowych."]
    editing.split_provision(draft, first.key, words, because=[own()], by=world.officer)
    version = draft.versions.latest("number")
    texts.import_text(draft, nodes_of(version), by=world.officer)
    assert [one.kind for one in version.descents.all()] == ["split"]
    assert without_cause(draft) == []
    editing.delete_provision(draft, place(draft, "§ 2 ust. 1a").key, by=world.officer)
    assert not version.descents.exists()
