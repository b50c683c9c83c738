"""Finding comments by what they say: in any form of its words, whatever case and diacritics.

A comment is looked up in its words (`CommentWords`), which are written once it is admitted; one
that has none yet is read itself, as slowly as that is.
"""

from collections.abc import Sequence

from django.db.models import Case, CharField, F, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Concat

from consultations.models import Comment, CommentState
from consultations.selectors.folded import Folded
from consultations.text import words
from consultations.text.folding import rarest_first

LONGEST_NUMBER = 6
TEXTS = ("reasons", "proposed_wording", "supplement")
ANSWER = Case(  # an answer counts once it is published
    When(state=CommentState.PUBLISHED, then=F("given_answer__reasons")),
    default=Value(""),
    output_field=CharField(),
)


def holding(comments: QuerySet[Comment], terms: Sequence[str]) -> QuerySet[Comment]:
    """The comments that hold every term: in text, organisation, published answer, or number."""
    fields = (*TEXTS, "organisation__name", ANSWER)
    parts = [part for field in fields for part in (field, Value(" "))]
    comments = comments.alias(read=Folded(Concat(*parts, output_field=TextField())))
    for term in rarest_first(terms):
        comments = comments.filter(said(term) | _numbered(term))
    return comments


def said(term: str) -> Q:
    """The term stands in the index; in the alias `read`, where there is no index yet."""
    indexed, read = Q(), Q()
    for way in words.ways(term):
        indexed |= Q(index__said__contains=way)
        read |= Q(read__contains=way)
    return indexed | (Q(index=None) & read)


def _numbered(term: str) -> Q:
    """A comment is found by its number too."""
    number = term.removeprefix("#")
    is_number = number.isdecimal() and number.isascii() and len(number) <= LONGEST_NUMBER
    return Q(number=int(number)) if is_number else Q(pk__in=[])


def source(comment: Comment) -> str:
    """What is looked up of a comment, as `holding` reads it; nothing of an erased one."""
    if comment.is_erased:
        return ""
    answer = comment.given_answer.reasons if comment.state == CommentState.PUBLISHED else ""
    organisation = comment.organisation.name if comment.organisation else ""
    return " ".join([*(getattr(comment, name) for name in TEXTS), organisation, answer])


def marks(terms: Sequence[str]) -> tuple[str, ...]:
    """What of the terms is marked in a text that was found."""
    return tuple(dict.fromkeys(words.alike(term) for term in terms))
