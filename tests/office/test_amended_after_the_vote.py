"""After the roll call the text changes by adopted amendments only, and each of them is written."""

from datetime import timedelta
from typing import Any

import pytest

from consultations.errors import Invalid, Unmet, WrongState
from consultations.models import Amendment, Cause, CouncilFile
from consultations.models.amending import AMENDMENTS_MERGED
from consultations.models.clock import move_to, now
from consultations.models.guards import TEXT_AS_VOTED
from consultations.selectors import amendments as selected
from consultations.services import amendments, causes, council, drafts, editing, merging, texts
from consultations.services.causes import Because
from tests.office.amending import amended, at_council, resolve, voted, wording
from tests.world import World

ON = "§ 2 ust. 1"


def rewrite(world: World, file: CouncilFile, *because: Because, text: str = "99 dni.") -> Any:
    one = wording(file, ON)
    return editing.edit_provision(
        file.draft,
        one.provision.key,
        heading=one.heading,
        text=text,
        seen_revision=one.revision,
        by=world.officer,
        because=because,
    )


def adopted(world: World, file: CouncilFile) -> Amendment:
    return amendments.adopt_amendment(amended(world, file), by=world.clerk)


OWN, EDITORIAL = Because("own", note="Tak zmieniamy sami."), Because("editorial")
BY_NUMBER = Because("amendment", amendment="1")


def publish_later(world: World, file: CouncilFile) -> None:
    move_to(now() + timedelta(minutes=5))
    texts.publish_version(file.draft, by=world.officer)


@pytest.mark.parametrize("because", [OWN, Because("amendment", amendment="7")])
def test_after_the_vote_the_unit_changes_nothing_of_its_own(world: World, because: Because) -> None:
    file = voted(world, at_council(world))
    with pytest.raises(Invalid) as refusal:
        rewrite(world, file, because)
    assert refusal.value.field == "kind"
    assert Cause.objects.count() == 0


def test_control_before_the_vote_it_may(world: World) -> None:
    file = at_council(world)
    rewrite(world, file, OWN)
    publish_later(world, file)
    assert resolve(world, voted(world, file)).state == "adopted"


def test_an_editorial_correction_after_the_vote_is_let_through(world: World) -> None:
    file = voted(world, at_council(world))
    rewrite(world, file, EDITORIAL)
    publish_later(world, file)
    assert resolve(world, file).state == "adopted"


def test_what_was_worked_on_before_the_vote_and_published_after_it_is_not_adopted(
    world: World,
) -> None:
    file = at_council(world)
    rewrite(world, file, OWN)
    file = voted(world, file)
    publish_later(world, file)
    with pytest.raises(Unmet) as refusal:
        resolve(world, file)
    assert refusal.value.guards == [TEXT_AS_VOTED]


def test_an_amendment_written_after_the_vote_is_adopted_with_the_text(world: World) -> None:
    file = at_council(world)
    one = adopted(world, file)
    file = voted(world, file)
    rewrite(world, file, BY_NUMBER, text="Termin wynosi trzydzieści dni.")
    assert merging.waiting(one) == []
    publish_later(world, file)
    assert resolve(world, file).state == "adopted"


def test_a_number_without_a_change_does_not_merge_the_amendment(world: World) -> None:
    file = at_council(world)
    one = adopted(world, file)
    version = texts.begin_version(file.draft, by=world.officer)
    provision = one.places.get().provision
    causes.name_cause(version, provision, BY_NUMBER, by=world.officer)
    assert len(merging.waiting(one)) == 1
    assert not AMENDMENTS_MERGED(file.draft)
    rewrite(world, file, BY_NUMBER)
    assert merging.waiting(one) == []


def test_by_hand_something_is_written(world: World) -> None:
    file = at_council(world)
    (left,) = merging.waiting(adopted(world, file))
    there = wording(file, ON)
    said: dict[str, Any] = {
        "heading": there.heading,
        "seen_revision": there.revision,
        "by": world.officer,
    }
    with pytest.raises(Invalid, match="If nothing is written, say why") as refusal:
        merging.merge_by_hand(left, text=f" {there.text} ", **said)
    assert refusal.value.field == "text"
    assert not AMENDMENTS_MERGED(file.draft)
    merging.merge_by_hand(left, text="Trzydzieści dni.", **said)
    assert AMENDMENTS_MERGED(file.draft)


def test_amendments_of_a_file_that_was_sent_back_are_not_written(world: World) -> None:
    file = at_council(world)
    one = adopted(world, file)
    assert selected.to_merge(file.draft) == [one]
    council.send_back_draft(file, because="Do poprawy w całości.", by=world.clerk)
    with pytest.raises(WrongState):
        merging.merge_amendment(one, by=world.officer)
    draft = drafts.finish_review(file.draft, by=world.officer)
    second = council.submit_to_council(draft, by=world.officer)
    second = council.give_print_number(second, print_number="406", by=world.clerk)
    assert selected.to_merge(second.draft) == []
    assert [shown.waits_for_text for shown in selected.of_draft(draft, world.officer)] == [False]
    voted(world, second)
    with pytest.raises(WrongState):
        merging.merge_amendment(one, by=world.officer)
    assert resolve(world, second).state == "adopted"
