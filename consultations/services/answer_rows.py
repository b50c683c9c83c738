"""The rows of a filled-in sheet as answers: what each would do, or in words why it cannot."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from consultations.errors import Changed, Invalid, Refused
from consultations.models import Actor, Comment, Consultation, RowState, Run, RunAct
from consultations.selectors import answer_sheet as known
from consultations.selectors.detail import joined
from consultations.selectors.queue import desk
from consultations.services.door import require
from consultations.services.run_acts import obstacle, refuse_unknown_fields
from consultations.services.runs import MOST, NOT_THERE, Row, keep_run
from consultations.text import places
from consultations.text.formats.sheets import Rows
from consultations.text.headings import MOST_BEFORE, folded
from consultations.text.numbers import number_in
from consultations.text.said import says_something

NEEDED = ("number", "version", "outcome", "reasons_of_answer")
LONGEST = 20_000  # signs of the reasons, as on the form
LONGEST_HEADING, MOST_IGNORED = 60, 20
HIGHEST = 2**31 - 1


def prepare_answers(consultation: Consultation, name: str, rows: Rows, *, by: Actor) -> Run:
    """A run of what the sheet says, to be looked over: nothing is done yet.

    Raises NotYours, Invalid.
    """
    require(by, "comment.answer")
    place, columns, ignored = _headings(rows)
    sheet = _Sheet(consultation, columns, by)
    read = [sheet.row(number, cells) for number, cells in rows[place + 1 :]]
    found = [one for one in read if one is not None]
    if not found:
        raise Invalid(_("No row of this sheet holds an answer."), "file")
    sheet.judge(found)
    notes = {"empty": len(read) - len(found), "ignored": ignored}
    return keep_run(consultation, RunAct.ANSWER, found[:MOST], by=by, sheet=name[:120], notes=notes)


def _headings(rows: Rows) -> tuple[int, dict[str, int], list[str]]:
    """The row of the headings, the column (from 0) of each name, and what nobody reads."""
    names = known.known_headings()
    for place, (_number, cells) in enumerate(rows[:MOST_BEFORE]):
        found: dict[str, int] = {}
        for column, words in enumerate(cells):
            found.setdefault(names.get(folded(words), ""), column)
        found.pop("", None)
        if all(one in found for one in NEEDED):
            other = [one for one in cells if one and folded(one) not in names]
            return place, found, [one[:LONGEST_HEADING] for one in other[:MOST_IGNORED]]
    missing = ", ".join(known.headings()[one] for one in NEEDED)
    words = _("These columns are needed, with their headings: %(names)s.")
    raise Invalid(words % {"names": missing}, "file")


class _Sheet:
    """What the rows of one sheet are read against."""

    def __init__(self, consultation: Consultation, columns: dict[str, int], by: Actor) -> None:
        self.consultation, self.columns, self.by = consultation, columns, by
        codes = known.outcomes(consultation)
        self.outcomes = known.known_outcomes(codes)
        leading = consultation.draft.procedure.outcomes.filter(leads_to_change=True)
        self.leading = set(leading.values_list("code", flat=True))
        in_part = consultation.draft.procedure.outcomes.filter(asks_part=True)
        self.in_part = set(in_part.values_list("code", flat=True))
        self.citations = known.citations(consultation)

    def row(self, place: int, cells: Sequence[str]) -> Row | None:
        """One row as it was typed; None for one without an answer."""
        typed = {name: _cell(cells, column) for name, column in self.columns.items()}
        if not typed["outcome"] and not typed["reasons_of_answer"]:
            return None
        row = Row(place, _whole(typed["number"]), seen_version=_whole(typed["version"]))
        row.asked = {"reasons": typed["reasons_of_answer"][:LONGEST], "accepted_part": ""}
        against = self._read(row.asked, typed)
        return row.refuse(against) if against else row

    def _read(self, asked: dict[str, Any], typed: dict[str, str]) -> Refused | None:
        if not typed["outcome"]:
            return Invalid(_("Choose the outcome."))
        outcome = self.outcomes.get(folded(typed["outcome"]))
        if outcome is None:
            return Invalid(_("There is no such outcome: “%(words)s”.") % _cut(typed["outcome"]))
        asked["outcome"], asked["changed"] = outcome, []
        against = self._read_words(asked, typed)
        if against or outcome not in self.leading:
            return against
        return self._read_changed(asked, typed.get("changed", ""))

    def _read_words(self, asked: dict[str, Any], typed: dict[str, str]) -> Refused | None:
        part = typed.get("accepted_part", "") if asked["outcome"] in self.in_part else ""
        asked["accepted_part"] = part[:LONGEST]
        if not says_something(typed["reasons_of_answer"]):
            return Invalid(_("Give the reasons: an answer without reasons is not an answer."))
        if max(len(typed["reasons_of_answer"]), len(part)) > LONGEST:
            return Invalid(_("A text is longer than 20,000 characters."))
        if asked["outcome"] in self.in_part and not says_something(part):
            return Invalid(_("Say in which part the comment is accepted."))
        return _unfilled(typed["reasons_of_answer"], part)

    def _read_changed(self, asked: dict[str, Any], typed: str) -> Refused | None:
        for words in filter(None, (one.strip() for one in typed.split(";"))):
            key = places.find(words, self.citations)
            if key is None:
                text = _("There is no provision “%(words)s” in this text.")
                return Invalid(text % _cut(words))
            if key not in asked["changed"]:
                asked["changed"].append(key)
        if asked["changed"]:
            return None
        return Invalid(_("Name the change this leads to: choose the provision that changes."))

    def judge(self, rows: Sequence[Row]) -> None:
        """Which comment each row is about, and what stands against it."""
        every = desk(self.by, self.consultation)
        wanted = {one.number for one in rows}
        there = joined(every.filter(number__in=wanted)).prefetch_related("changes__provision")
        on_desk = {one.number: one for one in there}
        times = Counter(one.number for one in rows)
        for row in rows:
            comment = on_desk.get(row.number)
            if comment is None:
                _refuse_missing(row)
            elif times[row.number] > 1:
                row.refuse(Invalid(_("This number stands in several rows of the sheet.")))
            else:
                comment.consultation = self.consultation
                row.comment = comment
                self._compare(row, comment)

    def _compare(self, row: Row, comment: Comment) -> None:
        if row.state == RowState.REFUSED:
            return
        if _stands(comment, row.asked):
            row.state = RowState.SAME
            return
        against = obstacle(comment, RunAct.ANSWER, self.by)
        if against is None and row.seen_version != comment.version:
            against = Changed(_("It has changed since the sheet was downloaded."))
        if against:
            row.refuse(against)


def _unfilled(*texts: str) -> Invalid | None:
    """A field in braces that no comment can fill."""
    try:
        for text in texts:
            refuse_unknown_fields(text)
    except Invalid as refusal:
        return refusal
    return None


def _refuse_missing(row: Row) -> None:
    missing = Refused(_("There is no comment of this number here."))
    missing.code = NOT_THERE
    row.refuse(missing)


def _stands(comment: Comment, asked: dict[str, Any]) -> bool:
    """Whether this very answer stands already; blanks alone are no difference."""
    given = getattr(comment, "given_answer", None)
    if given is None or given.outcome != asked["outcome"]:
        return False
    named = {str(one.provision.key) for one in comment.changes.all()}
    said = ("reasons", "accepted_part")
    same_words = all(getattr(given, name).split() == asked[name].split() for name in said)
    return same_words and (not asked["changed"] or named == set(asked["changed"]))


def _cell(cells: Sequence[str], place: int) -> str:
    return cells[place].strip() if place < len(cells) else ""


def _whole(typed: str) -> int:
    """A number as Excel gives it back; 0 for what is none."""
    number = number_in(typed.removesuffix(".0"))
    return number if number and number <= HIGHEST else 0


def _cut(words: str) -> dict[str, str]:
    return {"words": words if len(words) <= 60 else f"{words[:59]}…"}
