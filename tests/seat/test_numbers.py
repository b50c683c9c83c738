"""Numbers of registers: typed as people type them, kept bare, refused when they cannot be."""

import pytest

from consultations.register_numbers import bare, is_right
from tests.seat.numbers import KRS, NIP, REGON, REGON_14


@pytest.mark.parametrize(
    ("kind", "number"),
    [("krs", KRS), ("nip", NIP), ("regon", REGON), ("regon", REGON_14)],
)
def test_a_right_number_is_taken_and_one_digit_changed_is_not(kind: str, number: str) -> None:
    """Of KRS every digit may change: it has no check digit, only a length."""
    assert is_right(kind, number)
    changed = [
        number[:place] + str((int(number[place]) + 1) % 10) + number[place + 1 :]
        for place in range(len(number))
    ]
    assert {is_right(kind, one) for one in changed} == {kind == "krs"}


@pytest.mark.parametrize("kind", ["krs", "nip", "regon"])
@pytest.mark.parametrize("number", ["", "12", "٠١٢٣٤٥٦٧٨٩", "123456789a", "0" * 40])
def test_what_is_no_number_is_refused(kind: str, number: str) -> None:
    assert not is_right(kind, number)


@pytest.mark.parametrize("typed", ["123-456-32-18", "123 456 32 18", "123\u00a0456–32.18"])
def test_blanks_and_dashes_are_left_out(typed: str) -> None:
    assert bare(typed) == NIP
