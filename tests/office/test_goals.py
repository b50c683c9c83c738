"""Goals and tasks in the office: marking them in a text, entering them, saying what they serve."""

import json
from typing import Any

import pytest

from consultations.errors import Invalid, NotYours, WrongState
from consultations.models import Actor, Entry, Goal, GoalLink
from consultations.selectors.goals import state_of_marks
from consultations.selectors.higher import above
from consultations.services import documents as register
from consultations.services import drafts, editing, goals, texts
from consultations.text.goals import suggest
from consultations.text.parse import parse_plain
from tests.office.goals import TEXT, Aims, added, aims, served, standing
from tests.world import World

NOT_OFFICERS = ("approver", "expert", "clerk", "councillor", "auditor", "ngo", "outsider", "clock")


@pytest.fixture
def here(world: World) -> Aims:
    return aims(world)


def noted(kind: str) -> list[dict[str, Any]]:
    """The facts of every event of this kind."""
    found = Entry.objects.filter(kind=kind).order_by("seq")
    return [json.loads(one.payload)["facts"] for one in found]


# marking in a text


def test_a_provision_becomes_a_goal_and_the_record_says_so(here: Aims) -> None:
    goal = here.mark("§ 1", label="Cel główny")
    key = here.key("§ 1")
    assert (goal.document, goal.provision and goal.provision.key) == (here.programme, key)
    mark = {"kind": "goal", "label": "Cel główny"}
    assert noted("draft.mark_goals") == [{"goals": 1, "tasks": 0, "marks": {str(key): mark}}]
    assert Entry.objects.latest("seq").case == here.draft


def test_marking_again_changes_kind_and_number_and_keeps_what_it_serves(here: Aims) -> None:
    first = here.mark("§ 1", label="1")
    here.link(first, here.enter(here.years, "Cel 1"))
    again = here.mark("§ 1", kind="task", label=" 2 ")
    assert (again.pk, again.kind, again.label) == (first.pk, "task", "2")
    assert len(served(again)) == 1


def test_marking_as_it_is_already_leaves_no_entry(here: Aims) -> None:
    for _time in range(2):
        here.mark("§ 1", label="1")
    assert len(noted("draft.mark_goals")) == 1


def test_taking_a_mark_off_forgets_what_it_served(here: Aims) -> None:
    here.link(here.mark("§ 1"), here.enter(here.years, "Cel 1"))
    goals.unmark_goal(here.draft, here.key("§ 1"), by=here.world.officer)
    assert (standing(), GoalLink.objects.count()) == ([("goal", "Cel 1")], 0)
    assert noted("draft.mark_goals")[-1]["marks"] == {str(here.key("§ 1")): None}


def test_many_marks_are_one_event(here: Aims) -> None:
    here.mark_all()
    assert standing() == [("goal", "Cel główny"), ("task", ""), ("task", "")]
    assert [(one["goals"], one["tasks"]) for one in noted("draft.mark_goals")] == [(1, 2)]


def test_a_provision_of_another_draft_is_refused(here: Aims) -> None:
    other = here.world.drafted("inny-projekt")
    key = other.provisions.earliest("pk").key
    with pytest.raises(Invalid):
        goals.mark_goal(here.draft, key, kind="goal", by=here.world.officer)
    assert goals.mark_goal(other, key, kind="goal", by=here.world.officer).document == (
        other.document
    )


def test_a_provision_that_left_the_latest_text_is_refused(here: Aims) -> None:
    key = here.key("§ 3 pkt 2")
    here.mark("§ 3 pkt 2")
    texts.publish_version(here.draft, by=here.world.officer)
    texts.begin_version(here.draft, by=here.world.officer)
    editing.delete_provision(here.draft, key, by=here.world.officer)
    with pytest.raises(Invalid):
        goals.mark_goal(here.draft, key, kind="task", by=here.world.officer)


@pytest.mark.parametrize(("kind", "label"), [("dream", ""), ("", ""), ("goal", "x" * 41)])
def test_a_mark_that_is_none_is_refused(here: Aims, kind: str, label: str) -> None:
    with pytest.raises(Invalid):
        here.mark("§ 1", kind=kind, label=label)
    assert (standing(), noted("draft.mark_goals")) == ([], [])
    assert here.mark("§ 1", kind="goal", label="x" * 40).label == "x" * 40


def test_marks_made_by_somebody_else_meanwhile_are_not_written_over(here: Aims) -> None:
    officer, key = here.world.officer, here.key("§ 1")
    seen = state_of_marks(here.draft)
    here.mark("§ 1")
    with pytest.raises(WrongState):
        goals.mark_goals(here.draft, {key: None}, by=officer, seen=seen)
    now = state_of_marks(here.draft)
    assert goals.mark_goals(here.draft, {key: None}, by=officer, seen=now) == 1


@pytest.mark.parametrize("who", NOT_OFFICERS)
def test_only_an_officer_marks_enters_and_links(here: Aims, who: str) -> None:
    by: Actor = getattr(here.world, who)
    lower, upper = here.mark("§ 1"), here.enter(here.years, "Cel 1")
    before = Entry.objects.count()
    for act in (
        lambda: goals.mark_goal(here.draft, here.key("§ 2"), kind="goal", by=by),
        lambda: goals.unmark_goal(here.draft, here.key("§ 1"), by=by),
        lambda: goals.add_goal(here.years, kind="goal", title="Cel", by=by),
        lambda: goals.remove_goal(upper, by=by),
        lambda: goals.link_goals(lower, [upper], by=by),
    ):
        with pytest.raises(NotYours):
            act()
    assert (Goal.objects.count(), GoalLink.objects.count()) == (2, 0)
    assert Entry.objects.count() == before


# entered by hand


def test_a_goal_of_a_document_without_a_text_is_entered_and_taken_out(here: Aims) -> None:
    goal = here.enter(here.strategy, "Cel 1", title="  Silne\n organizacje. ")
    assert (goal.title, goal.provision) == ("Silne organizacje.", None)
    here.link(here.mark("§ 1"), goal)
    goals.remove_goal(goal, by=here.world.officer)
    facts = {"id": goal.pk, "kind": "goal", "label": "Cel 1", "title": "Silne organizacje."}
    assert noted("document.set_goals") == [
        facts | {"done": "added", "entered": 1},
        facts | {"done": "removed", "entered": 0},
    ]
    assert (standing(), GoalLink.objects.count()) == ([("goal", "")], 0)
    entry = Entry.objects.filter(kind="document.set_goals").latest("seq")
    assert (entry.document, entry.case) == (here.strategy, None)


def test_where_the_text_is_here_goals_are_marked_and_not_entered(here: Aims) -> None:
    with pytest.raises(Invalid) as refused:
        here.enter(here.programme, "Cel 1")
    assert "mark its goals" in str(refused.value)
    drafts.withdraw_draft(here.draft, because="Nowa ustawa.", by=here.world.officer)
    assert here.enter(here.programme, "Cel 1").document == here.programme


@pytest.mark.parametrize("title", ["", "  \n", "…", "\u200b", "x" * 501])
def test_a_goal_needs_words_that_have_room(here: Aims, title: str) -> None:
    with pytest.raises(Invalid):
        here.enter(here.years, "Cel 1", title=title)
    assert here.enter(here.years, "Cel 1", title="x" * 500).title == "x" * 500


def test_a_marked_goal_is_not_taken_out_by_hand_and_a_gone_one_not_twice(here: Aims) -> None:
    officer = here.world.officer
    with pytest.raises(Invalid):
        goals.remove_goal(here.mark("§ 1"), by=officer)
    goal = here.enter(here.years, "Cel 1")
    goals.remove_goal(Goal.objects.get(pk=goal.pk), by=officer)
    with pytest.raises(WrongState):
        goals.remove_goal(goal, by=officer)


# what serves what


def test_links_are_replaced_and_the_record_names_them(here: Aims) -> None:
    lower = here.mark("§ 1")
    first, second = here.enter(here.years, "Cel 1"), here.enter(here.strategy, "Cel 2")
    here.link(lower, first)
    here.link(lower, first)
    here.link(lower, second)
    assert served(lower) == {second.pk}
    assert noted("document.link_goals") == [
        {"id": lower.pk, "serves": [first.pk], "links": 1},
        {"id": lower.pk, "serves": [second.pk], "links": 1},
    ]
    here.link(lower)
    assert served(lower) == set()


def test_a_goal_that_is_not_above_is_refused(here: Aims) -> None:
    """Beside, below, its own, or of the same document; the control is one further up."""
    lower, own = here.mark("§ 1"), here.mark("§ 2")
    years, strategy = here.enter(here.years, "Cel 1"), here.enter(here.strategy, "Cel 2")
    beside = here.enter(here.other, "Cel 3")
    for one, upper in [(lower, beside), (lower, own), (lower, lower), (years, lower)]:
        with pytest.raises(Invalid):
            here.link(one, strategy, upper)
    with pytest.raises(Invalid):
        here.link(strategy, years)
    assert GoalLink.objects.count() == 0
    here.link(lower, strategy, years)
    here.link(years, strategy)
    assert GoalLink.objects.count() == 3


def test_documents_in_a_ring_are_not_above_each_other(here: Aims) -> None:
    """Whoever makes the strategy carry out the programme takes it from above the programme."""
    lower, upper = here.mark("§ 1"), here.enter(here.strategy, "Cel 1")
    here.strategy.carries_out.add(here.programme)
    for one, other in [(lower, upper), (upper, lower)]:
        with pytest.raises(Invalid):
            here.link(one, other)
    here.strategy.carries_out.clear()
    assert served(here.link(lower, upper)) == {upper.pk}


def test_a_goal_that_is_gone_cannot_be_served(here: Aims) -> None:
    lower, upper = here.mark("§ 1"), here.enter(here.years, "Cel 1")
    goals.remove_goal(upper, by=here.world.officer)
    with pytest.raises(WrongState):
        here.link(lower, upper)
    goals.unmark_goal(here.draft, here.key("§ 1"), by=here.world.officer)
    with pytest.raises(WrongState):
        here.link(lower)


# what the words suggest


def test_the_headings_of_chapters_suggest_goals_and_tasks() -> None:
    found = suggest(parse_plain(TEXT).nodes)
    assert list(found.values()) == ["goal", "goal", "goal", "task", "task"]


@pytest.mark.parametrize(
    ("heading", "kinds"),
    [
        ("Cele współpracy", ["goal", "goal"]),
        ("Zadania priorytetowe", ["task", "task"]),
        ("Celowość wydatków", []),
        ("Zasady", []),
    ],
)
def test_where_no_paragraph_says_the_word_all_of_the_chapter_is_suggested(
    heading: str, kinds: list[str]
) -> None:
    text = f"Program\nRozdział 1. {heading}\n§ 1. Rozwój.\n§ 2. Współpraca.\n"
    assert list(suggest(parse_plain(text).nodes).values()) == kinds


def test_the_register_is_asked_as_often_for_many_documents_as_for_few(
    here: Aims, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(3):
        assert above(here.programme) == [here.years, here.strategy]
    for number in range(20):
        one = added(here.world, f"sektor-{number}", "sector_programme", part_of=here.strategy)
        here.programme.carries_out.add(one)
    register.add_document(slug="obok", kind="strategy", title="Obok", by=here.world.officer)
    with django_assert_num_queries(3):
        assert len(above(here.programme)) == 22
