"""The pages of the office for goals: marking a text, entering by hand, saying what is served."""

from typing import Any

import pytest
from django.urls import reverse

from consultations.errors import Refused
from consultations.models import Actor, Goal
from consultations.services import drafts, goals, texts
from consultations.text.parse import parse_plain
from tests.ground.garbage import garbage, names_in
from tests.office.goals import TEXT, Aims, aims, served, standing
from tests.office.pages import as_, text_of
from tests.world import World

OTHERS = ("approver", "expert", "clerk", "councillor", "auditor", "ngo", "outsider", None)
EDIT, LINK = "edit_goals", "link_goals"


@pytest.fixture
def here(world: World) -> Aims:
    return aims(world)


def page(who: Actor | None, name: str, *arguments: Any, data: dict[str, Any] | None = None) -> Any:
    client, url = as_(who), reverse(name, args=arguments)
    return client.get(url) if data is None else client.post(url, data)


def filled(here: Aims, **marks: str) -> dict[str, str]:
    """The form of the page with these kinds, by the place in the text."""
    form = page(here.world.officer, EDIT, "program-2027").context["form"]
    data = {"seen": form["seen"].value()}
    for one, kind, label in form.rows():
        data |= {kind.html_name: kind.value() or "", label.html_name: label.value() or ""}
        place = one.wording.citation.replace("\u00a0", " ")
        data[kind.html_name] = marks.get(place, "")
    return data


def test_the_page_proposes_and_what_is_saved_stands(here: Aims) -> None:
    shown = page(here.world.officer, EDIT, "program-2027")
    form = shown.context["form"]
    proposed = {one.wording.citation: kind.value() for one, kind, _label in form.rows()}
    assert [kind for kind in proposed.values() if kind] == ["goal"] * 3 + ["task"] * 2
    assert "only suggested" in text_of(shown)
    data = filled(here, **{"§ 1": "goal", "§ 3 pkt 1": "task"})
    saved = page(here.world.officer, EDIT, "program-2027", data=data)
    assert (saved.status_code, standing()) == (302, [("goal", ""), ("task", "")])
    again = page(here.world.officer, EDIT, "program-2027")
    assert "only suggested" not in text_of(again)
    assert [one.short.replace("\u00a0", " ") for one in rows(again)] == ["§ 1", "§ 3 pkt 1"]


def rows(response: Any) -> list[Any]:
    return [row.shown for row in response.context["matrix"].rows]


def test_a_page_that_grew_old_is_refused_and_can_be_sent_again(here: Aims) -> None:
    data = filled(here, **{"§ 1": "task"})
    here.mark("§ 2")
    refused = page(here.world.officer, EDIT, "program-2027", data=data)
    assert (refused.status_code, standing()) == (409, [("goal", "")])
    assert (
        "Somebody else marked goals here in the meantime. Saving again replaces what they said."
        in text_of(refused)
    )
    data["seen"] = refused.context["form"]["seen"].value()
    assert page(here.world.officer, EDIT, "program-2027", data=data).status_code == 302
    assert standing() == [("task", "")]


def test_a_form_that_says_nonsense_is_refused(here: Aims) -> None:
    data = filled(here, **{"§ 1": "dream"})
    refused = page(here.world.officer, EDIT, "program-2027", data=data)
    assert (refused.status_code, standing()) == (422, [])


def test_goals_are_entered_on_the_page_of_a_document_without_a_text(here: Aims) -> None:
    data = {"kind": "goal", "label": "Cel 1", "title": "Silne organizacje."}
    assert page(here.world.officer, EDIT, "strategia", data=data).status_code == 302
    shown = page(here.world.officer, EDIT, "strategia")
    assert [one.whole for one in rows(shown)] == ["Cel 1: Silne organizacje."]
    wordless = page(here.world.officer, EDIT, "strategia", data=data | {"title": "…"})
    assert (wordless.status_code, Goal.objects.count()) == (422, 1)
    goal = Goal.objects.get()
    taken_out = page(here.world.officer, "remove_goal", "strategia", goal.pk, data={})
    assert (taken_out.status_code, Goal.objects.count()) == (302, 0)


def test_a_marked_goal_is_not_taken_out_on_the_page(here: Aims) -> None:
    goal = here.mark("§ 1")
    refused = page(here.world.officer, "remove_goal", "program-2027", goal.pk, data={})
    assert (refused.status_code, Goal.objects.count()) == (422, 1)
    assert "marked in the text" in text_of(refused)


def test_what_a_goal_serves_is_ticked_and_cleared(here: Aims) -> None:
    lower, upper = here.mark("§ 1"), here.enter(here.years, "Cel 1")
    here.enter(here.other, "Obcy")
    where = (here.world.officer, LINK, "program-2027", lower.pk)
    shown = page(*where)
    assert [group.document for group in shown.context["groups"]] == [here.years]
    field = f"document_{here.years.pk}"
    assert page(*where, data={field: [str(upper.pk)]}).status_code == 302
    assert served(lower) == {upper.pk}
    assert page(*where).context["form"][field].value() == [upper.pk]
    assert page(*where, data={field: ["999999"]}).status_code == 422
    assert page(*where, data={}).status_code == 302
    assert served(lower) == set()


def test_what_the_page_does_not_offer_stays_linked(here: Aims) -> None:
    """The multi-year programme gets a text: its new goals are offered, the old link is kept."""
    world = here.world
    first = drafts.register_draft(here.years, slug="stary", title="Stary", by=world.officer)
    texts.import_text(first, parse_plain(TEXT).nodes, by=world.officer)
    old = goals.mark_goal(first, first.provisions.earliest("pk").key, kind="goal", by=world.officer)
    lower = here.link(here.mark("§ 1"), old)
    second = drafts.register_draft(here.years, slug="nowy", title="Nowy", by=world.officer)
    texts.import_text(second, parse_plain(TEXT).nodes, by=world.officer)
    new = goals.mark_goal(
        second, second.provisions.earliest("pk").key, kind="goal", by=world.officer
    )
    data = {f"document_{here.years.pk}": [str(new.pk)]}
    assert page(world.officer, LINK, "program-2027", lower.pk, data=data).status_code == 302
    assert served(lower) == {old.pk, new.pk}


def test_without_goals_above_the_page_says_what_to_do(here: Aims) -> None:
    shown = page(here.world.officer, LINK, "program-2027", here.mark("§ 1").pk)
    assert "Mark or enter theirs first." in text_of(shown)


@pytest.mark.parametrize("name", [EDIT, LINK])
def test_a_goal_of_another_document_is_not_found_here(here: Aims, name: str) -> None:
    upper = here.enter(here.years, "Cel 1")
    right = {EDIT: ("wieloletni",), LINK: ("wieloletni", upper.pk)}[name]
    wrong = {EDIT: ("nie-ma",), LINK: ("program-2027", upper.pk)}[name]
    found = [page(here.world.officer, name, *one).status_code for one in (right, wrong)]
    assert found == [200, 404]


@pytest.mark.parametrize("who", OTHERS)
@pytest.mark.parametrize("name", [EDIT, LINK, "remove_goal"])
def test_other_people_do_not_come_in(here: Aims, name: str, who: str | None) -> None:
    goal = here.enter(here.years, "Cel 1")
    arguments = ("wieloletni",) if name == EDIT else ("wieloletni", goal.pk)
    actor = getattr(here.world, who) if who else None
    answer = page(actor, name, *arguments, data={"title": "Cel", "kind": "goal"})
    assert (answer.status_code, Goal.objects.count()) == (403 if who else 302, 1)


def test_garbage_breaks_neither_entering_nor_linking(here: Aims) -> None:
    """Marking stands in the table of every address; the pages of a document without a text here."""
    upper = here.enter(here.strategy, "Cel 0")
    goal = here.enter(here.years, "Cel 1")
    here.link(goal, upper)
    client = as_(here.world.officer)
    client.raise_request_exception = False
    found = []
    for url in (reverse(EDIT, args=["wieloletni"]), reverse(LINK, args=["wieloletni", goal.pk])):
        names = names_in(client.get(url).content.decode())
        sent = [(one.what, one.to(client, url).status_code) for one in garbage(names)]
        found += [(what, status) for what, status in sent if status >= 500]
    assert found == []


def test_an_act_refused_says_why_on_its_page(here: Aims, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_given: Any, **_named: Any) -> None:
        raise Refused

    monkeypatch.setattr(goals, "add_goal", refuse)
    data = {"kind": "goal", "label": "", "title": "Silne organizacje."}
    refused = page(here.world.officer, EDIT, "strategia", data=data)
    assert (refused.status_code, "This cannot be done." in text_of(refused)) == (409, True)
