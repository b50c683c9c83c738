"""The demonstration's content holds together: texts, citations, people, answers, roll calls."""

import csv
from collections import Counter
from difflib import SequenceMatcher
from pathlib import Path

import pytest

from config.demo import cast, comments
from config.demo.shapes import DemoAnswer, DemoComment
from consultations.procedures import ELEMENTS, LEADING_TO_CHANGE
from consultations.text.elements import suggest
from consultations.text.parse import parse_plain
from consultations.text.tree import NBSP, Level, Place, walk

DEMO = Path(cast.__file__).parent
TEXTS = sorted(path.stem for path in (DEMO / "texts").glob("*.txt"))
COMMENTED = {
    "program-2027": comments.PROGRAM_2027,
    "opieka-nad-zwierzetami": comments.ANIMALS,
    "wieloletni-2025-2028": comments.MULTI_YEAR,
    "program-2026": comments.PROGRAM_2026,
    "rada-pozytku": comments.COUNCIL,
}
GIVEN = {
    "opieka-nad-zwierzetami": comments.ANIMALS_ANSWERS,
    "wieloletni-2025-2028": comments.MULTI_YEAR_ANSWERS,
    "program-2026": comments.PROGRAM_2026_ANSWERS,
    "rada-pozytku": comments.COUNCIL_ANSWERS,
}
EVERY_COMMENT = [
    pytest.param(stem, comment, id=f"{stem}-{index}")
    for stem, rows in COMMENTED.items()
    for index, comment in enumerate(rows)
]
ANSWERED = [
    (comments.ANIMALS, comments.ANIMALS_ANSWERS, 6),
    (comments.MULTI_YEAR, comments.MULTI_YEAR_ANSWERS, 6),
    (comments.PROGRAM_2026, comments.PROGRAM_2026_ANSWERS, 5),
    (comments.COUNCIL, comments.COUNCIL_ANSWERS, 4),
]
VOTES = {
    "rada-pozytku": {"za": 31, "przeciw": 5, "wstrzymał się": 3, "brak głosu": 1, "nieobecny": 3},
    "program-2026": {"za": 33, "przeciw": 3, "wstrzymał się": 4, "brak głosu": 1, "nieobecny": 2},
    "wieloletni-2025-2028": {
        "za": 30,
        "przeciw": 5,
        "wstrzymał się": 3,
        "brak głosu": 2,
        "nieobecny": 3,
    },
}


def read(stem: str) -> str:
    return (DEMO / "texts" / f"{stem}.txt").read_text(encoding="utf-8")


def places(stem: str) -> dict[str, Place]:
    found = walk(parse_plain(read(stem)).nodes)
    return {place.citation.replace(NBSP, " "): place for place in found}


def provisions(stem: str) -> list[Place]:
    """What one can comment on for its words: neither chapters nor the title line."""
    unnumbered = (Level.CHAPTER, Level.INTRO)
    return [place for place in places(stem).values() if place.node.level not in unnumbered]


@pytest.mark.parametrize("stem", TEXTS)
def test_every_text_is_read_without_a_warning(stem: str) -> None:
    assert parse_plain(read(stem)).warnings == ()


@pytest.mark.parametrize("stem", TEXTS)
def test_every_text_says_in_its_first_line_that_it_is_invented(stem: str) -> None:
    assert read(stem).splitlines()[0].endswith("(tekst demonstracyjny)")


def test_every_text_belongs_to_a_document() -> None:
    assert {document.slug for document in cast.DOCUMENTS} == {*TEXTS, "strategia"}


def test_documents_point_only_at_documents() -> None:
    slugs = {document.slug for document in cast.DOCUMENTS}
    named = {
        slug
        for document in cast.DOCUMENTS
        for slug in (document.part_of, *document.carries_out)
        if slug is not None
    }
    assert named - slugs == set()


def test_the_programme_for_2027_has_at_least_sixty_provisions() -> None:
    assert len(provisions("program-2027")) >= 60


@pytest.mark.parametrize("stem", [stem for stem in TEXTS if stem != "program-2027"])
def test_the_shorter_texts_stay_short(stem: str) -> None:
    assert 15 <= len(provisions(stem)) <= 25


@pytest.mark.parametrize("stem", ["program-2026", "program-2027"])
def test_the_words_of_a_programme_speak_of_every_mandatory_element(stem: str) -> None:
    text = (DEMO / "texts" / f"{stem}.txt").read_text(encoding="utf-8")
    assert set(suggest(parse_plain(text).nodes)) == set(ELEMENTS)


@pytest.mark.parametrize("stem", COMMENTED)
def test_what_is_accepted_changes_words_that_stand_there(stem: str) -> None:
    for answer in GIVEN.get(stem, ()):
        leads = answer.outcome in LEADING_TO_CHANGE
        assert leads == bool(answer.replaced[0])
        if leads:
            place = COMMENTED[stem][answer.comment_index].provision_citation
            assert place is not None
            assert answer.replaced[0] in places(stem)[place].node.text


@pytest.mark.parametrize(
    ("stem", "paragraph"),
    [("program-2027", "§ 17 ust. 1"), ("wieloletni-2025-2028", "§ 8")],
)
def test_the_amounts_add_up_to_the_sum_that_is_stated(stem: str, paragraph: str) -> None:
    node = places(stem)[paragraph].node
    parts = [amount(child.text) for child in node.children]
    assert sum(parts) == amount(node.text.split(", w tym")[0])


def amount(text: str) -> int:
    """The last amount in zł of a provision: «… – 8 200 000 zł;» is 8200000."""
    words = text.split(" zł", maxsplit=1)[0].split(" ")
    digits = ""
    while words and words[-1].isdigit():
        digits = words.pop() + digits
    return int(digits)


@pytest.mark.parametrize(("stem", "comment"), EVERY_COMMENT)
def test_every_comment_names_a_provision_that_exists(stem: str, comment: DemoComment) -> None:
    assert comment.provision_citation in {None, *places(stem)}


@pytest.mark.parametrize(("stem", "comment"), EVERY_COMMENT)
def test_wording_is_proposed_where_the_kind_asks_for_it(stem: str, comment: DemoComment) -> None:
    assert bool(comment.proposed_wording) is (comment.kind in {"change", "add"})


@pytest.mark.parametrize(("stem", "comment"), EVERY_COMMENT)
def test_a_proposed_change_really_edits_the_provision(stem: str, comment: DemoComment) -> None:
    if comment.kind != "change":
        return
    assert comment.provision_citation is not None
    now = places(stem)[comment.provision_citation].node.text
    likeness = SequenceMatcher(None, now, comment.proposed_wording, autojunk=False).ratio()
    assert 0.5 < likeness < 1


def test_there_are_as_many_comments_as_the_story_counts_on() -> None:
    assert [len(rows) for rows in COMMENTED.values()] == [24, 10, 6, 5, 4]


def test_three_comments_ask_for_the_same_change() -> None:
    wordings = Counter(
        (row.provision_citation, row.proposed_wording)
        for row in comments.PROGRAM_2027
        if row.proposed_wording
    )
    assert wordings.most_common(1)[0][1] == 3


def test_everybody_who_comments_is_in_the_cast() -> None:
    known = {body.name for body in cast.ORGANISATIONS} | {who.email for who in cast.CITIZENS}
    assert {row.author for rows in COMMENTED.values() for row in rows} == known


@pytest.mark.parametrize(("rows", "answers", "count"), ANSWERED)
def test_answers_belong_to_different_comments_that_exist(
    rows: tuple[DemoComment, ...], answers: tuple[DemoAnswer, ...], count: int
) -> None:
    indexes = {answer.comment_index for answer in answers}
    assert (len(answers), len(indexes)) == (count, count)
    assert indexes - set(range(len(rows))) == set()


def test_every_answer_gives_several_sentences_of_reasons() -> None:
    short = [row for _, answers, _ in ANSWERED for row in answers if row.reasons.count(". ") < 2]
    assert short == []


def test_there_are_43_different_councillors_in_four_clubs() -> None:
    assert len({councillor.name for councillor in cast.COUNCILLORS}) == 43
    assert len(cast.COUNCILLORS) == 43
    assert len({councillor.club for councillor in cast.COUNCILLORS}) == 4


@pytest.mark.parametrize("stem", VOTES)
def test_a_roll_call_names_exactly_the_council(stem: str) -> None:
    with (DEMO / "roll_calls" / f"{stem}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    council = sorted((councillor.name, councillor.club) for councillor in cast.COUNCILLORS)
    assert sorted((row["radny"], row["klub"]) for row in rows) == council
    assert Counter(row["głos"] for row in rows) == VOTES[stem]


def test_the_staff_has_everybody_the_story_needs() -> None:
    count = Counter(person.role for person in cast.STAFF)
    assert count == {
        "officer": 2,
        "approver": 2,
        "expert": 5,
        "clerk": 2,
        "councillor": 2,
        "krdpp_secretary": 1,
        "auditor": 1,
    }


def test_councillors_who_sign_in_sit_in_the_council() -> None:
    seats = {councillor.name for councillor in cast.COUNCILLORS}
    assert {person.name for person in cast.STAFF if person.role == "councillor"} - seats == set()


def test_every_department_has_an_expert() -> None:
    named = {person.department for person in cast.STAFF if person.role == "expert"}
    assert named == {department.slug for department in cast.DEPARTMENTS}


def test_every_address_is_used_once_and_leads_nowhere() -> None:
    members = [member for body in cast.ORGANISATIONS for member in body.members]
    addresses = [person.email for person in cast.STAFF]
    addresses += [person.email for person in (*members, *cast.CITIZENS)]
    assert max(Counter(addresses).values()) == 1
    assert [one for one in addresses if not one.endswith(".example")] == []


def test_there_is_an_organisation_of_every_legal_form() -> None:
    assert len(cast.ORGANISATIONS) == 8
    assert len({body.legal_form for body in cast.ORGANISATIONS}) == 7
    assert {len(body.krs) for body in cast.ORGANISATIONS} == {10}
