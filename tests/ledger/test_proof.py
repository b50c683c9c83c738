"""Proofs in the words of C2SP tlog-proof: written, read, checked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultations.ledger import proof, tree
from consultations.ledger.note import Signer, checkpoint_text
from consultations.ledger.verify import Bad, Checkpoint
from tests.ledger.trees import HASHES, TABLE

SIGNER = Signer.generate("city.test/log")
ROOT = tree.root(9, TABLE.read)
NOTE = SIGNER.sign(checkpoint_text(SIGNER.name, 9, ROOT))
PATH = tree.inclusion(5, 9, TABLE.read)
WRITTEN = proof.write(5, PATH, NOTE, extra=b"receipt")


def test_a_proof_is_written_as_the_specification_says() -> None:
    lines = WRITTEN.decode().split("\n")
    assert lines[:3] == ["c2sp.org/tlog-proof@v1", "extra cmVjZWlwdA==", "index 5"]
    assert (len(lines[3:7]), lines[7]) == (len(PATH), "")
    assert WRITTEN.endswith(b"\n\n" + NOTE)
    assert proof.write(5, PATH, NOTE).decode().split("\n")[1] == "index 5"


@given(
    st.integers(0, 10**18),
    st.lists(st.binary(min_size=32, max_size=32), max_size=8),
    st.binary(max_size=40),
)
def test_what_is_read_is_what_was_written(index: int, path: list[bytes], extra: bytes) -> None:
    read = proof.parse(proof.write(index, path, NOTE, extra=extra))
    assert read == proof.Proof(index, tuple(path), NOTE, extra)


def test_a_proof_says_under_which_head_the_leaf_stands() -> None:
    said = proof.check(proof.parse(WRITTEN), HASHES[5], SIGNER.vkey)
    assert said == Checkpoint(SIGNER.name, 9, ROOT)


def test_another_leaf_or_another_key_is_refused() -> None:
    with pytest.raises(Bad, match="path"):
        proof.check(proof.parse(WRITTEN), HASHES[4], SIGNER.vkey)
    with pytest.raises(Bad, match="key"):
        proof.check(proof.parse(WRITTEN), HASHES[5], Signer.generate(SIGNER.name).vkey)


def test_a_proof_with_any_bit_flipped_is_refused_but_for_what_nobody_signs() -> None:
    extra = range(WRITTEN.index(b"extra"), WRITTEN.index(b"\nindex"))
    for bit in range(len(WRITTEN) * 8):
        other = bytearray(WRITTEN)
        other[bit // 8] ^= 1 << bit % 8
        try:
            read = proof.parse(bytes(other))
            proof.check(read, HASHES[5], SIGNER.vkey)
        except Bad:
            continue
        assert bit // 8 in extra
        assert read.extra != b"receipt"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"v1\n", b"v2\n"),
        (b"v1\n", b"v1\r\n"),
        (b"extra cmVjZWlwdA==\n", b"extra \n"),
        (b"extra cmVjZWlwdA==\n", b"extra cmVjZWlwdA\n"),
        (b"extra cmVjZWlwdA==\n", b"extra cmVjZWlwdB==\n"),
        (b"extra ", b"extra cmVjZWlwdA==\nextra "),
        (b"index 5\n", b""),
        (b"index 5", b"index 05"),
        (b"index 5", b"index +5"),
        (b"index 5", b"index  5"),
        (b"index 5\n", b"index 5\nAAAA\n"),
        (b"index 5", "index ５".encode()),
    ],
)
def test_a_proof_in_other_words_is_refused(before: bytes, after: bytes) -> None:
    assert WRITTEN.count(before) == 1
    with pytest.raises(Bad, match="framing"):
        proof.parse(WRITTEN.replace(before, after))


@given(st.binary(max_size=200))
def test_garbage_is_no_proof(garbage: bytes) -> None:
    for data in (garbage, WRITTEN[: len(garbage)], b"c2sp.org/tlog-proof@v1\n" + garbage):
        with pytest.raises(Bad):
            proof.parse(data)
