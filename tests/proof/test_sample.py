"""A few hundred altered records in every run; `make proof` tries 50,000.

Controls: honest records pass, and a verifier that does not look lets through what it should see.
"""

import pytest

from consultations.ledger.note import Signer, checkpoint_text
from consultations.ledger.record import Written, write
from tests.proof import node, python
from tests.proof.forgeries import forgeries
from tests.proof.mutations import KINDS, fill_the_padding, replace_a_hash, replace_the_signature
from tests.proof.records import log_of, of_case, path, record, root, samples, seeded, signer
from tests.proof.trial import altered, mutate, reseal

MUTATIONS, RESEALED, SEED = 600, 150, 7
HONEST = [(scope, seed) for seed in range(5) for scope in ("entry", "case", "log")]
FORGED = list(forgeries())


@pytest.mark.parametrize(("scope", "seed"), HONEST)
def test_an_honest_record_agrees_under_both(javascript: node.Node, scope: str, seed: int) -> None:
    given = samples(seed)[scope]
    for key in (None, signer().vkey):
        assert (python.said(given, key), javascript.said(given, key)) == ((True, ""), (True, ""))


def test_an_honest_record_under_another_key_is_refused(javascript: node.Node) -> None:
    given, key = samples()["entry"], signer(2).vkey
    assert (python.said(given, key), javascript.said(given, key)) == ((False, "key"),) * 2


@pytest.mark.parametrize("scope", ["case 1", "log"])
def test_a_record_of_nothing_agrees_under_both(javascript: node.Node, scope: str) -> None:
    given = record([], scope, [])
    assert (python.said(given), javascript.said(given)) == ((True, ""), (True, ""))


@pytest.mark.parametrize("scope", ["entry", "case 1", "log"])
def test_the_application_writes_the_same_bytes_as_the_second_writer(scope: str) -> None:
    rows, by = log_of(13, seeded(3)), signer()
    places = {"entry": [5], "case 1": of_case(rows, 1), "log": list(range(13))}[scope]
    hashes = [row.hash for row in rows]
    written = [
        Written(
            at,
            rows[at].leaf.encode(),
            {name: None if name in rows[at].gone else it for name, it in rows[at].words.items()},
            path(at, hashes),
        )
        for at in places
    ]
    note = Signer(by.name, by.secret).sign(checkpoint_text(by.name, 13, root(hashes)))
    theirs = b"".join(write(scope, by.vkey, len(places), written, note))
    assert theirs == record(rows, scope, places)


def test_both_say_the_same_of_a_whole_record(javascript: node.Node) -> None:
    one, other = javascript.verify(samples()["log"]), python.verdict(samples()["log"])
    shared = ("ok", "what", "index", "entries", "size", "root", "origin")
    assert [one[name] for name in shared] == [other[name] for name in shared]


def test_no_mutation_agrees(javascript: node.Node) -> None:
    found = mutate(MUTATIONS, SEED, python.said, javascript.said)
    assert (found.tried, found.missed, found.differing) == (MUTATIONS, [], [])


def test_altered_leaves_are_judged_alike(javascript: node.Node) -> None:
    found = reseal(RESEALED, SEED, python.said, javascript.said)
    assert (found.tried, found.differing) == (RESEALED, [])
    assert 0 < found.codes[""] < RESEALED


@pytest.mark.parametrize(("code", "given"), [it[1:] for it in FORGED], ids=[it[0] for it in FORGED])
def test_a_signed_forgery_is_refused_for_its_own_reason(
    javascript: node.Node, code: str, given: bytes
) -> None:
    assert (python.said(given), javascript.said(given)) == ((False, code), (False, code))


def test_the_mutations_are_what_they_are_called() -> None:
    names = {name.partition(", ")[2] for name, _ in altered(MUTATIONS, SEED)}
    assert names == {kind.__name__ for kind in KINDS}
    assert list(altered(60, SEED)) == list(altered(60, SEED))


@pytest.mark.parametrize("garbage", [b"", b"\n", b"\0" * 999, b"\xff\xfe", b"uwaga-record/v1\n"])
def test_garbage_is_refused_by_both(javascript: node.Node, garbage: bytes) -> None:
    assert (python.said(garbage), javascript.said(garbage)) == ((False, "framing"),) * 2


BLINDED = {
    "the signature": (
        r"demand\(await crypto\.subtle\.verify\([^;]*;",
        "",
        replace_the_signature(samples()["log"], seeded(1)),
    ),
    "the path": (
        r"found !== null && same\(found, root\)",
        "true",
        replace_a_hash(samples()["entry"], seeded(1)),
    ),
    "canonical base64": (
        r"btoa\(binary\) === text && ",
        "",
        fill_the_padding(samples()["entry"], seeded(1)),
    ),
}


@pytest.mark.parametrize("check", BLINDED)
def test_a_verifier_blind_to_one_check_lets_it_through(check: str) -> None:
    pattern, instead, mutant = BLINDED[check]
    assert mutant is not None
    with node.running(node.blinded(pattern, instead)) as blind:
        assert blind.said(samples()["entry"]) == (True, "")
        assert blind.said(mutant) == (True, "")


def test_the_trial_goes_red_over_a_blind_verifier() -> None:
    pattern, instead, _ = BLINDED["the signature"]
    with node.running(node.blinded(pattern, instead)) as blind:
        found = mutate(MUTATIONS, SEED, python.said, blind.said)
    assert found.missed
    assert found.differing
