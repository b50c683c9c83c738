"""One small draft for each way a provision can change, and what becomes of its key."""

from consultations.text.aligning.align import Alignment, Pair, align
from consultations.text.parse import parse_plain
from consultations.text.tree import Level, Node, walk

OLD = """\
Rozdział 1. Cele
§ 1. Celem programu jest umacnianie partnerstwa miasta i organizacji pozarządowych.
§ 2. Cele szczegółowe to:
1) rozwój wolontariatu wśród uczniów;
2) sport;
3) udział organizacji w tworzeniu prawa miejscowego.
Rozdział 2. Środki
§ 3. Na realizację zadań planuje się kwoty:
1) kultura – 100 000 zł;
2) sport – 200 000 zł;
3) turystyka – 300 000 zł.
§ 4. Sprawozdanie składa się do dnia 31 maja. Sprawozdanie publikuje się w Biuletynie.
"""


class Case:
    """Two wordings, and the answer told by what the provisions say."""

    def __init__(self, old: str, new: str) -> None:
        before, after = parse_plain(old).nodes, parse_plain(new).nodes
        self.found = align(before, after)
        self.old = {place.position: _said(place.node) for place in walk(before)}
        self.new = {place.position: _said(place.node) for place in walk(after)}

    def pair(self, begins: str) -> Pair:
        """The pair of the new provision that begins so."""
        (found,) = [pair for pair in self.found.pairs if self.new[pair.new].startswith(begins)]
        return found

    def was(self, begins: str) -> str:
        return self.old[self.pair(begins).old]

    def changed(self) -> list[str]:
        return [self.new[pair.new] for pair in self.found.pairs if pair.edited]

    def moved(self) -> list[str]:
        return [self.new[pair.new] for pair in self.found.pairs if pair.moved]

    def added(self) -> list[str]:
        return [self.new[new] for new in self.found.added]

    def deleted(self) -> list[str]:
        return [self.old[old] for old in self.found.deleted]

    def asked(self) -> list[str]:
        return [self.new[new] for new in sorted(self.found.doubtful)]


def _said(node: Node) -> str:
    return f"{node.heading} {node.text}".strip()


def rewritten(*changes: tuple[str, str]) -> Case:
    new = OLD
    for before, after in changes:
        assert before in new
        new = new.replace(before, after)
    return Case(OLD, new)


def test_nothing_changed() -> None:
    tree = parse_plain(OLD).nodes
    same = tuple(Pair(turn, turn, 1.0, moved=False, doubtful=False) for turn in range(1, 13))
    assert align(tree, tree) == Alignment(same, (), (), (), (), frozenset())


def test_two_empty_drafts_have_nothing_in_common() -> None:
    assert align((), ()) == Alignment((), (), (), (), (), frozenset())


def test_all_is_added_to_an_empty_draft_and_all_is_deleted_from_one_that_empties() -> None:
    tree = parse_plain(OLD).nodes
    assert align((), tree).added == tuple(range(1, 13))
    assert align(tree, ()).deleted == tuple(range(1, 13))


def test_other_numbers_change_nothing() -> None:
    case = rewritten(("§ 4.", "§ 9."), ("§ 3.", "§ 4."), ("3) udział", "4) udział"))
    assert (case.changed(), case.moved(), case.asked()) == ([], [], [])
    assert (case.added(), case.deleted()) == ([], [])


def test_a_word_exchanged_is_an_edit() -> None:
    case = rewritten(("partnerstwa miasta", "współpracy miasta"))
    pair = case.pair("Celem programu")
    assert case.changed() == [
        "Celem programu jest umacnianie współpracy miasta i organizacji pozarządowych."
    ]
    assert 0.85 < pair.likeness < 1.0
    assert (pair.moved, case.asked()) == (False, [])


def test_a_comma_is_an_edit_too() -> None:
    assert rewritten(("2) sport;", "2) sport,")).changed() == ["sport,"]


def test_an_amount_among_its_likes_is_an_edit_nobody_need_look_at() -> None:
    case = rewritten(("sport – 200 000", "sport – 250 000"))
    assert case.was("sport – 250 000 zł") == "sport – 200 000 zł;"
    assert case.asked() == []


def test_amounts_that_changed_hands_stay_with_their_names() -> None:
    case = rewritten(
        ("kultura – 100 000", "kultura – X"),
        ("sport – 200 000", "sport – 100 000"),
        ("kultura – X", "kultura – 200 000"),
    )
    assert case.was("kultura") == "kultura – 100 000 zł;"
    assert case.was("sport – 100") == "sport – 200 000 zł;"


def test_names_that_changed_hands_are_the_items_in_another_order() -> None:
    case = rewritten(("kultura – 100 000", "turystyka – 100 000"), ("3) turystyka", "3) kultura"))
    assert case.was("kultura") == "kultura – 100 000 zł;"
    assert case.was("turystyka") == "turystyka – 300 000 zł."


def test_a_new_point_is_added_and_the_others_stay() -> None:
    case = rewritten(("3) udział", "3) budowa schroniska dla zwierząt;\n4) udział"))
    assert case.added() == ["budowa schroniska dla zwierząt;"]
    assert (case.changed(), case.moved(), case.deleted(), case.asked()) == ([], [], [], [])


def test_a_deleted_point_is_gone_and_the_others_stay() -> None:
    case = rewritten(("1) rozwój wolontariatu wśród uczniów;\n", ""), ("2) sport", "1) sport"))
    assert case.deleted() == ["rozwój wolontariatu wśród uczniów;"]
    assert (case.changed(), case.moved(), case.added(), case.asked()) == ([], [], [], [])


def test_a_point_in_other_words_where_one_was_deleted_is_a_question() -> None:
    case = rewritten(("rozwój wolontariatu wśród uczniów", "budowa schroniska dla zwierząt"))
    assert case.asked() == ["budowa schroniska dla zwierząt;"]


def test_a_paragraph_moved_to_another_chapter_keeps_its_key_and_its_points() -> None:
    lines = OLD.splitlines(keepends=True)
    case = Case(OLD, "".join([*lines[:2], *lines[6:], *lines[2:6]]))
    assert case.moved() == ["Cele szczegółowe to:"]
    assert (case.changed(), case.added(), case.deleted(), case.asked()) == ([], [], [], [])


def test_of_two_points_that_changed_places_one_has_moved() -> None:
    case = rewritten(
        (
            "1) rozwój wolontariatu wśród uczniów;\n2) sport;",
            "1) sport;\n2) rozwój wolontariatu wśród uczniów;",
        )
    )
    assert len(case.moved()) == 1
    assert (case.changed(), case.added(), case.deleted()) == ([], [], [])


def test_a_repeated_short_text_is_told_apart_by_what_it_stands_in() -> None:
    tasks, prizes = "Zadania gminy w czasie ferii:", "Nagrody starosty:"
    case = Case(
        f"§ 1. {tasks}\n1) sport;\n2) taniec;\n§ 2. {prizes}\n1) sport;\n",
        f"§ 1. {prizes}\n1) sport;\n§ 2. {tasks}\n1) taniec;\n2) sport;\n",
    )
    assert [(pair.old, pair.new) for pair in case.found.pairs] == [
        (4, 1),
        (5, 2),
        (1, 3),
        (3, 4),
        (2, 5),
    ]


def test_a_paragraph_whose_sections_all_stayed_is_known_by_them() -> None:
    sections = (
        "1. Miasto zleca zadania po przeprowadzeniu otwartego konkursu ofert.\n"
        "2. Organizacje korzystają z bezpłatnego doradztwa prawnego.\n"
    )
    case = Case(f"§ 6. Formy współpracy\n{sections}", f"§ 6. Jak pracujemy razem\n{sections}")
    assert [(pair.old, pair.new) for pair in case.found.pairs] == [(1, 1), (2, 2), (3, 3)]
    assert (len(case.changed()), case.asked()) == (1, [])


def test_a_text_cut_in_two_paragraphs_is_a_split_and_the_first_keeps_the_key() -> None:
    case = rewritten((". Sprawozdanie publikuje", ".\n§ 5. Sprawozdanie publikuje"))
    assert case.was("Sprawozdanie składa") == (
        "Sprawozdanie składa się do dnia 31 maja. Sprawozdanie publikuje się w Biuletynie."
    )
    assert case.found.split == ((13, 12),)
    assert case.found.added == (13,)
    assert case.asked() == []


def test_a_text_cut_in_sections_is_a_split_and_the_paragraph_keeps_the_key() -> None:
    case = rewritten(
        ("§ 4. Sprawozdanie składa", "§ 4.\n1. Sprawozdanie składa"),
        (". Sprawozdanie publikuje", ".\n2. Sprawozdanie publikuje"),
    )
    assert case.found.pairs[-1].old == case.found.pairs[-1].new == 12
    assert case.found.split == ((13, 12), (14, 12))
    assert case.found.added == (13, 14)


def test_the_much_larger_part_keeps_the_key() -> None:
    old = "§ 1. Wniosek jest pisemny, a rozpatruje go komisja powołana przez prezydenta.\n"
    new = "§ 1. Wniosek jest pisemny,\n§ 2. a rozpatruje go komisja powołana przez prezydenta.\n"
    assert align(parse_plain(old).nodes, parse_plain(new).nodes).split == ((1, 1),)


def test_two_points_made_one_are_joined_and_the_larger_keeps_the_key() -> None:
    case = rewritten(
        ("uczniów;\n2) sport;\n3) udział", "uczniów;\n2) rozwój sportu szkolnego i udział")
    )
    assert "sport;" in case.deleted()
    old = (
        "§ 1. Zadania:\n1) rozwój wolontariatu wśród uczniów;\n2) wsparcie seniorów w sołectwach;\n"
    )
    new = "§ 1. Zadania:\n1) rozwój wolontariatu wśród uczniów; wsparcie seniorów w sołectwach;\n"
    found = align(parse_plain(old).nodes, parse_plain(new).nodes)
    assert found.joined == ((3, 2),)
    assert found.deleted == (3,)
    assert found.doubtful == frozenset()


def test_a_copy_over_a_deleted_likeness_is_a_question() -> None:
    case = rewritten(
        (
            "1) kultura – 100 000 zł;\n2) sport – 200 000 zł;",
            "1) sport – 200 000 zł;\n2) sport – 100 000 zł;",
        )
    )
    assert "sport – 100 000 zł;" in case.asked()


def test_the_same_sentence_at_another_level_keeps_its_key_when_the_officer_agrees() -> None:
    sentence = "Organizacje korzystają z bezpłatnego doradztwa prawnego w siedzibie urzędu"
    old = (Node(Level.PARAGRAPH, "1", "", sentence),)
    new = (Node(Level.PARAGRAPH, "1", "", "Zasady:", (Node(Level.POINT, "1", "", sentence),)),)
    found = align(old, new)
    assert found.pairs == (Pair(1, 2, 1.0, moved=True, doubtful=True),)


def test_a_provision_without_words_is_known_by_its_children() -> None:
    old = (
        "§ 1.\n1. Miasto prowadzi portal.\n2. Gmina ogłasza konkurs ofert.\n§ 2. Koniec programu.\n"
    )
    new = old.replace("§ 2.", "§ 3.").replace("§ 1.", "§ 1. Nowe zadanie starosty.\n§ 2.")
    found = align(parse_plain(old).nodes, parse_plain(new).nodes)
    assert [(pair.old, pair.new) for pair in found.pairs] == [(1, 2), (2, 3), (3, 4), (4, 5)]
    assert found.added == (1,)
    assert found.doubtful == frozenset()
