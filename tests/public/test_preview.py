"""The change shown while it is typed: by the script, by the button, within bounds."""

import re
import time
from typing import Any

import pytest

from consultations.models import Comment, Consultation
from consultations.selectors.preview import LONGEST
from tests.public.addresses import address
from tests.public.conftest import Visit
from tests.public.test_filing import typed, where
from tests.world import World, provision

TAGS = re.compile(r"<span class=.govuk-visually-hidden.>.*?</span>")


def looked(visit: Visit, world: World, consultation: Consultation, **sent: str) -> Any:
    key = provision(consultation).provision.key
    page = address("preview_change", consultation, query=f"przepis={key}")
    return visit(world.ngo, page, {"kind": "change"} | sent)


def piece(answer: Any) -> str:
    return TAGS.sub("", answer.content.decode())


def test_the_script_gets_a_piece_of_a_page_with_the_change(world: World, visit: Visit) -> None:
    answer = looked(visit, world, world.opened(), proposed_wording="Termin wynosi 28 dni.")
    assert (answer.status_code, "<html" in answer.content.decode()) == (200, False)
    assert "<del>składania ofert </del>" in piece(answer)
    assert "<del>21</del><ins>28</ins>" in piece(answer)


def test_a_deletion_strikes_the_whole_provision_out(world: World, visit: Visit) -> None:
    answer = looked(visit, world, world.opened(), kind="delete", proposed_wording="cokolwiek")
    assert "<del>Termin składania ofert wynosi 21 dni.</del>" in piece(answer)
    assert "<ins>" not in piece(answer).partition("</p>")[0]


def test_an_addition_is_compared_with_nothing(world: World, visit: Visit) -> None:
    answer = looked(visit, world, world.opened(), kind="add", proposed_wording="Nowy przepis.")
    assert "<ins>Nowy przepis.</ins>" in piece(answer)
    assert "<del>" not in piece(answer).partition("</p>")[0]


@pytest.mark.parametrize("sent", [{}, {"kind": "question"}, {"kind": "nonsense"}])
def test_what_changes_nothing_says_so(world: World, visit: Visit, sent: dict[str, str]) -> None:
    same = {"proposed_wording": "Termin składania ofert wynosi 21 dni."}
    assert "nothing in the wording is changed" in piece(
        looked(visit, world, world.opened(), **same | sent)
    )


def test_a_hostile_text_stays_text(world: World, visit: Visit) -> None:
    answer = looked(visit, world, world.opened(), proposed_wording="<script>alert(1)</script>")
    assert "<script" not in answer.content.decode()
    assert "&lt;" in answer.content.decode()


def test_a_longer_text_is_not_compared(world: World, visit: Visit) -> None:
    consultation = world.opened()
    within = looked(visit, world, consultation, proposed_wording="ż" * LONGEST)
    beyond = looked(visit, world, consultation, proposed_wording="ż" * (LONGEST + 1))
    assert ("<ins>" in piece(within), "too long" in piece(within)) == (True, False)
    assert ("<ins>" in piece(beyond), "too long" in piece(beyond)) == (False, True)


def test_the_worst_text_within_the_length_does_not_hold_the_server(
    world: World, visit: Visit
) -> None:
    """Without the bound of time this one takes a second."""
    worst = "§ 1. " + " ".join(str(n * 7919 % 13) for n in range(2_400))[:4_990]
    consultation = world.opened(text=f"{worst}\n§ 2. 1. Drugi.\n")
    key = provision(consultation, "§ 1").provision.key
    page = address("preview_change", consultation, query=f"przepis={key}")
    other = " ".join(str(n * 104729 % 11) for n in range(2_400))[:LONGEST]
    began = time.process_time()
    answer = visit(world.ngo, page, {"kind": "change", "proposed_wording": other})
    assert time.process_time() - began < 0.8
    assert "<ins>" in piece(answer)


def test_only_somebody_signed_in_has_texts_compared(world: World, visit: Visit) -> None:
    page = address("preview_change", world.opened(), query="przepis=calosc")
    assert visit(None, page, {"kind": "change"}).status_code == 302
    assert visit(world.outsider, page).status_code == 405


def test_the_button_shows_the_change_and_files_nothing(world: World, visit: Visit) -> None:
    consultation = world.opened()
    sent = typed(world, reasons="", pokaz="1")
    answer = visit(world.ngo, where(consultation), sent)
    page = piece(answer)
    assert (answer.status_code, Comment.objects.count()) == (200, 0)
    assert "<del>21</del><ins>28</ins>" in page
    assert "28 dni.</textarea>" in page
    assert f'value="{sent["key"]}"' in page
    assert "<title>Error:" not in page


def test_a_refused_form_keeps_the_change_in_sight(world: World, visit: Visit) -> None:
    answer = visit(world.ngo, where(world.opened()), typed(world, reasons=""))
    assert answer.status_code == 422
    assert "<del>21</del><ins>28</ins>" in piece(answer)


def test_there_is_nothing_to_compare_for_the_whole_draft(world: World, visit: Visit) -> None:
    page = visit(world.ngo, where(world.opened(), "calosc")).content.decode()
    assert "data-preview" not in page
