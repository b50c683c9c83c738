"""The redline: nothing is lost, and words are compared, not letters."""

import itertools

import pytest
from hypothesis import HealthCheck, given, settings
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


PARAGRAPHS = st.lists(st.one_of(st.text(max_size=30), WORDINGS), max_size=12).map("\n".join)


@pytest.fixture
def _coarse(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything counts as long, so that a short text goes the way of a long one."""
    monkeypatch.setattr("consultations.text.redline._SHORT", 0)


@pytest.mark.usefixtures("_coarse")
@settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(PARAGRAPHS, PARAGRAPHS)
def test_long_texts_compared_by_paragraphs_lose_nothing_either(old: str, new: str) -> None:
    pieces = redline(old, new, seconds=60)
    assert "".join(piece.text for piece in pieces if piece.op != "added") == old
    assert "".join(piece.text for piece in pieces if piece.op != "removed") == new


@pytest.mark.usefixtures("_coarse")
@settings(
    max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(PARAGRAPHS, PARAGRAPHS, st.integers(0, 400))
def test_texts_too_long_for_memory_are_coarser_and_lose_nothing(
    old: str, new: str, most: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("consultations.text.redline._MOST_PAIRS", most)
        pieces = redline(old, new, seconds=60)
    assert "".join(piece.text for piece in pieces if piece.op != "added") == old
    assert "".join(piece.text for piece in pieces if piece.op != "removed") == new


def test_neighbouring_pieces_are_of_different_kinds_and_none_is_empty() -> None:
    pieces = redline(long_text("stary"), long_text("nowy"))
    pairs = itertools.pairwise(pieces)
    assert all(one.op != other.op for one, other in pairs)
    assert all(piece.text for piece in pieces)


def test_a_whole_programme_rewritten_here_and_there_is_still_compared_by_words() -> None:
    old, new = long_text("stary"), long_text("nowy")
    assert len(old) > 100_000
    pieces = redline(old, new, seconds=60)
    assert [piece for piece in pieces if piece.op != "same"] == [
        Piece("removed", "stary "),
        Piece("added", "nowy "),
    ] * 440


def test_when_time_is_over_the_rest_is_shown_whole() -> None:
    assert redline("a b", "a c", seconds=0) == (Piece("removed", "a b"), Piece("added", "a c"))


def long_text(word: str) -> str:
    """440 paragraphs, all different; the word stands in the middle of each."""
    half = " ".join(f"zadanie{turn}" for turn in range(12))
    return "\n".join(f"§ {turn}. {half} {word} w roku {turn} {half}" for turn in range(440))
