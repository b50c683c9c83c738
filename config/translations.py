"""The Polish catalogue: `python -m config.translations compile` and `... check`.

Needs neither Django's settings nor, to compile, gettext: a fresh machine has only Babel.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("config", "consultations", "workflows", "notifications")
PLACEHOLDER = re.compile(r"%\(\w+\)[sdif]|%[sdif](?!\w)|\{\w*\}")
NO_GETTEXT = (
    "note: gettext is missing, so nobody looked whether the catalogue holds every word of the"
    " source; install it with:  sudo apt-get install gettext"
)


def catalogues(root: Path = ROOT) -> list[Path]:
    """Every catalogue of the project."""
    return sorted(root.glob("config/locale/*/LC_MESSAGES/*.po"))


def read(path: Path) -> Catalog:
    """Read a catalogue; its language is the name of its folder."""
    with path.open("rb") as source:
        return read_po(source, locale=path.parts[-3])


def compile_all(root: Path = ROOT) -> None:
    """Write the .mo beside every .po that is newer; whole or not at all."""
    for path in catalogues(root):
        compiled = path.with_suffix(".mo")
        if compiled.exists() and compiled.stat().st_mtime >= path.stat().st_mtime:
            continue
        part = compiled.with_name(f".{os.getpid()}.mo")
        with part.open("wb") as target:
            write_mo(target, read(path))
        part.replace(compiled)


def faults(path: Path) -> Iterator[str]:
    """What is wrong inside one catalogue, a line each."""
    catalogue = read(path)
    for message in catalogue:
        if message.id:
            for fault in _faults_of(message, catalogue.num_plurals):
                yield f"{path.name}: «{_words(message.id)[0]}» {fault}"
    yield from (f"{path.name}: «{_words(one)[0]}» is obsolete" for one in catalogue.obsolete)


def _faults_of(message: Message, plurals: int) -> Iterator[str]:
    forms = _words(message.string)
    if message.fuzzy:
        yield "is marked fuzzy"
    if len(forms) != (plurals if message.pluralizable else 1) or not all(map(str.strip, forms)):
        yield f"lacks a translation ({sum(map(bool, forms))} of {plurals} forms)"
        return
    originals = [_placeholders(words) for words in _words(message.id)]
    for number, form in enumerate(forms):
        # The form for one may leave the number out, as the English singular may.
        allowed = originals if number == 0 else originals[-1:]
        if _placeholders(form) not in allowed:
            yield f"has other placeholders than its translation «{form}»"


def _words(value: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value or ())


def _placeholders(words: str) -> Counter[str]:
    return Counter(PLACEHOLDER.findall(words.replace("%%", "")))


def differences(path: Path, root: Path = ROOT) -> Iterator[str]:
    """Words of the source that the catalogue lacks, and words it keeps that nobody uses."""
    known, used = _ids(path), extracted(root, domain=path.stem)
    yield from (f"{path.name}: «{words}» is missing" for words in sorted(used - known))
    yield from (f"{path.name}: «{words}» is used nowhere" for words in sorted(known - used))


def extracted(root: Path, domain: str = "django") -> set[str]:
    """The words of templates and code, as Django's own extraction finds them in a copy."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        (copy / "locale").mkdir()
        ignored = shutil.ignore_patterns("locale", "vendor", "__pycache__")
        for package in PACKAGES:
            shutil.copytree(root / package, copy / package, ignore=ignored)
        command = [sys.executable, "-m", "django", "makemessages", "-l", "pl", "-d", domain]
        outside = {k: v for k, v in os.environ.items() if k != "DJANGO_SETTINGS_MODULE"}
        done = subprocess.run(
            command, cwd=copy, env=outside, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise RuntimeError(f"makemessages failed:\n{done.stderr}")
        found = copy / "locale" / "pl" / "LC_MESSAGES" / f"{domain}.po"
        return _ids(found) if found.exists() else set()


def _ids(path: Path) -> set[str]:
    """Context, singular and plural of every message, as one line of text each."""
    return {
        " | ".join((*([message.context] if message.context else []), *_words(message.id)))
        for message in read(path)
        if message.id
    }


def check(root: Path = ROOT) -> list[str]:
    """Everything that is wrong with the catalogues; a line that begins «note:» is no fault."""
    found = [fault for path in catalogues(root) for fault in faults(path)]
    if not catalogues(root):
        found.append("there is no catalogue under config/locale")
    if shutil.which("xgettext") is None:
        return [*found, NO_GETTEXT]
    return found + [line for path in catalogues(root) for line in differences(path, root)]


def main(arguments: list[str]) -> int:
    """Run one of the two commands; 1 when the check finds a fault, 2 for anything else."""
    if arguments == ["compile"]:
        compile_all()
        return 0
    if arguments != ["check"]:
        print("usage: python -m config.translations compile|check", file=sys.stderr)
        return 2
    lines = check()
    print("\n".join(lines))
    return int(any(not line.startswith("note:") for line in lines))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
