"""The notice everybody reads: its parts, its file, its corrections, and the proof of it."""

import hashlib
import json
from io import BytesIO
from typing import Any

import docx
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from consultations.models import Consultation, Entry
from consultations.selectors import notices
from consultations.services import consultations as rounds
from consultations.services import ways
from tests.world import World

SLUG = "program-2027"
WHY = "W ogłoszeniu był zły numer telefonu."
# The plain text of the test world's draft. When this changes, the hashes on record of texts
# published before no longer fit what stands at their addresses: then keep the old writing too.
GOLDEN = "e328b757a7e4bde9552767b9b107620d38ede580178e0d9aa87106eb40bf5bb8"


@pytest.fixture
def announced(world: World) -> Consultation:
    return world.announced(SLUG)


def page(client: Client, name: str = "notice") -> Any:
    return client.get(reverse(name, args=[SLUG]), headers={"accept-language": "en"})


def parts(consultation: Consultation) -> dict[str, list[str]]:
    return {part.title: part.lines for part in notices.sections(consultation)}


@pytest.fixture(autouse=True)
def english() -> Any:
    with translation.override("en"):
        yield


def test_the_notice_says_what_when_where_and_who(announced: Consultation) -> None:
    found = parts(announced)
    assert found["What is consulted"][0] == announced.draft.title
    assert found["When"] == [
        "The notice was made public on 1 September 2026.",
        "Comments are taken from 8 September 2026 to the end of 29 September 2026.",
    ]
    assert found["Forms of consultation"] == [
        "open meeting – Urząd Miasta, sala 7 – 25 September 2026, 17:00–19:00",
        "on-line form – Uwaga",
        "paper form – Urząd",
    ]
    assert found["Host and contact"] == ["Referat", "tel. 12"]
    assert len(found["Legal basis"]) == 3


def test_page_and_file_say_the_same(announced: Consultation, client: Client) -> None:
    shown = page(client).text
    written = docx.Document(BytesIO(page(client, "notice_docx").content))
    said = [one.text for one in written.paragraphs]
    for title, lines in parts(announced).items():
        assert [title in said, title in shown] == [True, True]
        assert [line for line in lines if line not in said] == []


def test_there_is_no_notice_before_the_announcement(world: World, client: Client) -> None:
    world.drafted(SLUG)
    client.force_login(world.officer.user)
    names = ("notice", "notice_docx", "draft_text")
    assert [page(client, name).status_code for name in names] == [404] * 3


def test_the_text_is_plain_and_its_hash_is_on_record(
    announced: Consultation, client: Client
) -> None:
    answer = page(client, "draft_text")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    facts = json.loads(announced.entries.get(kind="consultation.announce").payload)["facts"]
    assert facts["text_sha256"] == hashlib.sha256(answer.content).hexdigest() == GOLDEN
    assert facts["address"] == "http://localhost:8000/k/program-2027/projekt.txt"
    assert facts["text_sha256"] in page(client).text


def test_a_correction_stands_on_the_page_with_what_was_there_before(
    announced: Consultation, client: Client, world: World
) -> None:
    rounds.correct_notice(announced, changed={"contact": "tel. 13"}, because=WHY, by=world.officer)
    [correction] = notices.corrections(announced)
    assert (correction.because, correction.sentence) == (
        WHY,
        f"The notice was corrected: {announced.draft.title}.",
    )
    [change] = correction.changes
    assert (change.label, change.before, change.after) == ("Contact", "tel. 12", "tel. 13")
    announced.refresh_from_db()
    assert parts(announced)["Host and contact"] == ["Referat", "tel. 13"]
    shown = page(client).text
    assert (WHY in shown, "Changes since the announcement" in shown) == (True, True)


def test_every_public_change_is_dated_and_the_newest_stands_first(
    announced: Consultation, world: World
) -> None:
    day = announced.last_day
    assert day is not None
    ways.plan_way(announced, ways.Plan("email", "a@b.test"), by=world.officer)
    ways.cancel_way(announced.ways.get(kind="paper"), because=WHY, by=world.officer)
    rounds.prolong_consultation(
        announced, last_day=day.replace(month=10), because=WHY, by=world.officer
    )
    rounds.cancel_consultation(announced, because=WHY, by=world.officer)
    found = [
        (one.sentence.partition(":")[0], one.because) for one in notices.corrections(announced)
    ]
    assert found == [
        ("The announced consultation was cancelled", WHY),
        ("The consultation was prolonged until 29 October 2026", WHY),
        ("Form of consultation cancelled", WHY),
        ("Form of consultation planned", ""),
    ]


def test_what_was_planned_before_the_announcement_is_no_change(announced: Consultation) -> None:
    assert notices.corrections(announced) == []
    assert Entry.objects.filter(kind="consultation.plan_way").count() == 3


def test_a_cancelled_consultation_keeps_its_notice_and_says_so_first(
    announced: Consultation, client: Client, world: World
) -> None:
    done = rounds.cancel_consultation(announced, because=WHY, by=world.officer)
    assert notices.sections(done)[0].lines == [WHY]
    assert "This consultation was cancelled." in page(client).text


def test_corrections_ask_the_same_number_of_queries_for_any_number(
    announced: Consultation, world: World, django_assert_max_num_queries: Any
) -> None:
    def asked() -> int:
        with django_assert_max_num_queries(20) as counted:
            notices.corrections(announced)
        return len(counted)

    for number in (13, 14):
        changed = {"contact": f"tel. {number}"}
        rounds.correct_notice(announced, changed=changed, because=WHY, by=world.officer)
    first = asked()
    rounds.correct_notice(announced, changed={"host": "Inny"}, because=WHY, by=world.officer)
    assert asked() == first
