"""Polish words are found in any form, with diacritics or without; until then by their stems."""

from collections.abc import Iterator

import pytest

from consultations.text import words
from consultations.text.words import alike, indexed, learn, ways


@pytest.fixture
def dictionary() -> Iterator[None]:
    learn()
    yield
    words._Learned.yet = False


def finds(said: str, text: str) -> bool:
    held = indexed(text)
    return any(way in held for way in ways(said))


FORMS = [
    ("organizacji", "Pomóżcie organizacjom."),
    ("organizacja", "Pomóżcie ORGANIZACJOM."),
    ("psy", "Ma psa, nie kota."),
    ("pies", "Ile psów jest w mieście?"),
    ("zwierzeta", "Opieka nad zwierzętami."),
    ("zwierzat", "Każde zwierzę."),
    ("mieszkancow", "Rozmowa z mieszkańcami miasta"),
    ("krakow", "w Krakowie"),
    ("zrodlo", "Źródła finansowania"),
    ("szkoly", "W szkole."),
]


@pytest.mark.usefixtures("dictionary")
@pytest.mark.parametrize(("said", "text"), FORMS)
def test_a_word_is_found_in_another_form(said: str, text: str) -> None:
    assert finds(said, text)


@pytest.mark.usefixtures("dictionary")
@pytest.mark.parametrize(
    ("said", "text"), [("psy", "Pismo w sprawie."), ("organ", "Orkan."), ("kot", "Pies i psy.")]
)
def test_the_control_another_word_is_not(said: str, text: str) -> None:
    assert not finds(said, text)


@pytest.mark.usefixtures("dictionary")
def test_what_is_no_word_stands_as_it_is() -> None:
    assert (ways("§ 2"), ways("50%"), ways("2027")) == (("§ 2",), ("50%",), ("2027",))


def test_without_the_dictionary_a_long_word_is_cut_to_its_stem() -> None:
    assert ways("organizacji") == ("organizacji", " organiza")
    assert any(way in " w organizacjach " for way in ways("organizacji"))
    assert ways("psy") == ("psy",)


@pytest.mark.usefixtures("dictionary")
def test_what_forms_share_is_marked() -> None:
    assert (alike("organizacji"), alike("psy")) == ("organizacj", "psy")


@pytest.mark.usefixtures("dictionary")
def test_a_word_that_could_be_read_in_too_many_ways_is_not_tried() -> None:
    assert ways("przedsiebiorczosciach") == ("przedsiebiorczosciach", " przedsiebiorczosci")
