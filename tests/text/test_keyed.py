"""Editing a text that keeps its keys: every act on a small draft, and any run of acts."""

import uuid
from collections.abc import Callable
from contextlib import suppress
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consultations.text.changed import How, Standing, changed
from consultations.text.keyed import Impossible, Provision, Text
from consultations.text.parse import parse_plain
from consultations.text.renumbering import letters, renumbered, roman
from consultations.text.tree import NBSP, Level, Node

DRAFT = """Rozdział I. Ogólne
§ 1. Program określa zasady.
§ 2. 1. Termin wynosi 21 dni. Oferty składa się w systemie.
2. Środki:
1) kultura;
2) sport.
Rozdział II. Końcowe
§ 3. Wchodzi w życie.
"""


def keyed(nodes: Any) -> list[Provision]:
    return [
        Provision(uuid.uuid4(), n.level, n.number, n.heading, n.text, 0, keyed(n.children))
        for n in nodes
    ]


@pytest.fixture
def text() -> Text:
    return Text(keyed(parse_plain(DRAFT).nodes))


def at(text: Text, citation: str) -> Provision:
    return next(
        one for one, place in text.placed() if place.citation.replace(NBSP, " ") == citation
    )


def places(text: Text) -> dict[uuid.UUID, str]:
    return {one.key: place.citation.replace(NBSP, " ") for one, place in text.placed()}


def standing(text: Text) -> list[Standing]:
    """As rows of a version are compared, with keys as numbers."""
    found: list[Standing] = []

    def walk(nodes: list[Provision], parent: int | None) -> None:
        for one in nodes:
            found.append(Standing(one.key.int, parent, (one.heading, one.text)))
            walk(one.children, one.key.int)

    walk(text.roots, None)
    return found


def test_what_is_put_behind_hangs_beside(text: Text) -> None:
    new = Provision(uuid.uuid4(), Level.SECTION, "1a", text="Nowy ustęp.")
    text.put_after(at(text, "§ 2 ust. 1"), new)
    assert places(text)[new.key] == "§ 2 ust. 1a"


def test_a_wider_provision_cannot_hang_below_a_narrower_one(text: Text) -> None:
    with pytest.raises(Impossible):
        text.put_into(at(text, "§ 2 ust. 1"), Provision(uuid.uuid4(), Level.PARAGRAPH, "9"))


def test_a_moved_provision_keeps_key_and_what_hangs_below(text: Text) -> None:
    one, below = at(text, "§ 2 ust. 2"), at(text, "§ 2 ust. 2 pkt 1")
    text.move(one, at(text, "§ 3"), into=True)
    assert places(text)[one.key] == "§ 3 ust. 2"
    assert places(text)[below.key] == "§ 3 ust. 2 pkt 1"


def test_a_provision_cannot_be_moved_into_itself(text: Text) -> None:
    before = places(text)
    with pytest.raises(Impossible):
        text.move(at(text, "§ 2"), at(text, "§ 2 ust. 2"), into=True)
    assert places(text) == before


def test_a_split_leaves_the_key_with_the_first_part(text: Text) -> None:
    one = at(text, "§ 2 ust. 1")
    made = text.split(one, ["Termin wynosi 21 dni.", "Oferty składa się w systemie."])
    assert (one.text, [new.text for new in made]) == (
        "Termin wynosi 21 dni.",
        ["Oferty składa się w systemie."],
    )
    assert places(text)[made[0].key] == "§ 2 ust. 1a"


def test_what_hung_below_stays_with_the_last_part(text: Text) -> None:
    one = at(text, "§ 2 ust. 2")
    made = text.split(one, ["Środki", "są na:"])
    assert one.children == []
    assert [child.text for child in made[0].children] == ["kultura;", "sport."]


def test_a_join_takes_words_and_children_of_the_next(text: Text) -> None:
    one, gone = at(text, "§ 2 ust. 1"), at(text, "§ 2 ust. 2")
    assert text.join(one) is gone
    assert one.text.endswith("w systemie. Środki:")
    assert [child.text for child in one.children] == ["kultura;", "sport."]


def test_the_last_of_its_kind_joins_nothing(text: Text) -> None:
    with pytest.raises(Impossible):
        text.join(at(text, "§ 3"))


def test_a_text_never_becomes_empty() -> None:
    alone = Text(keyed(parse_plain("§ 1. Jedyny.").nodes))
    with pytest.raises(Impossible):
        alone.remove(alone.roots[0])


def test_numbering_anew_counts_paragraphs_through_and_points_within(text: Text) -> None:
    text.remove(at(text, "§ 1"))
    text.remove(at(text, "§ 2 ust. 1"))
    assert text.renumber() == 3
    assert list(places(text).values()) == [
        "Rozdział I",
        "§ 1",
        "§ 1 ust. 1",
        "§ 1 ust. 1 pkt 1",
        "§ 1 ust. 1 pkt 2",
        "Rozdział II",
        "§ 2",
    ]


def test_an_annex_begins_its_numbers_anew() -> None:
    nodes = parse_plain("§ 4. Uchwala się.\n\nZałącznik do uchwały\n§ 7. Program.").nodes
    assert renumbered(nodes) == ["1", "", "1"]


@pytest.mark.parametrize(("count", "expected"), [(1, "a"), (26, "z"), (27, "za"), (53, "zza")])
def test_letters_after_z(count: int, expected: str) -> None:
    assert letters(count) == expected


@pytest.mark.parametrize(("count", "expected"), [(4, "IV"), (19, "XIX"), (48, "XLVIII")])
def test_roman_numbers(count: int, expected: str) -> None:
    assert roman(count) == expected


# -- what changed -----------------------------------------------------------------------------


def difference(text: Text, act: Callable[[], object]) -> dict[str, set[How]]:
    before, names = standing(text), places(text)
    act()
    names |= places(text)
    found = changed(before, standing(text))
    return {names[uuid.UUID(int=key)]: set(how) for key, how in found.items()}


def test_numbers_alone_change_nothing(text: Text) -> None:
    def act() -> None:
        for one in text.every():
            one.number = f"{one.number}9" if one.number else ""

    assert difference(text, act) == {}


def test_one_moved_among_many_is_the_one_that_moved(text: Text) -> None:
    found = difference(text, lambda: text.move(at(text, "§ 1"), at(text, "§ 2"), into=False))
    assert found in ({"§ 1": {How.MOVED}}, {"§ 2": {How.MOVED}})


def test_moved_and_edited_are_told_apart_and_together(text: Text) -> None:
    def act() -> None:
        one = at(text, "§ 1")
        one.text = "Program określa zasady i tryb."
        text.move(one, at(text, "§ 3"), into=False)

    assert difference(text, act) == {"§ 1": {How.MOVED, How.EDITED}}


def test_what_goes_with_its_parent_is_deleted_too(text: Text) -> None:
    found = difference(text, lambda: text.remove(at(text, "§ 2 ust. 2")))
    assert found == {
        "§ 2 ust. 2": {How.DELETED},
        "§ 2 ust. 2 pkt 1": {How.DELETED},
        "§ 2 ust. 2 pkt 2": {How.DELETED},
    }


# -- any run of acts --------------------------------------------------------------------------


def any_act(text: Text, random: Random) -> None:
    every = list(text.every())
    one, other = random.choice(every), random.choice(every)
    acts: list[Callable[[], object]] = [
        lambda: text.remove(one),
        lambda: text.move(one, other, into=random.random() < 0.5),
        lambda: text.split(one, one.words.split(" ", 1)),
        lambda: text.join(one),
        text.renumber,
        lambda: text.put_after(one, Provision(uuid.uuid4(), one.level, "9", text="Nowe słowa.")),
    ]
    with suppress(Impossible):
        random.choice(acts)()


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 2**32), st.integers(1, 40))
def test_any_run_of_acts_leaves_a_tree_with_every_key_once(seed: int, length: int) -> None:
    text = Text(keyed(parse_plain(DRAFT).nodes))
    random = Random(seed)  # noqa: S311 - which act comes next
    for _turn in range(length):
        any_act(text, random)
    keys = [one.key for one in text.every()]
    assert len(keys) == len(set(keys)) >= 1
    assert all(child.level.rank > one.level.rank for one in text.every() for child in one.children)
    assert isinstance(text.roots[0].node(), Node)
