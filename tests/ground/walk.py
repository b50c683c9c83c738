"""A walk over every address: pages and sockets; it fails on what it cannot judge."""

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from channels.routing import URLRouter
from django.urls import URLPattern, URLResolver

from consultations import calendar, policy
from consultations.models import (
    Attachment,
    Cause,
    Comment,
    CommentDraft,
    Consultation,
    CouncilFile,
    CouncilSession,
    Department,
    ErasureRequest,
    Goal,
    Mandate,
    OpinionBody,
    Override,
    Phrase,
    ProcedureProposal,
    Run,
    SavedView,
    Substitution,
)
from consultations.models.clock import now
from consultations.services import (
    amendments,
    attachments,
    goals,
    intakes,
    mandates,
    opinions,
    overrides,
    phrases,
    requests,
    runs,
    sessions,
    texts,
)
from consultations.services.causes import Because, name_cause
from consultations.services.checkpoints import publish_checkpoint
from consultations.services.filing import Said
from consultations.services.guests import Sender, send_guest_comment, token_of
from consultations.services.procedures import Given, propose_procedure
from notifications.models import Notice
from notifications.outbox import dispatch
from tests.lasting import lasting
from tests.office.amending import amended
from tests.world import World
from workflows.views.terms import token_of as calendar_token

WAITS = "uchwała zarządu z 1 września"

AT_COUNCIL = {
    *("report", "report_file", "report_part", "roll_call", "give_opinion"),
    *("amendment", "amendments"),
}
GUEST = uuid.UUID("5d0e0f4e-7c06-4d0b-9a43-1e3f6a0b6d11")


@dataclass(frozen=True)
class Address:
    """One address: its route, its name, what answers there, and the names of its arguments."""

    route: str
    name: str
    callback: Any
    arguments: tuple[str, ...]

    @property
    def access(self) -> Any:
        """What it declares; None when it declares nothing."""
        return getattr(getattr(self.callback, "consumer_class", self.callback), "access", None)


def addresses(patterns: Iterable[Any], prefix: str = "") -> Iterator[Address]:
    """Every address of a URLconf or of a socket router; TypeError for what is neither."""
    for one in patterns:
        route = prefix + str(getattr(one, "pattern", ""))
        if isinstance(one, URLResolver):
            yield from addresses(one.url_patterns, route)
        elif isinstance(one, URLPattern) and isinstance(one.callback, URLRouter):
            yield from addresses(one.callback.routes, route)
        elif isinstance(one, URLPattern):
            names = tuple(one.pattern.converters)
            yield Address(route, str(one.name or ""), one.callback, names)
        else:
            raise TypeError(f"cannot judge {one!r}")


def undeclared(patterns: Iterable[Any]) -> list[str]:
    """Routes that declare no action of the policy."""
    return [one.route for one in addresses(patterns) if one.access not in policy.ACTIONS]


@dataclass
class Places:
    """A world in which every address leads somewhere, and the arguments that lead there."""

    world: World
    consultation: Consultation
    comment: Comment
    council_file: CouncilFile

    def arguments(self, address: Address) -> dict[str, Any]:
        """Real arguments for the address; KeyError for a name nobody knows here."""
        slug = self.consultation.slug
        if address.name in AT_COUNCIL:
            slug = self.council_file.draft.rounds.get().slug
        assert self.comment.wording is not None
        known = {
            "slug": slug,
            "number": self.comment.number,
            "pk": self.council_file.pk,
            "opinion": self.council_file.draft.opinions.all()[0].pk,
            "substitution": Substitution.objects.all()[0].pk,
            "way": self.consultation.ways.all()[0].pk,
            "key": self.comment.wording.provision.key,
            "version": 1,
            "old": 1,
            "new": 1,
            "kind": "docx",
            "ending": "csv",
            "part": 1,
            "amendment": self.council_file.amendments.all()[0].pk,
            "place": self.council_file.amendments.all()[0].places.all()[0].pk,
            "cause": Cause.objects.all()[0].pk,
            "goal": Goal.objects.all()[0].pk,
            "organisation": self.comment.organisation_id,
            "mandate": Mandate.objects.get(basis=WAITS).pk
            if address.name != "end_mandate"
            else self.comment.mandate_id,
            "intake": self.consultation.intakes.all()[0].pk,
            "document_kind": "strategy",
            "proposal": ProcedureProposal.objects.all()[0].pk,
            "procedure": self.consultation.draft.procedure_id,
            "guard": "forms_planned",
            "override": Override.objects.all()[0].pk,
            "run": Run.objects.all()[0].pk,
            "token": calendar_token(self.world.ngo.pk)
            if address.name == "own_calendar_by_token"
            else token_of(GUEST, "gosc@poczta.test"),
            "asked": ErasureRequest.objects.all()[0].pk,
            "view": SavedView.objects.all()[0].pk,
            "draft": CommentDraft.objects.all()[0].key,
            "attachment": Attachment.objects.all()[0].pk,
            "session": CouncilSession.objects.all()[0].pk,
            "phrase": Phrase.objects.all()[0].pk,
            "seq": self.comment.entries.get(kind="comment.admit").seq,
        }
        return {name: known[name] for name in address.arguments}


def places(world: World) -> Places:
    """A running round with a comment in work, and a draft of another cycle at the council."""
    council_file = world.numbered(world.closed(world.opened("poprzedni")))
    filed = amended(world, council_file)
    amendments.adopt_amendment(filed, by=world.clerk)
    consultation = world.opened("biezacy")
    comment = world.admitted(consultation)
    Department.objects.get_or_create(slug="kultura", name="Wydział Kultury")
    today = calendar.local_day(now())
    opinions.request_opinion(
        council_file.draft, body=OpinionBody.COMMITTEE, delivered_on=today, by=world.officer
    )
    past = today - timedelta(days=9)
    Substitution.objects.create(
        absent=world.approver, substitute=world.officer, first_day=past, last_day=past
    )
    version = texts.begin_version(consultation.draft, by=world.officer)
    assert comment.wording is not None
    because = Because("own", note="Dla jasności.")
    name_cause(version, comment.wording.provision, because, by=world.officer)
    key = comment.wording.provision.key
    goals.mark_goal(consultation.draft, key, kind="task", by=world.officer)
    mandates.ask_for_mandate(world.organisation, kind="drafter", basis=WAITS, by=world.outsider)
    SavedView.objects.create(owner=world.officer, name="Moje", query="?stan=mine")
    sheet = [(1, ["Zapis", "Uzasadnienie"]), (2, ["§ 1", "Z arkusza."])]
    intakes.keep_sheet(consultation, "uwagi.csv", sheet, by=world.officer)
    runs.prepare_run(consultation, "answer", [comment], by=world.officer)
    said = Said(comment.wording, None, "question", "", "Dlaczego?")
    send_guest_comment(consultation, said, Sender("gosc@poczta.test"), key=GUEST)
    requests.ask_erasure(by=world.outsider)
    sessions.add_session(number="XXX", day=today + timedelta(days=30), by=world.clerk)
    phrases.add_phrase(name="Poza zakresem", text="Uwaga {numer}.", by=world.officer)
    draft = CommentDraft.objects.create(
        consultation=consultation,
        wording=comment.wording,
        author=world.ngo,
        organisation=world.organisation,
        begun_at=now(),
        saved_at=now(),
    )
    attachments.attach(draft, name="a.txt", content=b"Lista.", by=world.ngo)
    overrides.ask_override(
        world.with_elements(world.drafted("trzeci")).rounds.get(),
        act_kind="consultation.announce",
        guard_code="forms_planned",
        because="Powódź.",
        by=world.officer,
    )
    propose_procedure(
        "sector_programme",
        figures_given={"notice_days": Given("10", "uchwała")},
        valid_from=today,
        because="Nowa uchwała.",
        by=world.officer,
    )
    dispatch()
    publish_checkpoint()
    assert Notice.objects.exists()
    return Places(world, consultation, comment, council_file)


@pytest.fixture(scope="module")
def there(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[Places]:
    """Filled once for the tests of a file."""
    with lasting(django_db_blocker, tmp_path_factory):
        yield places(World())


def body_of(response: Any) -> bytes:
    """All of an answer; one that is sent in pieces is read to its end, which closes its file."""
    return b"".join(response.streaming_content) if response.streaming else response.content
