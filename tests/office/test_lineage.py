"""Places of amendments meet by what provisions are, whatever they were called in which version."""

from types import SimpleNamespace
from typing import Any

import pytest

from consultations.selectors.clashing import places_clash
from consultations.selectors.lineage import Lineage

FIRST, SECOND = 10, 20  # versions of the text; what follows are provisions
CHAPTER, PROVISION, POINT, OTHER, PART = 1, 2, 3, 4, 5


def lines(**more: Any) -> Lineage:
    """The chapter holds provision and point in the first version; in the second as `more` says."""
    before = {CHAPTER: None, PROVISION: CHAPTER, POINT: PROVISION, OTHER: None}
    known: dict[str, Any] = {
        "numbers": {FIRST: 1, SECOND: 2},
        "latest": {FIRST: SECOND, SECOND: SECOND},
        "parents": {FIRST: before, SECOND: before},
        "descents": {},
    }
    return Lineage(**known | more)


def at(provision: int, how: str = "change", citation: str = "§ 2") -> Any:
    """Citations are there to be wrong: they change from version to version."""
    return SimpleNamespace(provision_id=provision, how=how, citation=citation)


def test_a_provision_that_was_renumbered_is_still_the_same() -> None:
    one, other = at(PROVISION, citation="§ 2"), at(PROVISION, citation="§ 3")
    assert places_clash(one, other, (FIRST, SECOND), lines())


def test_another_that_took_its_number_is_not_accused() -> None:
    one, other = at(PROVISION, citation="§ 2"), at(OTHER, citation="§ 2")
    assert not places_clash(one, other, (FIRST, SECOND), lines())


SPLIT = {PROVISION: [(2, PART)]}


def test_a_part_split_off_later_is_the_provision_too() -> None:
    one, other = at(PROVISION), at(PART, citation="§ 3")
    assert places_clash(one, other, (FIRST, SECOND), lines(descents=SPLIT))
    assert places_clash(other, one, (SECOND, FIRST), lines(descents=SPLIT))


def test_a_part_split_off_before_is_not() -> None:
    """Who wrote on the second version meant what was left."""
    one, other = at(PROVISION), at(PART)
    assert not places_clash(one, other, (SECOND, SECOND), lines(descents=SPLIT))


def test_without_descents_the_part_would_be_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: only the key itself is looked at."""
    monkeypatch.setattr(Lineage, "heirs", lambda _self, provision, *_versions: {provision})
    assert not places_clash(at(PROVISION), at(PART), (FIRST, SECOND), lines(descents=SPLIT))


@pytest.mark.parametrize("turned", [False, True])
def test_who_deletes_a_chapter_deletes_what_stands_in_it(*, turned: bool) -> None:
    one, other = at(CHAPTER, "delete"), at(POINT)
    versions, pair = (FIRST, SECOND), (one, other)
    if turned:
        versions, pair = (SECOND, FIRST), (other, one)
    assert places_clash(*pair, versions, lines())


def test_who_deletes_it_in_a_later_text_takes_out_what_was_moved_there() -> None:
    moved = {FIRST: {CHAPTER: None, OTHER: None}, SECOND: {CHAPTER: None, OTHER: CHAPTER}}
    assert places_clash(at(CHAPTER, "delete"), at(OTHER), (FIRST, SECOND), lines(parents=moved))


def test_what_was_moved_out_before_it_was_written_is_left_alone() -> None:
    moved = {FIRST: {CHAPTER: None, OTHER: CHAPTER}, SECOND: {CHAPTER: None, OTHER: None}}
    given = lines(parents=moved)
    assert not places_clash(at(CHAPTER, "delete"), at(OTHER), (SECOND, SECOND), given)
    assert not places_clash(at(CHAPTER, "delete"), at(OTHER), (SECOND, FIRST), given)


def test_a_change_and_a_new_provision_behind_it_go_together() -> None:
    assert not places_clash(at(PROVISION), at(PROVISION, "add"), (FIRST, SECOND), lines())
    assert places_clash(at(PROVISION, "add"), at(PROVISION, "add"), (FIRST, SECOND), lines())


def test_to_change_a_chapter_says_nothing_of_what_stands_in_it() -> None:
    assert not places_clash(at(CHAPTER), at(POINT), (FIRST, SECOND), lines())
