"""The verifier in Python alone: mutations, garbage, and the program as an auditor runs it.

Its controls: `BLIND` takes one guard out at a time, and what that guard refuses then passes.
Both verifiers are held against each other in `tests.proof`.
"""

import base64
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from itertools import islice
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultations.ledger import verify
from consultations.ledger.verify import verify_record
from tests.proof import mutations
from tests.proof.forgeries import forgeries
from tests.proof.records import (
    Row,
    log_of,
    record,
    root,
    row_of,
    samples,
    seeded,
    signer,
)

SAMPLES = samples(3)
SCOPES = list(SAMPLES)
MUTATIONS = 3000
SALT = bytes(range(32))
ROW = row_of(1, {"body": (SALT, "Ławka")})
ALONE = record([ROW], "entry", [0])
FORGED = {name: (code, given) for name, code, given in forgeries()}
LOG = log_of(16, seeded(5))


@pytest.mark.parametrize("scope", SCOPES)
def test_an_honest_record_agrees_and_none_of_its_mutations(scope: str) -> None:
    honest = SAMPLES[scope]
    assert verify_record(honest, signer().vkey).ok
    altered = islice(mutations.mutations(honest, seeded(17)), MUTATIONS)
    assert [kind for kind, other in altered if verify_record(other).ok] == []


def test_no_bit_and_no_byte_of_a_record_is_free() -> None:
    for at in range(len(ALONE)):
        byte, before, after = ALONE[at], ALONE[:at], ALONE[at + 1 :]
        for bit in range(8):
            assert not verify_record(before + bytes([byte ^ 1 << bit]) + after).ok
        assert not verify_record(before + after).ok
        assert not verify_record(before + bytes([byte, byte]) + after).ok
    assert verify_record(ALONE).ok


@pytest.mark.parametrize("name", FORGED)
def test_what_is_signed_and_still_wrong_is_refused_for_its_own_reason(name: str) -> None:
    code, given = FORGED[name]
    assert (verify_record(given).ok, verify_record(given).what) == (False, code)


def test_the_first_wrong_entry_is_named() -> None:
    rows = list(LOG)
    rows[3] = replace(rows[3], leaf=rows[3].leaf.replace('"kind":"', '"kind": "'))
    verdict = verify_record(record(rows, "log", range(16)))
    assert (verdict.what, verdict.index) == ("leaf", 3)
    assert str(verdict).startswith("Entry 4 of the log ")


def test_nothing_is_said_of_a_record_that_is_wrong() -> None:
    verdict = verify_record(SAMPLES["log"] + b"\n")
    assert (verdict.entries, verdict.size, verdict.root, verdict.origin) == (0, 0, "", "")


# -- controls: without the guard, what it refuses passes -------------------------------------------


def _always(answer: object) -> Callable[..., Any]:
    return lambda *_given, **_named: answer


def _lenient(text: str, length: int | None = None) -> bytes:
    data = base64.b64decode(text + "==")
    assert length is None or len(data) == length
    return data


def _other_root(name: str) -> Callable[..., bytes]:
    given = FORGED[name][1]
    return _always(verify.read_file(given).head.root)


UNKEPT = SimpleNamespace(normalize=lambda _form, text: text, category=_always("L"))
BLIND: dict[str, tuple[str, object, bytes]] = {
    "signature": (
        "_check_signature",
        _always(None),
        mutations.replace_the_signature(ALONE, seeded(1)),
    ),
    "path": ("root_from_path", _other_root("a hash too many"), FORGED["a hash too many"][1]),
    "one form of base64": (
        "read_base64",
        _lenient,
        mutations.fill_the_padding(ALONE, seeded(1)) or b"",
    ),
    "one form of a leaf": ("read_leaf", json.loads, FORGED["a space"][1]),
    "names only once": ("read_leaf", json.loads, FORGED["a key twice"][1]),
    "shape of a leaf": ("_check_shape", _always(None), FORGED["another place"][1]),
    "words": ("_check_words", _always(None), FORGED["other words"][1]),
    "letters put together": ("unicodedata", UNKEPT, FORGED["words in NFD"][1]),
    "order": ("_check_order", _always(None), FORGED["the same instant twice"][1]),
    "gaps": ("_check_gaps", _always(None), FORGED["a case without one in between"][1]),
    "links": ("_check_links", _always(None), FORGED["no link (log)"][1]),
    "decimals": ("read_decimal", int, FORGED["a size with a nought before it"][1]),
    "names of keys": ("is_name", _always(answer=True), FORGED["a name with '\\xa0'"][1]),
}


@pytest.mark.parametrize("guard", BLIND)
def test_a_verifier_without_one_guard_lets_through_what_it_refuses(
    monkeypatch: pytest.MonkeyPatch, guard: str
) -> None:
    name, instead, given = BLIND[guard]
    assert not verify_record(given).ok
    monkeypatch.setattr(verify, name, instead)
    assert verify_record(given).ok


def test_the_key_one_trusts_is_the_only_thing_that_tells_two_offices_apart() -> None:
    forged = record([ROW], "entry", [0], signer(2))
    assert verify_record(forged).ok  # the control: it agrees with the key it brings along
    assert verify_record(forged, signer(1).vkey).what == "key"


# -- garbage never raises --------------------------------------------------------------------------


@given(st.binary(max_size=400))
def test_garbage_is_refused_and_never_raises(garbage: bytes) -> None:
    for data in (garbage, ALONE[: len(garbage)] + garbage, b"uwaga-record/v1\n" + garbage):
        assert not verify_record(data).ok


@given(st.integers(0, len(SAMPLES["log"])), st.binary(max_size=20), st.integers(0, 20))
def test_a_piece_replaced_is_refused_and_never_raises(at: int, piece: bytes, over: int) -> None:
    honest = SAMPLES["log"]
    other = honest[:at] + piece + honest[at + over :]
    assert verify_record(other).ok == (other == honest)


@given(st.text(st.characters(exclude_characters="\n", exclude_categories=["Cs"]), max_size=80))
def test_any_line_can_be_sealed_as_a_leaf_and_is_refused(line: str) -> None:
    assert verify_record(record([Row(line)], "entry", [0])).what == "leaf"


@pytest.mark.parametrize(
    "inside",
    [
        "[" * 200_000,
        "[" * 200_000 + "]" * 200_000,
        '{"a":' * 100_000 + "1" + "}" * 100_000,
        "1" * 100_000,
        "-" + "9" * 5000,
        "1e999999999",
        '"\\ud800"',
        '"\\udc00\\ud800"',
        "NaN",
        "-Infinity",
        "\x00",
        "\ufeff1",
    ],
    ids=range(12),
)
def test_a_monstrous_value_in_a_sealed_leaf_is_refused(inside: str) -> None:
    leaf = ROW.leaf.replace('"number":1', f'"number":{inside}')
    assert leaf != ROW.leaf
    assert verify_record(record([replace(ROW, leaf=leaf)], "entry", [0])).what == "leaf"


@pytest.mark.parametrize("key", ["", "+", "a+b+c", "\ud800", "x" * 10_000, signer().vkey + " "])
def test_a_key_that_is_none_is_another_key(key: str) -> None:
    assert verify_record(ALONE, key).what == "key"


def test_a_number_of_entries_beyond_the_file_costs_nothing() -> None:
    given = ALONE.replace(b"\nentries 1\n", b"\nentries 9999999999999999999\n")
    given = given.replace(b"scope entry", b"scope log")
    assert verify_record(given).what == "framing"


# -- the program -----------------------------------------------------------------------------------


@pytest.fixture
def program(tmp_path: Path) -> Callable[..., "subprocess.CompletedProcess[str]"]:
    """The one file, copied away from everything else, and run with nothing of ours on its path."""
    copy = shutil.copy(verify.__file__, tmp_path / "verify.py")

    def run(*arguments: str, data: bytes = ALONE) -> "subprocess.CompletedProcess[str]":
        (tmp_path / "record").write_bytes(data)
        command = [sys.executable, "-I", str(copy), *arguments]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

    return run


Program = Callable[..., "subprocess.CompletedProcess[str]"]


def test_the_file_alone_verifies_a_record(program: Program) -> None:
    done = program("record", "--key", signer().vkey)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("The record agrees with the signed log.\n")
    assert root([ROW.hash]).hex() in done.stdout


def test_without_a_key_it_asks_to_compare_the_one_in_the_file(program: Program) -> None:
    done = program("record")
    assert (done.returncode, done.stdout.splitlines()[-2]) == (0, f"Key: {signer().vkey}")
    assert "Compare this key" in done.stdout


def test_it_ends_with_one_when_something_is_wrong_and_says_what(program: Program) -> None:
    done = program("record", data=FORGED["other words"][1])
    said = "Entry 1 of the log has other words than were recorded.\n"
    assert (done.returncode, done.stdout, done.stderr) == (1, "", said)
    assert program("record", "--key", signer(2).vkey).returncode == 1


def test_it_says_its_verdict_in_json(program: Program) -> None:
    right, wrong = program("record", "--json"), program("record", "--json", data=ALONE[:-1])
    assert (right.returncode, wrong.returncode) == (0, 1)
    verdict, other = json.loads(right.stdout), json.loads(wrong.stdout)
    assert (verdict["ok"], verdict["entries"], verdict["key"]) == (True, 1, signer().vkey)
    assert (other["ok"], other["what"], other["index"]) == (False, "framing", None)
    assert other["sentence"].startswith("The file is not whole")


@pytest.mark.parametrize("arguments", [[], ["missing"], ["."], ["record", "--no-such"]])
def test_it_ends_with_two_when_there_is_nothing_to_verify(
    program: Program, arguments: list[str]
) -> None:
    done = program(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr
