"""Roll calls as voting systems and people write them."""

import os
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from consultations.calendar import local_day
from consultations.models import Ballot, RollCall
from consultations.models.clock import now
from tests.workflows.walk import Walk
from workflows import services
from workflows.roll_calls import Row, Trouble, about, decode, parse, votes_in, write

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


TABLE = """vote_id,session_date,druk,topic,councillor,club,vote,bip_url
1,2024-11-20,405,Program,Anna Kowalska,Klub A,za,x
2,2025-02-12,503,Program,Anna Kowalska,Klub A,wstrzymal_sie,x
1,2024-11-20,405,Program,"Żuk, Jan",,przeciw,x
3,2025-02-12,503,Program,Anna Kowalska,Klub A,może,x
"""


def test_a_table_holds_several_votes_each_with_its_own_troubles() -> None:
    votes = votes_in(TABLE)
    assert [(one.key, one.print_number, one.held_on) for one in votes] == [
        ("1", "405", date(2024, 11, 20)),
        ("2", "503", date(2025, 2, 12)),
        ("3", "503", date(2025, 2, 12)),
    ]
    assert votes[0].parsed.rows == (
        Row("Anna Kowalska", "Klub A", "for"),
        Row("Żuk, Jan", "", "against"),
    )
    assert votes[2].parsed.troubles == (Trouble(5, "vote", "Anna Kowalska", "może"),)


def test_only_a_print_number_that_one_vote_has_tells_which_is_meant() -> None:
    votes = votes_in(TABLE)
    assert about(votes, "405") == votes[0]
    assert (about(votes, "503"), about(votes, "991"), about(votes[:1], "991")) == (None,) * 3
    mere = votes_in(SHAPES["commas"])
    assert about(mere, "991") == mere[0]


# The shared data are used where they are, and no row of them is kept in the repository.
BESIDE = Path(__file__).resolve().parents[3] / "shared/data"
REAL = (
    Path(os.environ.get("UWAGA_SHARED_DATA", BESIDE))
    / "krakow_rmk_glosowania_programy_wspolpracy.csv"
)
# For, against, abstained, did not vote, absent, as the minutes have them.
MINUTES = {"405": "40-0-1-0-2", "503": "30-0-4-0-9", "991": "34-0-1-2-6"}
real = pytest.mark.skipif(not REAL.exists(), reason="the shared data are not here")


@real
def test_the_real_votes_are_printed_as_far_as_names_tell() -> None:
    assert printed(REAL) == [
        "405: 40-0-1, did not vote -, absent -",
        "503: 30-0-4, did not vote -, absent -",
        "991: 34-0-1, did not vote -, absent -",
    ]
    assert printed(REAL, declared=[f"991={MINUTES['991']}"])[2:] == [
        "991: 34-0-1, did not vote 2, absent 6"
    ]


@real
@pytest.mark.django_db
def test_the_real_votes_are_recorded_with_the_totals_of_the_minutes(walk: Walk) -> None:
    for number in MINUTES:
        file, by = walk.submitted(f"druk-{number}"), walk.world.clerk
        services.give_print_number(file, print_number=number, by=by)
    declared = [f"{number}={totals}" for number, totals in MINUTES.items()]
    today, by_email = local_day(now()), walk.world.clerk.user.email
    printed(REAL, declared=declared, dry_run=False, held_on=today, by=by_email)
    recorded = {
        str(call.council_file): (str(call), call.no_vote, call.absent, call.carried)
        for call in RollCall.objects.all()
    }
    assert recorded == {
        "405": ("40-0-1", 0, 2, True),
        "503": ("30-0-4", 0, 9, True),
        "991": ("34-0-1", 2, 6, True),
    }
    assert Ballot.objects.count() == 41 + 34 + 35


def test_the_command_counts_what_is_named_and_tells_rows_it_cannot_read(tmp_path: Path) -> None:
    path = tmp_path / "votes.csv"
    path.write_text(TABLE + "1,2024-11-20,405,P,Ewa Lis,,nieobecny,x\n", encoding="utf-8")
    assert printed(path) == [
        "405: 1-1-0, did not vote -, absent 1",
        "503: 0-0-1, did not vote -, absent -",
        "503: 0-0-0, did not vote -, absent -",
        "! row 5: vote, Anna Kowalska «może»",
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"dry_run": True, "print_number": "1"}, "The file has no vote on this print."),
        ({"by": "radna@rada.test"}, "Say with --by EMAIL which council clerk records the vote."),
        ({"by": "clerk@rada.test"}, "405: The list has 2 names; the council has 43 seats."),
    ],
)
def test_the_command_refuses_in_words(
    walk: Walk, tmp_path: Path, options: dict[str, Any], sentence: str
) -> None:
    walk.numbered()
    path = tmp_path / "votes.csv"
    path.write_text(TABLE, encoding="utf-8")
    with pytest.raises(CommandError) as refused:
        printed(path, **{"dry_run": False, "print_number": "405", **options})
    assert str(refused.value).startswith(sentence)


def test_totals_that_are_no_totals_are_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError):
        printed(tmp_path, declared=["405=40-0-1"])


def printed(path: Path, *, dry_run: bool = True, **options: Any) -> list[str]:
    """The lines the command prints."""
    arguments = [f"--declared={one}" for one in options.pop("declared", [])]
    said = StringIO()
    call_command("import_roll_call", str(path), *arguments, dry_run=dry_run, stdout=said, **options)
    return said.getvalue().splitlines()
