"""The report in every format: whole, honest, the same twice, without a private word."""

import csv
import hashlib
import io
import json
import os
import re
import subprocess
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import docx
import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from lxml import etree
from openpyxl import load_workbook

from consultations.calendar import WARSAW
from consultations.models import (
    Consultation,
    CopyKind,
    Making,
    Report,
    ReportCopy,
    ReportFile,
)
from consultations.models.clock import move_to
from consultations.models.people import operator
from consultations.selectors import report_files
from consultations.services import comments, report_orders
from consultations.services import report_files as services
from consultations.services.erasing import erase_person
from consultations.text.formats.reports import volume_file, volumes
from consultations.text.formats.reports.description import Description
from consultations.text.formats.reports.writing import DESCRIPTION, MIMES, write_all
from tests import pdf
from tests.public.addresses import address
from tests.public.conftest import Visit
from tests.report_files import write_report_files
from tests.world import World
from workflows import report_files as job

CANARY = "kanarekraportu"
PRIVATE = {"organisation": None}


def released(world: World, *said: dict[str, Any]) -> Consultation:
    consultation = world.opened()
    for one in said:
        world.answered(world.admitted(consultation, **one))
    world.reported(world.closed(consultation))
    return consultation


def taken(visit: Visit, consultation: Consultation, ending: str, viewer: Any = None) -> bytes:
    answer = visit(viewer, address("report_file", consultation, ending))
    assert answer.status_code == 200, answer
    return b"".join(answer.streaming_content)


def kept(consultation: Consultation, ending: str, kind: str = CopyKind.PUBLIC) -> bytes:
    found = report_files.found(consultation, kind, ending, 1)
    assert found is not None
    return b"".join(report_files.pieces(found))


def described(consultation: Consultation, folder: Path) -> Description:
    """The public copy described, and nothing more."""
    report_orders.forget()
    report_orders.order_public_copies()
    copy = ReportCopy.objects.get(consultation=consultation, language="en", finished_at=None)
    while copy.making == Making.GATHERING:
        copy = services.gather(copy)
    folder.mkdir(exist_ok=True)
    services.lay_out(copy, folder)
    return Description(folder / DESCRIPTION)


# -- each format ----------------------------------------------------------------------------------


def texts_of(held: bytes) -> str:
    """The words of a package of XML, without its tags."""
    with zipfile.ZipFile(io.BytesIO(held)) as file:
        roots = [etree.fromstring(file.read(one)) for one in file.namelist() if "xml" in one[-5:]]
    return "\n".join(" ".join(root.itertext()) for root in roots)


WORDS: dict[str, Callable[[bytes], str]] = {
    "html": lambda held: held.decode(),
    "docx": texts_of,
    "odt": texts_of,
    "xlsx": texts_of,
    "csv": lambda held: held.decode("utf-8-sig"),
    "json": lambda held: held.decode(),
    "pdf": pdf.words,
}


def test_every_format_is_taken_as_a_download_of_its_kind(world: World, visit: Visit) -> None:
    consultation = released(world, {})
    write_report_files()
    for ending, kind in MIMES.items():
        answer = visit(None, address("report_file", consultation, ending))
        assert answer.headers["Content-Type"] == kind
        name = f'attachment; filename="{consultation.slug}.{ending}"'
        assert answer.headers["Content-Disposition"] == name
        held = b"".join(answer.streaming_content)
        assert int(answer.headers["Content-Length"]) == len(held) > 0


@pytest.mark.parametrize("ending", WORDS)
def test_every_published_comment_stands_in_it_once(world: World, visit: Visit, ending: str) -> None:
    consultation = released(world, *[{"reasons": f"Powód-{n}-koniec"} for n in range(1, 6)])
    write_report_files()
    words = WORDS[ending](taken(visit, consultation, ending))
    assert [words.count(f"Powód-{n}-koniec") for n in range(1, 6)] == [1] * 5


def test_the_pdf_is_tagged_and_speaks_its_language(world: World, visit: Visit) -> None:
    consultation = released(world, {})
    write_report_files()
    held = taken(visit, consultation, "pdf")
    assert pdf.is_tagged(held)
    assert pdf.language(held) == "en"
    levels, tags = pdf.headings(held), pdf.tags(held)
    assert levels[0] == "H1"
    assert "H1" in levels[1:]
    assert "H2" in levels
    assert tags.count("Table") == tags.count("THead") > 3  # each table says which row heads it
    assert tags.count("Figure") == len(pdf.described(held)) > 0
    assert all(pdf.described(held))
    assert b"pdfuaid" in held
    assert pdf.title(held).startswith("Report on the consultation")


@pytest.mark.parametrize("ending", ["html", "docx", "odt", "xlsx", "json", "pdf"])
def test_no_comment_at_all_is_said_in_words(world: World, visit: Visit, ending: str) -> None:
    consultation = released(world)
    write_report_files()
    said = WORDS[ending](taken(visit, consultation, ending))
    assert "Nobody filed a comment in this consultation." in said


def test_of_no_comment_the_table_has_its_heading_and_the_pdf_is_written(
    world: World, visit: Visit
) -> None:
    consultation = released(world)
    write_report_files()
    assert len(taken(visit, consultation, "csv").decode().splitlines()) == 1
    assert taken(visit, consultation, "pdf").startswith(b"%PDF-")


def test_the_workbook_has_a_sheet_for_each_table_and_no_formula(world: World, visit: Visit) -> None:
    consultation = released(world, {"reasons": "=1+1", "proposed_wording": "_x0041_ \x01"})
    write_report_files()
    book = load_workbook(io.BytesIO(taken(visit, consultation, "xlsx")))
    assert book.sheetnames[:2] == ["Report", "Course of the consultation"]
    sheet = book["Comments and answers"]
    assert [sheet["A2"].value, sheet["I2"].value, sheet["I2"].data_type] == [1, "=1+1", "s"]
    # Excel reads «_x005F_» as «_»: without it, «_x0041_» would become «A».
    assert sheet["H2"].value == "_x005F_x0041_ \N{REPLACEMENT CHARACTER}"


def test_the_data_name_their_columns_and_causes(world: World, visit: Visit) -> None:
    consultation = released(world, {})
    write_report_files()
    found = json.loads(taken(visit, consultation, "json"))
    assert (found["schema"], found["copy"], found["language"]) == ("uwaga-report/1", "public", "en")
    sections = {one["code"]: one for one in found["sections"]}
    [row] = sections["comments"]["rows"]
    assert (row["number"], row["who"], row["outcome"]) == (1, "Fundacja Mosty", "not accepted")
    assert [one["code"] for one in sections["comments"]["columns"]] == list(row)
    assert sections["wyniki"]["chart"][2] == {"label": "Not accepted", "count": 1, "percent": 100}
    assert sections["annexes"]["rows"][0]["sha256"]


def test_the_file_of_word_has_headings_contents_and_a_repeated_row(
    world: World, visit: Visit
) -> None:
    consultation = released(world, {"reasons": "Dwa\nwiersze i znak \x01."})
    write_report_files()
    document = docx.Document(io.BytesIO(taken(visit, consultation, "docx")))
    headings = [
        one.text for one in document.paragraphs if one.style and one.style.name == "Heading 1"
    ]
    assert headings[:3] == ["Contents", "Introduction", "Course of the consultation"]
    assert document.core_properties.language == "en-GB"
    table = next(one for one in document.tables if one.rows[0].cells[0].text == "No., received")
    assert table.rows[1].cells[4].text == "Dwa\nwiersze i znak \N{REPLACEMENT CHARACTER}."
    assert "w:tblHeader" in table.rows[0]._tr.xml


def test_the_page_stands_alone(world: World, visit: Visit) -> None:
    consultation = released(world, {"reasons": "<script>alert(1)</script>"})
    write_report_files()
    page = taken(visit, consultation, "html").decode()
    assert "<script" not in page
    assert "src=" not in page
    assert page.count("<svg ") == 3
    assert page.count("<h1>") == 1


# -- the same twice -------------------------------------------------------------------------------


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.glob("report.*.*")}


def test_the_same_report_gives_the_same_bytes_an_hour_and_a_process_later(
    world: World, tmp_path: Path
) -> None:
    consultation = released(world, {}, {"reasons": "Zażółć\tgęślą <jaźń> & 'x'."})
    first = tmp_path / "pierwszy"
    described(consultation, first)
    write_all(first, volume_file.write)
    ReportCopy.objects.all().delete()
    move_to(datetime(2027, 1, 5, 12, 0, tzinfo=WARSAW))
    for seed in ("1", "2"):
        again = tmp_path / seed
        described(consultation, again)
        ReportCopy.objects.all().delete()
        env = {"PATH": os.environ["PATH"], "PYTHONHASHSEED": seed, "TZ": "Asia/Tokyo"}
        command = [*job.COMMAND, str(again)]
        subprocess.run(command, cwd=settings.BASE_DIR, env=env, check=True)
        assert contents(again) == contents(first)
    assert set(contents(first)) == {f"report.1.{ending}" for ending in MIMES}


@pytest.mark.parametrize("ending", ["docx", "odt", "xlsx"])
def test_the_instant_in_the_file_is_that_of_the_release(
    world: World, visit: Visit, ending: str
) -> None:
    consultation = released(world, {})
    move_to(datetime(2027, 1, 5, 12, 0, tzinfo=WARSAW))
    write_report_files()
    at = Report.objects.get().released_at
    assert at is not None
    with zipfile.ZipFile(io.BytesIO(taken(visit, consultation, ending))) as file:
        day = at.astimezone(WARSAW).timetuple()[:3]
        assert {one.date_time[:3] for one in file.infolist()} == {day}
        meta = file.read("meta.xml" if ending == "odt" else "docProps/core.xml").decode()
    assert at.strftime("%Y-%m-%d") in meta
    assert "2027-01" not in meta


# -- what is public -------------------------------------------------------------------------------


def planted(world: World) -> Consultation:
    """A word of each kind that must not come out."""
    world.outsider.user.name = f"Celina {CANARY}a"
    world.outsider.user.save()
    consultation = world.opened()
    mine = {**PRIVATE, "by": world.outsider}
    world.answered(world.admitted(consultation, **mine))
    withdrawn = world.admitted(consultation, **mine, reasons=f"Wycofam {CANARY}b.")
    comments.withdraw_comment(withdrawn, by=world.outsider)
    hidden = world.admitted(consultation, **mine, reasons=f"Ukryją {CANARY}c.")
    comments.hide_comment(hidden, because=f"Powód {CANARY}d.", by=world.officer)
    world.reported(world.closed(consultation))
    return consultation


def test_no_planted_word_is_in_the_public_copy_of_any_format(
    world: World, visit: Visit, tmp_path: Path
) -> None:
    consultation = planted(world)
    report = described(consultation, tmp_path)
    assert CANARY not in report.path.read_text()  # whatever is written comes from here, PDF too
    write_report_files()
    for ending, words in WORDS.items():
        assert CANARY not in words(taken(visit, consultation, ending)), ending
        assert CANARY not in words(taken(visit, consultation, ending, world.officer)), ending


def test_this_very_search_sees_them_in_the_internal_copy(world: World) -> None:
    """The control: the name, the hidden words, and why they are hidden."""
    consultation = planted(world)
    services.ask_report_files(consultation, kind=CopyKind.INTERNAL, by=world.officer)
    write_report_files()
    for ending, words in WORDS.items():
        said = words(kept(consultation, ending, CopyKind.INTERNAL))
        assert [f"{CANARY}{one}" in said for one in "acd"] == [True] * 3, ending


def test_the_preview_is_the_public_copy_for_the_desk_alone(world: World, visit: Visit) -> None:
    consultation = world.opened()
    world.answered(world.admitted(consultation))
    world.closed(consultation)
    services.ask_report_files(consultation, kind=CopyKind.PREVIEW, by=world.officer)
    write_report_files()
    place = address("preview_report_file", consultation, 1, "csv")
    assert visit(world.officer, place).status_code == 200
    assert visit(world.ngo, place).status_code == 403
    assert visit(None, address("report_file", consultation, "csv")).status_code == 404


def test_the_name_of_an_erased_person_goes_and_the_hashes_stay(world: World, visit: Visit) -> None:
    consultation = released(world, {**PRIVATE, "by": world.outsider, "named": True})
    write_report_files()
    before = ReportFile.objects.get(ending="csv", report_copy__language="en")
    assert "Obcowski" in taken(visit, consultation, "csv").decode()
    erase_person(world.outsider, by=operator(), because="Na wniosek.")
    assert visit(None, address("report_file", consultation, "csv")).status_code == 302
    write_report_files()
    assert "Obcowski" not in taken(visit, consultation, "csv").decode()
    [earlier] = report_files.earlier(consultation)
    assert before.sha256 in {one.sha256 for one in earlier.files}
    assert before.sha256 in visit(None, address("report", consultation)).content.decode()


def test_what_was_erased_while_it_was_written_is_gathered_again(
    world: World, tmp_path: Path
) -> None:
    consultation = released(world, {**PRIVATE, "by": world.outsider, "named": True})
    report = described(consultation, tmp_path)
    assert "Obcowski" in report.path.read_text()
    copy = ReportCopy.objects.get(language="en")
    write_all(tmp_path, volume_file.write)
    erase_person(world.outsider, by=operator(), because="Na wniosek.")
    assert not services.keep_file(copy, "csv", 1, tmp_path / "report.1.csv")
    services.finish(copy)
    copy.refresh_from_db()
    assert copy.making == Making.GATHERING
    write_report_files()
    assert "Obcowski" not in kept(consultation, "csv").decode("utf-8-sig")


def test_the_same_words_written_again_replace_nothing(world: World) -> None:
    consultation = released(world, {})
    write_report_files()
    before = set(ReportCopy.objects.values_list("pk", flat=True))
    services.begin(consultation, CopyKind.PUBLIC, "en", None)
    write_report_files()
    assert set(ReportCopy.objects.values_list("pk", flat=True)) == before


# -- the job --------------------------------------------------------------------------------------


def test_the_page_says_how_far_it_is_and_then_sizes_and_hashes(world: World, visit: Visit) -> None:
    consultation = released(world, {})
    page = address("report", consultation)
    assert "The files are being prepared." in visit(None, page).content.decode()
    report_orders.order_public_copies()
    assert "The files are being prepared: 0%." in visit(None, page).content.decode()
    answer = visit(None, address("report_file", consultation, "docx"))
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{page}#pliki")
    write_report_files()
    said = visit(None, page).content.decode()
    assert said.count("SHA-256:") == len(MIMES)
    assert kept(consultation, "csv")
    sha = ReportFile.objects.get(ending="csv", report_copy__language="en").sha256
    assert sha in said


def the_process() -> "subprocess.Popen[bytes]":
    assert job._Now.writing is not None
    return job._Now.writing.process


def turn_until(done: Callable[[], bool]) -> None:
    """Turns of the loop, each after the process that writes has ended."""
    for _turn in range(60):
        job.make_report_files()
        if done():
            return
        if job._Now.writing is not None:
            the_process().wait(60)
    pytest.fail("the job does not come to its end")


@pytest.mark.django_db(transaction=True)
def test_the_job_lets_a_process_write_and_goes_on_after_it_was_killed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    world = World()
    consultation = released(world, {}, {})
    monkeypatch.setattr(settings, "LANGUAGES", [("en", "English")])
    report_orders.forget()
    turn_until(lambda: job._Now.writing is not None)
    the_process().kill()
    turn_until(lambda: services.next_copy() is None)
    copy = ReportCopy.objects.get()
    assert (copy.making, copy.tries) == (Making.READY, 1)
    assert set(copy.files.values_list("ending", flat=True)) == set(MIMES)
    with translation.override("en"):
        rows = list(csv.reader(io.StringIO(kept(consultation, "csv").decode("utf-8-sig"))))
    assert len(rows) == 3


def test_another_process_goes_on_with_the_next_slice(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "ROWS_AT_ONCE", 1)
    consultation = released(world, {}, {}, {})
    report_orders.forget()
    report_orders.order_public_copies()
    copy = ReportCopy.objects.order_by("pk").first()
    assert copy is not None
    steps = []
    while copy.making == Making.GATHERING:
        copy = services.gather(ReportCopy.objects.get(pk=copy.pk))
        steps.append((copy.rows_gathered, copy.last_number))
    assert steps == [(0, 0), (1, 1), (2, 2), (3, 3), (3, 3)]
    assert consultation.comments.count() == copy.rows == 3


def test_queries_do_not_grow_with_the_comments(world: World, tmp_path: Path) -> None:
    counted = []
    for slug, many in (("malo", 2), ("wiele", 20)):
        consultation = world.opened(slug)
        for turn in range(many):
            said = {} if turn % 2 else {**PRIVATE, "by": world.outsider}
            world.answered(world.admitted(consultation, **said))
        world.reported(world.closed(consultation))
        with CaptureQueriesContext(connection) as asked:
            described(consultation, tmp_path / slug)
        ReportCopy.objects.filter(consultation=consultation).update(making=Making.READY)
        counted.append(len(asked))
    assert counted[0] == counted[1]


def test_a_long_report_is_parted_and_the_first_part_holds_what_is_not_a_comment(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(volumes, "MOST_ROWS", 25)
    monkeypatch.setattr(volumes, "MOST_BYTES", 10**9)
    report = described(released(world, {}), tmp_path)
    lines = report.path.read_bytes().splitlines(keepends=True)
    place = next(n for n, line in enumerate(lines) if line.startswith(b'[1,"'))
    more = [lines[place].replace(b"[1,", b"[%d," % n, 1) for n in range(1, 61)]
    report.path.write_bytes(b"".join([*lines[:place], *more, *lines[place + 1 :]]))
    found = list(volumes.volumes(report.path))
    held = [[(part.code, begins, len(rows)) for part, begins, rows in one.parts()] for one in found]
    assert [code for code, _begins, _rows in held[0]][:3] == ["introduction", "course", "forms"]
    assert "comments" not in [code for code, _begins, _rows in held[0]]
    assert held[1] == [("comments", True, 25)]
    assert held[2] == [("comments", False, 25)]
    assert held[3][0] == ("comments", False, 10)
    numbers = [
        row[0]
        for one in found[1:]
        for part, _b, rows in one.parts()
        for row in rows
        if part.code == "comments"
    ]
    assert numbers == list(range(1, 61))
    write_all(tmp_path, volume_file.write)
    assert sorted(path.name for path in tmp_path.glob("*.pdf")) == [
        f"report.{n}.pdf" for n in range(1, 5)
    ]
    assert re.search(rb"/Lang ?\(en", (tmp_path / "report.3.pdf").read_bytes())


def test_a_file_is_kept_and_sent_in_pieces(
    world: World, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "PIECE", 500)
    consultation = released(world, {"reasons": "x" * 5000})
    write_report_files()
    file = report_files.found(consultation, CopyKind.PUBLIC, "csv", 1)
    assert file is not None
    sizes = [len(piece) for piece in report_files.pieces(file)]
    assert (max(sizes), sum(sizes), len(sizes)) == (500, file.size, -(-file.size // 500))
    held = taken(visit, consultation, "csv")
    assert hashlib.sha256(held).hexdigest() == file.sha256
