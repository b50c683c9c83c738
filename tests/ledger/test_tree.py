"""Every root and proof up to 130 leaves, against the definition and against pymerkle.

The control of an equality is the other side: both are computed by code that shares nothing.
"""

import time
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pymerkle import InmemoryTree

from consultations.ledger import tree
from consultations.ledger.verify import root_from_path, verify_consistency
from tests.ledger import trees
from tests.ledger.trees import HASHES, TABLE, Table

SIZES = range(1, len(HASHES) + 1)
ROOTS = [trees.mth(HASHES[:size]) for size in range(len(HASHES) + 1)]


@pytest.fixture(scope="module")
def oracle() -> InmemoryTree:
    """The same leaves in a tree that is not ours."""
    other = InmemoryTree(algorithm="sha256")
    other.append_entries([b"entry %d" % number for number in range(len(HASHES))])
    return other


def test_every_root_is_the_oracles_and_the_definitions(oracle: InmemoryTree) -> None:
    ours = [tree.root(size, TABLE.read) for size in SIZES]
    assert ours == ROOTS[1:]
    assert ours == [oracle.get_root(size) for size in SIZES]


def test_every_inclusion_proof_is_the_oracles_and_the_definitions(oracle: InmemoryTree) -> None:
    for size in SIZES:
        for index in range(size):
            ours = tree.inclusion(index, size, TABLE.read)
            # Its path begins with the leaf itself.
            assert ours == oracle.prove_inclusion(index + 1, size).path[1:]
            assert ours == trees.path(index, HASHES[:size])
            assert root_from_path(index, size, HASHES[index], ours) == ROOTS[size]


def test_every_consistency_proof_is_the_definitions_and_holds() -> None:
    for new in SIZES:
        for old in range(1, new + 1):
            ours = tree.consistency(old, new, TABLE.read)
            assert ours == trees.proof(old, HASHES[:new])
            assert verify_consistency(old, ROOTS[old], new, ROOTS[new], ours)


def test_a_path_with_any_hash_altered_lacking_or_added_leads_elsewhere() -> None:
    for size in range(1, 40):
        for index in range(size):
            path = tree.inclusion(index, size, TABLE.read)
            for other in _altered(path):
                assert root_from_path(index, size, HASHES[index], other) != ROOTS[size]


def test_a_path_leads_elsewhere_from_another_place() -> None:
    for size in range(1, 40):
        for index in range(size):
            path = tree.inclusion(index, size, TABLE.read)
            for other in {*range(-1, size + 2)} - {index}:
                assert root_from_path(other, size, HASHES[index], path) != ROOTS[size]


def test_a_consistency_proof_altered_or_of_other_trees_does_not_hold() -> None:
    for new in range(2, 40):
        for old in range(1, new):
            proof = tree.consistency(old, new, TABLE.read)
            for other in _altered(proof):
                assert not verify_consistency(old, ROOTS[old], new, ROOTS[new], other)
            for roots in ((ROOTS[old - 1], ROOTS[new]), (ROOTS[old], ROOTS[new - 1])):
                assert not verify_consistency(old, roots[0], new, roots[1], proof)


def test_a_tree_rewritten_in_one_leaf_is_not_consistent_with_the_former() -> None:
    rewritten = Table([trees.leaf(b"another"), *HASHES[1:]])
    root = tree.root(40, rewritten.read)
    for old in range(1, 40):
        for table in (TABLE, rewritten):
            proof = tree.consistency(old, 40, table.read)
            assert not verify_consistency(old, ROOTS[old], 40, root, proof)
    assert verify_consistency(0 + 1, ROOTS[1], 40, ROOTS[40], tree.consistency(1, 40, TABLE.read))


def test_nothing_is_consistent_with_a_smaller_tree() -> None:
    assert not verify_consistency(5, ROOTS[5], 4, ROOTS[4], [])
    assert not verify_consistency(5, ROOTS[5], 5, ROOTS[4], [])
    assert not verify_consistency(5, ROOTS[5], 5, ROOTS[5], [ROOTS[1]])
    assert not verify_consistency(5, ROOTS[5], 7, ROOTS[7], [])
    assert verify_consistency(5, ROOTS[5], 5, ROOTS[5], [])


@pytest.mark.parametrize(("index", "size"), [(0, 0), (-1, 3), (3, 3), (9, 3)])
def test_what_is_outside_the_tree_has_no_proof(index: int, size: int) -> None:
    with pytest.raises(ValueError, match="no leaf"):
        tree.inclusion(index, size, TABLE.read)


@pytest.mark.parametrize(("old", "new"), [(0, 3), (-1, 3), (4, 3)])
def test_a_tree_does_not_extend_a_larger_or_an_empty_one(old: int, new: int) -> None:
    with pytest.raises(ValueError, match="does not extend"):
        tree.consistency(old, new, TABLE.read)


def test_each_answer_takes_one_read_of_few_rows() -> None:
    table = Table(HASHES)
    for size in SIZES:
        most = 2 * size.bit_length()
        for ask in (
            lambda n: tree.root(n, table.read),
            lambda n: tree.inclusion(n // 3, n, table.read),
            lambda n: tree.consistency(n // 2 or 1, n, table.read),
        ):
            table.reads.clear()
            ask(size)
            assert len(table.reads) <= 1
            assert sum(map(len, table.reads)) <= most


def test_the_frontier_gives_what_every_row_keeps() -> None:
    frontier = tree.Frontier()
    assert frontier.root() == tree.root(0, TABLE.read) == ROOTS[0]
    for seq, one in enumerate(HASHES, 1):
        assert frontier.append(one) == TABLE.rows[seq]
        assert (frontier.size, frontier.root()) == (seq, ROOTS[seq])


def test_a_row_keeps_a_hash_for_every_perfect_subtree_it_completes() -> None:
    for seq, nodes in TABLE.rows.items():
        spans = [1 << height for height in range(len(nodes) // 32)]
        assert spans[-1] == seq & -seq
        assert [nodes[32 * at :][:32] for at in range(len(spans))] == [
            trees.mth(HASHES[seq - span : seq]) for span in spans
        ]


@given(st.integers(0, 2**32), st.integers(1, 300), st.data())
def test_any_tree_of_any_size_proves_what_it_holds(
    seed: int, size: int, data: st.DataObject
) -> None:
    hashes = [Random(seed + one).randbytes(32) for one in range(size)]  # noqa: S311 - no secret
    table = Table(hashes)
    index = data.draw(st.integers(0, size - 1))
    root = trees.mth(hashes)
    path = tree.inclusion(index, size, table.read)
    assert root_from_path(index, size, hashes[index], path) == root == tree.root(size, table.read)
    proof = tree.consistency(index + 1, size, table.read)
    assert verify_consistency(index + 1, trees.mth(hashes[: index + 1]), size, root, proof)


def test_a_hundred_thousand_leaves_are_hashed_in_a_moment() -> None:
    frontier, begun = tree.Frontier(), time.monotonic()
    for _leaf in range(100_000):
        frontier.append(ROOTS[1])
    assert len(frontier.root()) == 32
    assert time.monotonic() - begun < 5  # 0.1 s here; quadratic work would take minutes


def _altered(hashes: list[bytes]) -> list[list[bytes]]:
    """One hash flipped, lacking, doubled, swapped with the next; one added at either end."""
    more = [[bytes(32), *hashes], [*hashes, bytes(32)]]
    for at, one in enumerate(hashes):
        before, after = hashes[:at], hashes[at + 1 :]
        more.append([*before, bytes([one[0] ^ 1]) + one[1:], *after])
        more.append([*before, *after])
        more.append([*before, one, one, *after])
        if after:
            more.append([*before, after[0], one, *after[1:]])
    return more
