"""The rows of a sheet as comments: what each would record, or in words why it cannot be."""

import json
import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, time

from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from consultations import calendar
from consultations.errors import Refused
from consultations.models import (
    Actor,
    Channel,
    Comment,
    CommentKind,
    Consultation,
    Intake,
    Organisation,
    Wording,
)
from consultations.services.filing import Said, foresee
from consultations.services.senders import sender_of
from consultations.services.verdict import WRITTEN
from consultations.text import headings, places

LONGEST = 20_000  # signs of a wording or of reasons, as on the form
LONGEST_NAME = 150
KEYS_AT_ONCE = 500


@dataclass
class Row:
    """One row: its number in the sheet, what would be filed, what stands against it.

    `key` is the same for the same content of the same consultation, whoever imports it and in
    whatever format; the second of two identical rows of one sheet has another.
    """

    number: int
    said: Said | None = None
    sender: str = ""
    filed_by: Actor | None = None
    late: bool = False
    key: uuid.UUID | None = None
    errors: list[str] = field(default_factory=list)
    already: int = 0  # the number of the comment it was recorded as before

    @property
    def channel_words(self) -> str:
        return str(Channel(self.said.channel).label) if self.said else ""

    @property
    def kind_words(self) -> str:
        return str(CommentKind(self.said.kind).label) if self.said else ""

    @property
    def is_ready(self) -> bool:
        return not self.errors and not self.already


def judged(intake: Intake) -> list[Row]:
    """Every row of the sheet, looked at and nothing written; those recorded before say as what."""
    sheet = _Sheet(intake)
    rows = [sheet.row(int(number), cells) for number, cells in intake.rows]
    known = _recorded([one.key for one in rows if one.key])
    for one in rows:
        one.already = known.get(one.key, 0)  # type: ignore[arg-type]  # None is no key of it
        if one.already:  # whatever stands against it now, it stands in the register
            one.errors = []
    return rows


def _recorded(keys: Sequence[uuid.UUID]) -> dict[uuid.UUID, int]:
    found: dict[uuid.UUID, int] = {}
    for first in range(0, len(keys), KEYS_AT_ONCE):
        some = Comment.objects.filter(idempotency_key__in=keys[first : first + KEYS_AT_ONCE])
        found |= dict(some.values_list("idempotency_key", "number"))
    return found


class _Sheet:
    """What the rows of one sheet are read against: the text, the organisations, the columns."""

    def __init__(self, intake: Intake) -> None:
        self.columns, self.channel = intake.columns, intake.channel
        self.consultation: Consultation = intake.consultation
        wordings = Wording.objects.filter(text_version=self.consultation.text_version_id)
        listed = wordings.select_related("provision").order_by("position")
        self.wordings = {str(one.provision.key): one for one in listed}
        self.citations = {key: one.citation for key, one in self.wordings.items()}
        self.organisations: dict[str, list[Organisation]] = {}
        for one in Organisation.objects.all():
            self.organisations.setdefault(headings.folded(one.name), []).append(one)
        self.seen = Counter[str]()

    def row(self, number: int, cells: Sequence[str]) -> Row:
        """One row judged; its key counts how often the same content stood above it."""
        row = Row(number)
        given = {name: self._cell(cells, place) for name, place in self.columns.items()}
        sender = given.get("sender") or " ".join(
            filter(None, [given.get("first_name"), given.get("surname")])
        )
        row.sender = sender
        self._check_lengths(row, given)
        row.said = self._said(row, given)
        row.key = self._key(given | {"sender": sender}, row.said)
        self._check_sender(row, given, row.said.organisation)
        if not row.errors:
            self._foresee(row, row.said)
        return row

    @staticmethod
    def _cell(cells: Sequence[str], place: int) -> str:
        return cells[place].strip() if place < len(cells) else ""

    def _check_lengths(self, row: Row, given: dict[str, str]) -> None:
        if max(len(given.get(name, "")) for name in ("proposed", "reasons")) > LONGEST:
            row.errors.append(_("A text is longer than 20,000 characters."))
        if len(row.sender) > LONGEST_NAME:
            row.errors.append(_("The name is longer than 150 characters."))

    def _said(self, row: Row, given: dict[str, str]) -> Said:
        wording = self._wording(row, given.get("provision", ""))
        organisation = self._organisation(row, given.get("organisation", ""))
        channel = self._channel(row, given.get("channel", ""))
        posted = self._instant(row, given.get("posted", ""))
        named = {"sender", "surname", "organisation"} & self.columns.keys()
        nobody = not (row.sender or organisation or given.get("email"))
        return Said(
            wording=wording,
            organisation=organisation,
            kind=self._kind(row, given, wording),
            proposed_wording=given.get("proposed", ""),
            reasons=given.get("reasons", ""),
            channel=channel,
            posted_on=calendar.local_day(posted) if posted else None,
            arrived_at=self._instant(row, given.get("arrived", "")),
            unsigned=bool(named) and nobody and channel in WRITTEN,
        )

    def _wording(self, row: Row, typed: str) -> Wording | None:
        if places.is_whole(typed):
            return None
        key = places.find(typed, self.citations)
        if key is None:
            row.errors.append(_("There is no provision “%(words)s” in this text.") % _cut(typed))
            return None
        return self.wordings[key]

    def _organisation(self, row: Row, name: str) -> Organisation | None:
        if not name or name in {"-", "–"}:
            return None
        found = self.organisations.get(headings.folded(name), [])
        if len(found) == 1:
            return found[0]
        words = _("There is no organisation “%(words)s” here: add it first, or correct its name.")
        if found:
            words = _("More than one organisation is called “%(words)s”.")
        row.errors.append(words % _cut(name))
        return None

    def _channel(self, row: Row, words: str) -> str:
        found = headings.channel_of(words) if words else self.channel
        if not found:
            unknown = _("How it came is not clear: “%(words)s”.") % _cut(words)
            row.errors.append(unknown if words else _("It is not said how it came."))
        return found or Channel.POST

    def _instant(self, row: Row, words: str) -> datetime | None:
        if not words:
            return None
        day = headings.day_of(words)
        if day is None:
            unread = _("“%(words)s” is no day. Write it as 2026-10-05 or 5.10.2026.") % _cut(words)
            row.errors.append(unread)
            return None
        return datetime.combine(day[0], day[1] or time.min, tzinfo=calendar.WARSAW)

    def _kind(self, row: Row, given: dict[str, str], wording: Wording | None) -> str:
        """As it is said; else a proposal changes its provision, or adds to the whole draft."""
        if given.get("kind"):
            found = headings.kind_of(given["kind"])
            if not found:
                row.errors.append(_("Unknown kind of comment: “%(words)s”.") % _cut(given["kind"]))
            return found or CommentKind.QUESTION
        if not given.get("proposed"):
            return CommentKind.QUESTION
        return CommentKind.ADD if wording is None else CommentKind.CHANGE

    def _check_sender(
        self, row: Row, given: dict[str, str], organisation: Organisation | None
    ) -> None:
        if given.get("email"):
            try:
                row.filed_by = sender_of(given["email"], organisation)
            except Refused as refusal:
                row.errors.append(str(refusal))

    def _foresee(self, row: Row, said: Said) -> None:
        try:
            row.late = foresee(self.consultation, said)
        except Refused as refusal:
            row.errors.append(str(refusal))

    def _key(self, given: dict[str, str], said: Said) -> uuid.UUID:
        """Of the sheet's content alone: neither its order, its format nor what the officer chose.

        Under the key of this installation: what a comment said cannot be guessed from it.
        """
        content = [
            said.arrived_at.isoformat() if said.arrived_at else "",
            said.posted_on.isoformat() if said.posted_on else "",
            said.channel if given.get("channel") else "",
            said.organisation.pk if said.organisation else "",
            " ".join(given["sender"].split()),
            given.get("email", "").casefold(),
            said.wording.eid if said.wording else "",
            said.kind,
            " ".join(said.proposed_wording.split()),
            " ".join(said.reasons.split()),
        ]
        digest = salted_hmac("intake", json.dumps(content), algorithm="sha256").hexdigest()
        self.seen[digest] += 1
        space = uuid.uuid5(uuid.NAMESPACE_OID, f"intake {self.consultation.pk}")
        return uuid.uuid5(space, f"{digest} {self.seen[digest]}")


def _cut(words: str) -> dict[str, str]:
    return {"words": words if len(words) <= 60 else f"{words[:59]}…"}
