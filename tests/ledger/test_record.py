"""Writing a record file: what is written is what the verifier reads, whatever the words."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultations.ledger import tree
from consultations.ledger.leaf import canonical
from consultations.ledger.note import Signer, checkpoint_text
from consultations.ledger.record import Written, write
from consultations.ledger.verify import commitment, leaf_hash, verify_record
from tests.ledger.trees import Table
from tests.proof.records import leaf_of

SIGNER = Signer.generate("city.test/log")
SALT = bytes(range(32))
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


def written(*texts: str, gone: bool = False) -> tuple[list[Written], bytes]:
    """The entries of a log, one for each text, and its checkpoint."""
    leaves = []
    for seq, text in enumerate(texts, 1):
        facts = leaf_of(seq, {}) | {"words": {"body": commitment("body", SALT, text)}}
        leaves.append(canonical(facts))
    table, size = Table([leaf_hash(one) for one in leaves]), len(leaves)
    root = tree.root(size, table.read)
    entries = [
        Written(
            at, leaf, {"body": None if gone else (SALT, text)}, tree.inclusion(at, size, table.read)
        )
        for at, (leaf, text) in enumerate(zip(leaves, texts, strict=True))
    ]
    return entries, SIGNER.sign(checkpoint_text(SIGNER.name, size, root))


@given(st.lists(TEXT, max_size=9), st.booleans())
def test_a_log_is_read_as_it_was_written_whatever_its_words(texts: list[str], gone: bool) -> None:  # noqa: FBT001 - drawn
    entries, checkpoint = written(*texts, gone=gone)
    file = b"".join(write("log", SIGNER.vkey, len(entries), entries, checkpoint))
    verdict = verify_record(file, SIGNER.vkey)
    assert (verdict.ok, verdict.what, verdict.entries) == (True, "", len(texts))


def test_words_are_written_put_together_as_their_commitment_is() -> None:
    entries, checkpoint = written("a\u0301")
    file = b"".join(write("entry", SIGNER.vkey, 1, entries, checkpoint))
    assert verify_record(file).ok
    assert unicodedata.is_normalized("NFC", file.decode())
    assert b" w6E=\n" in file  # «á»


def test_another_number_of_entries_than_announced_is_an_error() -> None:
    entries, checkpoint = written("a", "b")
    for count in (1, 3):
        with pytest.raises(ValueError, match=f"2 entries were written where {count}"):
            list(write("log", SIGNER.vkey, count, entries, checkpoint))
