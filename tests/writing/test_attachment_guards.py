"""What was filed with a comment stays so, whoever writes to the database."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from consultations.models import Attachment, AttachmentContent, Comment, CommentDraft
from consultations.models.clock import now
from consultations.services import attachments
from tests.ground.attacks import (
    REFUSED_BY_ITS_GUARD,
    Attack,
    each,
    forge,
    replace,
    sql,
    stands,
    truncate,
)
from tests.ground.scene import Scene
from tests.writing import files
from tests.writing.test_attachments import scanned


def filed(scene: Scene) -> Attachment:
    """A scan with a filed comment; made once, and its entry is no longer the newest."""
    earlier = Attachment.objects.filter(comment__isnull=False).first()
    if earlier is not None:
        return earlier
    one = scanned(scene.world, scene.received)
    forge(scene, kind="comment.number_case", bump=True)
    return one


def rows(scene: Scene) -> Any:
    return Attachment.objects.filter(pk=filed(scene).pk)


def add(scene: Scene) -> Attachment:
    """With a comment, beside no entry of it."""
    filed(scene)
    return Attachment.objects.create(
        comment=scene.received, name="x", media_type="x", size=1, sha256="x", added_at=now()
    )


def slip_in(scene: Scene) -> int:
    draft = CommentDraft.objects.create(
        consultation=scene.consultation,
        author=scene.world.outsider,
        begun_at=now(),
        saved_at=now(),
    )
    one = attachments.attach(draft, name="a.png", content=files.PNG, by=scene.world.outsider)
    filed(scene)
    return Attachment.objects.filter(pk=one.pk).update(draft=None, comment=scene.received)


ATTACKS = each(
    Attack("renamed", lambda s: rows(s).update(name="x"), ("attachment_update",)),
    Attack("other hash", lambda s: rows(s).update(sha256="x"), ("attachment_update",)),
    Attack(
        "given to another", lambda s: rows(s).update(comment=s.admitted), ("attachment_update",)
    ),
    Attack("slipped in", slip_in, ("attachment_update",)),
    Attack("added", add, ("attachment_insert",)),
    Attack(
        "bytes changed",
        lambda s: sql(
            "UPDATE {attachmentcontent} SET data = data WHERE attachment_id = %s", filed(s).pk
        ),
        ("attachmentcontent_update",),
    ),
    Attack(
        "bytes deleted",
        lambda s: AttachmentContent.objects.filter(pk=filed(s).pk).delete(),
        ("attachmentcontent_delete",),
    ),
    Attack(
        "deleted",
        lambda s: sql("DELETE FROM {attachment} WHERE id = %s", bare(s).pk),
        ("attachment_delete",),
    ),
    Attack(
        "replaced",
        lambda s: replace("{attachment}", filed(s), name="'x'"),
        ("attachment_insert",),
        needs="sqlite",
    ),
    Attack(
        "emptied",
        lambda _: truncate("{attachment}"),
        ("attachment_truncate", "attachmentcontent_truncate"),
        needs="postgresql",
    ),
)


def bare(scene: Scene) -> Attachment:
    """One without bytes, so that its own guard alone keeps it."""
    one = filed(scene)
    if AttachmentContent.objects.filter(pk=one.pk).exists():
        with transaction.atomic():
            scene.world.comment(scene.consultation)  # its entry lets a row in beside it
            comment = Comment.objects.latest("number")
            return Attachment.objects.create(
                comment=comment, name="x", media_type="x", size=1, sha256="x", added_at=now()
            )
    return one


@pytest.mark.parametrize("attack", ATTACKS)
def test_what_was_filed_stays_as_it_was_filed(scene: Scene, attack: Attack) -> None:
    filed(scene)
    assert stands(attack, scene) == REFUSED_BY_ITS_GUARD


def test_a_draft_goes_with_its_files_and_a_filed_one_does_not(scene: Scene) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        filed(scene).delete()
