"""The report and its table for a spreadsheet."""

import csv
import io
from typing import Any

import pytest
from asgiref.sync import sync_to_async

from consultations.models import Consultation
from consultations.selectors.report_table import safe_cell
from consultations.services import comments
from tests.public.addresses import address
from tests.public.conftest import Visit
from tests.world import World


def rows(visit: Visit, consultation: Consultation) -> list[list[str]]:
    body = b"".join(visit(None, address("report_csv", consultation)).streaming_content)
    assert body.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(body.decode("utf-8-sig"), newline=""), delimiter=";"))


def released(world: World, *said: dict[str, Any]) -> Consultation:
    consultation = world.opened()
    for one in said:
        world.answered(world.admitted(consultation, **one))
    world.numbered(world.closed(consultation))
    return consultation


def test_before_its_release_the_report_says_when_it_comes(world: World, visit: Visit) -> None:
    consultation = world.opened()
    world.answered(world.admitted(consultation))
    page = visit(None, address("report", consultation))
    assert "The report will appear here when every comment is answered." in page.content.decode()
    assert "Piszemy oferty po pracy." not in page.content.decode()
    assert visit(None, address("report_csv", consultation)).status_code == 404
    assert visit(world.officer, address("report_csv", consultation)).status_code == 404


def test_the_report_holds_every_comment_with_its_answer(world: World, visit: Visit) -> None:
    consultation = released(world, {}, {"organisation": None, "by": world.outsider})
    page = visit(None, address("report", consultation))
    assert [(one.comment.number, one.who) for one in page.context["rows"]] == [
        (1, "Fundacja Mosty"),
        (2, "private person"),
    ]
    assert page.content.decode().count("Zostaje 21 dni: to minimum ustawy.") == 2


def test_what_was_withdrawn_or_hidden_is_counted_and_not_shown(world: World, visit: Visit) -> None:
    consultation = world.opened()
    comments.withdraw_comment(world.admitted(consultation, reasons="Wycofam"), by=world.ngo)
    comments.hide_comment(
        world.admitted(consultation, reasons="Ukryją"), because="Obelgi", by=world.officer
    )
    world.numbered(world.closed(consultation))
    page = visit(None, address("report", consultation))
    totals = page.context["totals"]
    assert (totals.received, totals.withdrawn, totals.hidden, totals.published) == (2, 1, 1, 0)
    for words in ("Wycofam", "Ukryją", "Obelgi"):
        assert words not in page.content.decode()


def test_no_comment_at_all_is_reported_honestly(world: World, visit: Visit) -> None:
    consultation = released(world)
    page = visit(None, address("report", consultation)).content.decode()
    assert "Nobody filed a comment in this consultation." in page
    assert len(rows(visit, consultation)) == 1


def test_the_table_has_a_row_for_each_comment(world: World, visit: Visit) -> None:
    consultation = released(world, {}, {"reasons": 'Z "cudzysłowem"; i\nnową linią'})
    table = rows(visit, consultation)
    assert [row[0] for row in table] == ["number", "1", "2"]
    assert table[2][8] == 'Z "cudzysłowem"; i\nnową linią'
    assert {len(row) for row in table} == {12}


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_is_a_formula(sign: str) -> None:
    assert safe_cell(f"{sign}HYPERLINK()") == f"'{sign}HYPERLINK()"
    assert safe_cell(f"a{sign}b") == f"a{sign}b"


def test_a_formula_in_a_comment_reaches_the_spreadsheet_as_text(world: World, visit: Visit) -> None:
    consultation = released(
        world, {"reasons": "=cmd|' /C calc'!A0", "proposed_wording": "@SUM(1+1)"}
    )
    row = rows(visit, consultation)[1]
    assert (row[7], row[8]) == ("'@SUM(1+1)", "'=cmd|' /C calc'!A0")


@pytest.mark.django_db(transaction=True)
async def test_the_table_streams_from_an_asynchronous_server_too(async_client: Any) -> None:
    consultation = await sync_to_async(lambda: released(World(), {}, {}))()
    answer = await async_client.get(address("report_csv", consultation))
    body = b"".join([chunk async for chunk in answer.streaming_content])
    assert len(body.decode().splitlines()) == 3
