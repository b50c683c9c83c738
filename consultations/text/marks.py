"""Recognises the marks that begin a provision, and tells them from mere references."""

import re
from dataclasses import dataclass

from consultations.text.tree import PATH_WORDS, Level, arabic

_NUMBER = r"[0-9]{1,3}[a-z]{0,2}"
_NO_WORD = r"(?![^\W_])"
_MONTHS = (
    "stycznia|lutego|marca|kwietnia|maja|czerwca|"
    "lipca|sierpnia|września|października|listopada|grudnia"
)
_CHAPTER_NUMBER = rf"(?:[IVXLC]+[a-z]?|{_NUMBER}){_NO_WORD}"

_PATTERNS = {
    Level.CHAPTER: re.compile(
        rf"(?:Rozdział|ROZDZIAŁ)\s*({_CHAPTER_NUMBER})\s*[.:)]?\s*(?:[-–—]\s+)?"
    ),
    Level.PARAGRAPH: re.compile(
        rf"§\s*([0-9]{{1,3}}(?:[a-z]{{1,2}}{_NO_WORD})?)(?![0-9])\s*([.:]?)\s*"
    ),
    Level.POINT: re.compile(rf"({_NUMBER})\)\s*"),
    Level.LETTER: re.compile(r"([a-z]{1,2})\)\s*"),
    Level.SECTION: re.compile(rf"({_NUMBER})\.(?![0-9.,;)])(?!\s*(?:{_MONTHS})\b)\s*"),
    Level.INDENT: re.compile(r"[-–—−‒•·▪●◦▸►\uf0b7\uf02d](?![0-9])\s*(?=\S)()"),
}
_TAG_LEVELS = {word: level for level, word in PATH_WORDS.items()}
_TAG = re.compile(r"\[(?:wstęp(?: (rozdz|par|ust|pkt|lit|tiret))?|(tiret))\]\s*")
_AFTER_PARAGRAPH = re.compile(
    r"(?:ust|pkt|lit|zd)\b|(?:i|oraz|lub|albo|do)\s+§?\s*[0-9]|[,;)§]|[-–—]\s*[0-9]"
)
_AFTER_NUMBER = re.compile(
    r"(?:i|oraz|lub|albo)\s+(?:(?:§|ust\.|pkt)\s*)?[0-9]|"
    r"(?:i|oraz|lub|albo)\s+(?:lit\.\s*)?[a-z]\)|[,;)]"
)
_ANNEX = re.compile(
    r"(?:Załącznik|ZAŁĄCZNIK)(?:\s+(?:nr|Nr|NR)\.?\s*[0-9A-Za-z]+)?\s*"
    r"(?:$|:|(?:do|DO)\s+(?!niniejsz)(?:[Uu]chwa|UCHWA|[Zz]arządz|ZARZĄDZ|[Pp]ro[jg]|PRO[JG]))"
)
_OUTLINE_NUMBER = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,3})+\.?(?=\s+[^\W\d_])")
_UNREAD_UNIT = re.compile(
    rf"(?:Dział|DZIAŁ|Oddział|ODDZIAŁ|Część|CZĘŚĆ)\s+(?:[IVXLC]+|[0-9]{{1,3}}){_NO_WORD}"
    rf"|Art\.\s*{_NUMBER}\."
)
_ABBREVIATION = re.compile(
    r"\b(?:ust|art|pkt|lit|poz|nr|str|zob|por|rozdz|zał|tab|par|ul|in|np|tj)\.$",
    re.IGNORECASE,
)
_HANGING = re.compile(
    r"(?:^|\s)(?:w|we|z|ze|o|u|do|na|od|po|za|przez|dla|dnia|"
    r"art\.?|ust\.?|pkt|lit\.?|nr|poz\.?|§)$",
    re.IGNORECASE,
)
_HANGING_BEFORE_PARAGRAPH = re.compile(r"(?:^|\s)(?:i|oraz|lub|albo|bądź)$")
_DEFINES = re.compile(r"(?:należy|rozumie|oznacza)")
_REFERENCE_NEAR = re.compile(r"\b(?:pkt|ust|art|lit)\b")

# Where one line may hold several provisions. What stands before decides, see `may_split`.
INLINE = re.compile(
    r"(?<=\s)(?=§\s*[0-9]|(?:Rozdział|ROZDZIAŁ)\s*[0-9IVXLC]"
    rf"|{_NUMBER}[.)]|[a-z]{{1,2}}\))"
)
_BRACKET_HEADING = re.compile(r"\[(?=[^\]]*[^\W\d_])([^\[\]]+)\]\s*")
_ESCAPED = re.compile(r"(?<!\S)\\(?=\S)")


@dataclass(frozen=True)
class Mark:
    """The mark found: what it opens and where (`end`) its text begins."""

    level: Level
    number: str
    end: int
    dotted: bool = True
    explicit: bool = False
    under: Level | None = None  # for an explicit [wstęp ...]: the level it belongs to


def tag_at(text: str) -> Mark | None:
    """A mark of our own notation: [wstęp], [wstęp ust], [tiret]."""
    found = _TAG.match(text)
    if found is None or not text[found.end() :]:
        return None
    if found[2]:
        return Mark(Level.INDENT, "", found.end(), explicit=True)
    under = _TAG_LEVELS[found[1]] if found[1] else None
    return Mark(Level.INTRO, "", found.end(), explicit=True, under=under)


def mark_at(text: str, start: int = 0) -> Mark | None:
    """The provision's mark at this place of the text, unless it reads as a reference."""
    for level, pattern in _PATTERNS.items():
        found = pattern.match(text, start)
        if found is None:
            continue
        reference = _AFTER_PARAGRAPH if level is Level.PARAGRAPH else _AFTER_NUMBER
        if level is not Level.INDENT and reference.match(text, found.end()):
            return None
        dotted = level is not Level.PARAGRAPH or bool(found[2])
        return Mark(level, found[1], found.end(), dotted)
    return None


def is_annex(text: str) -> bool:
    """Whether the line opens an annex (and does not merely speak of one)."""
    speaks = text.endswith(".") and not text.endswith(" r.")
    found = _ANNEX.match(text)
    return found is not None and (text[found.end() - 1] == ":" or not speaks)


def is_definition(text: str) -> bool:
    """Whether words after a dash explain a term: "– należy przez to rozumieć ..."."""
    return _DEFINES.match(text) is not None


def unread_number(text: str) -> str:
    """A number that is no level of ours: "1.2.", a division ("Oddział 1", "Art. 5."); else ""."""
    found = _OUTLINE_NUMBER.match(text) or _UNREAD_UNIT.match(text)
    return found[0] if found else ""


def hangs(before: str, level: Level) -> bool:
    """Whether the sentence before is unfinished, so that the mark is part of it."""
    if _HANGING.search(before[-12:]):
        return True
    return level is Level.PARAGRAPH and bool(_HANGING_BEFORE_PARAGRAPH.search(before[-12:]))


def finished(text: str) -> bool:
    """Whether the text ends as a sentence does."""
    return text.endswith((".", "!", "?", "…", ".”", ".»", '."', ".)"))


def expects_list(text: str) -> bool:
    """Whether a dash after this text begins an item and not an aside."""
    return not text or text.endswith((":", ";", ",", ".", "!", "?", "oraz", "lub", "albo"))


def looks_like_heading(text: str) -> bool:
    """A title: short, without brackets and the punctuation that ends a sentence."""
    if "[" in text or "]" in text:  # brackets are how we write a title, see `heading_at`
        return False
    return 0 < len(text) <= 150 and not text.endswith((".", ",", ";", ":", "!", "?", "…"))


def boundary(text: str, place: int) -> str:
    """The punctuation before the place, when a provision may begin after it; else ""."""
    before = text[max(0, place - 40) : place].rstrip()
    if not before or before[-1] not in ".:;,!?…]”»)" or _ABBREVIATION.search(before):
        return ""
    if before[-1] == "," and _REFERENCE_NEAR.search(before[-20:]):
        return ""
    return before[-1]


def may_split(text: str, place: int, *, heading: bool = False) -> bool:
    """Whether a provision could begin here, whatever stands before in the document."""
    mark = mark_at(text, place)
    if mark is None:
        return False
    if heading and mark.level is Level.PARAGRAPH:
        return True
    allowed = ".:;!?…]”»)" if mark.level in {Level.CHAPTER, Level.PARAGRAPH} else ".:;,!?…]”»"
    return (boundary(text, place) or " ") in allowed and _begins_sentence(text, mark)


def _begins_sentence(text: str, mark: Mark) -> bool:
    """Only points and letters may begin with a small letter in the middle of a line."""
    if mark.level in {Level.POINT, Level.LETTER}:
        return mark.end < len(text)
    following = text[mark.end : mark.end + 1]
    return following.isupper() or following in tuple('„"«[(0123456789')


def heading_at(text: str, start: int) -> tuple[str, int]:
    """A § heading in brackets, as statutes print it: the heading and where the text goes on."""
    found = _BRACKET_HEADING.match(text, start)
    return (found[1].strip(), found.end()) if found else ("", start)


def unescaped(text: str) -> str:
    """The text without the backslashes that say «no provision begins here»."""
    return _ESCAPED.sub("", text)


def guards(text: str) -> list[int]:
    """The places of those backslashes."""
    return [found.start() for found in _ESCAPED.finditer(text)]


def stands_as_title(words: str) -> bool:
    """Whether words in a line below "Rozdział 1" are read as its title and as nothing else."""
    if len(words) > 100 or guards(words) or is_annex(words) or unread_number(words):
        return False
    return tag_at(words) is None and escaped(words, line_start=True) == words


def escaped(text: str, *, line_start: bool = False, heading: bool = False) -> str:
    """The text with a backslash wherever it would be read as a provision's mark."""
    guard = "\\" if _reads_as_mark(text, line_start=line_start, heading=heading) else ""
    guarded = _ESCAPED.sub(r"\\\\", text)
    # A backslash also hides what made the mark before it a reference, so look again.
    while cuts := _splits(guarded, heading=heading):
        ends = [*cuts, len(guarded)]
        guarded = "\\".join(guarded[a:b] for a, b in zip([0, *cuts], ends, strict=True))
    return guard + guarded


def _splits(text: str, *, heading: bool) -> list[int]:
    places = (found.start() for found in INLINE.finditer(text))
    return [place for place in places if may_split(text, place, heading=heading)]


def _reads_as_mark(text: str, *, line_start: bool, heading: bool) -> bool:
    mark = mark_at(text)
    if mark is not None and (line_start or mark.level is not Level.INDENT):
        return True
    if line_start and tag_at(text) is not None:
        return True
    if heading and not text[:1].isalnum():
        return bool(text) and not text.startswith("\\")
    reference = _AFTER_PARAGRAPH.match(text) or _AFTER_NUMBER.match(text)
    month = re.match(rf"(?:{_MONTHS})\b", text)
    return bool(reference or month or heading_at(text, 0)[0])


def succeeds(number: str, before: str) -> bool:
    """Whether the number may come next: 11 or 10a after 10, 10b or 11 after 10a, b after a."""
    (now, suffix), (then, last) = ordinal(number), ordinal(before)
    if now == then + 1:
        return suffix == 0
    return now == then and suffix == last + 1


def ordinal(number: str) -> tuple[int, int]:
    """A number to compare by: "10a" is (10, 1), "IV" is (4, 0), the letter "b" is (2, 0)."""
    found = re.fullmatch(r"([0-9]*)([a-z]*)", arabic(number))
    if found is None:
        return 0, 0
    letters = _letters(found[2])
    return (int(found[1]), letters) if found[1] else (letters, 0)


def _letters(letters: str) -> int:
    """a = 1 ... z = 26, za = 27: after z Polish drafting goes on with za, zb."""
    alphabet = "abcdefghijklmnopqrstuvwxyz"
    return sum(alphabet.index(letter) + 1 for letter in letters)
