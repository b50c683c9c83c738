"""The files of reports: asked for, gathered slice by slice, kept piece by piece, replaced.

What is written is settled by the record: no act of the procedure happens here. The processes that
write are started by `workflows.report_files`; `report_orders` finds which public copies are due.
"""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import translation

from consultations import policy
from consultations.models import (
    Actor,
    Consultation,
    CopyKind,
    Entry,
    LogHead,
    Making,
    Report,
    ReportCopy,
    ReportFile,
    ReportPiece,
)
from consultations.models.clock import now
from consultations.selectors import report_file
from consultations.services.door import hold, one_action, require
from consultations.text.formats.reports.description import head_line, row_line, section_lines
from consultations.text.formats.reports.writing import DESCRIPTION, name_of

ROWS_AT_ONCE = 100
PIECE = 1 << 20  # bytes
MOST_TRIES = 3
IN_MAKING = (Making.GATHERING, Making.WRITING)


def ask_report_files(consultation: Consultation, *, kind: str, by: Actor) -> ReportCopy:
    """Have the internal copy, or a preview of the public one, written in the language of the page.

    Asking again while it is written gives the copy that is on its way. Raises NotYours.
    """
    require(by, "names.see" if kind == CopyKind.INTERNAL else "desk.see", consultation)
    with one_action():
        consultation = hold(consultation)
        language = translation.get_language() or settings.LANGUAGE_CODE
        mine = ReportCopy.objects.filter(consultation=consultation, kind=kind, language=language)
        running: ReportCopy | None = mine.filter(making__in=IN_MAKING).first()
        return running or begin(consultation, kind, language, by)


def begin(consultation: Consultation, kind: str, language: str, by: Actor | None) -> ReportCopy:
    """Ask for a copy in place of one that failed, if one did.

    The instant is that of what the copy speaks of, never that of its writing.
    """
    ReportCopy.objects.filter(
        consultation=consultation, kind=kind, language=language, making=Making.FAILED
    ).delete()
    last = Entry.objects.filter(case=consultation.draft_id).order_by("-seq").first()
    instant = last.at if last else now()
    if kind == CopyKind.PUBLIC:
        report = Report.objects.get(consultation=consultation)
        instant = report.released_at or instant
    return ReportCopy.objects.create(
        consultation=consultation,
        kind=kind,
        language=language,
        at=instant,
        seq=LogHead.newest(),
        asked_at=now(),
        asked_by=by,
    )


def withdraw_files(draft: int) -> None:
    """A name has to go: what the files said goes at once, and they are written again.

    Of every round of the draft: the changes of the text cite comments of all of them. Locks their
    copies, after the comment: what is being gathered or kept is finished first, and goes as well.
    """
    rounds = Consultation.objects.filter(draft=draft)
    copies = ReportCopy.objects.filter(consultation__in=rounds)
    list(copies.select_for_update().order_by("pk").values_list("pk"))
    ReportPiece.objects.filter(file__report_copy__in=copies).delete()


def next_copy() -> ReportCopy | None:
    """The copy to be worked on: the oldest that is not finished."""
    return ReportCopy.objects.filter(making__in=IN_MAKING).order_by("pk").first()


def gather(copy: ReportCopy) -> ReportCopy:
    """Describe the next slice of the report; after the last one it is ready to be written.

    Each slice is kept with how far it went, so that another process can go on.
    """
    with transaction.atomic(), translation.override(copy.language):
        copy = ReportCopy.objects.select_for_update().get(pk=copy.pk)
        if copy.making != Making.GATHERING:
            return copy
        if copy.kind == CopyKind.INTERNAL and not policy.can(copy.asked_by, "names.see"):
            _give_up(copy)
            return copy
        if copy.files.exists() and not is_described(copy):
            begin_anew(copy)
            return ReportCopy.objects.get(pk=copy.pk)
        _gather(copy, _words_of(copy))
        copy.save()
    return copy


def _words_of(copy: ReportCopy) -> report_file.Copy:
    viewer = copy.asked_by if copy.kind == CopyKind.INTERNAL else None
    return report_file.Copy(copy.consultation, viewer, copy.at)


def _gather(copy: ReportCopy, words: report_file.Copy) -> None:
    kept = ReportFile.objects.filter(report_copy=copy, ending="").first()
    if kept is None:
        kept = ReportFile.objects.create(report_copy=copy, ending="")
        copy.rows = report_file.count(words)
        head = report_file.head(words, language=copy.language, kind=copy.kind)
        sections = (line for one in report_file.before_rows(words) for line in section_lines(one))
        _add(kept, 0, [head_line(head), *sections])
        return
    rows = report_file.rows(words, copy.last_number, ROWS_AT_ONCE)
    number = kept.pieces.count()
    if rows:
        _add(kept, number, map(row_line, rows))
        copy.last_number = int(rows[-1][0])
        copy.rows_gathered += len(rows)
        return
    _add(
        kept, number, (line for one in report_file.after_rows(words) for line in section_lines(one))
    )
    copy.making = Making.WRITING


def _add(kept: ReportFile, number: int, lines: Iterable[str]) -> None:
    ReportPiece.objects.create(file=kept, number=number, data="".join(lines).encode())


def is_described(copy: ReportCopy) -> bool:
    """Whether the description still stands: the erasing of a person takes its pieces away."""
    pieces = ReportPiece.objects.filter(file__report_copy=copy, file__ending="")
    return pieces.filter(number=0).exists()


def begin_anew(copy: ReportCopy) -> None:
    """Forget what was gathered and written, and gather again."""
    with transaction.atomic():
        ReportCopy.objects.filter(pk=copy.pk).update(
            making=Making.GATHERING, rows_gathered=0, last_number=0, seq=LogHead.newest()
        )
        copy.files.all().delete()


def lay_out(copy: ReportCopy, folder: Path) -> None:
    """Put the description into the folder, and a mark for every file that is kept already."""
    described = ReportPiece.objects.filter(file__report_copy=copy, file__ending="")
    with (folder / DESCRIPTION).open("wb") as file:
        for data in described.order_by("number").values_list("data", flat=True).iterator(1):
            file.write(data)
    for one in copy.files.exclude(ending=""):
        (folder / name_of(one.ending, one.part)).touch()


def keep_file(copy: ReportCopy, ending: str, part: int, path: Path) -> bool:
    """Keep a finished file with its size and hash; False when it is kept already."""
    digest, size = hashlib.sha256(), 0
    with transaction.atomic():
        ReportCopy.objects.select_for_update().get(pk=copy.pk)
        if copy.files.filter(ending=ending, part=part).exists() or not is_described(copy):
            return False
        kept = ReportFile.objects.create(report_copy=copy, ending=ending, part=part)
        with path.open("rb") as file:
            number = 0
            while data := file.read(PIECE):
                ReportPiece.objects.create(file=kept, number=number, data=data)
                digest.update(data)
                number, size = number + 1, size + len(data)
        kept.size, kept.sha256 = size, digest.hexdigest()
        kept.save()
    return True


def finish(copy: ReportCopy) -> None:
    """The copy takes the place of earlier ones, whose words go and whose hashes stay.

    One that says the very same as the one before is dropped instead; one that may hold a name
    which went while it was written is gathered again.
    """
    with transaction.atomic():
        live = ReportCopy.objects.filter(
            consultation=copy.consultation,
            kind=copy.kind,
            language=copy.language,
            replaced_at=None,
        )
        held = list(live.select_for_update().order_by("pk"))
        if not is_described(copy) or _names_went_since(copy):
            begin_anew(copy)
        else:
            _take_place(copy, [one for one in held if one.pk < copy.pk])


def _names_went_since(copy: ReportCopy) -> bool:
    """Also in an act that was running when the copy was begun, and did not know of it."""
    went = Q(kind="person.erase") | Q(kind="comment.stop_naming", case=copy.consultation.draft_id)
    return Entry.objects.filter(went, seq__gt=copy.seq).exists()


def _take_place(copy: ReportCopy, earlier: list[ReportCopy]) -> None:
    copy.files.filter(ending="").delete()
    same = [one.pk for one in earlier if _hashes(one) == _hashes(copy)]
    if same:
        ReportCopy.objects.filter(pk__in=same).update(seq=copy.seq)
        copy.delete()
        return
    ReportPiece.objects.filter(file__report_copy__in=earlier).delete()
    ReportCopy.objects.filter(pk__in=[one.pk for one in earlier]).update(replaced_at=now())
    ReportCopy.objects.filter(pk=copy.pk).update(making=Making.READY, finished_at=now())


def _hashes(copy: ReportCopy) -> set[tuple[str, int, str]]:
    """The hashes of its files, as far as their words are still there."""
    kept = copy.files.filter(Exists(ReportPiece.objects.filter(file=OuterRef("pk"))))
    return set(kept.values_list("ending", "part", "sha256"))


def fail(copy: ReportCopy) -> None:
    """The writing broke off: try again, a few times, and then leave it with that said."""
    with transaction.atomic():
        copy.tries += 1
        if copy.tries >= MOST_TRIES:
            _give_up(copy)
        copy.save(update_fields=["tries", "making", "finished_at"])


def _give_up(copy: ReportCopy) -> None:
    """What was gathered and written goes: half a report is nobody's to read."""
    copy.making, copy.finished_at = Making.FAILED, now()
    copy.save(update_fields=["making", "finished_at"])
    copy.files.all().delete()
