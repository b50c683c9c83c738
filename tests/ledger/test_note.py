"""Signed notes: the examples of the specification and of Go, and what a note may not be."""

import pytest

from consultations.ledger.note import Signer, checkpoint_text
from consultations.ledger.verify import Bad, Checkpoint, open_note, parse_checkpoint

TEXT = "city.test/log\n7\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n"
# The example of c2sp.org/signed-note.
SPEC_KEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
SPEC_TEXT = "This is an example message.\n"
SPEC_NOTE = (
    f"{SPEC_TEXT}\n— example.com/foo"
    " Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYj"
    "OBH3mFXmRKuwHjG1Yu72IneyaQM=\n"
).encode()
# The example of golang.org/x/mod/sumdb/note.
GO_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
GO_TEXT = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
)
GO_NOTE = (
    f"{GO_TEXT}\n— PeterNeumann"
    " x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXg"
    "KvqfqdngotpRZb6KE6RyyBwJnAM=\n"
).encode()
PUBLISHED = [(SPEC_KEY, SPEC_TEXT, SPEC_NOTE), (GO_KEY, GO_TEXT, GO_NOTE)]


@pytest.fixture
def signer() -> Signer:
    """A key of its own for every test."""
    return Signer.generate("city.test/log")


@pytest.mark.parametrize(("key", "text", "note"), PUBLISHED)
def test_a_published_note_opens_under_its_published_key(key: str, text: str, note: bytes) -> None:
    assert open_note(note, key) == text


@pytest.mark.parametrize(("key", "text", "note"), PUBLISHED)
def test_a_note_with_any_bit_flipped_does_not_open(key: str, text: str, note: bytes) -> None:
    for bit in range(len(note) * 8):
        other = bytearray(note)
        other[bit // 8] ^= 1 << bit % 8
        with pytest.raises(Bad):
            open_note(bytes(other), key)


def test_what_is_signed_opens_under_the_signers_key(signer: Signer) -> None:
    assert open_note(signer.sign(TEXT), signer.vkey) == TEXT
    assert open_note(signer.sign("a\n\nb\n"), signer.vkey) == "a\n\nb\n"


def test_the_same_seed_signs_the_same_bytes(signer: Signer) -> None:
    again = Signer.load(signer.dump())
    assert (again.name, again.vkey) == (signer.name, signer.vkey)
    assert again.sign(TEXT) == signer.sign(TEXT)  # Ed25519 draws nothing


def test_a_note_of_another_key_of_the_same_name_does_not_open(signer: Signer) -> None:
    with pytest.raises(Bad, match="key"):
        open_note(Signer.generate(signer.name).sign(TEXT), signer.vkey)


def test_a_key_that_took_the_id_of_another_is_refused(signer: Signer) -> None:
    other = Signer.generate(signer.name)
    name, _, rest = signer.vkey.partition("+")
    taken = f"{name}+{rest[:8]}+{other.vkey.split('+', 2)[2]}"
    with pytest.raises(Bad, match="key"):
        open_note(other.sign(TEXT), taken)


def test_a_signature_of_another_text_is_refused(signer: Signer) -> None:
    moved = signer.sign("other\n").replace(b"other\n", TEXT.encode(), 1)
    with pytest.raises(Bad, match="signature"):
        open_note(moved, signer.vkey)


@pytest.mark.parametrize("name", ["", " ", "a b", "a+b", "a\u00a0b", "a\u2028", "a\n", "\ufeffa"])
def test_a_key_may_not_have_a_name_that_notes_cannot_hold(name: str) -> None:
    with pytest.raises(ValueError, match="name of a key"):
        Signer.generate(name)
    assert Signer.generate("Żółw/a").name == "Żółw/a"


@pytest.mark.parametrize("text", ["", "no end", "a\r\n", "a\tb\n", "a\0\n"])
def test_a_text_that_notes_cannot_hold_is_not_signed(signer: Signer, text: str) -> None:
    with pytest.raises(ValueError, match="newline"):
        signer.sign(text)


@pytest.mark.parametrize("kept", [b"", b"a", b"a bbbb", b"\xff", b"a b c\n", b"a+b " + b"A" * 44])
def test_what_is_no_kept_key_is_not_loaded(kept: bytes) -> None:
    with pytest.raises(ValueError, match=r"key|decode|base64|padding"):
        Signer.load(kept)


def test_a_checkpoint_says_what_it_was_made_of() -> None:
    text = checkpoint_text("city.test/log", 7, bytes(32))
    assert text == TEXT
    assert parse_checkpoint(text) == Checkpoint("city.test/log", 7, bytes(32))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n\n",
        TEXT[:-1],
        TEXT + "\n",
        TEXT + "extension\n",
        TEXT.replace("\n7\n", "\n07\n"),
        TEXT.replace("\n7\n", "\n-7\n"),
        TEXT.replace("\n7\n", "\n７\n"),
        TEXT.replace("\n7\n", "\n7\r\n"),
        TEXT.replace("AAA=", "AAB="),
        TEXT.replace("AAA=", "AAA"),
        TEXT.replace("AAAA", "", 1),
    ],
)
def test_what_is_no_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(Bad, match="framing"):
        parse_checkpoint(text)
