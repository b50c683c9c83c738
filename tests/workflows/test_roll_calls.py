"""Roll calls as voting systems and people write them."""

from pathlib import Path

import pytest

from workflows.roll_calls import Row, Trouble, decode, parse, write

SAMPLES = sorted((Path(__file__).resolve().parents[2] / "config/demo/roll_calls").glob("*.csv"))
THREE = (
    Row("Anna Kowalska", "Klub A", "for"),
    Row("Jan Żuk", "Klub B", "abstained"),
    Row("Ewa Lis", "", "absent"),
)


SHAPES = {
    "semicolons": "radny;klub;głos\nAnna Kowalska;Klub A;za\n"
    "Jan Żuk;Klub B;wstrzymał się\nEwa Lis;;nieobecny",
    "no heading": "Anna Kowalska;Klub A;ZA\n\nJan Żuk;Klub B;Wstrzymał  się\nEwa Lis;;nieobecna\n",
    "tabs": "Anna Kowalska\tKlub A\tza\nJan Żuk\tKlub B\twstrzymala sie\nEwa Lis\tnieobecny",
    "commas": 'Radny,Klub,Głos\r\n"Anna Kowalska",Klub A,Za\r\n'
    "Jan Żuk,Klub B,wstrzymuję się\r\nEwa Lis,,Nieobecna\r\n",
    "BOM": "\N{BOM}Imię i nazwisko;Klub;Głos;\nAnna Kowalska;Klub A;za;\n"
    " Jan  Żuk ;Klub B;wstrzymał/a się;\nEwa Lis;;nieobecny;",
}


@pytest.mark.parametrize("shape", SHAPES)
def test_every_usual_shape_reads_the_same(shape: str) -> None:
    parsed = parse(SHAPES[shape])
    assert (parsed.rows, parsed.troubles) == (THREE, ())


def test_every_word_of_a_vote_is_known() -> None:
    words = ("za", "przeciw", "wstrzymał się", "brak głosu", "nieobecny")
    listed = "\n".join(f"Radny {n};Klub;{word}" for n, word in enumerate(words))
    votes = [row.vote for row in parse(listed).rows]
    assert votes == ["for", "against", "abstained", "no_vote", "absent"]


def test_what_cannot_be_read_is_told_row_by_row() -> None:
    text = (
        "radny;klub;głos\nA;K;za\nB;K;może\n;K;za\nC\na;K;przeciw\nD;K;za;x\n" + "E" * 151 + ";;za"
    )
    parsed = parse(text)
    assert parsed.troubles == (
        Trouble(3, "vote", "B", "może"),
        Trouble(4, "name"),
        Trouble(5, "columns", "C"),
        Trouble(6, "twice", "a"),
        Trouble(7, "columns", "D"),
        Trouble(8, "long"),
    )
    assert [row.councillor for row in parsed.rows] == ["A"]


@pytest.mark.parametrize("text", ["", "\n \n", "radny;klub;głos"])
def test_an_empty_list_has_no_rows_and_no_troubles(text: str) -> None:
    assert (parse(text).rows, parse(text).troubles) == ((), ())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1250"])
def test_files_of_every_usual_encoding_are_read(encoding: str) -> None:
    assert decode("Jan Żuk;Łąka;wstrzymał się".encode(encoding)) == "Jan Żuk;Łąka;wstrzymał się"


def test_no_bytes_at_all_can_break_it() -> None:
    assert parse(decode(bytes(range(256)) * 3)).rows == ()


def test_what_is_written_is_read_back() -> None:
    rows = (*THREE, Row('Jan "Wilk"; Nowak', "A;B", "no_vote"))
    assert parse(write(rows)).rows == rows


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: str(path.stem))
def test_the_samples_have_every_councillor_and_no_trouble(path: Path) -> None:
    parsed = parse(decode(path.read_bytes()))
    assert (len(parsed.rows), parsed.troubles) == (43, ())
