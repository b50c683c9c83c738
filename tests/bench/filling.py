"""Fills a scratch database: who there is, one round that is open now, comments by bulk rows."""

import json
import uuid
from collections.abc import Iterable
from datetime import datetime, time, timedelta

from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import F
from django.test import Client
from django.utils import timezone

from consultations import triggers
from consultations.calendar import WARSAW
from consultations.ledger.tree import Frontier
from consultations.ledger.verify import leaf_hash
from consultations.models import (
    Actor,
    Comment,
    CommentKind,
    CommentState,
    CommentWords,
    Consultation,
    Department,
    DocumentKind,
    Entry,
    LegalForm,
    LogHead,
    Mandate,
    Organisation,
    Role,
    RoleGrant,
    User,
    Wording,
)
from consultations.models.clock import move_to, now
from consultations.models.people import operator
from consultations.services import consultations as rounds
from consultations.services import documents as register
from consultations.services import elements, sketching, texts, ways
from consultations.text import words
from consultations.text.parse import parse_plain
from notifications.models import Dispatched
from tests.bench.scene import PROVISIONS, REASONS, SLUG, Colleague, Member, Scene
from tests.bench.views import KEYS, MAKE_LINES
from workflows import services
from workflows.tick import fire_due_timers

AGO = timedelta(days=10)  # then the round opens 7 days later, and is open for 21 days
MEMBERS = 8
PROVISION = (
    "Miasto współpracuje z organizacjami pozarządowymi w sprawie numer {n}, z poszanowaniem"
    " zasad pomocniczości, partnerstwa, efektywności, uczciwej konkurencji i jawności, w trybie"
    " określonym w ustawie oraz w zarządzeniach Prezydenta Miasta."
)


def fill(comments: int, drafts: int, officers: int = 0) -> Scene:
    """Migrate, lay the scene, file `comments` at one stroke, prepare `drafts` to be announced.

    So many `officers` come beside the one who runs the round, each with a name of her own.
    """
    call_command("migrate", verbosity=0)
    move_to(timezone.now() - AGO)
    _make_table_of_the_limit()
    officer = staff("officer@urzad.test", Role.OFFICER)
    staff("approver@urzad.test", Role.APPROVER)
    members = _members()
    consultation = _open_round(officer)
    _comments(consultation, [actor for actor, _organisation in members], comments)
    wording = Wording.objects.select_related("provision").get(
        text_version=consultation.text_version_id, position=1
    )
    return Scene(
        slug=SLUG,
        key=str(wording.provision.key),
        members=[Member(_session(actor), organisation) for actor, organisation in members],
        officer=_session(officer),
        drafts=[drafted(f"projekt-{n}", 3, officer) for n in range(drafts)],
        officers=[_colleague(n) for n in range(officers)],
    )


def _make_table_of_the_limit() -> None:
    with connection.cursor() as cursor:
        cursor.execute(MAKE_LINES.format(key=KEYS[connection.vendor]))


def _signed_in(email: str) -> Actor:
    return User.objects.create_user(email, name=email.partition("@")[0].capitalize()).actor


def staff(email: str, role: str) -> Actor:
    actor = _signed_in(email)
    RoleGrant.objects.create(actor=actor, role=role, since=now())
    return actor


def _colleague(number: int) -> Colleague:
    actor = staff(f"urzedniczka{number:02}@urzad.test", Role.OFFICER)
    return Colleague(_session(actor), actor.user.name)


def _members() -> list[tuple[Actor, int]]:
    """People with the organisation each speaks for, two in one: a colleague is told, too."""
    Department.objects.create(slug="budzet", name="Wydział Budżetu")
    found = []
    verified = {"verified_at": now(), "verified_by": operator()}
    given = {"legal_form": LegalForm.FOUNDATION, **verified}
    for n in range(MEMBERS):
        actor = _signed_in(f"osoba{n}@mosty.test")
        organisation, _new = Organisation.objects.get_or_create(
            name=f"Fundacja Mosty {n // 2}", defaults=given
        )
        Mandate.objects.create(
            organisation=organisation, actor=actor, kind=Mandate.Kind.SIGNATORY, since=now()
        )
        found.append((actor, organisation.pk))
    return found


def _session(actor: Actor) -> str:
    client = Client()
    client.force_login(actor.user)
    return client.cookies["sessionid"].value


def drafted(slug: str, provisions: int, officer: Actor) -> str:
    """A registered draft with a text of so many provisions; gives the address of its round."""
    document = register.add_document(
        slug=slug, kind=DocumentKind.ANNUAL, title=f"Program {slug}", by=officer
    )
    draft = services.register_draft(document, slug=slug, title=f"Projekt {slug}", by=officer)
    lines = [f"§ {n}. {PROVISION.format(n=n)}" for n in range(1, provisions + 1)]
    text = "\n".join(["Program współpracy", *lines])
    texts.import_text(draft, parse_plain(text).nodes, by=officer)
    _plan_ways(draft.rounds.get(), officer)
    return slug


def _plan_ways(consultation: Consultation, officer: Actor) -> None:
    """Three forms with a meeting: a round is not announced without them."""
    _first, last = rounds.earliest_days(consultation)
    at = datetime.combine(last, time(17), WARSAW)
    meeting = ways.Plan("open_meeting", "Urząd Miasta, sala 7", at, at + timedelta(hours=2))
    for plan in (meeting, ways.Plan("online_form", "Uwaga"), ways.Plan("paper", "Urząd")):
        ways.plan_way(consultation, plan, by=officer)
    _place_elements(consultation, officer)


def _place_elements(consultation: Consultation, officer: Actor) -> None:
    """All in the first provision: a round is not announced without them."""
    draft = consultation.draft
    first = draft.provisions.earliest("pk").key
    codes = draft.procedure.elements.values_list("code", flat=True)
    elements.place_elements(draft, {code: [first] for code in codes}, by=officer)


def _open_round(officer: Actor) -> Consultation:
    one = Consultation.objects.get(slug=drafted(SLUG, PROVISIONS, officer))
    first, last = rounds.earliest_days(one)
    notice = rounds.Notice(first, last, "Poznać zdanie organizacji.", "Referat", "tel. 12")
    one = services.announce_consultation(one, notice, by=officer)
    assert one.opens_at is not None
    move_to(one.opens_at)
    fire_due_timers()
    one.refresh_from_db()
    return one


def _comments(consultation: Consultation, members: list[Actor], count: int) -> None:
    """Admitted comments with both their entries, written past the guards, which stand again."""
    if not count:
        return
    wordings = list(Wording.objects.filter(text_version=consultation.text_version_id))
    organisation = Organisation.objects.all()[0]
    instant = now()
    with transaction.atomic():
        triggers.drop(connection)
        rows = Comment.objects.bulk_create(
            Comment(
                consultation=consultation,
                number=number,
                state=CommentState.ADMITTED,
                version=1,
                wording=wordings[number % len(wordings)],
                kind=CommentKind.CHANGE,
                proposed_wording=f"{PROVISION.format(n=number)} Termin wynosi {number} dni.",
                reasons=f"{REASONS} ({number})",
                filed_by=members[number % len(members)],
                recorded_by=members[number % len(members)],
                organisation=organisation if number % 3 else None,
                filed_at=instant,
                idempotency_key=uuid.uuid4(),
            )
            for number in range(1, count + 1)
        )
        _entries(consultation, rows, instant)
        _words(rows)
        connection.check_constraints()  # PostgreSQL alters no table that has some left to check
        triggers.install(connection)
    _sketches(count)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as the database does by itself some time after such a filling


def _sketches(count: int) -> None:
    """What each is alike to, as the job has drawn it by now: comments come in weeks."""
    at_once, sketching.AT_ONCE = sketching.AT_ONCE, count
    try:
        sketching.sketch_comments()
    finally:
        sketching.AT_ONCE = at_once


def _words(rows: Iterable[Comment]) -> None:
    """The words of each for the search, as the job has written them by now."""
    size = LogHead.objects.get(pk=1).size
    CommentWords.objects.bulk_create(
        CommentWords(
            comment=one, said=words.indexed(f"{one.reasons} {one.proposed_wording}"), seq=size
        )
        for one in rows
    )


def _entries(consultation: Consultation, rows: Iterable[Comment], instant: datetime) -> None:
    head, case = LogHead.objects.get(pk=1), consultation.draft.trail.count()
    officer = RoleGrant.objects.filter(role=Role.OFFICER).earliest("pk").actor_id
    written: list[Entry] = []
    grown = Frontier()
    for payload in Entry.objects.order_by("seq").values_list("payload", flat=True):
        grown.append(leaf_hash(payload.encode()))
    for row in rows:
        for kind, actor, states in (
            ("comment.file", row.filed_by_id, ("received", "received")),
            ("comment.admit", officer, ("received", "admitted")),
        ):
            place = len(written) + 1
            payload = json.dumps(
                {"bench": place, "facts": {"number": row.number, "kind": row.kind}}
            )
            written.append(
                Entry(
                    seq=head.size + place,
                    t_us=head.last_t_us + place,
                    at=instant,
                    kind=kind,
                    actor_id=actor,
                    action=uuid.uuid4(),
                    case_id=consultation.draft_id,
                    case_seq=case + place,
                    comment=row,
                    from_state=states[0],
                    to_state=states[1],
                    object_version=1,
                    payload=payload,
                    nodes=grown.append(leaf_hash(payload.encode())),
                )
            )
    entries = Entry.objects.bulk_create(written)
    Dispatched.objects.bulk_create(Dispatched(entry=entry) for entry in entries)
    more = len(written)
    LogHead.objects.update(size=F("size") + more, last_t_us=F("last_t_us") + more)
