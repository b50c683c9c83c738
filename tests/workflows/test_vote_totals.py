"""Tables of totals, one vote a row: every row is told, and none is dropped."""

from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from consultations.calendar import local_day
from consultations.models import RollCall
from consultations.models.clock import now
from tests.workflows.test_roll_calls import REAL
from tests.workflows.walk import Walk
from workflows.vote_totals import tallied_in, uneven

ALL = REAL.parent / "krakow_rmk_glosowania_2024_2026_zbiorczo.csv"
real = pytest.mark.skipif(not ALL.exists(), reason="the shared data are not here")
HEAD = (
    "vote_id,session_date,session,druk,resolution,za,przeciw,wstrzymal_sie,brak_glosu,nieobecni,"
    "topic,bip_url\n"
)
MADE = HEAD + (
    '1,2026-09-02,X,405,przyjęta,40,0,1,0,2,"Program, całość",x\n'
    "1,2026-09-02,X,405,,20,20,1,0,1,Poprawka,x\n"
    "2,2026-09-02,X,,,42,0,0,0,1,Otwarcie,x\n"
    "3,2026-09-02,X,503,,30,brak,4,0,9,Program,x\n"
)


@pytest.fixture
def made(tmp_path: Path) -> Path:
    path = tmp_path / "made.csv"
    path.write_text(MADE, encoding="utf-8")
    return path


def printed(path: Path, *, dry_run: bool = True, **options: Any) -> list[str]:
    said = StringIO()
    call_command("import_roll_call", str(path), dry_run=dry_run, stdout=said, **options)
    return said.getvalue().splitlines()


def test_each_row_is_a_vote_of_its_own_even_where_an_id_comes_twice() -> None:
    votes = tallied_in(MADE)
    assert [(one.key, one.print_number) for one in votes] == [
        ("1", "405"),
        ("1", "405"),
        ("2", ""),
        ("3", "503"),
    ]
    assert (votes[0].held_on, votes[0].topic) == (date(2026, 9, 2), "Program, całość")
    assert [one.row for one in uneven(votes, 43)] == [3, 5]


@pytest.mark.parametrize("text", ["", "radny;klub;głos\nA;K;za\n", "druk,za,przeciw\n1,2,3\n"])
def test_another_file_is_no_table_of_totals(text: str) -> None:
    assert tallied_in(text) == ()


def test_a_total_nobody_can_read_keeps_its_row() -> None:
    rows = "".join(f"{one},,,7,,{one},0,0,0,0,T,x\n" for one in ("-1", "9" * 5000, "²", "1.5"))
    assert [one.totals for one in tallied_in(HEAD + rows)] == [None] * 4


def test_a_line_is_printed_for_each_vote_and_the_uneven_are_marked(made: Path) -> None:
    assert printed(made) == [
        "405: 40-0-1, did not vote 0, absent 2",
        "! 405: 20-20-1, did not vote 0, absent 1; the totals make 42, not 43 (row 3)",
        "-: 42-0-0, did not vote 0, absent 1",
        "! 503: row 5 has a total that is no number",
        "Votes: 4; of them not making 43: 2; dropped: 0.",
    ]
    assert printed(made, seats=42)[0].startswith("! 405: 40-0-1")


@real
def test_all_the_real_votes_are_told_and_75_of_them_as_uneven() -> None:
    lines = printed(ALL)
    assert lines[-1] == "Votes: 1144; of them not making 43: 75; dropped: 0."
    assert (len(lines), sum(line.startswith("!") for line in lines)) == (1145, 75)
    for line in (
        "405: 40-0-1, did not vote 0, absent 2",
        "503: 30-0-4, did not vote 0, absent 9",
        "991: 34-0-1, did not vote 2, absent 6",
    ):
        assert line in lines


@pytest.mark.django_db
def test_one_vote_of_the_table_is_recorded_by_its_totals(walk: Walk, made: Path) -> None:
    walk.numbered()
    made.write_text(MADE.replace("405,,20", "406,,20"), encoding="utf-8")
    today, by = local_day(now()), walk.world.clerk.user.email
    printed(made, dry_run=False, print_number="405", held_on=today, by=by)
    call = RollCall.objects.get()
    assert (str(call), call.absent, call.declared) == ("40-0-1", 2, True)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"print_number": "405"}, "Say with --print-number, and with --vote where it has several"),
        ({"print_number": "503"}, "Row 5: a total is no number."),
        ({"print_number": "1"}, "The file has no vote on this print."),
        ({"vote": "2"}, ": there is not exactly one draft"),
    ],
)
def test_the_command_does_not_guess(
    walk: Walk, made: Path, options: dict[str, Any], sentence: str
) -> None:
    walk.numbered()
    with pytest.raises(CommandError) as refused:
        printed(made, dry_run=False, by=walk.world.clerk.user.email, **options)
    assert str(refused.value).startswith(sentence)
    assert RollCall.objects.count() == 0
