"""The signer signs what extends the last head it signed, and nothing else."""

import stat
from pathlib import Path

import pytest

from consultations.ledger import signer as signing
from consultations.ledger import tree
from consultations.ledger.signer import Head, KeptSigner, WillNotSign
from consultations.ledger.verify import leaf_hash, open_note, parse_checkpoint

ORIGIN = "city.test/log"


class Log:
    """A log in memory: its rows, as the database would keep them."""

    def __init__(self, *words: str) -> None:
        self._rows: dict[int, bytes] = {}
        for word in words:
            self.add(word)

    def add(self, word: str) -> None:
        seq = len(self._rows) + 1
        self._rows[seq] = tree.completed(seq, leaf_hash(word.encode()), self._rows)

    @property
    def head(self) -> Head:
        return Head(len(self._rows), tree.root(len(self._rows), self._rows_of))

    def prove(self, old: int, new: int) -> list[bytes]:
        return tree.consistency(old, new, self._rows_of)

    def _rows_of(self, seqs: object) -> dict[int, bytes]:
        return {seq: self._rows[seq] for seq in seqs}  # type: ignore[attr-defined]


def kept(folder: Path, *, may_begin: bool = True) -> KeptSigner:
    return KeptSigner(folder, ORIGIN, may_begin=may_begin)


def sign(folder: Path, log: Log) -> bytes:
    return kept(folder).sign(log.head, log.prove)


def test_it_signs_a_log_that_grows_and_remembers_it(tmp_path: Path) -> None:
    log = Log("a", "b", "c")
    sign(tmp_path, log)
    log.add("d")
    note = sign(tmp_path, log)
    said = parse_checkpoint(open_note(note, kept(tmp_path).vkey))
    assert (said.size, said.root) == (4, log.head.root)
    assert kept(tmp_path).last == log.head


@pytest.mark.parametrize(
    "other",
    [("a", "b"), ("a", "b", "x"), ("x", "b", "c", "d"), ("a", "c", "b", "d", "e")],
    ids=["cut off", "altered at the end", "altered at the beginning", "in another order"],
)
def test_it_refuses_what_does_not_extend_the_last(tmp_path: Path, other: tuple[str, ...]) -> None:
    sign(tmp_path, Log("a", "b", "c"))
    with pytest.raises(WillNotSign):
        sign(tmp_path, Log(*other))
    (tmp_path / signing.LAST).unlink()
    assert sign(tmp_path, Log(*other))  # the control: without its memory it signs anything


def test_it_signs_the_same_head_again(tmp_path: Path) -> None:
    """The machine stopped between the signature and the row that keeps it."""
    log = Log("a", "b")
    assert sign(tmp_path, log) == sign(tmp_path, log)


def test_only_its_owner_reads_the_key(tmp_path: Path) -> None:
    sign(tmp_path / "new", Log("a"))
    assert stat.S_IMODE((tmp_path / "new" / signing.KEY).stat().st_mode) == 0o400
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o700


def test_it_makes_no_second_key_for_a_log_that_has_begun(tmp_path: Path) -> None:
    with pytest.raises(WillNotSign, match="is not there"):
        kept(tmp_path, may_begin=False)
    assert not (tmp_path / signing.KEY).exists()


def test_a_key_signs_for_one_log_only(tmp_path: Path) -> None:
    sign(tmp_path, Log("a"))
    with pytest.raises(WillNotSign, match="signs for"):
        KeptSigner(tmp_path, "other.test/log", may_begin=False)


def test_it_does_not_go_on_when_its_memory_is_damaged(tmp_path: Path) -> None:
    sign(tmp_path, Log("a"))
    (tmp_path / signing.LAST).write_text("localhost/log\n")
    with pytest.raises(WillNotSign, match="is damaged"):
        sign(tmp_path, Log("a", "b"))
