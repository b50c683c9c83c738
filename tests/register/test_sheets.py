"""A sheet entered twice gives each comment once, whoever enters it and in whatever format."""

import io
import uuid
from typing import Any

import pytest
from django.utils import translation

from consultations.errors import Invalid, NotOpen, NotYours, WrongState
from consultations.models import Comment, Consultation, Entry, Intake, Sealed
from consultations.models.clock import move_to, now
from consultations.models.people import Actor, clock
from consultations.services import intake_rows, intakes
from consultations.services.keeping import delete_expired
from consultations.text.formats.sheets import read_sheet
from tests.register.sheets import in_csv, in_xlsx, many, with_rows
from tests.world import World


@pytest.fixture
def consultation(world: World) -> Consultation:
    consultation = world.closed(world.opened())
    return Consultation.objects.get(pk=consultation.pk)


def kept(consultation: Consultation, content: bytes, by: Actor, name: str = "u.csv") -> Intake:
    return intakes.keep_sheet(consultation, name, read_sheet(name, io.BytesIO(content)), by=by)


def entered(consultation: Consultation, content: bytes, by: Actor, name: str = "u.csv") -> Intake:
    sheet = kept(consultation, content, by, name)
    while not sheet.finished_at:
        sheet = intakes.enter_rows(sheet, by=by)
    return sheet


def errors(consultation: Consultation, by: Actor, *changes: dict[int, str]) -> list[list[str]]:
    """What stands against each row, in English."""
    with translation.override("en"):
        sheet = kept(consultation, in_csv(with_rows(*changes)), by)
        return [row.errors for row in intake_rows.judged(sheet)]


def test_200_rows_twice_are_200_comments(world: World, consultation: Consultation) -> None:
    """Again by another officer, in the other format, in another order, in another encoding."""
    rows = many()
    first = entered(consultation, in_csv(rows), world.officer)
    assert [one[1] for one in first.outcome] == list(range(1, 201))
    entered(consultation, in_csv(rows), world.officer)
    second = entered(consultation, in_xlsx(rows), world.second_officer, "u.xlsx")
    assert {one[2] for one in second.outcome} == {True}
    upside_down = [rows[0], *reversed(rows[1:])]
    entered(consultation, in_csv(upside_down, ",", "cp1250"), world.second_officer)
    assert Comment.objects.count() == 200
    assert Entry.objects.filter(kind="comment.file").count() == 200
    assert Comment.objects.filter(reasons="Jak wszyscy.").count() == 20
    assert second.rows == []


def test_with_keys_of_its_own_each_sheet_would_be_entered_anew(
    world: World, consultation: Consultation, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: the keys of the content are what holds the second sheet back."""
    rows = in_csv(many(5))
    monkeypatch.setattr(intake_rows._Sheet, "_key", lambda *_: uuid.uuid4())
    entered(consultation, rows, world.officer)
    entered(consultation, rows, world.officer)
    assert Comment.objects.count() == 10


def test_broken_off_it_goes_on_and_doubles_nothing(
    world: World, consultation: Consultation, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between two portions, and in the middle of one, whose progress is then lost."""
    rows = in_csv(many(30))
    sheet = kept(consultation, rows, world.officer)
    monkeypatch.setattr(intakes, "ROWS_AT_ONCE", 10)
    sheet = intakes.enter_rows(sheet, by=world.officer)
    assert (sheet.done, Comment.objects.count()) == (10, 10)
    really, left = intakes._entered, iter(range(5))

    def broken(*given: Any) -> Any:
        if next(left, None) is None:
            raise BrokenPipeError
        return really(*given)

    monkeypatch.setattr(intakes, "_entered", broken)
    with pytest.raises(BrokenPipeError):
        intakes.enter_rows(sheet, by=world.officer)
    monkeypatch.setattr(intakes, "_entered", really)
    sheet.refresh_from_db()
    assert (sheet.done, Comment.objects.count()) == (10, 15)
    while not sheet.finished_at:
        sheet = intakes.enter_rows(sheet, by=world.second_officer)
    assert Comment.objects.count() == 30
    assert [one[1] for one in sheet.outcome] == list(range(1, 31))


def test_a_corrected_sheet_adds_only_what_was_wrong(
    world: World, consultation: Consultation
) -> None:
    wrong = with_rows({}, {6: "§ 99"}, {8: "Drugi."})
    first = entered(consultation, in_csv(wrong), world.officer)
    assert [bool(one[1]) for one in first.outcome] == [True, False, True]
    right = with_rows({}, {6: "§ 1", 7: ""}, {8: "Drugi."})
    entered(consultation, in_csv(right), world.officer)
    assert Comment.objects.count() == 3


def test_a_row_becomes_a_comment_with_all_it_says(world: World, consultation: Consultation) -> None:
    entered(consultation, in_csv(with_rows({3: "fundacja mosty", 2: "Poczta"})), world.officer)
    comment = Comment.objects.get()
    assert (comment.organisation, comment.channel, comment.kind, comment.late) == (
        *(world.organisation, "post", "change", False),
    )
    assert (comment.recorded_by, comment.proposed_wording) == (world.officer, "Termin: 30 dni.")
    assert comment.wording is not None
    assert comment.wording.citation.replace("\u00a0", " ") == "§ 2 ust. 1"
    assert Sealed.objects.get(field="sender").text == "Jan Testowy"
    assert "Testowy" not in Entry.objects.get(kind="comment.file").payload


def test_a_row_without_a_name_is_unsigned_and_one_that_came_late_is_late(
    world: World, consultation: Consultation
) -> None:
    late = str(consultation.closes_at.date()) if consultation.closes_at else ""
    move_to(now().replace(month=11))
    entered(consultation, in_csv(with_rows({4: ""}, {1: "15.10.2026"})), world.officer)
    found = list(Comment.objects.values_list("unsigned", "late"))
    assert (found, bool(late)) == ([(True, False), (False, True)], True)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({6: "§ 99"}, "There is no provision “§ 99” in this text."),
        ({8: ""}, "Say why: reasons are needed."),
        ({2: "gołębiem"}, "How it came is not clear: “gołębiem”."),
        ({2: ""}, "It is not said how it came."),
        ({3: "Nie ma takiej"}, "There is no organisation “Nie ma takiej” here"),
        ({1: "wczoraj"}, "“wczoraj” is no day."),
        ({1: ""}, "Enter the day on which it came"),
        ({1: "2030-01-01"}, "It cannot have come in the future."),
        ({7: "Termin składania ofert wynosi 21 dni."}, "Change the wording"),
        ({8: "x" * 20_001}, "A text is longer than 20,000 characters."),
        ({4: "x" * 151}, "The name is longer than 150 characters."),
        ({3: "Fundacja Mosty", 5: "obcy@poczta.test"}, "This person may not speak"),
    ],
)
def test_what_is_wrong_with_a_row_is_said_in_words(
    world: World, consultation: Consultation, change: dict[int, str], words: str
) -> None:
    """Nothing is written; the control is the row beside it, with which nothing is wrong."""
    wrong, right = errors(consultation, world.officer, change, {})
    assert (any(one.startswith(words) for one in wrong), right) == (True, [])
    assert not Comment.objects.exists()


def test_every_error_of_a_row_is_said_at_once(world: World, consultation: Consultation) -> None:
    assert len(errors(consultation, world.officer, {6: "§ 99", 1: "x", 2: "?"})[0]) == 3


def test_a_sheet_is_for_officers_and_for_rounds_that_were_opened(
    world: World, consultation: Consultation
) -> None:
    with pytest.raises(NotYours):
        kept(consultation, in_csv(with_rows({})), world.approver)
    with pytest.raises(NotOpen):
        kept(world.announced("nowy"), in_csv(with_rows({})), world.officer)
    sheet = kept(consultation, in_csv(with_rows({})), world.officer)
    with pytest.raises(NotYours):
        intakes.enter_rows(sheet, by=world.approver)
    assert not Comment.objects.exists()


def test_columns_are_said_once_and_before_anything_is_entered(
    world: World, consultation: Consultation
) -> None:
    sheet = kept(consultation, in_csv(with_rows({})), world.officer)
    for columns in ({"provision": 6}, {"reasons": 8, "proposed": 8}):
        with pytest.raises(Invalid):
            intakes.map_columns(sheet, columns, channel="", by=world.officer)
    with pytest.raises(Invalid):
        intakes.map_columns(sheet, {"reasons": 8}, channel="form", by=world.officer)
    sheet = intakes.map_columns(
        sheet, {"reasons": 8, "arrived": 1}, channel="fax", by=world.officer
    )
    sheet = intakes.enter_rows(sheet, by=world.officer)
    assert (Comment.objects.get().channel, Comment.objects.get().wording) == ("fax", None)
    with pytest.raises(WrongState):
        intakes.map_columns(sheet, {"reasons": 8}, channel="", by=world.officer)


def test_old_sheets_are_forgotten_and_what_was_entered_stays(
    world: World, consultation: Consultation
) -> None:
    kept(consultation, in_csv(with_rows({8: "Nie wpisane."})), world.officer)
    entered(consultation, in_csv(with_rows({})), world.officer)
    assert delete_expired(by=clock()) == {}
    move_to(now().replace(month=11))
    assert delete_expired(by=clock()) == {"sheets": 2}
    assert (Intake.objects.count(), Comment.objects.count()) == (0, 1)
