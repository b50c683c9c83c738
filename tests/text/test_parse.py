"""Plain text as people write and paste it becomes the tree a lawyer would draw."""

from pathlib import Path

import pytest

from consultations.text.parse import UnreadableDraft, parse_plain
from consultations.text.plain import to_plain
from consultations.text.printing import print_tree
from consultations.text.tree import Level, Node, walk

REAL = Path(__file__).parents[3] / "shared" / "data" / "programy_wspolpracy_fragmenty.md"


def paths(text: str) -> list[str]:
    return [place.path for place in walk(parse_plain(text).nodes)]


def texts(text: str) -> list[str]:
    return [place.node.text for place in walk(parse_plain(text).nodes)]


def codes(text: str) -> list[tuple[str, int]]:
    return [(warning.code, warning.line) for warning in parse_plain(text).warnings]


FULL = """Rozdział I
Postanowienia ogólne

§ 1. Cele.
§ 2. 1. Program obejmuje:
1) zadania;
1a) środki:
a) własne,
b) zewnętrzne:
– krajowe,
– unijne.
"""


def test_every_level_has_its_path() -> None:
    assert paths(FULL) == [
        "rozdz 1",
        "rozdz 1 > par 1",
        "rozdz 1 > par 2",
        "rozdz 1 > par 2 > ust 1",
        "rozdz 1 > par 2 > ust 1 > pkt 1",
        "rozdz 1 > par 2 > ust 1 > pkt 1a",
        "rozdz 1 > par 2 > ust 1 > pkt 1a > lit a",
        "rozdz 1 > par 2 > ust 1 > pkt 1a > lit b",
        "rozdz 1 > par 2 > ust 1 > pkt 1a > lit b > tiret 1",
        "rozdz 1 > par 2 > ust 1 > pkt 1a > lit b > tiret 2",
    ]
    assert codes(FULL) == []


def test_the_last_tiret_has_its_eid_citation_and_labels() -> None:
    place = list(walk(parse_plain(FULL).nodes))[-1]
    assert place.position == 10
    assert place.eid == "chp_1__par_2__sec_1__pnt_1a__let_b__ind_2"
    assert place.citation == "§\xa02 ust.\xa01 pkt\xa01a lit.\xa0b tiret\xa02"
    labels = [one.label for one in walk(place.ancestors[:1])][:3]
    assert labels == ["Rozdział\xa0I", "§\xa01.", "§\xa02."]


def test_a_provision_without_a_paragraph_is_cited_with_its_chapter() -> None:
    places = list(walk(parse_plain("Wprowadzenie.\n\nRozdział 2. Cele\n1. Integracja.").nodes))
    assert [place.citation for place in places] == [
        "wstęp",
        "Rozdział\xa02",
        "Rozdział\xa02 ust.\xa01",
    ]


def test_repeated_provisions_have_eids_of_their_own() -> None:
    eids = [one.eid for one in walk(parse_plain("§ 1. A.\n§ 1. 1. B.\n1. C.").nodes)]
    assert eids == ["par_1", "par_1-2", "par_1-2__sec_1", "par_1-2__sec_1-2"]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("§1.Uchwala się program.", ["par 1"]),
        ("§\xa01. Uchwala się program.", ["par 1"]),
        ("\ufeff§ 1. Uchwa\xadla się program.", ["par 1"]),
        ("§ 1.1. Uchwala się program.", ["par 1", "par 1 > ust 1"]),
        ("§ 1 1. Uchwala się program.", ["par 1", "par 1 > ust 1"]),
        ("§ 1. 1) program", ["par 1", "par 1 > pkt 1"]),
        ("§ 1 Ilekroć jest mowa o:", ["par 1"]),
        ("10a. Uchwala się program.", ["ust 10a"]),
        ("10a) program;", ["pkt 10a"]),
        ("ROZDZIAŁ IV. Cele", ["rozdz 4"]),
        ("Rozdział 2a – cele", ["rozdz 2a"]),
        ("- program", ["tiret 1"]),
        ("— program", ["tiret 1"]),
        ("§§ 3–5 pozostają bez zmian.", ["wstęp"]),
        ("§ 3 ust. 1 pozostaje bez zmian.", ["wstęp"]),
        ("1. stycznia 2027 r. wchodzi w życie program.", ["wstęp"]),
        ("10.000 zł", ["wstęp"]),
        ("-5 stopni", ["wstęp"]),
    ],
)
def test_a_line_opens_what_its_mark_says(line: str, expected: list[str]) -> None:
    assert paths(line) == expected


def test_soft_hyphens_and_the_byte_order_mark_leave_no_trace() -> None:
    assert texts("\ufeff§ 1. Uchwa\xadla się\r\nprogram współ\xad\r\npracy.") == [
        "Uchwala się program współpracy."
    ]


@pytest.mark.parametrize(
    "text",
    [
        "§ 1. Zadania, o których mowa w\n§ 3 ust. 1 oraz\n§ 4. trwają.",
        "§ 1. Zadania z art. 5a ust.\n1. ustawy trwają.",
        "§ 1. Zadania wskazane w ust. 1 pkt\n2) i 3) trwają.",
        "§ 1. Zadania z postanowień\n§ 7 Programu trwają.",
        "§ 1. Zgodnie z § 3. Program trwa.",
        "§ 1. Zadania z pkt 1, 2) i 3) trwają. Por. § 2. Dalej.",
        "§ 1. Program\n– zwany dalej planem – trwa.",
        "§ 1. W ust. 2. Program trwa.",
    ],
)
def test_a_reference_opens_nothing(text: str) -> None:
    assert paths(text) == ["par 1"]
    assert texts(text) == [text.removeprefix("§ 1. ").replace("\n", " ")]


def test_a_chapter_a_paragraph_and_a_section_in_one_line_are_separated() -> None:
    parsed = parse_plain("Rozdział I Zasady ogólne § 1. 1. Przyjmuje się plan. 2. Plan trwa rok.")
    second = Node(Level.SECTION, "2", text="Plan trwa rok.")
    sections = (Node(Level.SECTION, "1", text="Przyjmuje się plan."), second)
    paragraph = Node(Level.PARAGRAPH, "1", children=sections)
    assert parsed.nodes == (Node(Level.CHAPTER, "I", "Zasady ogólne", children=(paragraph,)),)
    assert [warning.code for warning in parsed.warnings] == ["several-in-line"]


def test_a_list_in_one_line_is_separated_into_points_and_letters() -> None:
    assert paths("§ 1. Są to: 1) plan: a) roczny, b) wieloletni; 2) zadania.") == [
        "par 1",
        "par 1 > pkt 1",
        "par 1 > pkt 1 > lit a",
        "par 1 > pkt 1 > lit b",
        "par 1 > pkt 2",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Rozdział 1\nCele i\nzasady\n§ 1. Treść.",
        "Rozdział 1. Cele i zasady\n\n§ 1. Treść.",
        "ROZDZIAŁ 1: Cele i zasady § 1. Treść.",
        "Rozdział 1\n\nCele i zasady\n\n§ 1. Treść.",
    ],
)
def test_a_chapter_title_stands_in_its_line_or_the_next(text: str) -> None:
    child = Node(Level.PARAGRAPH, "1", text="Treść.")
    assert parse_plain(text).nodes == (
        Node(Level.CHAPTER, "1", "Cele i zasady", children=(child,)),
    )


@pytest.mark.parametrize("text", ["§ 12. Formy\n1. Treść.", "§ 12.\nFormy\n1. Treść."])
def test_a_short_line_before_sections_is_the_title_of_the_paragraph(text: str) -> None:
    section = Node(Level.SECTION, "1", text="Treść.")
    assert parse_plain(text).nodes == (Node(Level.PARAGRAPH, "12", "Formy", children=(section,)),)


def test_opening_words_before_sections_are_no_title() -> None:
    assert parse_plain("§ 12. Celami są:\n1. Treść.").nodes[0].heading == ""


def test_a_single_dash_after_the_last_item_closes_the_list() -> None:
    text = "§ 1. Wnioski:\n1) pisemne,\n2) ustne\n– rozpatruje się w terminie 14 dni."
    assert paths(text) == ["par 1", "par 1 > pkt 1", "par 1 > pkt 2", "par 1 > wstęp"]


def test_an_annex_inside_starts_the_numbers_again() -> None:
    text = "§ 1. Przyjmuje się.\n§ 2. Wykonanie.\n\nZałącznik nr 1\ndo uchwały\n\n§ 1. Cele."
    assert paths(text) == ["par 1", "par 2", "wstęp", "par 1"]
    assert codes(text) == [("annex-inside", 4)]


def test_numbers_starting_again_without_an_annex_are_repeated() -> None:
    assert codes("§ 1. Przyjmuje się.\n§ 2. Wykonanie.\n§ 1. Cele.") == [("number-repeated", 3)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("§ 1. A.\n§ 3. B.", [("number-gap", 2)]),
        ("§ 1. A.\n§ 2. B.\n§ 2. C.", [("number-repeated", 3)]),
        ("§ 1. A.\n§ 3. B.\n§ 2. C.", [("number-gap", 2), ("number-out-of-order", 3)]),
        ("§ 1. A.\n§ 1a. B.\n§ 1b. C.\n§ 2. D.", []),
        ("Rozdział 1\n§ 1. A.", [("chapter-title-missing", 1)]),
        ("§ 1. Cele:\nA,\nB.", [("list-without-numbers", 1)]),
        ("§ 1. Cele:\na) A,\nb) B.", [("level-skipped", 2)]),
        ("§ 1. A.\n§ 2.\n§ 3. C.", [("empty-provision", 2)]),
        ("§ 1. A.\n\n1.2. Dalszy.", [("unread-number", 3)]),
        ("§ 1. A.\n\nOddział 1\nZasady", [("unread-number", 3)]),
        ("Art. 1. Ustawa określa zasady.", [("unread-number", 1)]),
        ("§ 1. Zadania z\nart. 5. ustawy trwają.", []),
        ("§ 1. 1. A:\n1) B:\na) C,\nc) D.", [("number-gap", 4)]),
    ],
)
def test_what_a_person_should_check_is_named_with_its_line(
    text: str, expected: list[tuple[str, int]]
) -> None:
    assert codes(text) == expected


def test_each_provision_knows_the_line_it_began_in() -> None:
    parsed = parse_plain("Rozdział 1\nCele\n\n§ 1. 1. A:\n1) B;\n2) C.")
    assert parsed.lines == (1, 4, 4, 5, 6)


def test_a_warning_names_the_mark_it_speaks_of() -> None:
    assert [one.label for one in parse_plain("§ 1. A.\n§ 3. B.").warnings] == ["§\xa03."]


def test_definitions_without_numbers_stay_in_the_paragraph_with_a_warning() -> None:
    text = "§ 1 Mowa o: Planie rozumie się przez to plan, Radzie rozumie się przez to radę."
    assert paths(text) == ["par 1"]
    assert codes(text) == [("list-without-numbers", 1)]


@pytest.mark.parametrize(
    "text", ["", " \n\t", "\ufeff", "\xad", "§ 1.\x00", "\x1b[0m", "\udcff", "ą" * 1_000_001]
)
def test_what_is_no_text_is_refused(text: str) -> None:
    with pytest.raises(UnreadableDraft):
        parse_plain(text)


def test_the_printed_tree_has_paths_and_then_warnings() -> None:
    lines = print_tree(parse_plain("§ 1. A.\n§ 3. B."))
    assert lines[:2] == ["par 1", "par 3"]
    assert [line[0] for line in lines[2:]] == ["!"]


def test_a_long_single_line_is_read_in_reasonable_time() -> None:
    text = " ".join(f"§ {number}. Treść." for number in range(1, 1000))
    assert len(paths(text)) == 999


REAL_TREES = {
    "Kraków": ["wstęp"],
    "Człuchów": ["wstęp", "par 1", "par 2", "par 3", "wstęp", "rozdz 1", "rozdz 1 > par 1"],
    "Żywiec": ["wstęp", "par 1", "par 2", "par 3", "par 4"],
    "Czerwionka-Leszczyny": ["wstęp", *(f"ust {number}" for number in range(1, 8))],
    "Krotoszyce": ["rozdz 1", "rozdz 1 > par 1", "rozdz 1 > par 1 > ust 1"],
}


@pytest.mark.skipif(not REAL.exists(), reason="the folder of real programmes is not here")
@pytest.mark.parametrize("city", REAL_TREES)
def test_a_real_programme_begins_with_the_tree_a_lawyer_would_draw(city: str) -> None:
    assert paths(real_opening(city)) == REAL_TREES[city]


REAL_WARNINGS = {
    "Kraków": [],
    "Człuchów": ["several-in-line", "annex-inside", "list-without-numbers"],
    "Żywiec": ["several-in-line"],
    "Czerwionka-Leszczyny": ["level-skipped"],
    "Krotoszyce": ["several-in-line"],
}


@pytest.mark.skipif(not REAL.exists(), reason="the folder of real programmes is not here")
@pytest.mark.parametrize("city", REAL_WARNINGS)
def test_what_is_strange_in_a_real_programme_is_said_and_no_more(city: str) -> None:
    parsed = parse_plain(real_opening(city))
    assert [warning.code for warning in parsed.warnings] == REAL_WARNINGS[city]
    assert parse_plain(to_plain(parsed.nodes)).nodes == parsed.nodes


def real_opening(city: str) -> str:
    parts = REAL.read_text(encoding="utf-8").partition("\n# ")[0].split("\n## ")
    return next(part for part in parts if part.startswith(city)).partition("\n")[2]
