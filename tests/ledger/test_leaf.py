"""The one form of a leaf, and what a leaf may not hold."""

import json
from enum import Enum
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultations.ledger.leaf import canonical
from consultations.ledger.verify import DEEPEST, LARGEST, Bad, commitment, read_leaf

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
WHOLE = st.integers(-LARGEST, LARGEST)
VALUE = st.recursive(
    st.none() | st.booleans() | WHOLE | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=20,
)


class Kind(str, Enum):  # noqa: UP042 - as Django's TextChoices are
    """A word of the code."""

    QUESTION = "question"


def nested(depth: int) -> Any:
    """A list in a list, so many times."""
    return [nested(depth - 1)] if depth else 1


def test_a_leaf_is_one_line_with_its_keys_in_the_order_of_utf_16() -> None:
    assert canonical({"b": 1, "a": [True, None], "\ue000": 2, "\U0001f600": 3}).decode() == (
        '{"a":[true,null],"b":1,"\U0001f600":3,"\ue000":2}'
    )
    assert canonical({"a": 'line\n"\x1f/\x7f'}) == b'{"a":"line\\n\\"\\u001f/\x7f"}'


def test_letters_are_put_together_in_values_and_in_keys() -> None:
    assert canonical({"a\u0301": ["o\u0301"]}) == canonical({"á": ["ó"]}) == '{"á":["ó"]}'.encode()


def test_a_word_of_the_code_is_written_as_its_text() -> None:
    assert canonical({"kind": Kind.QUESTION}) == b'{"kind":"question"}'


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (1.0, "float"),
        (float("nan"), "float"),
        (LARGEST + 1, "too large"),
        (-LARGEST - 1, "too large"),
        pytest.param(10**5000, "too large", id="5001 digits"),
        ("\ud800", "half of a character"),
        ({"\udfff": 1}, "half of a character"),
        (b"a", "bytes"),
        ({1}, "set"),
        (object(), "object"),
        ({1: 1}, "string"),
        ({None: 1}, "string"),
        ({"á": 1, "a\u0301": 2}, "same in NFC"),
        (nested(DEEPEST + 1), "nested"),
        (nested(500), "nested"),
    ],
)
def test_what_two_readers_could_read_differently_is_refused(value: Any, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        canonical(value)
    with pytest.raises(ValueError, match=words):
        canonical({"facts": [value]})


@pytest.mark.parametrize("value", [LARGEST, -LARGEST, 0, "", [], {}, None, nested(DEEPEST)])
def test_what_lies_just_within_is_written(value: Any) -> None:
    assert json.loads(canonical(value)) == value


@given(st.dictionaries(TEXT, VALUE, max_size=5))
def test_what_is_written_is_what_the_verifier_reads(value: dict[str, Any]) -> None:
    try:
        line = canonical(value)
    except ValueError:
        return  # two keys alike in NFC
    assert b"\n" not in line
    assert canonical(read_leaf(line.decode())) == line


@given(st.text(max_size=60))
def test_text_that_is_no_leaf_is_refused(text: str) -> None:
    with pytest.raises(Bad, match="leaf"):
        read_leaf(f"{text}!")
    with pytest.raises(Bad, match="leaf"):
        read_leaf(f'{{"a": {json.dumps(text)}}}')  # a space


def test_a_commitment_is_of_field_salt_and_text_each() -> None:
    salt = bytes(range(32))
    said = commitment("body", salt, "a\u0301")
    assert said == commitment("body", salt, "á")
    others = {
        commitment("name", salt, "á"),
        commitment("body", bytes(32), "á"),
        commitment("body", salt, "a"),
    }
    assert len(others | {said}) == 4
