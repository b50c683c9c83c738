"""The Polish catalogue reads as Polish: spaces, quotation marks, plurals, no English left."""

import gettext
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.mofile import write_mo

from config import translations

CATALOGUE = translations.ROOT / "config" / "locale" / "pl" / "LC_MESSAGES" / "django.po"
SOURCES = [translations.ROOT / package for package in translations.PACKAGES]
NBSP = "\N{NO-BREAK SPACE}"
TAG = re.compile(r"<[^>]*>")

# A plain space that could end a line in the wrong place.
LOOSE = re.compile(
    r"(?<![\w%/+-])[wziouaWZIOUA] "
    r"|§ |\b(?:ust|art)\. |\b(?:pkt|[Nn]r) "
    r"|(?:\d|%\((?:days|count|n)\)[sd]) (?:dni|dzień|MB|godzin|miesiąc|rok|r\.)"
)
# «no», «do», «to», «by» and «on» are Polish words too.
ENGLISH = re.compile(
    r"\b(?:the|of|and|is|are|was|were|you|your|this|that|for|from|will|with|not|has|have|been)\b",
    re.IGNORECASE,
)
# The same in both languages.
INTERNATIONAL = {"ePUAP", "e-mail", "Menu", "operator", "Plan", "%(count)d form"}
# The accusative of «dzień» in the plural is «dni» after every number but one.
SAME_AFTER_ALL = {
    "%(count)d day",
    "%(days)d day",
    "Opens in %(days)d day.",
    "in %(days)d day",
    "%(n)s more stays for the next time.",
    "A sheet is removed %(days)s day after it was read; what was entered from it stays.",
    *(
        f"At the pace of the last seven days all will be answered by %(day)s, %(days)d day {where}."
        for where in ("before the deadline", "after the deadline")
    ),
    "%(days)s day",
    "%(days)s day too late",
    "The last session in time is on %(missed)s: %(days)s day too soon.",
    "The first session that fits is on %(session)s, %(days)s day after the last day by law.",
    "An amendment is neither adopted nor rejected nor withdrawn: no. %(named)s.",
    "In conflict with amendment no. %(numbers)s on the same provision.",
    "The motion needs at least %(count)d councillor who signs it.",
    "Do it to %(n)s comment",
    "Download the sheet with %(n)s comment.",
}
# Words of other offices; docs/glossary.md has ours.
NOT_OURS = re.compile(
    r"komentarz|konsultacj[aęą]\b|opcjonaln|\bczłonk\w*\b|\bklikn|\bzapodan|niniejsz|"
    r"\bprzedmiotow|\bw celu\b|\bcelem\b|uprzejmie",
    re.IGNORECASE,
)


def messages() -> list[Message]:
    return [one for one in translations.read(CATALOGUE) if one.id]


def english(message: Message) -> tuple[str, ...]:
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def forms(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


def visible(form: str) -> str:
    """The words without tags and the names of values: what a person reads."""
    return TAG.sub("", form)


def faulty(fault: re.Pattern[str]) -> list[str]:
    return [form for one in messages() for form in forms(one) if fault.search(visible(form))]


def test_no_line_ends_after_a_word_of_one_letter_or_between_a_number_and_its_unit() -> None:
    assert faulty(LOOSE) == []


@pytest.mark.parametrize(
    "loose", ["Uwagi z wydziału", "I tak", "(w toku)", "§ 5", "art. 3", "uwaga nr 5", "7 dni"]
)
def test_a_loose_space_is_found(loose: str) -> None:
    assert LOOSE.search(loose)
    assert not LOOSE.search(loose.replace(" ", NBSP))


def test_quotation_marks_are_polish_and_come_in_pairs() -> None:
    assert faulty(re.compile(r"[\"'“«»‚‘’]")) == []
    unpaired = [
        form for one in messages() for form in forms(one) if form.count("„") != form.count("”")
    ]
    assert unpaired == []


def test_a_dash_between_words_is_a_dash() -> None:
    assert faulty(re.compile(r"\s(?:-|—)\s|\.\.\.")) == []


def test_no_english_is_left() -> None:
    same = {form for one in messages() for form in forms(one) if form in english(one)}
    spoken = {form for form in same if re.search(r"[^\W\d_]{2,}", without_values(form))}
    assert spoken - INTERNATIONAL == set()
    everything = [form for one in messages() for form in forms(one)]
    assert [form for form in everything if ENGLISH.search(without_values(form))] == []


def without_values(form: str) -> str:
    return re.sub(r"%\(\w+\)[sd]|\{\w*\}|GNU Affero General Public License", "", visible(form))


def test_the_words_are_those_of_the_glossary() -> None:
    assert faulty(NOT_OURS) == []


def test_plural_forms_differ_where_the_english_ones_do() -> None:
    plural = [one for one in messages() if one.pluralizable and len(set(english(one))) == 2]
    assert len(plural) > 10
    alike = {english(one)[0] for one in plural if len(set(forms(one))) < 3}
    assert alike == SAME_AFTER_ALL


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (1, "Został 1 dzień."),
        (2, "Zostały 2 dni."),
        (5, "Zostało 5 dni."),
        (12, "Zostało 12 dni."),
        (22, "Zostały 22 dni."),
        (25, "Zostało 25 dni."),
        (112, "Zostało 112 dni."),
    ],
)
def test_a_number_takes_its_form(tmp_path: Path, days: int, words: str) -> None:
    compiled = tmp_path / "django.mo"
    with compiled.open("wb") as target:
        write_mo(target, translations.read(CATALOGUE))
    with compiled.open("rb") as source:
        polish = gettext.GNUTranslations(source)
    said = polish.ngettext("%(days)d day left.", "%(days)d days left.", days) % {"days": days}
    assert said.replace(NBSP, " ") == words


# What glues two messages into one sentence: each language has its own order of words.
GLUE_IN_PAGES = re.compile(
    r"""\{%\s*translate\s+"[a-z][^"]*\."\s*%\}"""  # the end of a sentence
    r"""|\{%\s*translate\s+"[^"]*\b(?:is|of|on|by|to|from|with|the|a|an|and|in|for|at)"\s*%\}"""
    r"""\s*(?:</?(?:a|b|strong|br|span|em)\b[^>]*>\s*)*\{\{"""  # a sentence that a value ends
    r"""|(?<=[\w.,:] )\{%\s*translate\s+"[a-z]"""  # words of the page go on in a message
)
GLUE_IN_CODE = re.compile(r"""\b_?(?:gettext\w*|_)\("[^"]*"\)\s*\+|\+\s*(?:gettext\w*|_)\(""")
# Under another name the words are not collected.
ALIAS = re.compile(
    r"^from django\.utils\.translation import n?p?gettext\w* as (?!_$)", re.MULTILINE
)


def pages(*kinds: str) -> Iterator[tuple[str, str]]:
    """Path and text of our files of these kinds."""
    for package in SOURCES:
        for path in sorted(package.rglob("*")):
            if path.suffix in kinds and "vendor" not in path.parts:
                yield str(path.relative_to(translations.ROOT)), path.read_text(encoding="utf-8")


def test_no_page_glues_fragments_into_a_sentence() -> None:
    found = [(name, one[0]) for name, text in pages(".html", ".txt") for one in glue(text)]
    assert found == []


def glue(text: str) -> list[re.Match[str]]:
    return list(GLUE_IN_PAGES.finditer(text))


@pytest.mark.parametrize(
    "page",
    [
        '<a href="/">{% translate "The report" %}</a> {% translate "will appear soon." %}',
        '{% translate "The number is" %}<br><strong>{{ number }}</strong>',
        'Uwaga: {% translate "not admitted" %}',
    ],
)
def test_glue_is_found(page: str) -> None:
    assert glue(page)


def test_no_code_glues_fragments_into_a_sentence() -> None:
    found = [(name, one[0]) for name, text in pages(".py") for one in GLUE_IN_CODE.finditer(text)]
    assert found == []


def test_every_message_of_the_code_is_asked_for_by_a_name_that_is_collected() -> None:
    assert [name for name, text in pages(".py") if ALIAS.search(text)] == []
