"""Which public copies of reports are due: lacking, failed a while ago, emptied, or out of date."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from consultations.models import (
    Cause,
    Consultation,
    CopyKind,
    Entry,
    LogHead,
    Making,
    ReportCopy,
    ReportFile,
    ReportPiece,
    ReportState,
)
from consultations.models.clock import now
from consultations.services.door import hold
from consultations.services.report_files import IN_MAKING, begin

REST = timedelta(hours=1)  # after a copy failed


class _Looked:
    """Up to which entry this process has looked for what changes a released report."""

    seq = 0


@dataclass(frozen=True)
class _Touched:
    """The newest entry of a comment, by the round it is of and by the draft whose text cites it."""

    rounds: dict[int, int]
    drafts: dict[int, int]

    def after(self, copy: ReportCopy) -> bool:
        """Whether something happened since the copy was begun."""
        newest = (
            self.rounds.get(copy.consultation_id, 0),
            self.drafts.get(copy.consultation.draft_id, 0),
        )
        return max(newest) > copy.seq


def forget() -> None:
    """Look at the whole record again."""
    _Looked.seq = 0


def order_public_copies() -> int:
    """Begin the public copies that released reports lack, and those whose words have changed.

    What came while it looked, or while a copy was written, is looked at again the next time.
    """
    size = LogHead.newest()
    public = ReportCopy.objects.filter(kind=CopyKind.PUBLIC)
    begun = public.filter(making__in=IN_MAKING).order_by("seq").first()
    touched = _touched(size)
    done = sum(
        _order(consultation, language)
        for language, _name in settings.LANGUAGES
        for consultation in _due(language, touched)
    )
    _Looked.seq = min(size, begun.seq) if begun else size
    return done


def _order(consultation: Consultation, language: str) -> int:
    with transaction.atomic():
        hold(consultation)
        mine = ReportCopy.objects.filter(consultation=consultation, kind=CopyKind.PUBLIC)
        if mine.filter(language=language, making__in=IN_MAKING).exists():
            return 0
        begin(consultation, CopyKind.PUBLIC, language, None)
    return 1


def _due(language: str, touched: _Touched) -> QuerySet[Consultation]:
    """Released, and lacking what they say; a copy that failed is tried again after a rest."""
    mine = ReportCopy.objects.filter(
        consultation=OuterRef("pk"), kind=CopyKind.PUBLIC, language=language, replaced_at=None
    )
    resting = Q(making=Making.FAILED, finished_at__gt=now() - REST)
    waits = mine.filter(Q(making__in=IN_MAKING) | resting)
    ready, failed = mine.filter(making=Making.READY), mine.filter(making=Making.FAILED)
    emptied = ready.filter(Exists(_without_words()))
    outdated = ready.filter(pk__in=_outdated(language, touched))
    wanted = Q(~Exists(ready)) | Exists(failed) | Exists(emptied) | Exists(outdated)
    released = Consultation.objects.filter(report__state=ReportState.RELEASED)
    return released.filter(wanted, ~Exists(waits)).order_by("pk")


def _without_words() -> QuerySet[ReportFile]:
    pieces = ReportPiece.objects.filter(file=OuterRef("pk"))
    return ReportFile.objects.filter(~Exists(pieces), report_copy=OuterRef("pk"))


def _outdated(language: str, touched: _Touched) -> list[int]:
    if not touched.rounds:
        return []
    live = ReportCopy.objects.filter(
        Q(consultation__in=touched.rounds) | Q(consultation__draft__in=touched.drafts),
        kind=CopyKind.PUBLIC,
        language=language,
        making=Making.READY,
        replaced_at=None,
    )
    return [one.pk for one in live.select_related("consultation") if touched.after(one)]


def _touched(size: int) -> _Touched:
    """What happened to comments since this process looked."""
    since = _Looked.seq if _Looked.seq <= size else 0
    if since == size:
        return _Touched({}, {})
    entries = Entry.objects.filter(seq__gt=since, seq__lte=size, kind__startswith="comment.")
    cited = Cause.objects.filter(comment=OuterRef("comment"))
    return _Touched(
        _newest(entries.values_list("comment__consultation")),
        _newest(entries.filter(Exists(cited)).values_list("case")),
    )


def _newest(entries: Any) -> dict[int, int]:
    found: Iterable[tuple[int, int]] = entries.order_by().annotate(newest=Max("seq"))
    return dict(found)
