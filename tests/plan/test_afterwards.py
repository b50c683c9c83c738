"""After the adoption: entry into force, the report due on 31 May, what stands at the addresses."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from consultations import calendar
from consultations.errors import Invalid, NotYours, Refused, WrongState
from consultations.models import Draft, Entry, ExecutionReport, InForce, Publication
from consultations.models.clock import move_to
from consultations.selectors.afterwards import report_due
from consultations.services import (
    afterwards,
    answers,
    comments,
    council,
    drafts,
    elements,
    opinions,
    plan,
    reports,
    texts,
    ways,
)
from consultations.services import consultations as rounds
from notifications.models import Notice
from notifications.outbox import dispatch
from tests.office.pages import as_, text_of
from tests.workflows.walk import Walk
from workflows import aftermath, services
from workflows.aftermath import probe_publications, watch_execution_reports

ADOPTED, DUE = date(2026, 11, 20), date(2028, 5, 31)
ONE, OTHER = "a" * 64, "b" * 64


@pytest.fixture(autouse=True)
def forgetful_watch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(aftermath._Looked, "on", None)
    monkeypatch.setattr(aftermath, "_in_vain", {})


@pytest.fixture
def adopted(walk: Walk) -> Draft:
    """A programme for 2027, adopted on 20 November 2026; it is 25 November."""
    voted = walk.voted().draft
    on(ADOPTED)
    draft = services.adopt_draft(
        voted, resolution_number="XXX/1/26", adopted_on=ADOPTED, by=walk.world.clerk
    )
    on(date(2026, 11, 25))
    return Draft.objects.get(pk=draft.pk)


def on(day: date) -> None:
    move_to(calendar.start_of(day) + timedelta(hours=9))


def slug_of(draft: Draft) -> str:
    return str(draft.rounds.get().slug)


def filed(draft: Draft, walk: Walk, day: date) -> ExecutionReport:
    return afterwards.file_execution_report(
        draft, filed_on=day, address="https://bip.test/1", by=walk.world.officer
    )


# -- the day of entry into force -----------------------------------------------------------------


def test_the_day_is_entered_corrected_and_both_stay_on_record(adopted: Draft, walk: Walk) -> None:
    for day in (date(2026, 12, 5), date(2026, 12, 6)):
        afterwards.enter_into_force(adopted, day=day, by=walk.world.clerk)
    assert InForce.objects.get().day == date(2026, 12, 6)
    assert Entry.objects.filter(kind="draft.enter_into_force").count() == 2
    page = text_of(as_(None).get(reverse("after_adoption", args=[slug_of(adopted)])))
    assert "In force since 6 December 2026" in page


@pytest.mark.parametrize("day", [date(2026, 11, 19), date(2050, 1, 1)])
def test_a_day_that_cannot_be_is_refused(adopted: Draft, walk: Walk, day: date) -> None:
    with pytest.raises(Invalid):
        afterwards.enter_into_force(adopted, day=day, by=walk.world.clerk)


def test_before_the_adoption_there_is_nothing_to_enter(walk: Walk) -> None:
    draft = walk.voted().draft
    with pytest.raises(WrongState):
        afterwards.enter_into_force(draft, day=ADOPTED, by=walk.world.clerk)
    with pytest.raises(WrongState):
        filed(draft, walk, ADOPTED)
    page = as_(walk.world.officer).get(reverse("enter_into_force", args=[slug_of(draft)]))
    assert page.status_code == 302
    text = text_of(as_(None).get(reverse("after_adoption", args=[slug_of(draft)])))
    assert "The council has not adopted this draft." in text


# -- the report on the execution -----------------------------------------------------------------


def test_it_is_due_on_31_may_of_the_year_after_the_programmes_own(adopted: Draft) -> None:
    assert report_due(adopted) == DUE
    adopted.document.period = "2026"
    assert report_due(adopted) == date(2027, 5, 31)


def test_it_is_a_task_of_the_unit_from_january_on(adopted: Draft, walk: Walk) -> None:
    office, words = as_(walk.world.officer), "File the report on the execution"
    on(date(2027, 12, 31))
    assert words not in text_of(office.get(reverse("my_tasks")))
    on(date(2028, 1, 1))
    page = text_of(office.get(reverse("my_tasks")))
    assert words in page
    assert "31 May 2028" in page
    assert words not in text_of(as_(walk.world.approver).get(reverse("my_tasks")))
    filed(adopted, walk, date(2028, 1, 1))
    assert words not in text_of(office.get(reverse("my_tasks")))


@pytest.mark.parametrize(("day", "words"), [(DUE, "In time."), (DUE + timedelta(1), "Late.")])
def test_everybody_reads_whether_it_was_in_time(
    adopted: Draft, walk: Walk, day: date, words: str
) -> None:
    on(day)
    sent = {"filed_on": day.isoformat(), "address": "https://bip.test/1", "sha256": ONE.upper()}
    url = reverse("file_execution_report", args=[slug_of(adopted)])
    assert as_(walk.world.officer).post(url, sent).status_code == 302
    page = text_of(as_(None).get(reverse("after_adoption", args=[slug_of(adopted)])))
    assert words in page
    assert f"SHA-256 {ONE}" in page


@pytest.mark.parametrize(
    "wrong",
    [
        {"filed_on": "2026-11-19"},
        {"filed_on": "2026-11-26"},
        {"filed_on": "jutro"},
        {"address": " "},
        {"sha256": "xyz"},
    ],
)
def test_what_is_wrong_is_said_and_stays_typed(
    adopted: Draft, walk: Walk, wrong: dict[str, str]
) -> None:
    sent = {"filed_on": "2026-11-24", "address": "BIP poz. 7", "sha256": ""} | wrong
    url = reverse("file_execution_report", args=[slug_of(adopted)])
    page = as_(walk.world.officer).post(url, sent)
    assert page.status_code == 422
    assert sent["address"].strip() in page.content.decode()
    assert not ExecutionReport.objects.exists()


def test_the_alarm_rings_once_on_the_day_after_and_tells_those_concerned(
    adopted: Draft, walk: Walk
) -> None:
    on(DUE)
    assert watch_execution_reports() == 0
    on(DUE + timedelta(1))
    assert (watch_execution_reports(), watch_execution_reports()) == (1, 0)
    on(DUE + timedelta(3))
    assert watch_execution_reports() == 0
    assert Entry.objects.get(kind="draft.execution_overdue").leaf["facts"] == {
        "due_on": "2028-05-31"
    }
    dispatch()
    told = Notice.objects.filter(entry__kind="draft.execution_overdue")
    assert set(told.values_list("recipient", flat=True)) >= {
        walk.world.officer.pk,
        walk.world.approver.pk,
    }
    page = text_of(as_(None).get(reverse("after_adoption", args=[slug_of(adopted)])))
    assert "Alarm: the report on the execution was due by 31 May 2028" in page


def test_a_filed_report_never_rings(adopted: Draft, walk: Walk) -> None:
    """The control of the test above."""
    filed(adopted, walk, date(2026, 11, 24))
    on(DUE + timedelta(1))
    assert watch_execution_reports() == 0


# -- what stands at the addresses ----------------------------------------------------------------


@pytest.fixture
def published(adopted: Draft, walk: Walk, settings: Any) -> Publication:
    settings.PROBE = True
    return council.record_publication(
        adopted,
        place="bip",
        address="https://bip.test/u",
        published_on=ADOPTED,
        by=walk.world.clerk,
    )


def finds(patch: pytest.MonkeyPatch, *hashes: str) -> list[str]:
    """What each look finds; gives the addresses that were asked for."""
    asked, left = list[str](), list(hashes)

    def look(address: str) -> str:
        asked.append(address)
        return left.pop(0)

    patch.setattr(aftermath, "hash_of", look)
    return asked


def looks() -> list[str]:
    entries = Entry.objects.filter(kind="draft.probe_publication").order_by("seq")
    return [one.leaf["facts"]["found"] for one in entries]


def test_it_is_looked_at_once_a_day_and_only_news_is_recorded(
    published: Publication, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = finds(monkeypatch, ONE, ONE, OTHER, OTHER, ONE)
    for day in (25, 26, 27, 28, 29):
        on(date(2026, 11, day))
        probe_publications()
        probe_publications()
    assert asked == ["https://bip.test/u"] * 5
    assert looks() == ["same", "changed", "same"]
    published.refresh_from_db()
    assert (published.sha256, published.is_there, published.is_same) == (ONE, True, True)


def test_what_is_not_there_is_tried_again_before_it_is_told(
    published: Publication, walk: Walk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(aftermath, "PAUSE", -1.0)
    finds(monkeypatch, "", "", "")
    assert [probe_publications() for _ in range(3)] == [0, 0, 1]
    assert looks() == ["missing"]
    dispatch()
    told = Notice.objects.filter(entry__kind="draft.probe_publication")
    assert walk.world.officer.pk in told.values_list("recipient", flat=True)
    slug = slug_of(published.draft)
    assert "not to be reached" in text_of(as_(None).get(reverse("after_adoption", args=[slug])))


def test_a_position_in_a_journal_is_not_looked_up_and_a_setting_stops_it(
    adopted: Draft, walk: Walk, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = finds(monkeypatch)
    settings.PROBE = True
    council.record_publication(
        adopted, place="journal", address="poz. 1", published_on=ADOPTED, by=walk.world.clerk
    )
    assert (probe_publications(), asked) == (0, [])
    council.record_publication(
        adopted, place="bip", address="https://bip.test", published_on=ADOPTED, by=walk.world.clerk
    )
    settings.PROBE = False
    assert (probe_publications(), asked) == (0, [])


# -- the archive ---------------------------------------------------------------------------------


def closed_acts(draft: Draft, walk: Walk) -> dict[str, Callable[[], object]]:
    """What could change the draft, its text, its rounds, its comments or the council's file."""
    world, one = walk.world, draft.rounds.get()
    comment, file = one.comments.first(), draft.council_files.get()
    assert comment is not None
    at = now_at()
    officer = world.officer
    return {
        "text": lambda: texts.begin_version(draft, by=officer),
        "elements": lambda: elements.place_elements(draft, {}, by=officer),
        "prolong": lambda: rounds.prolong_consultation(
            one, last_day=date(2027, 1, 1), because="Bo.", by=officer
        ),
        "correct": lambda: rounds.correct_notice(
            one, changed={"host": "UM"}, because="Bo tak.", by=officer
        ),
        "way": lambda: ways.plan_way(one, ways.Plan("online_form", "Uwaga"), by=officer),
        "comment": lambda: world.comment(one),
        "answer": lambda: answers.answer_comment(
            comment, outcome="rejected", reasons="Nie.", by=officer
        ),
        "approve": lambda: answers.approve_answer(comment, by=world.approver),
        "withdraw comment": lambda: comments.withdraw_comment(comment, by=world.ngo),
        "report": lambda: reports.prepare_report(one, introduction="Nowy.", by=officer),
        "opinion": lambda: opinions.request_opinion(
            draft, body="krdpp", delivered_on=at, by=officer
        ),
        "review": lambda: drafts.finish_review(draft, by=officer),
        "withdraw": lambda: services.withdraw_draft(draft, because="Jednak nie.", by=officer),
        "session": lambda: council.schedule_session(
            file, session_number="I", session_on=at, by=world.clerk
        ),
        "vote": lambda: services.record_vote(file, called=[], held_on=at, by=world.clerk),
        "adopt": lambda: services.adopt_draft(
            draft, resolution_number="X/2/26", adopted_on=at, by=world.clerk
        ),
        "send back": lambda: services.send_back_draft(file, because="Bo tak.", by=world.clerk),
        "plan": lambda: plan.move_day(
            draft, step="session", day=date(2026, 12, 2), because="Bo tak.", by=officer
        ),
    }


def now_at() -> date:
    return date(2026, 11, 25)


@pytest.mark.parametrize(
    "act",
    [
        *("text", "elements", "prolong", "correct", "way", "comment", "answer"),
        *("approve", "withdraw comment", "report", "opinion", "review", "withdraw", "session"),
        *("vote", "adopt", "send back", "plan"),
    ],
)
def test_an_adopted_draft_can_only_be_read(adopted: Draft, walk: Walk, act: str) -> None:
    acts = closed_acts(adopted, walk)
    before = Entry.objects.count()
    with pytest.raises(Refused):
        acts[act]()
    assert Entry.objects.count() == before


def test_the_list_of_closed_acts_is_walked_whole(adopted: Draft, walk: Walk) -> None:
    """The control: every act of the list is one of the parameters above."""
    marks = test_an_adopted_draft_can_only_be_read.pytestmark  # type: ignore[attr-defined]
    assert set(closed_acts(adopted, walk)) == set(marks[0].args[1])


def test_strangers_enter_nothing(adopted: Draft, walk: Walk) -> None:
    for other in (walk.world.ngo, walk.world.councillor, walk.world.expert):
        with pytest.raises(NotYours):
            afterwards.enter_into_force(adopted, day=ADOPTED, by=other)
        with pytest.raises(NotYours):
            afterwards.file_execution_report(adopted, filed_on=ADOPTED, address="BIP", by=other)
