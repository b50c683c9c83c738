"""Files that go with comments: looked at, scanned, kept; immutable once the comment is filed."""

import hashlib
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from consultations import policy, scanning
from consultations.errors import Invalid, NotYours, WrongState
from consultations.models import Actor, Attachment, AttachmentContent, Comment, CommentDraft
from consultations.models.clock import now
from consultations.services.door import hold, note, one_action
from consultations.text.sniffing import media_type_of, safe_name

MEGABYTE = 1_000_000  # bytes
MOST = 20  # files of one comment


@dataclass(frozen=True)
class File:
    """A file that was looked at and may be kept."""

    name: str
    media_type: str
    content: bytes
    sha256: str


def attach(
    comment_or_draft: Comment | CommentDraft,
    *,
    name: str,
    content: bytes,
    is_scan: bool = False,
    by: Actor,
) -> Attachment:
    """Look at the file and keep it with a draft, or (the office alone) with a filed comment.

    The scanner may take a minute, so this is not called inside an action: there, `examine` the file
    first and `keep` it then. Raises NotYours, Invalid, NotScanned, WrongState.
    """
    return keep(comment_or_draft, examine(name, content), is_scan=is_scan, by=by)


def limit() -> int:
    """The largest file, in bytes."""
    return int(settings.FILE_MB) * MEGABYTE


def examine(name: str, content: bytes) -> File:
    """Whether the file may be taken: its size, its kind by content, the scanner's word.

    Touches no row. Raises Invalid (field «file») and NotScanned.
    """
    if not content:
        raise Invalid(_("The file is empty."), "file")
    if len(content) > limit():
        words = _("The file is larger than %(most)d MB.")
        raise Invalid(words % {"most": settings.FILE_MB}, "file")
    media_type = media_type_of(name, content)
    if not media_type:
        raise Invalid(
            _(
                "This kind of file is not taken. Send PDF, DOCX, ODT, XLSX, ODS, CSV, TXT, PNG,"
                " JPEG or TIFF, without macros."
            ),
            "file",
        )
    scanning.scan(content)
    digest = hashlib.sha256(content).hexdigest()
    return File(safe_name(name, media_type), media_type, content, digest)


def keep(
    comment_or_draft: Comment | CommentDraft, file: File, *, is_scan: bool = False, by: Actor
) -> Attachment:
    """Keep an examined file; the same file again is there already. Raises as `attach`."""
    with one_action():
        if isinstance(comment_or_draft, Comment):
            return _keep_with_comment(hold(comment_or_draft), file, is_scan=is_scan, by=by)
        draft = held_draft(comment_or_draft, by=by)
        return _same(draft, file) or _keep(draft, file, is_scan=is_scan)


def held_draft(draft: CommentDraft, *, by: Actor) -> CommentDraft:
    """Lock the draft; gives a fresh copy. Raises WrongState (it is gone, or filed), NotYours."""
    waiting = CommentDraft.objects.waiting().select_for_update(of=("self",))
    row: CommentDraft | None = waiting.filter(pk=draft.pk).first()
    if row is None:
        raise WrongState(_("This draft is no longer there: it was filed or deleted."))
    if not policy.may_write(by, row):
        raise NotYours
    return row


def touch(draft: CommentDraft) -> None:
    """The draft is changed now: whoever signed it off has read something else."""
    draft.version += 1
    draft.saved_at, draft.signed_off_by, draft.signed_off_at = now(), None, None
    draft.save()


def _keep_with_comment(comment: Comment, file: File, *, is_scan: bool, by: Actor) -> Attachment:
    earlier = _same(comment, file)
    if earlier is not None:
        return earlier
    _check_room(comment, file)
    words = {"attachments": in_words(file)}
    note(comment, "comment.attach", by=by, words=words, facts={"number": comment.number})
    return _insert(Attachment(comment=comment), file, is_scan=is_scan)


def _keep(draft: CommentDraft, file: File, *, is_scan: bool) -> Attachment:
    _check_room(draft, file)
    touch(draft)
    return _insert(Attachment(draft=draft), file, is_scan=is_scan)


def _insert(row: Attachment, file: File, *, is_scan: bool) -> Attachment:
    row.name, row.media_type, row.sha256 = file.name, file.media_type, file.sha256
    row.size, row.is_scan, row.added_at = len(file.content), is_scan, now()
    row.save(force_insert=True)
    AttachmentContent.objects.create(attachment=row, data=file.content)
    return row


def _same(target: Comment | CommentDraft, file: File) -> Attachment | None:
    found: Attachment | None = target.attachments.filter(sha256=file.sha256).first()
    return found


def _check_room(target: Comment | CommentDraft, file: File) -> None:
    held = target.attachments.all()
    if held.count() >= MOST:
        raise Invalid(_("%(most)d files are the most for one comment.") % {"most": MOST}, "file")
    whole = (held.aggregate(whole=Sum("size"))["whole"] or 0) + len(file.content)
    if whole > settings.FILES_MB * MEGABYTE:
        words = _("All files of one comment together may have %(most)d MB.")
        raise Invalid(words % {"most": settings.FILES_MB}, "file")


def remove(attachment: Attachment, *, by: Actor) -> None:
    """Take a file out of a draft. Raises NotYours, WrongState (filed, or gone)."""
    with one_action():
        if attachment.draft is None:
            raise WrongState(_("What was filed stays as it was filed."))
        touch(held_draft(attachment.draft, by=by))
        attachment.delete()


def in_words(file: File | Attachment) -> str:
    """How the record names a file: its hash and its name; sealed, and erased with its author."""
    return f"{file.sha256}  {file.name}"


def hand_over(draft: CommentDraft, comment: Comment) -> None:
    """The files of a draft become those of the comment, beside the entry of its filing."""
    Attachment.objects.filter(draft=draft).update(draft=None, comment=comment)
