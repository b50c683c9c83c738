"""Published values: the reference tree of Certificate Transparency (RFC 6962, eight leaves)."""

import pytest

from consultations.ledger import tree
from consultations.ledger.verify import leaf_hash, root_from_path, verify_consistency
from tests.ledger.trees import Table

LEAVES = [
    bytes.fromhex(one)
    for one in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
A = "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7"
B = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"
C = "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"
D = "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"
E = "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a"
F = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0"
PATHS = {
    (0, 1): [],
    (0, 8): [A, B, C],
    (5, 8): [D, F, ROOTS[4]],
    (2, 3): [ROOTS[2]],
    (1, 5): [ROOTS[1], B, D],
}
PROOFS = {
    (1, 1): [],
    (1, 8): [A, B, C],
    (6, 8): [E, F, ROOTS[4]],
    (2, 5): [B, D],
}
TABLE = Table([leaf_hash(one) for one in LEAVES])


@pytest.mark.parametrize("size", range(9))
def test_the_root_of_each_size_is_the_published_one(size: int) -> None:
    assert tree.root(size, TABLE.read).hex() == ROOTS[size]


@pytest.mark.parametrize("place", PATHS)
def test_an_inclusion_proof_is_the_published_one(place: tuple[int, int]) -> None:
    index, size = place
    found = tree.inclusion(index, size, TABLE.read)
    assert [one.hex() for one in found] == PATHS[place]
    led = root_from_path(index, size, leaf_hash(LEAVES[index]), found)
    assert led == bytes.fromhex(ROOTS[size])


@pytest.mark.parametrize("sizes", PROOFS)
def test_a_consistency_proof_is_the_published_one(sizes: tuple[int, int]) -> None:
    old, new = sizes
    found = tree.consistency(old, new, TABLE.read)
    assert [one.hex() for one in found] == PROOFS[sizes]
    roots = bytes.fromhex(ROOTS[old]), bytes.fromhex(ROOTS[new])
    assert verify_consistency(old, roots[0], new, roots[1], found)
