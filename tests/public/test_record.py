"""The record: its filters, what was rewritten, its files, and what stays private."""

import csv
import io
import json
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from consultations import triggers
from consultations.models import Actor, Consultation, Sealed
from consultations.services import answers, comments, reports
from consultations.services import consultations as rounds
from tests.ground.walk import body_of
from tests.public.addresses import address
from tests.public.conftest import Visit
from tests.world import World


def told(visit: Visit, who: Actor | None, one: Consultation, query: str = "") -> list[Any]:
    return list(visit(who, address("journal", one, query=query)).context["told"])


def kinds(lines: list[Any]) -> list[str]:
    return [line.entry.kind for line, _said in lines]


def rows_of(visit: Visit, who: Actor | None, one: Consultation, query: str = "") -> list[list[str]]:
    sent = body_of(visit(who, address("journal_csv", one, query=query))).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(sent), delimiter=";"))


def objects_of(visit: Visit, who: Actor | None, one: Consultation, query: str = "") -> list[Any]:
    sent = body_of(visit(who, address("journal_jsonl", one, query=query))).decode()
    return [json.loads(line) for line in sent.splitlines()]


def corrected(world: World, **changed: str) -> Consultation:
    consultation = world.opened()
    return rounds.correct_notice(
        consultation, changed=changed, because="Omyłka w adresie.", by=world.officer
    )


def test_filters_by_day_role_and_comment(world: World, visit: Visit) -> None:
    consultation = world.opened()
    world.admitted(consultation)
    world.admitted(consultation)
    one = [line.comment for line, _said in told(visit, None, consultation, "uwaga=2")]
    assert one == [2]
    clock = told(visit, None, consultation, "rola=clock")
    assert kinds(clock) == ["draft.begin_consultation", "consultation.open"]
    first = told(visit, None, consultation, "od=2026-09-01&do=2026-09-01")
    opening = told(visit, None, consultation, "od=2026-09-02")
    assert {line.entry.at.date() for line, _said in first} == {date(2026, 9, 1)}
    assert "consultation.announce" in kinds(first)
    assert "consultation.open" in kinds(opening)
    assert len(first) + len(opening) == len(told(visit, None, consultation))


def test_a_filter_that_cannot_be_read_says_so_and_gives_no_file(world: World, visit: Visit) -> None:
    consultation = world.opened()
    for query in ("od=wczoraj", "do=9999-12-31", "od=0001-01-01", "uwaga=x", "rola=krol"):
        page = visit(None, address("journal", consultation, query=query)).content.decode()
        assert "Please correct this" in page
        for name in ("journal_csv", "journal_jsonl"):
            assert visit(None, address(name, consultation, query=query)).status_code == 422


def test_nothing_found_says_so_and_leads_back(world: World, visit: Visit) -> None:
    page = visit(None, address("journal", world.opened(), query="uwaga=77")).content.decode()
    assert "Nothing of this kind has happened yet." in page
    assert "Show everything" in page


def test_a_correction_shows_before_and_after_to_everybody(world: World, visit: Visit) -> None:
    consultation = corrected(world, contact="tel. 13")
    [(_line, said)] = told(visit, None, consultation, "rodzaj=consultation")[:1]
    assert said.because == "Omyłka w adresie."
    assert [(one.before, one.after) for one in said.changes] == [("tel. 12", "tel. 13")]
    page = visit(None, address("journal", consultation)).content.decode()
    assert "<del>" in page
    assert "<ins>" in page


def test_words_that_were_erased_are_said_to_have_been(world: World, visit: Visit) -> None:
    consultation = corrected(world, contact="tel. 13")
    triggers.drop(connection)  # erasing has a way of its own
    Sealed.objects.filter(field="contact_before").delete()
    [(_line, said)] = told(visit, None, consultation)[:1]
    assert [(one.before, one.erased) for one in said.changes] == [("", True)]


def test_an_answer_and_an_introduction_rewritten_are_for_those_who_read_all(
    world: World, visit: Visit
) -> None:
    consultation = world.opened()
    comment = world.admitted(consultation)
    for reasons in ("Zostaje 21 dni.", "Będzie 30 dni."):
        answers.answer_comment(comment, outcome="explained", reasons=reasons, by=world.officer)
    answers.approve_answer(comment, by=world.approver)
    answers.publish_answer(comment, by=world.officer)
    closed = world.closed(consultation)
    for words in ("Wstęp.", "Wstęp dłuższy."):
        reports.prepare_report(closed, introduction=words, by=world.officer)
    changed = {
        line.entry.kind: [(one.before, one.after) for one in said.changes]
        for line, said in told(visit, world.auditor, consultation)
        if said.changes
    }
    assert changed == {
        "report.edit": [("Wstęp.", "Wstęp dłuższy.")],
        "comment.answer": [("Zostaje 21 dni.", "Będzie 30 dni.")],
    }
    for who in (None, world.ngo, world.outsider, world.councillor):
        text = json.dumps(objects_of(visit, who, consultation), ensure_ascii=False)
        assert "Zostaje 21 dni." not in text
        assert "Wstęp" not in text


def test_what_a_person_wrote_and_who_she_is_stand_in_no_file(world: World, visit: Visit) -> None:
    consultation = world.opened()
    comment = world.admitted(consultation, organisation=None, by=world.outsider, reasons="Tajne.")
    comments.hide_comment(comment, because="Dane osoby trzeciej.", by=world.officer)
    for who in (None, world.ngo, world.auditor):
        everything = str(rows_of(visit, who, consultation)) + str(
            objects_of(visit, who, consultation)
        )
        assert "Tajne." not in everything
        assert "Obcowski" not in everything
        assert ("Dane osoby trzeciej." in everything) == (who is world.auditor)


@pytest.mark.parametrize("query", ["", "rodzaj=comment", "rola=officer&od=2026-09-02"])
def test_the_files_hold_what_the_page_shows(world: World, visit: Visit, query: str) -> None:
    consultation = world.opened()
    world.answered(world.admitted(consultation))
    sizes = set()
    for who in (None, world.officer):
        shown = [line.sentence for line, _said in told(visit, who, consultation, query)][::-1]
        assert [row[2] for row in rows_of(visit, who, consultation, query)[1:]] == shown
        assert [one["sentence"] for one in objects_of(visit, who, consultation, query)] == shown
        sizes.add(len(shown))
    assert len(sizes) == 2  # the officer reads more


def test_a_draft_not_announced_has_no_files_for_a_visitor(world: World, visit: Visit) -> None:
    one = world.drafted().rounds.get()
    for name in ("journal_csv", "journal_jsonl"):
        assert visit(None, address(name, one)).status_code == 404
        assert visit(world.officer, address(name, one)).status_code == 200


def test_a_spreadsheet_computes_nothing(world: World, visit: Visit) -> None:
    consultation = world.opened()
    rounds.prolong_consultation(
        consultation, last_day=date(2026, 12, 1), because='=HYPERLINK("x")', by=world.officer
    )
    cells = [cell for row in rows_of(visit, None, consultation) for cell in row]
    assert '\'=HYPERLINK("x")' in cells
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))] == []


@pytest.mark.parametrize("name", ["journal", "journal_csv", "journal_jsonl"])
def test_more_events_cost_no_more(world: World, visit: Visit, client: Client, name: str) -> None:
    consultation = corrected(world, contact="tel. 13")
    costs = []
    for turn in range(2):
        world.answered(world.admitted(consultation))
        rounds.correct_notice(
            consultation, changed={"host": f"{turn}"}, because="Zmiana.", by=world.officer
        )
        visit(world.auditor, address(name, consultation))
        with CaptureQueriesContext(connection) as asked:
            answer: Any = client.get(address(name, consultation))
            body_of(answer)
        costs.append(len(asked))
    assert costs[0] == costs[1]
    assert costs[0] <= 20
