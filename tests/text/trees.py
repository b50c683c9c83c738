"""Hypothesis strategies: trees as the parser gives them, and text as people paste it."""

import unicodedata

from hypothesis import strategies as st

from consultations.text.tree import Level, Node

_LEVELS = [level for level in Level if level is not Level.INTRO]
_TYPED = (
    "uchwala się program o którym mowa w § 3 ust. 1 pkt 2) i 3) Rozdział II Załącznik: 1. 10a. a) "
    "– - [tiret] [wstęp] [uchylony] \\ \\§ art. stycznia Gmina; oraz: miasto, cele. § 2. „Program” "
    "społeczno-gospodarczy (PROJEKT) r. 2026 lit. b) 1 […] § 4 Ala § 12a. Wójt! "
)
_TRAPS = ["cele. § 2. Ala", "cele: 1) Ala; 2) kot", "cel. Rozdział II Ala", "cel. 2. Ala", "§0 §0"]
_WORDS = st.sampled_from([*_TYPED.split(), *_TRAPS])
_NOISE = st.text(
    st.characters(categories=["Lu", "Ll", "Nd", "Po", "Ps", "Pe", "Sc"]), min_size=1, max_size=6
).filter(lambda word: unicodedata.normalize("NFC", word) == word)
TEXTS = st.lists(st.one_of(_WORDS, _NOISE), min_size=1, max_size=7).map(" ".join)
SOUP = st.lists(st.one_of(TEXTS, st.sampled_from(["", "§ 2.", "1.", "Rozdział I"])), max_size=12)

_NUMBERS = st.from_regex(r"[1-9][0-9]{0,2}[a-z]{0,2}", fullmatch=True)
_NUMBERS_OF = {
    Level.CHAPTER: st.one_of(_NUMBERS, st.sampled_from(["I", "IV", "XIIa"])),
    Level.LETTER: st.from_regex(r"[a-z]{1,2}", fullmatch=True),
}


def nodes(above: Level | None = None) -> st.SearchStrategy[tuple[Node, ...]]:
    """Siblings under a provision; the first list stands for one level being left out."""
    deeper = [level for level in _LEVELS if above is None or level.rank > above.rank]
    intro = st.builds(Node, st.just(Level.INTRO), text=TEXTS)
    one = st.deferred(lambda: st.sampled_from(deeper).flatmap(node)) if deeper else intro
    return st.lists(st.one_of(one, one, intro), max_size=3).map(_as_read)


def node(level: Level) -> st.SearchStrategy[Node]:
    number = _NUMBERS_OF.get(level, _NUMBERS)
    if level is Level.CHAPTER:
        heading = st.one_of(st.just(""), TEXTS)
        return st.builds(Node, st.just(level), number, heading, st.just(""), nodes(level))
    text = st.one_of(st.just(""), TEXTS)
    plain = st.builds(Node, st.just(level), number, st.just(""), text, nodes(level))
    if level is not Level.PARAGRAPH:
        return plain
    title = st.sampled_from(["Cele", "Zasady współpracy", "Formy w 2026 r", "Cel główny."])
    return st.one_of(plain, st.builds(Node, st.just(level), number, title, TEXTS, nodes(level)))


def _as_read(siblings: list[Node]) -> tuple[Node, ...]:
    """Drops what no text can say: a ust. beside an earlier § hangs under that §."""
    kept: list[Node] = []
    widest = len(_LEVELS)
    dashes = 0
    for one in siblings:
        if one.level is Level.INTRO:
            widest = len(_LEVELS)
        elif one.level.rank > widest:
            continue
        else:
            widest = one.level.rank
        dashes += one.level is Level.INDENT
        number = str(dashes) if one.level is Level.INDENT else one.number
        text = one.text or ("x" if one.level is Level.INDENT else "")
        kept.append(Node(one.level, number, one.heading, text, one.children))
    return tuple(kept)
