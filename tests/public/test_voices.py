"""The pages on which an author corrects a comment or takes her name away, and others support it."""

from typing import Any

import pytest

from consultations.models import Comment, Support
from consultations.models.clock import move_to
from consultations.services import comments
from consultations.services.checkpoints import publish_checkpoint
from consultations.services.correcting import Anew, correct_comment
from tests.public.addresses import address
from tests.public.conftest import Visit
from tests.public.test_report import released
from tests.report_files import write_report_files
from tests.world import World

ANEW: dict[str, str] = {
    "kind": "change",
    "proposed_wording": "Termin wynosi 45 dni.",
    "reasons": "Wolontariusze piszą nocami.",
}


def at(name: str, comment: Comment) -> str:
    return address(name, comment.consultation, comment.number)


def corrected(world: World, comment: Comment, anew: Anew) -> Comment:
    version = Comment.objects.get(pk=comment.pk).version
    return correct_comment(comment, anew, seen_version=version, by=comment.filed_by)


def test_an_author_corrects_it_on_a_page_of_its_own(world: World, visit: Visit) -> None:
    comment = world.admitted(world.opened())
    assert (
        at("correct_comment", comment) in visit(world.ngo, at("comment", comment)).content.decode()
    )
    page = visit(world.ngo, at("correct_comment", comment)).content.decode()
    assert "Piszemy oferty po pracy." in page
    sent = ANEW | {"version": str(comment.version)}
    answer = visit(world.ngo, at("correct_comment", comment), sent)
    assert (answer.status_code, answer.url) == (302, at("comment", comment))
    said = visit(world.ngo, at("comment", comment)).content.decode()
    for words in ("Wolontariusze piszą nocami.", "Corrected on", "not public yet"):
        assert words in said


def test_a_refusal_keeps_what_was_typed(world: World, visit: Visit) -> None:
    comment = world.comment(world.opened())
    sent = ANEW | {"version": "0"}
    empty = visit(world.ngo, at("correct_comment", comment), sent | {"reasons": " "})
    assert (empty.status_code, "Termin wynosi 45 dni." in empty.content.decode()) == (422, True)
    assert comment.consultation.closes_at is not None
    move_to(comment.consultation.closes_at)
    late = visit(world.ngo, at("correct_comment", comment), sent)
    assert (late.status_code, ANEW["reasons"] in late.content.decode()) == (409, True)
    assert visit(world.ngo, at("correct_comment", comment)).status_code == 302


def test_two_corrections_at_once_show_both(world: World, visit: Visit) -> None:
    comment = world.comment(world.opened())
    corrected(world, comment, Anew("question", "", "Zdanie koleżanki."))
    sent = ANEW | {"version": "0"}
    clash = visit(world.ngo, at("correct_comment", comment), sent)
    page = clash.content.decode()
    assert clash.status_code == 409
    assert all(words in page for words in ("Zdanie koleżanki.", ANEW["reasons"]))
    assert 'name="version" value="1"' in page
    again = visit(world.ngo, at("correct_comment", comment), sent | {"version": "1"})
    assert again.status_code == 302
    assert Comment.objects.get().reasons == ANEW["reasons"]


def test_others_read_only_those_earlier_words_that_were_public(world: World, visit: Visit) -> None:
    comment = world.comment(world.opened(), reasons="Nigdy jawne.")
    corrected(world, comment, Anew("question", "", "Raz jawne."))
    comments.admit_comment(comment, by=world.officer)
    corrected(world, comment, Anew("question", "", "Teraz jawne."))
    comments.admit_comment(comment, by=world.officer)
    expected = {
        None: {"jawne.", "Teraz", "Raz"},
        world.outsider: {"jawne.", "Teraz", "Raz"},
        world.ngo: {"jawne.", "Teraz", "Raz", "Nigdy"},
        world.officer: {"jawne.", "Teraz", "Raz", "Nigdy"},
    }
    found = {}
    for who in expected:
        page = visit(who, at("comment", comment)).content.decode()
        found[who] = {word for word in ("jawne.", "Teraz", "Raz", "Nigdy") if word in page}
    assert found == expected


def test_the_receipt_holds_the_newest_words(world: World, visit: Visit) -> None:
    comment = world.comment(world.opened())
    corrected(world, comment, Anew("question", "", "Nowe zdanie."))
    publish_checkpoint()
    page = visit(world.ngo, at("receipt", comment)).content.decode()
    assert ("Nowe zdanie." in page, "Piszemy oferty po pracy." in page) == (True, False)


def test_a_name_is_taken_away_everywhere_even_after_the_report(world: World, visit: Visit) -> None:
    private: dict[str, Any] = {"organisation": None, "by": world.outsider, "named": True}
    consultation = released(world, private)
    comment = consultation.comments.get()
    places = [
        at("comment", comment),
        *[address(name, consultation) for name in ("comments", "report", "journal")],
        address("read_draft", consultation, query="tylko=uwagi"),
    ]

    files = [
        *[address(name, consultation) for name in ("comments_csv", "journal_csv", "journal_jsonl")],
        address("report_file", consultation, "csv"),
    ]

    def named() -> list[bool]:
        write_report_files()
        return ["Obcowski" in visit(None, one).content.decode() for one in places] + [
            b"Obcowski" in b"".join(visit(None, one).streaming_content) for one in files
        ]

    before = named()
    assert before.count(True) == 6  # the control: everywhere but in the record
    assert "Stop showing my name" in visit(world.outsider, at("comment", comment)).content.decode()
    assert "cannot be undone" in visit(world.outsider, at("stop_naming", comment)).content.decode()
    assert visit(world.ngo, at("stop_naming", comment), {}).status_code == 403
    assert visit(world.outsider, at("stop_naming", comment), {}).status_code == 302
    assert named() == [False] * len(before)


def test_support_is_given_and_taken_back_in_a_chosen_name(world: World, visit: Visit) -> None:
    private = world.admitted(world.opened(), organisation=None, by=world.outsider)
    page = visit(world.ngo, at("comment", private)).content.decode()
    assert "Support in the name of Fundacja Mosty" in page
    assert "Support in my own name" in page
    theirs = {"in_name_of": str(world.organisation.pk)}
    for sent in (theirs, {"in_name_of": "own"}):
        assert visit(world.ngo, at("support_comment", private), sent).status_code == 302
    assert visit(world.ngo, at("support_comment", private), theirs).status_code == 422
    shown = visit(None, at("comment", private)).content.decode()
    assert "2 support this comment." in shown
    assert ("Fundacja Mosty" in shown, "1 private person" in shown) == (True, True)
    assert ("Mostowa" in shown, "Sign in" in shown) == (False, True)
    assert (
        "2 supporters"
        in visit(
            None, address("read_draft", private.consultation, query="tylko=uwagi")
        ).content.decode()
    )
    assert visit(world.ngo, at("stop_supporting", private), theirs).status_code == 302
    assert Support.objects.filter(ended_at=None).count() == 1


def test_nobody_is_offered_to_support_her_own_comment(world: World, visit: Visit) -> None:
    comment = world.admitted(world.opened())
    page = visit(world.ngo, at("comment", comment)).content.decode()
    assert "Support in" not in page
    assert (
        visit(world.ngo, at("support_comment", comment), {"in_name_of": "own"}).status_code == 403
    )
    wrong = visit(world.outsider, at("support_comment", comment), {"in_name_of": "77"})
    assert wrong.status_code == 422
    assert visit(world.outsider, at("support_comment", comment)).status_code == 405


def test_support_from_before_a_correction_is_said_to_be_so(world: World, visit: Visit) -> None:
    comment = world.admitted(world.opened())
    visit(world.outsider, at("support_comment", comment), {"in_name_of": "own"})
    corrected(world, comment, Anew("question", "", "Zupełnie co innego."))
    comments.admit_comment(comment, by=world.officer)
    visit(world.officer, at("support_comment", comment), {"in_name_of": "own"})
    page = visit(None, at("comment", comment)).content.decode()
    assert "2 support this comment." in page
    assert "1 of these was given before" in page


@pytest.mark.parametrize("name", ["correct_comment", "stop_naming"])
def test_a_stranger_is_sent_away(world: World, visit: Visit, name: str) -> None:
    private = world.admitted(world.opened(), organisation=None, by=world.ngo, named=True)
    assert visit(world.outsider, at(name, private)).status_code == 302
    assert visit(world.outsider, at(name, private), ANEW | {"version": "1"}).status_code == 403
