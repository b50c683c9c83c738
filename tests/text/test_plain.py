"""The canonical notation: what is written is read back as it was."""

from hypothesis import given, settings
from hypothesis import strategies as st

from consultations.text.parse import UnreadableDraft, parse_plain
from consultations.text.plain import to_plain
from consultations.text.tree import Level, Node
from tests.text import trees


@settings(max_examples=80, deadline=None)
@given(trees.nodes().filter(bool))
def test_any_tree_is_read_back_from_its_plain_text(nodes: tuple[Node, ...]) -> None:
    assert parse_plain(to_plain(nodes)).nodes == nodes


@settings(max_examples=80, deadline=None)
@given(st.one_of(trees.SOUP.map("\n".join), st.text(max_size=80)))
def test_any_text_settles_after_one_reading(text: str) -> None:
    try:
        nodes = parse_plain(text).nodes
    except UnreadableDraft:
        return
    assert parse_plain(to_plain(nodes)).nodes == nodes


def test_the_notation_is_that_of_polish_drafting() -> None:
    letter = Node(Level.LETTER, "b", text="miasto:", children=_dashes())
    point = Node(Level.POINT, "10a", text="gminę:", children=(letter,))
    section = Node(Level.SECTION, "1", text="Program obejmuje:", children=(point,))
    paragraph = Node(Level.PARAGRAPH, "2", children=(section,))
    chapter = Node(Level.CHAPTER, "I", "Cele", children=(paragraph,))
    assert to_plain([chapter]).splitlines() == [
        "Rozdział I. Cele",
        "",
        "§ 2. 1. Program obejmuje:",
        "10a) gminę:",
        "b) miasto:",
        "– ulice,",
        "– place.",
    ]


def test_a_reference_is_written_without_a_backslash() -> None:
    node = Node(Level.PARAGRAPH, "1", text="Zadania, o których mowa w § 3 ust. 1 pkt 2, trwają.")
    assert to_plain([node]) == f"§ 1. {node.text}\n"


def test_words_that_would_open_a_provision_are_written_with_a_backslash() -> None:
    node = Node(Level.PARAGRAPH, "1", text="Treść. § 2. Dalszy ciąg.")
    assert to_plain([node]) == "§ 1. Treść. \\§ 2. Dalszy ciąg.\n"


def test_a_backslash_says_that_no_provision_begins() -> None:
    text = "§ 1. Treść. \\§ 2. Dalszy ciąg."
    assert parse_plain(text).nodes == (Node(Level.PARAGRAPH, "1", text="Treść. § 2. Dalszy ciąg."),)


def _dashes() -> tuple[Node, ...]:
    return (Node(Level.INDENT, "1", text="ulice,"), Node(Level.INDENT, "2", text="place."))
