"""The comments of a filter as a sheet to be answered in, and what its columns mean."""

from collections.abc import Iterator, Mapping, Sequence

from django.conf import settings
from django.db.models import Prefetch, QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from consultations import wording
from consultations.models import Actor, Cause, Comment, Consultation
from consultations.selectors.detail import joined, who_of
from consultations.selectors.people import reads_names
from consultations.selectors.runs import outcome_words
from consultations.text.formats.answer_sheet import Column, written
from consultations.text.headings import folded
from consultations.text.tree import NBSP

MOST = 2_000  # rows of one sheet, as can be read back
PARTS = "; "  # between several provisions in one cell
# What an officer fills in; the rest is there to be read.
FILLED_IN = ("outcome", "accepted_part", "reasons_of_answer", "changed")


def headings() -> dict[str, str]:
    """What each column is called in the language of now, by its name; in this order."""
    return {
        "number": _("No."),
        "version": _("Version"),
        "provision": _("Provision"),
        "wording": _("Wording of the provision"),
        "proposed": _("Proposed wording"),
        "reasons": _("Reasons"),
        "who": _("Who"),
        "department": _("Department"),
        "state": _("State"),
        "outcome": _("Outcome"),
        "accepted_part": _("In which part it is accepted"),
        "reasons_of_answer": _("Reasons of the answer"),
        "changed": _("Which provision it changes"),
    }


WIDTHS = {
    "number": 8,
    "version": 8,
    "provision": 18,
    "wording": 40,
    "proposed": 40,
    "reasons": 50,
    "who": 24,
    "department": 22,
    "state": 16,
    "outcome": 20,
    "accepted_part": 30,
    "reasons_of_answer": 60,
    "changed": 22,
}


def known_headings() -> dict[str, str]:
    """Every heading in every language, folded: the name of the column it is."""
    known: dict[str, str] = {}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            known |= {folded(words): name for name, words in headings().items()}
    return known


def known_outcomes(codes: Sequence[str]) -> dict[str, str]:
    """Every outcome's word in every language, folded, and its code: the code."""
    known = {code: code for code in codes}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            known |= {folded(outcome_words(code)): code for code in codes}
    return known


def outcomes(consultation: Consultation) -> list[str]:
    """The codes the procedure of the round knows."""
    return list(consultation.draft.procedure.outcomes.values_list("code", flat=True))


def citations(consultation: Consultation) -> dict[str, str]:
    """Place of each provision of the latest text, by its key."""
    latest = consultation.draft.versions.last()
    if latest is None:
        return {}
    rows = latest.wordings.order_by("position").values_list("provision__key", "citation")
    return {str(key): citation.replace(NBSP, " ") for key, citation in rows}


def answers_file(
    consultation: Consultation, found: QuerySet[Comment], viewer: Actor | None
) -> bytes:
    """The first rows of the filter; names only for those who may read names."""
    columns = _columns(consultation, viewer)
    rows = _rows(consultation, found, viewer, [one.name for one in columns])
    return written(_("Comments"), columns, rows, (_("How to fill it in"), _explained(consultation)))


def _columns(consultation: Consultation, viewer: Actor | None) -> list[Column]:
    choices = tuple(outcome_words(code) for code in outcomes(consultation))
    return [
        Column(
            name,
            words,
            WIDTHS.get(name, 24),
            is_open=name in FILLED_IN,
            choices=choices if name == "outcome" else (),
        )
        for name, words in headings().items()
        if name != "who" or reads_names(viewer)
    ]


def _rows(
    consultation: Consultation,
    found: QuerySet[Comment],
    viewer: Actor | None,
    names: Sequence[str],
) -> Iterator[list[str | int]]:
    causes = Prefetch("changes", Cause.objects.select_related("provision"))
    listed = list(joined(found).prefetch_related(causes)[:MOST])
    who, spots = who_of(listed, viewer), citations(consultation)
    for one in listed:
        cells = _cells(one, spots) | {"who": who[one.pk]}
        yield [cells[name] for name in names]


def _cells(comment: Comment, spots: Mapping[str, str]) -> dict[str, str | int]:
    given = getattr(comment, "given_answer", None)
    named = [str(one.provision.key) for one in comment.changes.all()]
    on = comment.wording
    return {
        "number": comment.number,
        "version": comment.version,
        "provision": on.citation if on else _("the whole draft"),
        "wording": on.text if on else "",
        "proposed": _kept(comment.proposed_wording),
        "reasons": _kept(comment.reasons),
        "department": comment.department.name if comment.department else "",
        "state": str(comment.get_state_display()),
        "outcome": outcome_words(given.outcome) if given else "",
        "accepted_part": given.accepted_part if given else "",
        "reasons_of_answer": given.reasons if given else "",
        "changed": PARTS.join(spots[key] for key in named if key in spots),
    }


def _kept(text: str) -> str:
    return str(wording.ERASED_WORDS) if text == wording.ERASED else text


def _explained(consultation: Consultation) -> list[list[str]]:
    rows = consultation.draft.procedure.outcomes.all()
    how = {
        headings()["outcome"]: _("One of the words below; choose it from the list in the cell."),
        headings()["reasons_of_answer"]: _("Always needed. The author of the comment reads them."),
        headings()["accepted_part"]: _("Only for what is partly accepted."),
        headings()["changed"]: _(
            "For what is accepted, wholly or partly: § 5 ust. 2, or 5.2; several with a semicolon."
        ),
        headings()["version"]: _("Leave it: it shows whether the comment has changed since."),
    }
    changing = _("leads to a change of the text: name the provision")
    plain = _("without a change of the text")
    no_signature = _(
        "A sheet approves and publishes nothing: the second signature is given on the page."
    )
    return [
        [_("Column"), _("What to write in it")],
        *([name, words] for name, words in how.items()),
        ["", _("Rows without outcome and reasons are passed over. Other columns are not read.")],
        ["", no_signature],
        [_("Outcome"), ""],
        *([outcome_words(one.code), changing if one.leads_to_change else plain] for one in rows),
    ]
