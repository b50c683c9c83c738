"""Amendments: numbered, filed in time, in conflict, settled, and in the text with their cause."""

from datetime import timedelta

import pytest

from consultations.errors import Invalid, NotYours, TooLate, Unmet, WrongState
from consultations.models import Amendment, Cause, Entry
from consultations.models.clock import move_to
from consultations.selectors import amendments as selected
from consultations.selectors import replay, revision
from consultations.services import amendments, causes, council, editing, merging, readings, texts
from consultations.services.amendments import Filed, Totals
from consultations.services.causes import Because
from tests.ground.attacks import nothing_guards, sql
from tests.office.amending import (
    COMMITTEE,
    FOURTEEN,
    GROUP,
    SPONSOR,
    THIRTY,
    amended,
    at_council,
    between_readings,
    place,
    resolve,
    voted,
    wording,
)
from tests.world import World


def test_amendments_are_numbered_within_their_file(world: World) -> None:
    file = at_council(world)
    one, two = amended(world, file), amended(world, file, filed=COMMITTEE)
    amendments.withdraw_amendment(two, by=world.clerk)
    assert [one.number, two.number, amended(world, file).number] == [1, 2, 3]
    assert (one.places.get().found_text, one.places.get().text) != ("", "")


@pytest.mark.parametrize(
    ("filed", "field"),
    [
        (Filed("amendment", "group", " ", "Bo tak."), "mover_name"),
        (Filed("amendment", "group", "Klub", " …"), "reasons"),
        (Filed("amendment", "mayor", "Klub", "Bo tak."), "mover"),
        (Filed("other", "group", "Klub", "Bo tak."), "kind"),
        (Filed("own", "group", "Klub", "Bo tak."), "mover"),
    ],
)
def test_who_moves_and_why_is_said(world: World, filed: Filed, field: str) -> None:
    file = at_council(world)
    with pytest.raises(Invalid) as refusal:
        amended(world, file, filed=filed)
    assert (refusal.value.field, Amendment.objects.count()) == (field, 0)


def test_what_changes_nothing_is_no_amendment(world: World) -> None:
    file = at_council(world)
    found = wording(file, "§ 2 ust. 1")
    for wrong in (
        place(file, text=found.text),
        place(file, text=" "),
        place(file, how="rewrite"),
        place(file, how="add", number=" "),
    ):
        with pytest.raises(Invalid):
            amended(world, file, wrong)
    with pytest.raises(Invalid):
        amended(world, file, place(file), place(file))


def test_the_unit_files_the_sponsors_own_ones_only(world: World) -> None:
    file = at_council(world)
    made = amendments.file_amendment(file, SPONSOR, [place(file)], by=world.officer)
    assert made.kind == "own"
    for by, filed in ((world.officer, GROUP), (world.councillor, GROUP), (world.ngo, SPONSOR)):
        with pytest.raises(NotYours):
            amendments.file_amendment(file, filed, [place(file)], by=by)


# The two deadlines: each is looked at inside the transaction.
def test_before_the_only_reading_the_sponsor_ends_as_it_begins_others_as_it_closes(
    world: World,
) -> None:
    file = at_council(world)
    amended(world, file, filed=SPONSOR)
    readings.begin_reading(file, by=world.clerk)
    with pytest.raises(TooLate) as refusal:
        amended(world, file, filed=SPONSOR)
    assert "sponsor's own amendments ended on" in str(refusal.value)
    amended(world, file)
    readings.hold_reading(file, by=world.clerk)
    with pytest.raises(TooLate):
        amended(world, file)
    assert Amendment.objects.count() == 2


@pytest.mark.parametrize(("filed", "field"), [(SPONSOR, "own_"), (GROUP, "")])
def test_between_two_readings_the_very_instant_is_too_late(
    world: World, filed: Filed, field: str
) -> None:
    file = between_readings(world, at_council(world))
    until = getattr(file, f"{field}amendments_until")
    move_to(until - timedelta(seconds=5))
    amended(world, file, filed=filed)
    move_to(until)
    entries = Entry.objects.count()
    with pytest.raises(TooLate) as refusal:
        amended(world, file, filed=filed)
    assert "ended on" in str(refusal.value)
    assert (Amendment.objects.count(), Entry.objects.count()) == (1, entries)


def test_control_without_the_deadline_the_late_one_is_taken(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = between_readings(world, at_council(world))
    move_to(file.amendments_until)  # type: ignore[arg-type]
    monkeypatch.setattr(amendments, "refuse_late", lambda *_: None)
    assert amended(world, file).number == 1


def test_before_the_print_number_and_after_the_vote_none_is_filed(world: World) -> None:
    draft = world.reviewed(world.closed(world.opened()))
    file = council.submit_to_council(draft, by=world.officer)
    with pytest.raises(WrongState):
        amended(world, file)
    file = council.give_print_number(file, print_number="405", by=world.clerk)
    file = voted(world, file)
    with pytest.raises(WrongState):
        amended(world, file)


# Conflicts.
def test_two_amendments_on_one_provision_are_in_conflict(world: World) -> None:
    file = at_council(world)
    one, two = amended(world, file), amended(world, file, place(file, text=FOURTEEN))
    three = amended(world, file, place(file, "§ 1", "Program określa zasady."))
    found = {line.amendment: line.rivals for line in selected.of_file(file, None)}
    assert found == {one: [two], two: [one], three: []}
    assert selected.of_file(file, None)[0].conflict == (
        "In conflict with amendment no. 2 on the same provision."
    )
    amendments.reject_amendment(two, by=world.clerk)
    assert [line.rivals for line in selected.of_file(file, None)] == [[], [], []]


@pytest.mark.parametrize(
    ("one", "other", "clash"),
    [
        ({"how": "add", "number": "1a"}, {}, False),
        ({"how": "add", "number": "1a"}, {"how": "add", "number": "1a"}, True),
        ({"how": "delete"}, {}, True),
        ({"how": "delete", "citation": "§ 2"}, {}, True),
        ({"how": "delete", "citation": "§ 1"}, {}, False),
        ({"citation": "§ 2 ust. 2"}, {"citation": "§ 2 ust. 2 pkt 1"}, False),
    ],
)
def test_what_is_a_conflict(
    world: World, one: dict[str, str], other: dict[str, str], *, clash: bool
) -> None:
    file = at_council(world)
    first, second = (
        amended(world, file, place(file, **one)),
        amended(world, file, place(file, **other)),
    )
    rivals = amendments.rivals_of(first), amendments.rivals_of(second)
    assert rivals == (([second], [first]) if clash else ([], []))


def test_adopting_two_on_one_provision_must_be_meant(world: World) -> None:
    file = at_council(world)
    one, two = amended(world, file), amended(world, file, place(file, text=FOURTEEN))
    amendments.adopt_amendment(one, by=world.clerk)
    with pytest.raises(WrongState) as refusal:
        amendments.adopt_amendment(two, by=world.clerk)
    assert "Amendment no. 1 on the same provision is adopted already" in str(refusal.value)
    done = amendments.adopt_amendment(two, despite=[one.pk], by=world.clerk)
    entry = done.entries.get(kind="amendment.adopt")
    assert entry.leaf["facts"]["conflicts"] == [1]


def test_the_vote_waits_until_every_amendment_is_settled(world: World) -> None:
    file = at_council(world)
    one, two = amended(world, file), amended(world, file, place(file, text=FOURTEEN))
    amendments.adopt_amendment(one, by=world.clerk)
    with pytest.raises(Unmet) as refusal:
        voted(world, file)
    assert [guard.code for guard in refusal.value.guards] == ["amendments_settled"]
    assert "no. 2" in str(refusal.value)
    amendments.reject_amendment(two, by=world.clerk)
    assert voted(world, file).state == "voted"


def test_the_councils_totals_on_an_amendment_make_sense(world: World) -> None:
    file = at_council(world)
    one = amended(world, file)
    for act, totals in (
        (amendments.adopt_amendment, Totals(10, 20, 3)),
        (amendments.reject_amendment, Totals(20, 10, 3)),
        (amendments.adopt_amendment, Totals(40, 2, 2)),
    ):
        with pytest.raises(Invalid):
            act(one, totals=totals, by=world.clerk)
    done = amendments.adopt_amendment(one, totals=Totals(30, 10, 3), by=world.clerk)
    assert (done.state, done.votes_for, done.votes_against, done.abstained) == (
        "adopted",
        30,
        10,
        3,
    )
    for again in (amendments.adopt_amendment, amendments.withdraw_amendment):
        with pytest.raises(WrongState):
            again(done, by=world.clerk)


def test_what_was_settled_by_the_vote_stays(world: World) -> None:
    file = at_council(world)
    one = amended(world, file)
    council.send_back_draft(file, because="Do poprawy.", by=world.clerk)
    with pytest.raises(Unmet) as refusal:
        amendments.adopt_amendment(one, by=world.clerk)
    assert [guard.code for guard in refusal.value.guards] == ["file_runs"]


# Into the text.
def test_an_adopted_amendment_goes_into_the_text_with_its_cause(world: World) -> None:
    file = at_council(world)
    one = amendments.adopt_amendment(amended(world, file), by=world.clerk)
    file = voted(world, file)
    with pytest.raises(Unmet) as refusal:
        resolve(world, file)
    assert [guard.code for guard in refusal.value.guards] == ["amendments_merged"]
    merged = merging.merge_amendment(one, by=world.officer)
    assert (len(merged.done), merged.left) == (1, [])
    with pytest.raises(Unmet) as refusal:
        resolve(world, file)
    assert [guard.code for guard in refusal.value.guards] == ["no_working_version"]
    texts.publish_version(file.draft, by=world.officer)
    old, new = file.draft.versions.all()
    (change,) = revision.between(old, new, None)
    assert (change.after, [cause.words for cause in change.causes]) == (
        THIRTY,
        ["council amendment no. 1"],
    )
    assert change.causes[0].address.endswith(f"/poprawki/{one.number}/")
    assert resolve(world, file).state == "adopted"


def test_new_and_deleted_provisions_are_merged_too(world: World) -> None:
    file = at_council(world)
    new = place(file, "§ 1", "Program obowiązuje rok.", how="add", number="1a")
    both = amended(world, file, new, place(file, "§ 2 ust. 2 pkt 2", how="delete"))
    both = amendments.adopt_amendment(both, by=world.clerk)
    assert len(merging.merge_amendment(both, by=world.officer).done) == 2
    texts.publish_version(file.draft, by=world.officer)
    old, new_text = file.draft.versions.all()
    changes = revision.between(old, new_text, None)
    assert [
        (one.wording.citation.replace("\N{NO-BREAK SPACE}", " "), bool(one.causes))
        for one in changes
    ] == [("§ 1a", True), ("§ 2 ust. 2 pkt 2", True)]


def test_what_was_changed_meanwhile_is_left_to_be_written_by_hand(world: World) -> None:
    file = at_council(world)
    one, two = amended(world, file), amended(world, file, place(file, text=FOURTEEN))
    one = amendments.adopt_amendment(one, by=world.clerk)
    two = amendments.adopt_amendment(two, despite=[one.pk], by=world.clerk)
    merging.merge_amendment(one, by=world.officer)
    merged = merging.merge_amendment(two, by=world.officer)
    assert (merged.done, len(merged.left)) == ([], 1)
    stands = wording(file, "§ 2 ust. 1")
    assert stands.text == THIRTY
    words = "Termin składania ofert wynosi od 14 do 30 dni."
    for revision_seen, refused in ((stands.revision - 1, True), (stands.revision, False)):
        if refused:
            with pytest.raises(WrongState):
                by_hand(world, two, words, revision_seen)
        else:
            by_hand(world, two, words, revision_seen)
    assert (wording(file, "§ 2 ust. 1").text, merging.waiting(two)) == (words, [])
    assert Cause.objects.exclude(amended=None).count() == 2


def _taken_out_after_a_change_in_it(world: World) -> merging.Merged:
    """§ 2 ust. 2 goes by the first amendment; the second changed its first point meanwhile."""
    file = at_council(world)
    gone = amended(world, file, place(file, "§ 2 ust. 2", how="delete"))
    inside = amended(world, file, place(file, "§ 2 ust. 2 pkt 1", "kultura – 900 000 zł;"))
    inside = amendments.adopt_amendment(inside, despite=[gone.pk], by=world.clerk)
    gone = amendments.adopt_amendment(gone, despite=[inside.pk], by=world.clerk)
    assert len(merging.merge_amendment(inside, by=world.officer).done) == 1
    return merging.merge_amendment(gone, by=world.officer)


def test_what_changed_inside_a_provision_is_not_taken_out_without_asking(world: World) -> None:
    merged = _taken_out_after_a_change_in_it(world)
    assert (merged.done, len(merged.left)) == ([], 1)


def test_by_its_own_words_alone_it_would_be(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control of the test above: only the provision itself is compared."""
    monkeypatch.setattr(
        merging, "_with_all_in_it", lambda one: {(one.provision_id, one.heading, one.text)}
    )
    merged = _taken_out_after_a_change_in_it(world)
    assert (len(merged.done), merged.left) == (1, [])


def by_hand(world: World, amendment: Amendment, words: str, seen: int) -> None:
    (left,) = merging.waiting(amendment)
    merging.merge_by_hand(left, heading="", text=words, seen_revision=seen, by=world.officer)


def test_an_amendment_on_what_another_deleted_says_why_nothing_is_written(world: World) -> None:
    file = at_council(world)
    gone = amended(world, file, place(file, "§ 2 ust. 2 pkt 2", how="delete"))
    other = amended(world, file, place(file, "§ 2 ust. 2 pkt 2", "sport – 300 000 zł."))
    gone = amendments.adopt_amendment(gone, by=world.clerk)
    other = amendments.adopt_amendment(other, despite=[gone.pk], by=world.clerk)
    merging.merge_amendment(gone, by=world.officer)
    assert len(merging.merge_amendment(other, by=world.officer).left) == 1
    (left,) = merging.waiting(other)
    with pytest.raises(Invalid):
        merging.merge_without_change(left, because=" …", by=world.officer)
    merging.merge_without_change(left, because="Punkt skreślono.", by=world.officer)
    assert merging.waiting(other) == []


def test_a_number_named_in_the_editor_is_the_amendment(world: World) -> None:
    file = at_council(world)
    one = amendments.adopt_amendment(amended(world, file), by=world.clerk)
    found = wording(file, "§ 2 ust. 1")
    editing.edit_provision(
        file.draft,
        found.provision.key,
        heading="",
        text="Trzydzieści dni.",
        seen_revision=found.revision,
        by=world.officer,
        because=[Because("amendment", amendment="1")],
    )
    assert merging.waiting(one) == []
    cause = Cause.objects.get(amendment="1")
    causes.drop_cause(cause, by=world.officer)
    assert len(merging.waiting(one)) == 1


def test_a_discarded_version_takes_the_amendment_out_again(world: World) -> None:
    file = at_council(world)
    one = amendments.adopt_amendment(amended(world, file), by=world.clerk)
    merging.merge_amendment(one, by=world.officer)
    texts.discard_version(file.draft, by=world.officer)
    assert len(merging.waiting(one)) == 1


def test_only_an_adopted_amendment_is_merged_by_the_unit(world: World) -> None:
    file = at_council(world)
    one = amended(world, file)
    with pytest.raises(WrongState):
        merging.merge_amendment(one, by=world.officer)
    one = amendments.adopt_amendment(one, by=world.clerk)
    with pytest.raises(NotYours):
        merging.merge_amendment(one, by=world.clerk)
    merging.merge_amendment(one, by=world.officer)
    with pytest.raises(WrongState):
        merging.merge_amendment(one, by=world.officer)


def test_the_desk_names_what_is_in_conflict(world: World) -> None:
    file = at_council(world)
    assert selected.tally(file) is None
    amended(world, file)
    amended(world, file, place(file, text=FOURTEEN))
    tally = selected.tally(file)
    assert tally is not None
    assert (tally.words, tally.conflict.replace("\N{NO-BREAK SPACE}", " ")) == (
        "2 amendments",
        "Amendments in conflict: § 2 ust. 1.",
    )


def test_the_record_and_the_tables_say_the_same_and_a_forgery_is_found(world: World) -> None:
    file = between_readings(world, at_council(world))
    one = amendments.adopt_amendment(amended(world, file), by=world.clerk)
    merging.merge_amendment(one, by=world.officer)
    assert list(replay.faults()) == []
    with nothing_guards():
        sql("UPDATE {amendmentplace} SET text = 'Termin wynosi 3 dni.'")
        sql("UPDATE {councilfile} SET two_readings = %s, amendments_until = NULL", False)  # noqa: FBT003
        sql("UPDATE {councilfile} SET own_amendments_until = NULL")
        found = [fault.words for fault in replay.faults()]
    assert found == [
        f"council file {file.pk}: other readings than were decided",
        f"council file {file.pk}: other instants for amendments than were set",
        f"amendment {one.pk} is not what was filed",
    ]
