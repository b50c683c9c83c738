"""The catalogue's check sees what it is for: every planted fault is found, and nothing else."""

import gettext
import shutil
from pathlib import Path

import pytest

from config import translations

HEADER = (
    'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
    '"Plural-Forms: nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4'
    ' && (n%100<12 || n%100>14) ? 1 : 2);\\n"\n\n'
)
needs_gettext = pytest.mark.skipif(not shutil.which("xgettext"), reason="gettext is missing")


def catalogue(root: Path, entries: str) -> Path:
    path = root / "config" / "locale" / "pl" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    path.write_text(HEADER + entries, encoding="utf-8")
    return path


def plural(*forms: str) -> str:
    lines = [f'msgstr[{number}] "{form}"' for number, form in enumerate(forms)]
    return "\n".join(['msgid "%(n)s day"', 'msgid_plural "%(n)s days"', *lines, ""])


@pytest.mark.parametrize(
    "entries",
    [
        'msgid "Send"\nmsgstr "Wyślij"\n',
        'msgid "Hello %(name)s, 5%%"\nmsgstr "5%%, witaj, %(name)s"\n',
        plural("%(n)s dzień", "%(n)s dni", "%(n)s dni"),
    ],
)
def test_a_good_entry_passes(tmp_path: Path, entries: str) -> None:
    assert list(translations.faults(catalogue(tmp_path, entries))) == []


@pytest.mark.parametrize(
    ("entries", "fault"),
    [
        ('msgid "Send"\nmsgstr ""\n', "«Send» lacks a translation (0 of 3 forms)"),
        ('#, fuzzy\nmsgid "Send"\nmsgstr "Wyślij"\n', "«Send» is marked fuzzy"),
        ('#~ msgid "Send"\n#~ msgstr "Wyślij"\n', "«Send» is obsolete"),
        (
            'msgid "By %(who)s"\nmsgstr "Przez %(kto)s"\n',
            "«By %(who)s» has other placeholders than its translation «Przez %(kto)s»",
        ),
        (
            'msgid "By {who}"\nmsgstr "Przez"\n',
            "«By {who}» has other placeholders than its translation «Przez»",
        ),
        (plural("%(n)s dzień", "%(n)s dni", ""), "«%(n)s day» lacks a translation (2 of 3 forms)"),
        (
            plural("dzień", "dni", "%(n)s dni"),
            "«%(n)s day» has other placeholders than its translation «dzień»",
        ),
    ],
)
def test_a_fault_is_named(tmp_path: Path, entries: str, fault: str) -> None:
    found = list(translations.faults(catalogue(tmp_path, entries)))
    assert found[0] == f"django.po: {fault}"


def test_a_compiled_catalogue_speaks_polish(tmp_path: Path) -> None:
    path = catalogue(tmp_path, plural("%(n)s dzień", "%(n)s dni", "%(n)s dni."))
    translations.compile_all(tmp_path)
    with path.with_suffix(".mo").open("rb") as compiled:
        polish = gettext.GNUTranslations(compiled)
    forms = [polish.ngettext("%(n)s day", "%(n)s days", n) for n in (1, 2, 5)]
    assert forms == ["%(n)s dzień", "%(n)s dni", "%(n)s dni."]


@needs_gettext
def test_words_the_catalogue_lacks_and_words_nobody_uses_are_named(tmp_path: Path) -> None:
    path = catalogue(tmp_path, 'msgid "Old"\nmsgstr "Dawne"\n\nmsgid "Kept"\nmsgstr "Jest"\n')
    for package in translations.PACKAGES:
        (tmp_path / package).mkdir(exist_ok=True)
    page = '{% load i18n %}{% translate "Kept" %}{% translate "Planted, never translated" %}'
    (tmp_path / "workflows" / "page.html").write_text(page)
    assert list(translations.differences(path, tmp_path)) == [
        "django.po: «Planted, never translated» is missing",
        "django.po: «Old» is used nowhere",
    ]


@needs_gettext
def test_a_sentence_planted_in_our_own_code_is_missed(tmp_path: Path) -> None:
    for package in translations.PACKAGES:
        shutil.copytree(translations.ROOT / package, tmp_path / package)
    before = set(translations.check(tmp_path))
    planted = 'from django.utils.translation import gettext as _\n_("Planted in %(place)s")\n'
    (tmp_path / "workflows" / "planted.py").write_text(planted)
    added = set(translations.check(tmp_path)) - before
    assert added == {"django.po: «Planted in %(place)s» is missing"}
