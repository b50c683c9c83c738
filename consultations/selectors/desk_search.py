"""What the search of the queue looks into: the words of comments, places, names and numbers.

A comment's words are looked up in their index (`selectors.said`); what only the office reads
(case numbers, names of private persons and senders) is found by key first, in small tables.
"""

from typing import Any

from django.db.models import Q, QuerySet, TextField, Value
from django.db.models.functions import Concat, StrIndex
from django.db.models.lookups import GreaterThan

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
from consultations.text import words
from consultations.text.folding import fold, rarest_first, terms

READ = "read"
LONGEST_NUMBER = 9


def searched(
    found: QuerySet[Comment], asked: str, viewer: Actor | None, consultation: Consultation
) -> QuerySet[Comment]:
    """The comments in which every term stands somewhere, a word in any of its forms."""
    parts = [part for field in said.TEXTS for part in (field, Value(" "))]
    found = found.alias(**{READ: Folded(Concat(*parts, output_field=TextField()))})
    for term in rarest_first(terms(asked) or (fold(asked),)):
        found = found.filter(_anywhere(term, viewer, consultation))
    return found


def _anywhere(term: str, viewer: Actor | None, consultation: Consultation) -> Q:
    wanted = _words(term) | Q(pk__in=_by_case(consultation, term))
    wanted |= Q(wording__in=_places(consultation, term))
    wanted |= Q(organisation__in=_organisations(term))
    if reads_names(viewer):
        wanted |= Q(organisation=None, filed_by__in=_people(term)) | Q(pk__in=_senders(term))
    if term.isascii() and term.isdecimal() and len(term) <= LONGEST_NUMBER:
        wanted |= Q(number=int(term))
    return wanted


def _words(term: str) -> Q:
    """A place in the text is asked for: LIKE would fold the case of every letter once more."""
    indexed, read = Q(), Q()
    for way in words.ways(term):
        indexed |= Q(GreaterThan(StrIndex("index__said", Value(way)), 0))
        read |= Q(GreaterThan(StrIndex(READ, Value(way)), 0))
    return indexed | (Q(index=None) & read)


def _by_case(consultation: Consultation, text: str) -> QuerySet[Any, Any]:
    there = Comment.objects.filter(consultation=consultation).exclude(case_number="").order_by()
    return there.annotate(case=Folded("case_number")).filter(case__contains=text).values("pk")


def _places(consultation: Consultation, text: str) -> list[int]:
    """Of the text under consultation: one small query, compared here."""
    there = Wording.objects.filter(text_version=consultation.text_version_id)
    return [pk for pk, place in there.values_list("pk", "citation") if text in fold(place)]


def _organisations(text: str) -> list[int]:
    rows = Organisation.objects.values_list("pk", "name")
    return [pk for pk, name in rows if text in fold(name)]


def _people(term: str) -> QuerySet[Any, Any]:
    named = User.objects.annotate(folded=Folded("name"))
    return named.filter(folded__contains=term).values("actor")


def _senders(term: str) -> QuerySet[Any, Any]:
    """Keys of comments whose sealed sender has this in the name."""
    sealed = Sealed.objects.filter(field="sender", entry__kind="comment.file")
    named = sealed.annotate(folded=Folded("text")).filter(folded__contains=term)
    return named.values("entry__comment")
