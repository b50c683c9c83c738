"""What the search of the queue looks into: the words of comments, places, names and numbers.

A comment's words are looked up in their index (`selectors.said`); what only the office reads
(case numbers, names of private persons and senders) is found by key first, in small tables.
"""

from collections.abc import Sequence
from typing import Any

from django.db.models import F, Q, QuerySet, TextField, Value
from django.db.models.functions import Concat

from consultations.models import (
    Actor,
    Comment,
    Consultation,
    Organisation,
    Sealed,
    User,
    Wording,
)
from consultations.selectors import said
from consultations.selectors.folded import Folded
from consultations.selectors.people import reads_names
from consultations.text.folding import fold, rarest_first, terms

LONGEST_NUMBER = 9
MOST_KEYS = 500  # read before the search; where more are found, the database looks for itself
Keys = dict[str, Any]  # of each term: keys, or the query that gives them


def searched(
    found: QuerySet[Comment], asked: str, viewer: Actor | None, consultation: Consultation
) -> QuerySet[Comment]:
    """The comments in which every term stands somewhere, a word in any of its forms."""
    parts = [part for field in said.TEXTS for part in (field, Value(" "))]
    found = found.alias(read=Folded(Concat(*parts, output_field=TextField())))
    wanted = rarest_first(terms(asked) or (fold(asked),))
    cases = _keys(_cases(consultation), "case_number", wanted)
    places = _places(consultation)
    organisations = list(Organisation.objects.values_list("pk", "name"))
    names = reads_names(viewer)
    people = _keys(User.objects.annotate(key=F("actor")), "name", wanted) if names else {}
    senders = _keys(_senders(), "text", wanted) if names else {}
    for term in wanted:
        there = said.said(term) | Q(pk__in=cases[term])
        there |= Q(wording__in=_named(places, term))
        there |= Q(organisation__in=_named(organisations, term))
        if names:
            there |= Q(organisation=None, filed_by__in=people[term]) | Q(pk__in=senders[term])
        if term.isascii() and term.isdecimal() and len(term) <= LONGEST_NUMBER:
            there |= Q(number=int(term))
        found = found.filter(there)
    return found


def _keys(rows: QuerySet[Any], field: str, wanted: Sequence[str]) -> Keys:
    """Of each term the `key` of the rows in whose field it stands: one small query for all."""
    rows = rows.annotate(folded=Folded(field)).order_by()
    somewhere = Q()
    for term in wanted:
        somewhere |= Q(folded__contains=term)
    read = list(rows.filter(somewhere).values_list("key", "folded")[: MOST_KEYS + 1])
    if len(read) > MOST_KEYS:
        return {term: rows.filter(folded__contains=term).values("key") for term in wanted}
    return {term: [key for key, text in read if term in text] for term in wanted}


def _cases(consultation: Consultation) -> QuerySet[Any]:
    there = Comment.objects.filter(consultation=consultation).exclude(case_number="")
    return there.annotate(key=F("pk"))


def _senders() -> QuerySet[Any]:
    """The sealed names of senders, by their comments."""
    sealed = Sealed.objects.filter(field="sender", entry__kind="comment.file")
    return sealed.annotate(key=F("entry__comment"))


def _places(consultation: Consultation) -> list[tuple[int, str]]:
    """Of the text under consultation: one small query, compared here."""
    there = Wording.objects.filter(text_version=consultation.text_version_id)
    return list(there.values_list("pk", "citation"))


def _named(rows: Sequence[tuple[int, str]], term: str) -> list[int]:
    return [pk for pk, name in rows if term in fold(name)]
