"""The pages of a sheet: uploaded, tried, entered; hostile files are told off; the register."""

import io
from typing import Any

import pytest
from django.urls import reverse
from django.utils import translation
from openpyxl import load_workbook

from consultations.models import Comment, Consultation, Intake
from consultations.selectors.intakes import template_file
from consultations.text.formats.sheets import read_sheet, written_sheet
from consultations.text.headings import FIELDS, guess
from tests.office.pages import as_, text_of
from tests.register.sheets import HOSTILE, in_csv, in_xlsx, many, uploaded, with_rows
from tests.world import World


@pytest.fixture
def consultation(world: World) -> Consultation:
    return world.closed(world.opened())


def to(name: str, consultation: Consultation, *more: Any) -> str:
    return reverse(name, args=[consultation.slug, *more])


def upload(world: World, consultation: Consultation, content: bytes, name: str) -> Any:
    file = uploaded(content, name)
    return as_(world.officer).post(to("upload_sheet", consultation), {"file": file})


def test_from_the_file_to_the_register(world: World, consultation: Consultation) -> None:
    rows = with_rows({}, {6: "§ 99"}, {8: "Drugi powód."})
    tried = upload(world, consultation, in_xlsx(rows), "uwagi z maila.xlsx")
    assert tried.status_code == 302
    client = as_(world.officer)
    page = text_of(client.get(tried.headers["location"]))
    assert "2 to be entered" in page
    assert "There is no provision “§ 99” in this text." in page
    assert not Comment.objects.exists()
    sheet = Intake.objects.get()
    client.post(to("enter_sheet", consultation, sheet.pk))
    after = text_of(client.get(tried.headers["location"]))
    assert "2 entered" in after
    assert "There is no provision “§ 99” in this text." in after
    again = upload(world, consultation, in_csv(rows), "uwagi.csv")
    assert "already recorded as no. 1" in text_of(client.get(again.headers["location"]))
    register = text_of(client.get(to("register", consultation)))
    for words in ("Jan Testowy", "Drugi powód.", "Officer", "complete", "in time"):
        assert words in register
    assert Comment.objects.count() == 2


def test_columns_are_corrected_by_hand(world: World, consultation: Consultation) -> None:
    content = in_csv([["A", "B"], ["Powód.", "2026-09-10"]])
    tried = upload(world, consultation, content, "u.csv").headers["location"]
    client = as_(world.officer)
    assert client.get(tried).context["sheet"].columns == {}
    sheet = Intake.objects.get()
    assert client.post(to("enter_sheet", consultation, sheet.pk)).status_code == 422
    wrong = client.post(tried, {"arrived": "1"})
    assert (wrong.status_code, list(wrong.context["form"].errors)) == (422, ["reasons"])
    assert client.post(tried, {"reasons": "7"}).status_code == 422
    given = {"reasons": "0", "arrived": "1", "channel_of_all": "fax"}
    assert client.post(tried, given).status_code == 302
    client.post(to("enter_sheet", consultation, sheet.pk))
    assert Comment.objects.get().channel == "fax"


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_told_off_in_a_sentence(
    world: World, consultation: Consultation, name: str
) -> None:
    file, content = HOSTILE[name]
    response = upload(world, consultation, content, file)
    assert response.status_code == 422
    assert response.context["form"].errors["file"]
    assert not Intake.objects.exists()


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1250", "utf-16"])
def test_a_table_of_any_office_is_read(delimiter: str, encoding: str) -> None:
    """The control of the hostile ones: the same pages take what is sound."""
    rows = with_rows({8: "Zażółć; gęślą, jaźń\nw dwóch wierszach"})
    read = read_sheet("u.csv", io.BytesIO(in_csv(rows, delimiter, encoding)))
    assert [cells for _number, cells in read] == rows


def test_a_line_that_says_what_parts_the_cells_is_no_row() -> None:
    content = b"sep=;\r\n" + in_csv(with_rows({}), encoding="utf-8")
    assert len(read_sheet("u.csv", io.BytesIO(content))) == 2


def test_nothing_in_a_file_we_write_is_a_formula() -> None:
    """In a sheet of ours a text is a text; the control is a number, which stays one."""
    texts = ["=1+1", "+1", "@SUM(1)", "\tx", "a\x01b", "-"]
    book = load_workbook(io.BytesIO(written_sheet("R", [["h"] * 7, [7, *texts]], [9] * 7)))
    kinds = [cell.data_type for cell in list(book.active)[1]]
    assert kinds == ["n", *["s"] * len(texts)]


def test_a_formula_is_read_as_the_value_it_had() -> None:
    content = in_xlsx([["Uzasadnienie"], ["=1+1"], ["Bo."]])
    assert [cells[0] for _n, cells in read_sheet("u.xlsx", io.BytesIO(content))] == [
        "Uzasadnienie",
        "Bo.",
    ]


@pytest.mark.parametrize("language", ["pl", "en"])
def test_the_template_is_understood(language: str) -> None:
    with translation.override(language):
        rows = read_sheet("w.xlsx", io.BytesIO(template_file()))
    assert set(FIELDS) - guess(rows[0][1]).keys() == {"kind", "first_name", "surname"}


def test_the_register_is_a_sheet_too(world: World, consultation: Consultation) -> None:
    upload(world, consultation, in_csv(many(3)), "u.csv")
    as_(world.officer).post(to("enter_sheet", consultation, Intake.objects.get().pk))
    response = as_(world.auditor).get(to("register_xlsx", consultation))
    rows = read_sheet("r.xlsx", io.BytesIO(response.content))
    assert [cells[0] for _number, cells in rows] == ["number", "1", "2", "3"]
    assert as_(world.expert).get(to("register_xlsx", consultation)).status_code == 403


def test_a_sheet_is_removed_and_what_was_entered_stays(
    world: World, consultation: Consultation
) -> None:
    upload(world, consultation, in_csv(with_rows({})), "u.csv")
    sheet = Intake.objects.get().pk
    client = as_(world.officer)
    client.post(to("enter_sheet", consultation, sheet))
    assert client.post(to("drop_sheet", consultation, sheet)).status_code == 302
    assert (Intake.objects.count(), Comment.objects.count()) == (0, 1)
    assert client.post(to("drop_sheet", consultation, sheet)).status_code == 404
