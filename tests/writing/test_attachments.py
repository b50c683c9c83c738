"""Files that go with comments: by content, within limits, scanned, kept as they were filed."""

import sys
import uuid
from pathlib import Path
from typing import Any

import pytest

from consultations import policy
from consultations.errors import Invalid, NotYours
from consultations.models import Attachment, AttachmentContent, Comment, CommentDraft, Entry
from consultations.models.clock import now
from consultations.models.people import operator
from consultations.scanning import NotScanned
from consultations.services import attachments
from consultations.services.door import one_action
from consultations.services.erasing import erase_person
from consultations.text.sniffing import media_type_of, safe_name
from tests.world import World
from tests.writing import files


def drafted(world: World, **fields: Any) -> CommentDraft:
    """A draft of the outsider's own."""
    instant = now()
    given = {
        "consultation": world.opened(),
        "author": world.outsider,
        "begun_at": instant,
        "saved_at": instant,
    }
    return CommentDraft.objects.create(**(given | fields))


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.pdf", files.PDF, "application/pdf"),
        ("a.txt", files.PDF, "application/pdf"),
        ("a", files.PNG, "image/png"),
        ("a.jpg", files.JPEG, "image/jpeg"),
        ("a.tif", files.TIFF, "image/tiff"),
        ("a.docx", files.DOCX, "wordprocessingml"),
        ("a.xlsx", files.XLSX, "spreadsheetml"),
        ("a.odt", files.ODT, "opendocument.text"),
        ("a.ods", files.ODS, "opendocument.spreadsheet"),
        ("lista.CSV", "nr;uwaga\n1;żółć\n".encode("cp1250"), "text/csv"),
        ("uwagi.txt", "Zażółć.\n".encode(), "text/plain"),
    ],
)
def test_what_a_file_is_its_content_says(name: str, content: bytes, kind: str) -> None:
    assert kind in media_type_of(name, content)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", files.EXE),
        ("a.txt", files.EXE),
        ("a.pdf", b"<html><script>alert(1)</script></html>"),
        ("a.docx", files.PLAIN_ZIP),
        ("a.docx", files.MACROS),
        ("a.odt", files.ODP),
        ("a.docx", files.DOCX[:60]),
        ("a.pdf", b"to nie PDF"),
        ("a.svg", b"<svg onload='x'/>"),
        ("a.txt", b"a\0b"),
    ],
    ids=range(10),
)
def test_what_is_on_no_list_is_not_taken(world: World, name: str, content: bytes) -> None:
    draft = drafted(world)
    with pytest.raises(Invalid):
        attachments.attach(draft, name=name, content=content, by=world.outsider)
    assert not Attachment.objects.exists()


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\Anna\\uwagi.pdf", "uwagi.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie x.pdf"),
        ("gnp.\u202efdp.exe", "gnp.fdp.exe.pdf"),
        ("", "plik.pdf"),
        (".pdf", "pdf.pdf"),
        ("ż" * 400 + ".PDF", "ż" * 140 + ".pdf"),
        ('"<b>".pdf', "b.pdf"),
    ],
)
def test_a_name_is_a_plain_name_with_the_end_of_its_kind(name: str, shown: str) -> None:
    assert safe_name(name, "application/pdf") == shown


def test_a_file_stands_with_its_draft_once(world: World) -> None:
    draft = drafted(world)
    one = attachments.attach(draft, name="a.pdf", content=files.PDF, by=world.outsider)
    again = attachments.attach(draft, name="b.pdf", content=files.PDF, by=world.outsider)
    assert (one, Attachment.objects.count()) == (again, 1)
    assert (one.name, one.size, bytes(one.content.data)) == ("a.pdf", len(files.PDF), files.PDF)
    attachments.remove(one, by=world.outsider)
    assert (Attachment.objects.count(), AttachmentContent.objects.count()) == (0, 0)


def test_files_have_their_limits(world: World, settings: Any) -> None:
    draft = drafted(world)
    settings.FILE_MB = 1
    with pytest.raises(Invalid, match="1 MB"):
        attachments.examine("a.pdf", files.PDF + bytes(1_000_000))
    with pytest.raises(Invalid, match="empty"):
        attachments.examine("a.pdf", b"")
    settings.FILE_MB, settings.FILES_MB = 2, 2
    for number in range(2):
        content = files.PDF + bytes([number]) * 900_000
        attachments.attach(draft, name="a.pdf", content=content, by=world.outsider)
    with pytest.raises(Invalid, match="together"):
        attachments.attach(
            draft, name="c.pdf", content=files.PDF + b"c" * 900_000, by=world.outsider
        )
    assert draft.attachments.count() == 2


def test_nobody_else_adds_to_a_draft_or_reads_its_files(world: World) -> None:
    draft = drafted(world)
    one = attachments.attach(draft, name="a.pdf", content=files.PDF, by=world.outsider)
    for other in (world.ngo, world.officer, world.approver):
        with pytest.raises(NotYours):
            attachments.attach(draft, name="b.png", content=files.PNG, by=other)
        with pytest.raises(NotYours):
            attachments.remove(one, by=other)
    seen = {
        name: policy.visible(who, Attachment.objects.all()).exists()
        for name, who in (
            ("visitor", None),
            ("author", world.outsider),
            ("other", world.ngo),
            ("officer", world.officer),
        )
    }
    assert [name for name, sees in seen.items() if sees] == ["author"]


def scanner(tmp_path: Path, code: int) -> str:
    script = tmp_path / "scanner.py"
    script.write_text(f"import sys\nassert sys.stdin.buffer.read(4) == b'%PDF'\nsys.exit({code})\n")
    return f"{sys.executable} {script}"


@pytest.mark.parametrize(("code", "refusal"), [(0, None), (1, Invalid), (2, NotScanned)])
def test_the_scanner_decides(settings: Any, tmp_path: Path, code: int, refusal: Any) -> None:
    settings.SCANNER = scanner(tmp_path, code)
    if refusal is None:
        assert attachments.examine("a.pdf", files.PDF).media_type == "application/pdf"
        return
    with pytest.raises(refusal):
        attachments.examine("a.pdf", files.PDF)


@pytest.mark.parametrize("command", ["/nie/ma/takiego", "sh -c 'kill -9 $$'", "'"])
def test_a_scanner_that_does_not_answer_takes_nothing(settings: Any, command: str) -> None:
    settings.SCANNER = command
    with pytest.raises(NotScanned):
        attachments.examine("a.pdf", files.PDF)


def test_without_a_scanner_files_are_taken(settings: Any) -> None:
    """The control of both tests above."""
    settings.SCANNER = ""
    assert attachments.examine("a.pdf", files.PDF).name == "a.pdf"


def scanned(world: World, comment: Comment) -> Attachment:
    return attachments.attach(
        comment, name="list.pdf", content=files.PDF, is_scan=True, by=world.officer
    )


def test_the_office_adds_a_scan_and_the_record_holds_its_hash(world: World) -> None:
    comment = world.comment(world.opened())
    one = scanned(world, comment)
    assert scanned(world, comment) == one
    entry = Entry.objects.get(kind="comment.attach")
    said = entry.words.get(field="attachments").text
    assert (one.is_scan, said) == (True, f"{one.sha256}  list.pdf")
    assert one.sha256 not in entry.payload
    for other in (world.ngo, world.outsider):
        with pytest.raises(NotYours):
            attachments.attach(comment, name="b.png", content=files.PNG, by=other)


def test_a_scan_is_kept_in_the_action_that_records_the_letter(world: World) -> None:
    consultation = world.opened()
    file = attachments.examine("list.pdf", files.PDF)
    with one_action():
        comment = world.comment(
            consultation, organisation=None, channel="post", by=world.officer, key=uuid.uuid4()
        )
        attachments.keep(comment, file, is_scan=True, by=world.officer)
    actions = Entry.objects.filter(comment=comment).values_list("action", flat=True)
    assert (len(actions), len(set(actions))) == (2, 1)


def test_erasing_takes_the_files_of_a_private_person(world: World) -> None:
    consultation = world.opened()
    own = world.comment(consultation, organisation=None, by=world.outsider)
    theirs = world.comment(consultation)
    for comment in (own, theirs):
        scanned(world, comment)
    draft = CommentDraft.objects.create(
        consultation=consultation, author=world.outsider, begun_at=now(), saved_at=now()
    )
    attachments.attach(draft, name="a.png", content=files.PNG, by=world.outsider)
    counts = erase_person(world.outsider, by=operator(), because="wniosek z 1 grudnia")
    assert (counts["attachments"], counts["unfiled drafts"]) == (1, 1)
    assert [one.comment for one in Attachment.objects.all()] == [theirs]
    assert AttachmentContent.objects.count() == 1
    assert not Entry.objects.get(kind="comment.attach", comment=own).words.exists()
