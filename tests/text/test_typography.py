"""Spaces that do not break: where they come, and that nothing else changes."""

import pytest

from consultations.text.typography import NBSP, typo


@pytest.mark.parametrize(
    ("plain", "shown"),
    [
        ("§ 3 ust. 1 pkt 2 lit. a", "§~3 ust.~1 pkt~2 lit.~a"),
        ("§§ 3 i 4", "§§~3 i~4"),
        ("art. 5a ust. 4", "art.~5a ust.~4"),
        ("Zadania w i z zakresu kultury", "Zadania w~i~z~zakresu kultury"),
        ("W programie. A także O nich", "W~programie. A~także O~nich"),
        ("(w trybie) „o kosztach”", "(w~trybie) „o~kosztach”"),
    ],
)
def test_a_line_does_not_end_after_what_belongs_to_the_next_word(plain: str, shown: str) -> None:
    assert typo(plain) == shown.replace("~", NBSP)


@pytest.mark.parametrize(
    "text", ["oraz tak", "1) kultura; 2) sport", "w\nnowej linii", "kończy się na w ", "x y", ""]
)
def test_other_spaces_stay(text: str) -> None:
    assert typo(text) == text


@pytest.mark.parametrize("text", ["§ 3 ust. 1 i 2 w z", "<b>a i o</b> & u", "z  dwiema spacjami"])
def test_only_spaces_are_exchanged_and_twice_is_once(text: str) -> None:
    assert typo(text).replace(NBSP, " ") == text
    assert typo(typo(text)) == typo(text)
