"""One person every field of whom holds a word of its own, and where such words may be found."""

import base64
import io
import json
import subprocess
import unicodedata
import uuid
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.urls import reverse

from consultations import calendar
from consultations.models import Actor, Comment, Consultation, CopyKind
from consultations.models.clock import now
from consultations.services import appeals, comments, filing, following, leaving
from consultations.services.report_files import ask_report_files
from consultations.text.formats.reports.writing import MIMES
from notifications.outbox import dispatch
from tests.notifications.post import delivered
from tests.public.addresses import every_page
from tests.report_files import write_report_files
from tests.world import World, provision, signed_in

FIELDS = (
    *("name", "email", "reasons", "wording", "supplement", "returned", "hidden", "withdrawn"),
    *("sender", "spoken", "second", "left", "appeal", "upheld"),
)
TOKENS = {field: f"kanarek{number}{field}żółćgęś" for number, field in enumerate(FIELDS)}
# What everybody could read of her before.
PUBLIC = {"name", "reasons", "wording", "supplement", "left"}
# What is the organisation's, and stays.
THEIRS = "kanarekorganizacjiżółw"


class Person:
    """She files, completes, withdraws, follows, gets notices and letters; `letter` is on paper."""

    def __init__(self, world: World) -> None:
        self.world, said = world, TOKENS
        self.actor = signed_in(f"{said['email']}@poczta.test", f"Anna {said['name']}")
        user = self.actor.user
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        EmailAddress.objects.create(user=user, email=f"{said['second']}@poczta.test")
        consultation = world.opened()
        self.consultation = consultation
        following.follow(consultation.draft.document, by=self.actor)
        self.answered = self._answered(said)
        self.withdrawn = self.files(f"Powód {said['withdrawn']}.")
        comments.withdraw_comment(self.withdrawn, by=self.actor)
        self.hidden = self.files("Powód.")
        comments.hide_comment(self.hidden, because=f"Bo {said['hidden']}.", by=world.officer)
        self.left = self._left(said["left"])
        appeals.appeal_comment(self.hidden, reasons=f"Nie {said['appeal']}.", by=self.actor)
        because = f"Jednak {said['upheld']}."
        appeals.uphold_hiding(self.hidden, because=because, by=world.approver)
        self.letter = self._letter(said["sender"])
        self.theirs = world.answered(world.admitted(consultation, reasons=f"Powód {THEIRS}."))
        delivered()
        self._closed(said["spoken"])

    def files(self, reasons: str, wording: str = "Termin wynosi 40 dni.") -> Comment:
        said = {"reasons": reasons, "proposed_wording": wording, "organisation": None}
        return self.world.comment(self.consultation, by=self.actor, named=True, **said)

    def _answered(self, said: dict[str, str]) -> Comment:
        comment = self.files(f"Powód {said['reasons']}.", f"Termin {said['wording']}.")
        day, officer = calendar.local_day(now()), self.world.officer
        because = f"Brak {said['returned']}."
        comments.return_comment(comment, because=because, complete_by=day, by=officer)
        comments.complete_comment(comment, supplement=f"Oto {said['supplement']}.", by=self.actor)
        return self.world.answered(comments.admit_comment(comment, by=officer))

    def _left(self, because: str) -> Comment:
        """Left without consideration, for a reason that names her."""
        comment, officer = self.files("Powód."), self.world.officer
        day = calendar.local_day(now())
        comments.return_comment(
            comment, because="Brak.", complete_by=day, lacking=["unsigned"], by=officer
        )
        comments.complete_comment(comment, supplement="Jest.", by=self.actor)
        return leaving.leave_comment(comment, because=f"Bo {because}.", by=officer)

    def _letter(self, sender: str) -> Comment:
        """A letter on paper, entered by the office as hers."""
        said = filing.Said(
            provision(self.consultation), None, "question", "", "Z listu.", channel="post"
        )
        letter = filing.file_comment(
            self.consultation,
            said,
            key=uuid.uuid4(),
            by=self.world.officer,
            filed_by=self.actor,
            sender=sender,
        )
        return self.world.answered(comments.admit_comment(letter, by=self.world.officer))

    def _closed(self, spoken: str) -> None:
        """The round closes, the report comes out; she has looked at her pages and searched."""
        client = Client(headers={"accept-language": "en"})
        client.force_login(self.actor.user)
        session = client.session
        session["uw-szkic"] = spoken
        session.save()
        self.world.closed(self.consultation)
        self.world.reported(self.consultation)
        write_report_files()
        delivered()
        dispatch()


def forms(word: str) -> dict[str, bytes]:
    """The word as it might stand in bytes."""
    bare = unicodedata.normalize("NFKD", word.replace("ł", "l").replace("Ł", "L"))
    plain = "".join(one for one in bare if not unicodedata.combining(one))
    raw = word.encode()
    return {
        "raw": raw,
        "casefolded": word.casefold().encode(),
        "upper": word.upper().encode(),
        "plain": plain.encode(),
        "decomposed": unicodedata.normalize("NFD", word).encode(),
        "JSON": json.dumps(word)[1:-1].encode(),
        "UTF-16 LE": word.encode("utf-16-le"),
        "UTF-16 BE": word.encode("utf-16-be"),
        **{f"base64 {shift}": _in_base64(raw, shift) for shift in range(3)},
    }


def _in_base64(raw: bytes, shift: int) -> bytes:
    """The middle of the word's base64, which is the same whatever stands around it."""
    coded = base64.b64encode(b"\0" * shift + raw)
    return coded[4 if shift else 0 : -4]


def found(places: Iterable[tuple[str, bytes]], words: Iterable[str]) -> set[tuple[str, str, str]]:
    """Where which word stands in which form."""
    wanted = [(word, name, form) for word in words for name, form in forms(word).items()]
    return {
        (place, word, name) for place, held in places for word, name, form in wanted if form in held
    }


def words_in(places: Iterable[tuple[str, bytes]]) -> set[str]:
    """The fields of the person whose word stands somewhere there."""
    fields = {word: field for field, word in TOKENS.items()}
    return {fields[word] for _place, word, _form in found(places, fields)}


def files() -> Iterator[tuple[str, bytes]]:
    """The bytes of SQLite's files, read by another program: ours would lose its locks."""
    path = str(connection.settings_dict["NAME"])
    for one in (path, f"{path}-wal", f"{path}-shm"):
        if Path(one).exists():
            yield (
                Path(one).name,
                subprocess.run(["cat", one], capture_output=True, check=True).stdout,
            )


def rows() -> Iterator[tuple[str, bytes]]:
    """Every cell of every table, and what is packed in sessions; for a database without a file."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - names of our own tables
            said = "\n".join(str(cell) for row in cursor.fetchall() for cell in row)
            yield table, said.encode()
    held = [json.dumps(one.get_decoded(), ensure_ascii=False) for one in Session.objects.all()]
    yield "sessions, unpacked", "\n".join(held).encode()


def stored() -> list[tuple[str, bytes]]:
    """All that is stored, as far as it can be read here."""
    return [*rows(), *(files() if connection.vendor == "sqlite" else ())]


FILES = ("journal_csv", "journal_jsonl", "draft_text", "notice_docx")


def shown(consultation: Consultation) -> Iterator[tuple[str, bytes]]:
    """Every public page, and every file a visitor can take."""
    write_report_files()
    client = Client(headers={"accept-language": "en"})
    pages = {
        *every_page(consultation),
        *(reverse(name, args=[consultation.slug]) for name in FILES),
        *(reverse("report_file", args=[consultation.slug, one]) for one in MIMES),
        *(f"{reverse('search')}?q={word}" for word in ("termin", "powód")),
    }
    yield from _visited(client, pages)


def shown_inside(consultation: Consultation, officer: Actor) -> Iterator[tuple[str, bytes]]:
    """What the office reads and takes of the round."""
    ask_report_files(consultation, kind=CopyKind.INTERNAL, by=officer)
    write_report_files()
    client = Client(headers={"accept-language": "en"})
    client.force_login(officer.user)
    slug = consultation.slug
    queue = reverse("queue", args=[slug])
    pages = {
        *every_page(consultation),
        reverse("journal_csv", args=[slug]),
        reverse("journal_jsonl", args=[slug]),
        *(reverse("inside_report_file", args=[slug, 1, one]) for one in MIMES),
        reverse("control_room", args=[slug]),
        reverse("inbox"),
        *(f"{queue}?stan=all&uwaga={one.number}" for one in consultation.comments.all()),
    }
    yield from _visited(client, pages)


def _visited(client: Client, pages: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    for address in sorted(pages):
        answer = client.get(address)
        assert answer.status_code in (200, 404), address
        held = b"".join(answer) if answer.streaming else answer.content
        yield address, b"\n".join(unpacked(held)) if held[:2] == b"PK" else held


def unpacked(held: bytes) -> list[bytes]:
    with zipfile.ZipFile(io.BytesIO(held)) as file:
        return [file.read(name) for name in file.namelist()]
