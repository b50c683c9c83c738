"""docs/flows.md is what the code says; a change of the code makes the test red."""

import pytest
from django.conf import settings

from config.describe import page
from consultations import wording
from consultations.models import MACHINES
from consultations.models.machine import acts_of


def test_the_page_of_flows_is_current() -> None:
    assert (settings.BASE_DIR / "docs" / "flows.md").read_text(encoding="utf-8") == page()


def test_every_act_and_every_event_stands_on_the_page() -> None:
    text = page()
    acts = {act.name for model in MACHINES for act in acts_of(model)}
    changing = {act.kind for model in MACHINES for act in acts_of(model)}
    named = {*acts, *(kind for kind in wording.SENTENCES if kind not in changing)}
    assert {name for name in named if f"| `{name}` |" not in text} == set()


def test_another_sentence_makes_another_page(monkeypatch: pytest.MonkeyPatch) -> None:
    before = page()
    monkeypatch.setitem(wording.SENTENCES, "comment.answer", "Something else.")
    assert page() != before
