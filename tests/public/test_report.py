"""The report and its table for a spreadsheet."""

import csv
import io
from datetime import datetime, timedelta
from typing import Any

import docx
import pytest
from asgiref.sync import sync_to_async

from consultations.calendar import WARSAW
from consultations.models import Consultation, Way
from consultations.models.clock import move_to
from consultations.services import comments, ways
from consultations.services import consultations as rounds
from consultations.services.report_files import ask_report_files
from consultations.text.formats.writable import safe_cell
from tests.public.addresses import address
from tests.public.conftest import Visit
from tests.report_files import write_report_files
from tests.world import World


def rows(visit: Visit, consultation: Consultation) -> list[list[str]]:
    write_report_files()
    body = b"".join(visit(None, address("report_file", consultation, "csv")).streaming_content)
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
    assert (
        "The report will appear here when every comment is answered and a second person"
        in page.content.decode()
    )
    assert "Piszemy oferty po pracy." not in page.content.decode()
    assert visit(None, address("report_file", consultation, "csv")).status_code == 404
    assert visit(world.officer, address("report_file", consultation, "csv")).status_code == 404


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
    assert {len(row) for row in table} == {16}


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
    def written() -> Consultation:
        consultation = released(World(), {}, {})
        write_report_files()
        return consultation

    consultation = await sync_to_async(written)()
    place = address("report_file", consultation, "csv")
    answer = await async_client.get(place, headers={"accept-language": "en"})
    body = b"".join([chunk async for chunk in answer.streaming_content])
    assert len(body.decode().splitlines()) == 3


# -- the whole report as a file -----------------------------------------------------------------


def opened(visit: Visit, viewer: Any, consultation: Consultation) -> Any:
    write_report_files()
    given = visit(viewer, address("report_file", consultation, "docx"))
    return docx.Document(io.BytesIO(b"".join(given.streaming_content)))


def inside(visit: Visit, viewer: Any, consultation: Consultation) -> Any:
    ask_report_files(consultation, kind="internal", by=viewer)
    write_report_files()
    given = visit(viewer, address("inside_report_file", consultation, 1, "docx"))
    return docx.Document(io.BytesIO(b"".join(given.streaming_content)))


def table_of(document: Any) -> Any:
    """The table of comments."""
    return next(one for one in document.tables if one.rows[0].cells[0].text == "No., received")


def words_of(document: Any) -> str:
    """Everything the file says, its tables included."""
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in document.paragraphs), *cells])


def test_the_file_has_a_row_for_every_comment_with_position_and_reasons(
    world: World, visit: Visit
) -> None:
    consultation = released(world, {}, {"reasons": "Dwa\nwiersze i znak \x01."})
    table = table_of(opened(visit, None, consultation))
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert [row[0].split("\n")[0] for row in rows[1:]] == ["1", "2"]
    assert rows[2][4] == "Dwa\nwiersze i znak \N{REPLACEMENT CHARACTER}."
    assert rows[1][5].startswith("not accepted\nZostaje 21 dni: to minimum ustawy.")


CANARY = "Kanarkowska"


def test_the_public_copies_name_no_private_person_and_the_internal_ones_do(
    world: World, visit: Visit
) -> None:
    world.outsider.user.name = f"Celina {CANARY}"
    world.outsider.user.save()
    consultation = released(world, {"organisation": None, "by": world.outsider})
    public = [
        "".join(cell for row in rows(visit, consultation) for cell in row),
        words_of(opened(visit, None, consultation)),
        words_of(opened(visit, world.officer, consultation)),
        visit(None, address("report", consultation)).content.decode(),
        visit(world.officer, address("report", consultation)).content.decode(),
    ]
    assert [CANARY in copy for copy in public] == [False] * 5
    copy = words_of(inside(visit, world.officer, consultation))
    assert CANARY in copy  # the control: this very search sees it


def test_who_agreed_to_be_named_is_named(world: World, visit: Visit) -> None:
    consultation = released(world, {"organisation": None, "by": world.outsider, "named": True})
    assert rows(visit, consultation)[1][3] == "Obcy Obcowski"


def test_a_login_without_a_name_never_shows_its_address(world: World, visit: Visit) -> None:
    world.outsider.user.name = ""
    world.outsider.user.save()
    consultation = released(world, {"organisation": None, "by": world.outsider, "named": True})
    assert rows(visit, consultation)[1][3] == "private person"


def test_no_comment_is_reported_honestly_in_the_file_too(world: World, visit: Visit) -> None:
    document = opened(visit, None, released(world))
    assert "Nobody filed a comment in this consultation." in words_of(document)


# -- course, forms, figures ---------------------------------------------------------------------


def test_the_course_tells_of_prolonging_and_meetings(world: World, visit: Visit) -> None:
    consultation = world.opened()
    world.answered(world.admitted(consultation))
    rounds.correct_notice(
        consultation, changed={"contact": "tel. 13"}, because="Zły telefon.", by=world.officer
    )
    first_end = consultation.last_day
    assert first_end is not None
    consultation = rounds.prolong_consultation(
        consultation, last_day=first_end + timedelta(days=7), because="Święto.", by=world.officer
    )
    move_to(datetime(2026, 9, 25, 20, 0, tzinfo=WARSAW))
    meeting = Way.objects.get(consultation=consultation, kind="open_meeting")
    ways.record_meeting(meeting, attendance=31, minutes="Mówiono o ofertach.", by=world.officer)
    world.reported(world.closed(consultation))
    page = visit(None, address("report", consultation))
    course = [(step.sentence, step.because) for step in page.context["course"]]
    assert course[0][0].endswith("Comments from 8 September 2026 to 29 September 2026.")
    assert [because for _sentence, because in course if because] == ["Zły telefon.", "Święto."]
    assert "held; people present: 31" in page.content.decode()
    assert "Mówiono o ofertach." in words_of(opened(visit, None, consultation))


def test_the_figures_count_outcomes_places_and_authors(world: World, visit: Visit) -> None:
    consultation = world.opened()
    private = {"organisation": None, "by": world.outsider}
    whole = {"wording": None, "kind": "question", "proposed_wording": ""}
    for said, outcome in (({}, "accepted"), (private, "rejected"), (private | whole, "rejected")):
        world.answered(world.admitted(consultation, **said), outcome=outcome)
    world.reported(world.closed(consultation))
    page = visit(None, address("report", consultation))
    figures = page.context["figures"]
    counted = [[(bar.label, bar.count) for bar in figure.bars] for figure in figures]
    assert counted == [
        [
            ("Accepted", 1),
            ("Partly accepted", 0),
            ("Not accepted", 2),
            ("Explained", 0),
            ("Out of scope", 0),
        ],
        [("The whole draft", 1), ("Rozdział\N{NO-BREAK SPACE}1. Postanowienia ogólne", 2)],
        [("Association", 0), ("Foundation", 1), ("Private person", 2)][1:],
    ]
    assert [bar.width for bar in figures[0].bars] == [180, 0, 360, 0, 0]


def test_each_figure_has_its_table_and_no_style_of_its_own(world: World, visit: Visit) -> None:
    page = visit(None, address("report", released(world, {}))).content.decode()
    assert page.count("<svg ") == page.count('<table class="uw-table uw-table--keep">') == 3
    assert " style=" not in page
