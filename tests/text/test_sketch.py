"""Sketches: near-duplicates are found whatever was moved or added, other texts are not.

The quality control: a hand-made set of Polish comments on one provision, and random rewritings.
"""

import random
import subprocess
import sys
from itertools import combinations

import pytest

from consultations.text.clusters import ALIKE, Clusters
from consultations.text.sketch import bands, likeness, packed, sketch, stem, unpacked, whole

LETTER = (
    "Termin składania ofert wynosi 30 dni. Organizacje przygotowują oferty po godzinach pracy,"
    " a 21 dni nie wystarcza na zebranie podpisów partnerów i wycenę kosztów zadania."
)
REWRITTEN = {
    "greeting": f"Dzień dobry, Szanowni Państwo! {LETTER} Z poważaniem, Anna",
    "order": ". ".join(reversed(LETTER.rstrip(".").split(". "))) + ".",
    "words": LETTER.replace("przygotowują", "piszą").replace("zebranie", "uzyskanie"),
    "forms": LETTER.replace("Organizacje", "Organizacja").replace("podpisów", "podpisami"),
    "plain": LETTER.translate(str.maketrans("ąćęłńóśźżĄĆĘŁŃÓŚŹŻ", "acelnoszzACELNOSZZ")).upper(),
}
OTHERS = (
    "Termin 21 dni jest za krótki dla małych stowarzyszeń z obszarów wiejskich.",
    "Oferty powinno się składać elektronicznie przez generator, bez papierowych załączników.",
    "Proszę dopisać, że termin liczy się od dnia ogłoszenia w Biuletynie Informacji Publicznej.",
    "Wysokość dotacji na sport należy zwiększyć o wskaźnik inflacji.",
    "Komisja konkursowa powinna mieć co najmniej dwóch przedstawicieli organizacji.",
    "Popieram proponowane brzmienie i dziękuję za konsultacje z młodzieżą.",
    "Nie zgadzam się z tym przepisem, bo ogranicza regranting i wolontariat w dzielnicach.",
)


@pytest.mark.parametrize("how", REWRITTEN)
def test_a_rewritten_letter_is_nearly_the_same(how: str) -> None:
    one, other = sketch(LETTER), sketch(REWRITTEN[how])
    assert likeness(one, other) >= 0.7
    assert set(bands(one)) & set(bands(other))


@pytest.mark.parametrize("how", ["order", "plain"])
def test_order_case_and_diacritics_say_nothing(how: str) -> None:
    assert whole(sketch(LETTER)) == whole(sketch(REWRITTEN[how]))


def test_other_comments_on_the_same_provision_are_not_alike() -> None:
    said = [sketch(text) for text in (LETTER, *OTHERS)]
    assert max(likeness(one, other) for one, other in combinations(said, 2)) < 0.35


@pytest.mark.parametrize(
    ("one", "other"),
    [("Popieram.", "Nie popieram."), ("Termin 21 dni.", "Termin 30 dni.")],
)
def test_what_turns_the_sense_is_never_the_same(one: str, other: str) -> None:
    assert whole(sketch(one)) != whole(sketch(other))
    assert likeness(sketch(one), sketch(other)) < 0.75


def test_random_rewritings_are_found_and_strangers_are_not() -> None:
    dice = random.Random(6)  # noqa: S311 - a test
    words = sorted({word for text in (LETTER, *OTHERS) for word in text.split()})
    vocabulary = [f"{word}{tail}" for word in words for tail in ("", "owski", "arnia", "istyka")]
    texts = [[dice.choice(vocabulary) for _ in range(40)] for _ in range(300)]
    missed = strangers = 0
    for text in texts:
        near = text[:]
        for _ in range(4):
            near[dice.randrange(len(near))] = dice.choice(vocabulary)
        dice.shuffle(near)
        one, other = sketch(" ".join(text)), sketch("Dzień dobry!", " ".join(near))
        missed += not (likeness(one, other) >= ALIKE and set(bands(one)) & set(bands(other)))
        stranger = dice.choice([one for one in texts if one is not text])
        strangers += likeness(one, sketch(" ".join(stranger))) >= ALIKE
    assert missed <= 6  # of 300
    assert strangers == 0


def test_the_same_number_in_every_process() -> None:
    code = (
        "from consultations.text.sketch import *; import sys;"
        "print(whole(sketch(sys.argv[1])), *bands(sketch(sys.argv[1])))"
    )
    said = subprocess.run(
        [sys.executable, "-c", code, LETTER], capture_output=True, text=True, check=True
    )
    numbers = [whole(sketch(LETTER)), *bands(sketch(LETTER))]
    assert [int(one) for one in said.stdout.split()] == numbers


def test_it_is_stored_and_read_back() -> None:
    said = sketch(LETTER)
    assert unpacked(memoryview(packed(said))) == said
    assert all(-(2**63) <= one < 2**63 for one in (*said, *bands(said)))


@pytest.mark.parametrize("text", ["", " \n", "!?", "…"])
def test_nothing_said_has_no_stems(text: str) -> None:
    assert sketch(text) == frozenset()


def test_words_that_say_little_count_when_there_are_no_others() -> None:
    assert sketch("Tak.")
    assert likeness(sketch("Tak."), sketch("Termin.")) == 0.0


@pytest.mark.parametrize(
    "forms",
    [
        ("organizacja", "organizacje", "organizacji", "organizacjom"),
        ("termin", "terminu", "terminem", "terminy"),
        ("dotacja", "dotacji", "dotacje", "dotacjami"),
        ("stowarzyszenie", "stowarzyszenia", "stowarzyszeniach"),
    ],
)
def test_forms_of_a_word_have_one_stem(forms: tuple[str, ...]) -> None:
    assert len({stem(one) for one in forms}) == 1


def clustered(texts: list[tuple[str, str]]) -> list[int]:
    clusters: Clusters[int] = Clusters()
    found = []
    for name, (place, text) in enumerate(texts):
        said = sketch(text)
        found.append(clusters.join(name, place, said, bands(said)))
    return found


def test_letters_gather_round_the_first_and_others_stay_alone() -> None:
    texts = [("§ 2", LETTER), *(("§ 2", one) for one in OTHERS)]
    texts += [("§ 2", one) for one in REWRITTEN.values()]
    found = clustered(texts)
    assert found[0] == 0
    assert found[1:8] == list(range(1, 8))
    assert found[8:] == [0] * len(REWRITTEN)


def test_what_is_said_of_another_provision_is_a_cluster_of_its_own() -> None:
    assert clustered([("§ 2", LETTER), ("§ 3", LETTER), ("§ 3", LETTER)]) == [0, 1, 1]


def test_eleven_thousand_identical_letters_are_compared_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    compared: list[int] = []
    from consultations.text import clusters  # noqa: PLC0415 - patched here only

    def counting(*_texts: object) -> float:
        compared.append(1)
        return 0.0

    monkeypatch.setattr(clusters, "likeness", counting)
    assert set(clustered([("§ 2", LETTER)] * 11_000)) == {0}
    assert compared == []
