"""Answers in a spreadsheet: downloaded, filled in, tried, entered; what stands against a row."""

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation
from openpyxl import Workbook, load_workbook

from consultations.models import Actor, Comment, Consultation, Entry, Run, RunRow
from consultations.selectors import answer_sheet
from consultations.selectors.runs import outcome_words
from consultations.services import answers
from consultations.services.comments import assign_comment
from tests.office.pages import as_, text_of
from tests.office.runs import admitted, outcome, states, to_the_end
from tests.world import World

REASONS = "Zostaje 21 dni: to minimum ustawy."
Table = list[list[Any]]


def downloaded(actor: Actor, consultation: Consultation, **query: str) -> Any:
    """The book as a spreadsheet program opens it."""
    place = reverse("answers_sheet", args=[consultation.slug])
    return load_workbook(io.BytesIO(as_(actor).get(place, query).content))


def table(actor: Actor, consultation: Consultation, **query: str) -> Table:
    """The first sheet as rows, the headings first."""
    rows = downloaded(actor, consultation, **query).worksheets[0].iter_rows(values_only=True)
    return [list(row) for row in rows]


def fill(rows: Table, number: int, **given: str) -> None:
    """Write into the row of this number, under these names of columns."""
    names = list(answer_sheet.headings())
    if answer_sheet.headings()["who"] not in rows[0]:
        names.remove("who")
    row = next(one for one in rows[1:] if one[0] == number)
    for name, words in given.items():
        row[names.index(name)] = words


def uploaded(actor: Actor, consultation: Consultation, rows: Table, **more: Any) -> Any:
    """The filled-in sheet sent; the page that follows."""
    book = Workbook()
    for row in rows:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    sent = SimpleUploadedFile(more.get("name", "uwagi.xlsx"), file.getvalue())
    place = reverse("upload_answers", args=[consultation.slug])
    return as_(actor).post(place, {"file": sent}, follow=True)


def entered(actor: Actor, consultation: Consultation) -> Run:
    """The latest run confirmed and carried out."""
    run = Run.objects.latest("pk")
    as_(actor).post(reverse("start_run", args=[consultation.slug, run.pk]))
    return to_the_end(run)


def answer_of(consultation: Consultation, number: int) -> tuple[str, str]:
    given = consultation.comments.get(number=number).given_answer
    return given.outcome, given.reasons


def said(number: int) -> str:
    """What the latest run says of this number."""
    return RunRow.objects.filter(run=Run.objects.latest("pk"), number=number)[0].said


def test_filled_in_and_sent_back_it_answers_and_the_second_time_nothing_changes(
    world: World,
) -> None:
    consultation = admitted(world, 3)
    rows = table(world.officer, consultation)
    fill(rows, 1, outcome="not accepted", reasons_of_answer=REASONS)
    fill(rows, 2, outcome="explained", reasons_of_answer="Wyjaśniamy.\nTak jest.")
    page = uploaded(world.officer, consultation, rows)
    assert "2 comments will get this." in text_of(page)
    assert "1 row of the sheet has no answer and is passed over." in text_of(page)
    assert states(consultation) == ["admitted"] * 3
    entered(world.officer, consultation)
    assert answer_of(consultation, 1) == ("rejected", REASONS)
    assert answer_of(consultation, 2) == ("explained", "Wyjaśniamy.\nTak jest.")
    before = Entry.objects.count()
    page = uploaded(world.officer, consultation, rows)
    assert "0 comments will get this. In 2 nothing changes." in text_of(page)
    entered(world.officer, consultation)
    assert (Entry.objects.count(), Run.objects.count()) == (before, 2)


def test_what_stands_comes_along_and_a_changed_answer_is_a_new_one(world: World) -> None:
    consultation = admitted(world, 2)
    for one in consultation.comments.all():
        answers.answer_comment(one, outcome="rejected", reasons=REASONS, by=world.officer)
    rows = table(world.officer, consultation, stan="proposed")
    fill(rows, 2, reasons_of_answer="Zostaje, bo tak stanowi ustawa.")
    page = uploaded(world.officer, consultation, rows)
    assert "1 comment will get this. In 1 nothing changes." in text_of(page)
    assert "The answer that stands now" in text_of(page)
    entered(world.officer, consultation)
    assert answer_of(consultation, 1)[1] == REASONS
    assert answer_of(consultation, 2)[1] == "Zostaje, bo tak stanowi ustawa."


def test_what_is_accepted_names_its_provisions(world: World) -> None:
    consultation = admitted(world, 2)
    rows = table(world.officer, consultation)
    fill(rows, 1, outcome="accepted", reasons_of_answer="Tak.", changed="§ 2 ust. 1; 1")
    fill(rows, 2, outcome="partly accepted", accepted_part="Dni.", reasons_of_answer="Tak.")
    uploaded(world.officer, consultation, rows)
    assert said(2).startswith("Name the change this leads to")
    entered(world.officer, consultation)
    changes = consultation.comments.get(number=1).changes.all()
    assert {one.provision.key for one in changes} == set(
        consultation.draft.provisions.filter(
            wordings__citation__in=["§\u00a02 ust.\u00a01", "§\u00a01"]
        ).values_list("key", flat=True)
    )
    again = table(world.officer, consultation, stan="all")
    assert sorted(again[1][-1].split("; ")) == ["§ 1", "§ 2 ust. 1"]


def test_what_is_partly_accepted_says_in_which_part(world: World) -> None:
    consultation = admitted(world, 3)
    rows = table(world.officer, consultation)
    said_so = {"reasons_of_answer": "Tak.", "changed": "1"}
    fill(rows, 1, outcome="partly accepted", accepted_part="Dłuższe terminy.", **said_so)
    fill(rows, 2, outcome="partly accepted", **said_so)
    fill(rows, 3, outcome="accepted", accepted_part="Zbędne.", **said_so)
    uploaded(world.officer, consultation, rows)
    assert said(2) == "Say in which part the comment is accepted."
    entered(world.officer, consultation)
    given = [consultation.comments.get(number=number).given_answer for number in (1, 3)]
    assert [one.accepted_part for one in given] == ["Dłuższe terminy.", ""]
    page = uploaded(world.officer, consultation, table(world.officer, consultation, stan="all"))
    assert "0 comments will get this. In 2 nothing changes." in text_of(page)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"outcome": "zatwierdzam", "reasons_of_answer": REASONS}, "There is no such outcome"),
        ({"outcome": "not accepted", "reasons_of_answer": " . "}, "Give the reasons"),
        ({"outcome": "not accepted"}, "Give the reasons"),
        ({"reasons_of_answer": REASONS}, "Choose the outcome."),
        (
            {"outcome": "accepted", "reasons_of_answer": "Tak.", "changed": "§ 77"},
            "There is no provision “§ 77”",
        ),
        ({"outcome": "not accepted", "reasons_of_answer": "x" * 20_001}, "longer than 20,000"),
    ],
)
def test_what_cannot_be_an_answer_is_named_with_its_reason(
    world: World, given: dict[str, str], sentence: str
) -> None:
    consultation = admitted(world, 1)
    rows = table(world.officer, consultation)
    fill(rows, 1, **given)
    page = uploaded(world.officer, consultation, rows)
    assert page.status_code == 200
    assert said(1).startswith(sentence) or sentence in said(1)
    entered(world.officer, consultation)
    assert states(consultation) == ["admitted"]


def test_a_comment_that_changed_since_is_shown_with_both_answers(world: World) -> None:
    consultation = admitted(world, 2)
    rows = table(world.officer, consultation)
    first = consultation.comments.get(number=1)
    answers.answer_comment(first, outcome="explained", reasons="Inaczej.", by=world.second_officer)
    for number in (1, 2):
        fill(rows, number, outcome="not accepted", reasons_of_answer=REASONS)
    page = uploaded(world.officer, consultation, rows)
    assert "It has changed since the sheet was downloaded." in text_of(page)
    assert "Inaczej." in text_of(page)
    entered(world.officer, consultation)
    assert answer_of(consultation, 1) == ("explained", "Inaczej.")
    assert answer_of(consultation, 2) == ("rejected", REASONS)


def test_without_comparing_versions_the_other_answer_would_be_lost(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: a sheet that knows only the newest version overwrites what came before it."""
    consultation = admitted(world, 1)
    rows = table(world.officer, consultation)
    first = consultation.comments.get(number=1)
    answers.answer_comment(first, outcome="explained", reasons="Inaczej.", by=world.second_officer)
    rows[1][1] = Comment.objects.get(pk=first.pk).version
    fill(rows, 1, outcome="not accepted", reasons_of_answer=REASONS)
    uploaded(world.officer, consultation, rows)
    entered(world.officer, consultation)
    assert answer_of(consultation, 1) == ("rejected", REASONS)


def test_unknown_doubled_and_foreign_numbers_are_named(world: World) -> None:
    consultation = admitted(world, 3)
    rows = table(world.officer, consultation)
    for number in (1, 2, 3):
        fill(rows, number, outcome="not accepted", reasons_of_answer=REASONS)
    rows += [[99, *rows[1][1:]], ["x", *rows[1][1:]], list(rows[2])]
    uploaded(world.officer, consultation, rows)
    run = Run.objects.latest("pk")
    found = [(one.number, one.state, one.code) for one in run.rows.order_by("place")]
    assert found == [
        (1, "waiting", ""),
        (2, "refused", "invalid"),
        (3, "waiting", ""),
        (99, "refused", "not_there"),
        (0, "refused", "not_there"),
        (2, "refused", "invalid"),
    ]
    assert "several rows" in said(2)


def test_an_expert_gets_no_names_and_answers_only_what_is_with_the_department(
    world: World,
) -> None:
    consultation = world.opened()
    for _ in range(2):
        world.admitted(consultation, organisation=None, by=world.outsider)
    first = consultation.comments.get(number=1)
    assign_comment(first, department=world.department, by=world.officer)
    mine = table(world.expert, consultation)
    assert [row[0] for row in mine[1:]] == [1]
    assert "Who" not in mine[0]
    assert "Obcy" not in str(mine)
    assert "Obcy Obcowski" in str(table(world.officer, consultation))
    fill(mine, 1, outcome="not accepted", reasons_of_answer=REASONS)
    mine.append([2, consultation.comments.get(number=2).version, *mine[1][2:]])
    uploaded(world.expert, consultation, mine)
    assert outcome(Run.objects.latest("pk"))[2] == ("refused", "not_there")
    entered(world.expert, consultation)
    assert states(consultation) == ["proposed", "admitted"]


def test_nothing_is_approved_by_a_sheet_and_the_page_says_so(world: World) -> None:
    consultation = admitted(world, 1)
    rows = table(world.officer, consultation)
    fill(rows, 1, outcome="not accepted", reasons_of_answer=REASONS)
    rows[0] += ["Approver", "Zatwierdził"]
    rows[1] += ["approver@urzad.test", "tak"]
    page = text_of(uploaded(world.officer, consultation, rows))
    assert "These columns are not read: Approver, Zatwierdził." in page
    assert "the second signature is given on the page" in page
    entered(world.officer, consultation)
    only = consultation.comments.get()
    assert (only.state, only.given_answer.approver) == ("proposed", None)


def test_an_answer_that_is_approved_is_left_alone(world: World) -> None:
    consultation = admitted(world, 1)
    only = consultation.comments.get()
    only = answers.answer_comment(only, outcome="rejected", reasons=REASONS, by=world.officer)
    answers.approve_answer(only, by=world.approver)
    rows = table(world.officer, consultation, stan="all")
    fill(rows, 1, reasons_of_answer="Inne uzasadnienie.")
    uploaded(world.officer, consultation, rows)
    assert said(1) == "Its state is “answer approved”."
    entered(world.officer, consultation)
    assert answer_of(consultation, 1) == ("rejected", REASONS)


@pytest.mark.parametrize("words", ["=1+1", "+48 12", "-5%", "@SUM(A1)", "\t=cmd|' /C calc'!A0"])
def test_a_text_stays_a_text_whatever_it_begins_with(world: World, words: str) -> None:
    consultation = admitted(world, 1, reasons=f"{words} powód", proposed_wording=words)
    only = consultation.comments.get()
    answers.answer_comment(only, outcome="rejected", reasons=f"{words} bo", by=world.officer)
    sheet = downloaded(world.officer, consultation, stan="all").worksheets[0]
    assert "f" not in {cell.data_type for row in sheet.iter_rows() for cell in row}
    place = reverse("answers_sheet", args=[consultation.slug])
    content = as_(world.officer).get(place, {"stan": "all"}).content
    sent = SimpleUploadedFile("uwagi.xlsx", content)
    place = reverse("upload_answers", args=[consultation.slug])
    page = as_(world.officer).post(place, {"file": sent}, follow=True)
    assert "In 1 nothing changes." in text_of(page)


def test_a_formula_is_not_computed(world: World) -> None:
    """A file that was never opened in a spreadsheet program holds no value: the cell is empty."""
    consultation = admitted(world, 1)
    rows = table(world.officer, consultation)
    fill(rows, 1, outcome="not accepted", reasons_of_answer='=CONCATENATE("a","b")')
    uploaded(world.officer, consultation, rows)
    assert said(1).startswith("Give the reasons")


def test_the_file_locks_what_is_not_to_be_filled_in_and_offers_the_outcomes(world: World) -> None:
    consultation = admitted(world, 1)
    book = downloaded(world.officer, consultation)
    sheet = book.worksheets[0]
    assert sheet.protection.sheet
    unlocked = {sheet.cell(1, cell.column).value for cell in sheet[2] if not cell.protection.locked}
    assert unlocked == {
        "Outcome",
        "In which part it is accepted",
        "Reasons of the answer",
        "Which provision it changes",
    }
    (offered,) = sheet.data_validations.dataValidation
    letter = str(offered.sqref)[0]
    assert sheet[f"{letter}1"].value == "Outcome"
    choices = [cell.value for cell in book["lists"][letter] if cell.value]
    assert choices[:3] == ["accepted", "partly accepted", "not accepted"]
    assert book["lists"].sheet_state == "hidden"
    explained = " ".join(str(cell.value) for row in book.worksheets[1].iter_rows() for cell in row)
    assert "out of scope" in explained


def test_a_sheet_of_one_language_is_read_in_another(world: World) -> None:
    consultation = admitted(world, 1)
    with translation.override("pl"):
        headings = list(answer_sheet.headings().values())
        word = outcome_words("rejected")
    rows = table(world.officer, consultation)
    fill(rows, 1, outcome=word.upper(), reasons_of_answer=REASONS)
    uploaded(world.officer, consultation, [headings, *rows[1:]])
    entered(world.officer, consultation)
    assert answer_of(consultation, 1) == ("rejected", REASONS)


def test_what_is_no_such_sheet_is_refused_with_a_sentence(world: World) -> None:
    consultation = admitted(world, 1)
    page = uploaded(world.officer, consultation, [["Imię", "Nazwisko"], ["Jan", "Kos"]])
    assert page.status_code == 422
    assert "These columns are needed, with their headings: No., Version" in text_of(page)
    page = uploaded(world.officer, consultation, table(world.officer, consultation))
    assert "No row of this sheet holds an answer." in text_of(page)
    page = uploaded(world.officer, consultation, [["a"]], name="uwagi.pdf")
    assert "Choose a file that ends in .xlsx or .csv." in text_of(page)
    assert not Run.objects.exists()


def test_the_filter_of_the_list_is_that_of_the_sheet(world: World) -> None:
    consultation = admitted(world, 2)
    world.comment(consultation)
    found = [row[0] for row in table(world.officer, consultation, stan="received")[1:]]
    assert found == [3]
    place = reverse("queue", args=[consultation.slug])
    page = as_(world.officer).get(place, {"stan": "received"}).content.decode()
    assert f"{reverse('upload_answers', args=[consultation.slug])}?stan=received" in page


@pytest.mark.parametrize("role", ["clerk", "auditor", "approver", "ngo"])
def test_it_is_for_those_who_answer(world: World, role: str) -> None:
    consultation = admitted(world, 1)
    client = as_(getattr(world, role))
    for name in ("answers_sheet", "upload_answers"):
        assert client.get(reverse(name, args=[consultation.slug])).status_code == 403
