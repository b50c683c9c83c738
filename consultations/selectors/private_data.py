"""What looks like private data in the words a report makes public: to be looked at before release.

A warning, never a proof: it finds e-mail and PESEL numbers, telephone numbers that say so, and
the surname of a private person who did not agree to be named.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from consultations.models import Comment, CommentState, Consultation, Report, Sealed
from consultations.models.comments import PUBLIC_STATES

PATTERNS: tuple[tuple[Any, re.Pattern[str]], ...] = (
    (_("an e-mail address"), re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]+\.\w")),
    (_("eleven digits, as in a PESEL number"), re.compile(r"(?<!\d)\d{11}(?!\d)")),
    (
        _("a telephone number"),
        re.compile(r"(?:\b(?:tel|kom)\w*\.?:?|\+48)\s*\(?\+?\d[\d ()-]{6,}", re.IGNORECASE),
    ),
)
SURNAME = _("the surname of the private person who filed it")
SHORTEST_NAME = 4
OF_AN_ANSWER = ("given_answer__accepted_part", "given_answer__reasons")
AROUND = 40  # letters shown on either side


@dataclass(frozen=True)
class Suspect:
    """Where private data may stand; without a number it is the introduction.

    `hit` is what looks like them, between the words around it.
    """

    number: int | None
    what: str
    before: str = ""
    hit: str = ""
    after: str = ""


def suspects(consultation: Consultation, report: Report | None) -> list[Suspect]:
    """What to look at, by the number of the comment."""
    introduction = report.introduction if report else ""
    return [
        *_patterns_in(None, introduction),
        *_in_comments(consultation),
    ]


def _in_comments(consultation: Consultation) -> Iterator[Suspect]:
    senders = _senders(consultation)
    for one in _texts(consultation):
        number, organisation, named, name, *texts = one
        words = "\n".join(text for text in texts if text)
        yield from _patterns_in(number, words)
        whose = "" if organisation or named else senders.get(number) or name or ""
        surname = _surname_in(whose, words)
        if surname is not None:
            yield _suspect(number, str(SURNAME), words, surname)


def _texts(consultation: Consultation) -> Iterator[tuple[Any, ...]]:
    """What the report shows of each comment; of one left without consideration the reason."""
    mine = Comment.objects.filter(consultation=consultation).order_by("number")
    public, left = mine.filter(state__in=PUBLIC_STATES), mine.filter(state=CommentState.LEFT)
    fields = ("reasons", "proposed_wording", "supplement", *OF_AN_ANSWER)
    about = ("number", "organisation", "named", "filed_by__user__name")
    yield from public.values_list(*about, *fields).iterator(chunk_size=500)
    yield from left.values_list(*about, "left_because").iterator(chunk_size=500)


def _senders(consultation: Consultation) -> dict[int, str]:
    sealed = Sealed.objects.filter(
        Q(entry__comment__consultation=consultation), field="sender", entry__kind="comment.file"
    )
    return dict(sealed.values_list("entry__comment__number", "text"))


def _patterns_in(number: int | None, words: str) -> Iterator[Suspect]:
    """The first place of each kind."""
    for what, pattern in PATTERNS:
        found = pattern.search(words)
        if found is not None:
            yield _suspect(number, str(what), words, found)


def _suspect(number: int | None, what: str, words: str, found: re.Match[str]) -> Suspect:
    start, end = found.span()
    before = words[max(0, start - AROUND) : start].rpartition("\n")[2]
    after = words[end : end + AROUND].partition("\n")[0]
    return Suspect(number, what, before, found[0], after)


def _surname_in(name: str, words: str) -> re.Match[str] | None:
    surname = name.strip().rpartition(" ")[2]
    if len(surname) < SHORTEST_NAME or "@" in surname:
        return None
    return re.search(rf"\b{re.escape(surname)}\b", words, re.IGNORECASE)
