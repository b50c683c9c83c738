"""docs/flows.md is what the code says; a change of the code makes the test red."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.utils import translation

from config.describe import page
from consultations import wording
from consultations.models import MACHINES
from consultations.models.machine import acts_of
from workflows.flows import DraftingFlow


def test_the_page_of_flows_is_current() -> None:
    assert (settings.BASE_DIR / "docs" / "flows.md").read_text(encoding="utf-8") == page()


def test_every_act_and_every_event_stands_on_the_page() -> None:
    text = page()
    acts = {act.name for model in MACHINES for act in acts_of(model)}
    changing = {act.kind for model in MACHINES for act in acts_of(model)}
    named = {*acts, *(kind for kind in wording.SENTENCES if kind not in changing)}
    assert {name for name in named if f"| `{name}` |" not in text} == set()


def test_every_guard_with_its_refusal_stands_on_the_page() -> None:
    guards = {guard for model in MACHINES for act in acts_of(model) for guard in act.guards}
    plain = {guard for guard in guards if not callable(guard.words)}
    with translation.override("en"):
        sentences = {str(guard.words) for guard in plain}
    sentences.add("2 comments still have no published answer.")
    text = page()
    assert {guard.code for guard in guards if f"| `{guard.code}` |" not in text} == set()
    assert {sentence for sentence in sentences if sentence not in text} == set()


def test_every_node_of_the_flow_stands_on_the_page() -> None:
    text = page()
    nodes = {node.name for node in DraftingFlow.instance.nodes()}
    assert {name for name in nodes if f"| `{name}` |" not in text} == set()


@pytest.mark.parametrize("language", ["pl", "en"])
def test_the_page_is_the_same_in_whatever_language_it_is_printed(language: str) -> None:
    with translation.override(language):
        assert page() == (settings.BASE_DIR / "docs" / "flows.md").read_text(encoding="utf-8")


def test_a_stale_page_is_named_and_printed_anew(tmp_path: Path, settings: Any) -> None:
    """`--check` exits with 1 on a missing page and on a stale one, with 0 on one just printed."""
    settings.BASE_DIR = tmp_path
    path = tmp_path / "docs" / "flows.md"
    path.parent.mkdir()
    found = [exit_code()]
    path.write_text("of yesterday", encoding="utf-8")
    found.append(exit_code())
    call_command("describe")
    found.append(exit_code())
    assert (found, path.read_text(encoding="utf-8")) == ([1, 1, 0], page())


def exit_code() -> int:
    try:
        call_command("describe", check=True, stderr=StringIO())
    except SystemExit as end:
        return int(end.code or 0)
    return 0


def test_another_sentence_makes_another_page(monkeypatch: pytest.MonkeyPatch) -> None:
    before = page()
    monkeypatch.setitem(wording.SENTENCES, "comment.answer", "Something else.")
    assert page() != before
