"""What reading a draft gives: the tree, the warnings in plain words, or a refusal."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeAlias

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consultations.text.tree import Node

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

Sentence: TypeAlias = "str | _StrPromise"


class UnreadableDraft(ValueError):
    """The file or text cannot be read as a draft; `sentence` tells the person why."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True)
class Warning:  # noqa: A001 - the person's word; the builtin is not used here
    """Something a person should look at; `line` is a line (DOCX: paragraph) from 1.

    `label` is the mark of the provision it speaks of ("§ 2."); empty when it speaks of none.
    """

    code: str
    line: int
    sentence: Sentence
    label: str = ""


@dataclass(frozen=True)
class Parsed:
    """A draft that was read: its provisions, and what to check in them.

    `lines` holds the line each provision began in, in the order of `tree.walk`; `keys` the lasting
    keys that a file we wrote carries, by the turn of the provision in that order, from 1.
    """

    nodes: tuple[Node, ...]
    warnings: tuple[Warning, ...]
    lines: tuple[int, ...] = ()
    keys: Mapping[int, str] = field(default_factory=dict)

    def warned(self, more: Iterable[Warning]) -> "Parsed":
        """The same with these warnings too, all in the order of their lines."""
        found = sorted([*more, *self.warnings], key=lambda warning: warning.line)
        return replace(self, warnings=tuple(found))

    def keyed(self, found: Iterable[tuple[int, str]]) -> "Parsed":
        """The same with these keys, each with the line it stood in; a key is used once.

        Of several provisions that began in one line, each takes the next key of that line.
        """
        waiting: dict[int, list[str]] = {}
        for line, key in {key: (line, key) for line, key in reversed(list(found))}.values():
            waiting.setdefault(line, []).append(key)
        turns = enumerate(self.lines, start=1)
        keys = {turn: waiting[line].pop() for turn, line in turns if waiting.get(line)}
        return replace(self, keys=keys)


@contextmanager
def refusing_damage() -> Iterator[None]:
    """Whatever goes wrong inside, the person is told that the file is damaged."""
    try:
        yield
    except UnreadableDraft:
        raise
    except Exception as error:  # several libraries read a stranger's bytes
        raise UnreadableDraft(_("The file is damaged and cannot be read.")) from error


_SENTENCES: dict[str, Sentence] = {
    "number-gap": _("The number “{label}” does not follow the one before it: a number is missing."),
    "number-repeated": _("The number “{label}” appears twice."),
    "number-out-of-order": _("The number “{label}” is out of order."),
    "chapter-title-missing": _("“{label}” has no title."),
    "list-without-numbers": _("The text looks like a list, but its items have no numbers."),
    "level-skipped": _("A level is skipped before “{label}”."),
    "annex-inside": _("An annex begins here; its provisions are numbered from the beginning."),
    "empty-provision": _("The provision “{label}” is empty."),
    "several-in-line": _("Several provisions stood in one line and were separated."),
    "unread-number": _("The number “{label}” is of an unknown kind and was left in the text."),
    "table-flattened": _("A table was turned into plain text."),
    "tracked-changes": _("The file has tracked changes; they were read as accepted."),
    "footnote": _("A footnote was put into the text, in square brackets."),
    "left-out": _("A text box was left out."),
}


def warn(code: str, line: int, label: str = "") -> Warning:
    """The warning of this code, its sentence naming the provision by its label."""
    return Warning(code, line, format_lazy(_SENTENCES[code], label=label), label)
