"""The redline: nothing is lost, and words are compared, not letters."""

from hypothesis import given, settings
from hypothesis import strategies as st

from consultations.text.redline import Piece, redline

WORDS = ["gmina", "miasto", "§", "2", ",", ".", "\n", "Żywiec", "10a"]
WORDINGS = st.one_of(
    st.text(max_size=60),
    st.lists(st.sampled_from(WORDS)).map(" ".join),
)


@settings(max_examples=200, deadline=None)
@given(WORDINGS, WORDINGS)
def test_same_and_removed_is_the_old_same_and_added_the_new(old: str, new: str) -> None:
    pieces = redline(old, new)
    assert "".join(piece.text for piece in pieces if piece.op != "added") == old
    assert "".join(piece.text for piece in pieces if piece.op != "removed") == new


def test_whole_words_are_exchanged() -> None:
    assert redline("W terminie 14 dni.", "W terminie 21 dni.") == (
        Piece("same", "W terminie "),
        Piece("removed", "14"),
        Piece("added", "21"),
        Piece("same", " dni."),
    )


def test_equal_wordings_are_one_piece() -> None:
    assert redline("Bez zmian.", "Bez zmian.") == (Piece("same", "Bez zmian."),)


def test_two_empty_wordings_have_no_pieces() -> None:
    assert redline("", "") == ()


def test_words_beyond_the_surrogate_range_keep_their_text() -> None:
    old = " ".join(f"s{number}" for number in range(60_000))
    assert redline(old, old) == (Piece("same", old),)
