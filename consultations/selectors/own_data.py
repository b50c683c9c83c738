"""What consultations keep of a person, in words for herself: her copy of the data (GDPR, art. 15).

Nothing of anybody else: of a comment recorded for another only where it is, of the record only
what she did and when.
"""

import io
import json
import zipfile
from collections.abc import Mapping
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations import exporters, policy, wording
from consultations.exporters import Reads
from consultations.models import (
    Actor,
    Advice,
    Answer,
    Cause,
    Comment,
    CommentDraft,
    CommentGroup,
    CoveringNote,
    DraftMark,
    Entry,
    ErasureRequest,
    Intake,
    Mandate,
    Organisation,
    Override,
    Presence,
    ProcedureProposal,
    Reply,
    Report,
    ReportCopy,
    RoleGrant,
    RollCall,
    Run,
    SavedView,
    Sealed,
    Substitution,
    Support,
    UnsavedEdit,
    User,
    Viewed,
    Visit,
    VoteSheet,
    Watch,
)
from consultations.models.clock import now
from consultations.selectors import journal, writing
from consultations.selectors.guests import of_person
from consultations.triggers import SAID

DRAFT, NUMBER, WHEN = gettext_lazy("draft"), gettext_lazy("number"), gettext_lazy("when")
SINCE, UNTIL = gettext_lazy("since"), gettext_lazy("until")
OF_A_COMMENT: Mapping[Any, Reads] = {DRAFT: "consultation.draft.title", NUMBER: "number"}


def register() -> None:
    """Called when the app is ready."""
    _register_person()
    _register_comments()
    _register_work()
    _register_marks()


def _register_person() -> None:
    exporters.register(
        "account",
        gettext_lazy("Account"),
        lambda person: User.objects.filter(actor=person),
        {
            gettext_lazy("e-mail"): "email",
            gettext_lazy("name and surname"): "name",
            gettext_lazy("account made"): "date_joined",
            gettext_lazy("last sign-in"): "last_login",
            gettext_lazy("number in the record"): "actor_id",
        },
    )
    exporters.register(
        "roles",
        gettext_lazy("Roles"),
        lambda person: RoleGrant.objects.filter(actor=person).select_related("department"),
        {
            gettext_lazy("role"): "get_role_display",
            gettext_lazy("department"): "department.name",
            SINCE: "since",
            UNTIL: "until",
        },
    )
    exporters.register(
        "mandates",
        gettext_lazy("Mandates of organisations"),
        lambda person: Mandate.objects.filter(actor=person).select_related("organisation"),
        {
            gettext_lazy("organisation"): "organisation.name",
            gettext_lazy("function"): "get_kind_display",
            gettext_lazy("on what basis"): "basis",
            gettext_lazy("asked for"): "asked_at",
            SINCE: "since",
            UNTIL: "until",
            gettext_lazy("refused because"): "refused_because",
        },
    )
    exporters.register(
        "requests",
        gettext_lazy("Requests for erasure"),
        lambda person: ErasureRequest.objects.filter(actor=person),
        {
            WHEN: "asked_at",
            gettext_lazy("last day for the answer"): "due_on",
            gettext_lazy("state"): "get_state_display",
            gettext_lazy("reason"): "because",
        },
    )


def _register_comments() -> None:
    exporters.register(
        "comments",
        gettext_lazy("Comments you filed"),
        _filed,
        {
            **OF_A_COMMENT,
            gettext_lazy("filed"): "filed_at",
            gettext_lazy("in the name of"): "organisation.name",
            gettext_lazy("by which way"): "get_channel_display",
            gettext_lazy("postmark"): "posted_on",
            gettext_lazy("name shown"): "named",
            gettext_lazy("place in the text"): "wording.citation",
            gettext_lazy("kind"): "get_kind_display",
            gettext_lazy("proposed wording"): lambda one: _still_read(one, "proposed_wording"),
            gettext_lazy("reasons"): lambda one: _still_read(one, "reasons"),
            gettext_lazy("what was added"): lambda one: _still_read(one, "supplement"),
            gettext_lazy("returned because"): lambda one: _still_read(one, "returned_because"),
            gettext_lazy("hidden because"): lambda one: _still_read(one, "hidden_because"),
            gettext_lazy("state"): "get_state_display",
            gettext_lazy("outcome"): lambda one: _answer(one, "outcome"),
            gettext_lazy("accepted part"): lambda one: _answer(one, "accepted_part"),
            gettext_lazy("answer"): lambda one: _answer(one, "reasons"),
        },
    )
    exporters.register(
        "sealed",
        gettext_lazy("Words of yours sealed in the record"),
        _sealed,
        {
            DRAFT: "entry.comment.consultation.draft.title",
            gettext_lazy("number of the comment"): "entry.comment.number",
            gettext_lazy("entry"): "entry.seq",
            WHEN: "entry.at",
            gettext_lazy("which words"): "field",
            gettext_lazy("words"): "text",
            gettext_lazy("salt"): lambda one: bytes(one.salt).hex(),
        },
    )


def _hers(person: Actor, comment: str = "") -> Q:
    """Her own comments, and those of organisations she acts for now: of others' she was one who
    sent them, and what they say by now is theirs. `comment` leads there, with its underscores.
    """
    return Q(**{f"{comment}organisation": None}) | Q(
        **{f"{comment}organisation__in": policy.organisations_of(person)}
    )


def _filed(person: Actor) -> QuerySet[Comment]:
    held = ExpressionWrapper(_hers(person), output_field=BooleanField())
    found = Comment.objects.filter(filed_by=person).annotate(is_still_read=held)
    return found.select_related("consultation__draft", "organisation", "wording", "given_answer")


def _still_read(comment: Comment, field: str) -> str:
    return str(getattr(comment, field)) if getattr(comment, "is_still_read", False) else ""


def _answer(comment: Comment, field: str) -> str:
    """Of the published answer; before that it is nobody's to read."""
    answer = getattr(comment, "given_answer", None)
    if answer is None or answer.published_at is None:
        return ""
    said = getattr(answer, field)
    return str(wording.OUTCOMES.get(said, said)) if field == "outcome" else str(said)


def _sealed(person: Actor) -> QuerySet[Sealed]:
    """What she said and what was said to her, of comments of her own and of an organisation's."""
    mine = Sealed.objects.filter(entry__comment__filed_by=person)
    mine = mine.filter(_hers(person, "entry__comment__"))
    said = mine.filter(Q(field="sender") | Q(entry__kind__in=SAID))
    return said.select_related("entry__comment__consultation__draft").order_by("pk")


def _register_work() -> None:
    exporters.register(
        "recorded",
        gettext_lazy("Comments you entered for others"),
        lambda person: (
            Comment.objects.filter(recorded_by=person)
            .exclude(filed_by=person)
            .select_related("consultation__draft")
        ),
        {**OF_A_COMMENT, WHEN: "filed_at"},
    )
    exporters.register(
        "answers",
        gettext_lazy("Answers you wrote or signed"),
        lambda person: Answer.objects.filter(Q(author=person) | Q(approver=person)).select_related(
            "comment__consultation__draft"
        ),
        {
            DRAFT: "comment.consultation.draft.title",
            gettext_lazy("number of the comment"): "comment.number",
            gettext_lazy("written"): "answered_at",
            gettext_lazy("signed"): "approved_at",
        },
    )
    exporters.register(
        "advice",
        gettext_lazy("Opinions you gave for your department"),
        lambda person: Advice.objects.filter(author=person).select_related(
            "comment__consultation__draft"
        ),
        {
            DRAFT: "comment.consultation.draft.title",
            gettext_lazy("number of the comment"): "comment.number",
            gettext_lazy("written"): "given_at",
        },
    )
    exporters.register(
        "reports",
        gettext_lazy("Reports you prepared or released"),
        lambda person: Report.objects.filter(
            Q(prepared_by=person) | Q(released_by=person)
        ).select_related("consultation__draft"),
        {DRAFT: "consultation.draft.title", gettext_lazy("released"): "released_at"},
    )
    exporters.register(
        "exceptions",
        gettext_lazy("Exceptions you asked for or decided on"),
        lambda person: Override.objects.filter(
            Q(asked_by=person) | Q(decided_by=person)
        ).select_related("draft"),
        {DRAFT: "draft.title", gettext_lazy("condition"): "condition", WHEN: "asked_at"},
    )
    exporters.register(
        "rules",
        gettext_lazy("Versions of the rules you proposed or decided on"),
        lambda person: ProcedureProposal.objects.filter(
            Q(proposed_by=person) | Q(decided_by=person)
        ),
        {gettext_lazy("rules for"): "get_kind_display", WHEN: "proposed_at"},
    )
    exporters.register(
        "report files",
        gettext_lazy("Copies of reports you asked for"),
        lambda person: ReportCopy.objects.filter(asked_by=person).select_related(
            "consultation__draft"
        ),
        {DRAFT: "consultation.draft.title", WHEN: "asked_at"},
    )
    exporters.register(
        "supports",
        gettext_lazy("Comments you support"),
        lambda person: Support.objects.filter(actor=person).select_related(
            "comment__consultation__draft", "organisation"
        ),
        {
            DRAFT: "comment.consultation.draft.title",
            gettext_lazy("number"): "comment.number",
            gettext_lazy("organisation"): "organisation.name",
            WHEN: "at",
            UNTIL: "ended_at",
        },
    )
    exporters.register(
        "notes",
        gettext_lazy("Notes written to you with answers"),
        lambda person: (
            CoveringNote.objects.filter(
                _hers(person, "comment__"),
                comment__filed_by=person,
                comment__given_answer__published_at__isnull=False,
            )
            .select_related("comment__consultation__draft")
            .order_by("pk")
        ),
        {
            DRAFT: "comment.consultation.draft.title",
            gettext_lazy("number of the comment"): "comment.number",
            gettext_lazy("note"): "text",
        },
    )
    exporters.register(
        "replies",
        gettext_lazy("What you said to answers"),
        lambda person: (
            Reply.objects.filter(_hers(person, "comment__"), comment__filed_by=person)
            .select_related("comment__consultation__draft")
            .order_by("pk")
        ),
        {
            DRAFT: "comment.consultation.draft.title",
            gettext_lazy("number of the comment"): "comment.number",
            gettext_lazy("does the answer address it"): "get_rating_display",
            gettext_lazy("reply"): "text",
            WHEN: "replied_at",
        },
    )
    exporters.register(
        "drafts",
        gettext_lazy("Comments you are writing"),
        lambda person: policy.visible(
            person, CommentDraft.objects.filter(author=person)
        ).select_related("consultation__draft", "organisation"),
        {
            DRAFT: "consultation.draft.title",
            gettext_lazy("organisation"): "organisation.name",
            gettext_lazy("proposed wording"): "proposed_wording",
            gettext_lazy("reasons"): "reasons",
            WHEN: "saved_at",
        },
    )
    exporters.register(
        "attachments",
        gettext_lazy("Files you added"),
        lambda person: (
            writing.attachments(person)
            .filter(Q(draft__author=person) | Q(comment__filed_by=person))
            .select_related("comment")
        ),
        {
            gettext_lazy("number of the comment"): "comment.number",
            gettext_lazy("file"): "name",
            gettext_lazy("bytes"): "size",
            "SHA-256": "sha256",
            WHEN: "added_at",
        },
    )
    exporters.register(
        "guests",
        gettext_lazy("Comments you sent without an account"),
        lambda person: of_person(person).select_related("consultation__draft"),
        {
            DRAFT: "consultation.draft.title",
            WHEN: "sent_at",
            gettext_lazy("address"): "email",
            gettext_lazy("name"): "name",
            gettext_lazy("proposed wording"): "proposed_wording",
            gettext_lazy("reasons"): "reasons",
        },
    )
    exporters.register(
        "sheets",
        gettext_lazy("Sheets you are entering"),
        lambda person: Intake.objects.filter(uploaded_by=person),
        {gettext_lazy("file"): "name", WHEN: "uploaded_at"},
    )
    exporters.register(
        "runs",
        gettext_lazy("What you did to many comments at once"),
        lambda person: Run.objects.filter(by=person).select_related("consultation__draft"),
        {
            DRAFT: "consultation.draft.title",
            WHEN: "made_at",
            gettext_lazy("what was done"): "get_act_display",
            gettext_lazy("file"): "sheet",
        },
    )
    exporters.register(
        "verified",
        gettext_lazy("Organisations you verified"),
        lambda person: Organisation.objects.filter(verified_by=person),
        {gettext_lazy("organisation"): "name", WHEN: "verified_at"},
    )
    exporters.register(
        "groups",
        gettext_lazy("Groups of comments you made"),
        lambda person: CommentGroup.objects.filter(made_by=person).select_related("lead"),
        {NUMBER: "lead.number", WHEN: "made_at"},
    )
    exporters.register(
        "causes",
        gettext_lazy("Causes of changes you named"),
        lambda person: Cause.objects.filter(named_by=person).select_related("text_version__draft"),
        {DRAFT: "text_version.draft.title", WHEN: "named_at"},
    )
    exporters.register(
        "roll_calls",
        gettext_lazy("Roll calls you entered or compared with the minutes"),
        lambda person: RollCall.objects.filter(
            Q(entered_by=person) | Q(confirmed_by=person)
        ).select_related("council_file__draft"),
        {DRAFT: "council_file.draft.title", WHEN: "entered_at"},
    )
    exporters.register(
        "vote_sheets",
        gettext_lazy("Roll calls from paper that waited for a second person"),
        lambda person: VoteSheet.objects.filter(
            Q(entered_by=person) | Q(decided_by=person)
        ).select_related("council_file__draft"),
        {
            DRAFT: "council_file.draft.title",
            WHEN: "entered_at",
            gettext_lazy("remark"): "remark",
        },
    )
    exporters.register(
        "substitutions",
        gettext_lazy("Substitutions"),
        lambda person: Substitution.objects.filter(Q(absent=person) | Q(substitute=person)),
        {
            gettext_lazy("first day"): "first_day",
            gettext_lazy("last day"): "last_day",
            gettext_lazy("ended"): "ended_at",
        },
    )
    exporters.register(
        "record",
        gettext_lazy("What you did, as the record has it"),
        lambda person: journal.with_subjects(Entry.objects.filter(actor=person)).order_by("seq"),
        {
            gettext_lazy("entry"): "seq",
            WHEN: "at",
            gettext_lazy("what happened"): told,
            gettext_lazy("role"): lambda one: wording.ROLES.get(one.role, one.role),
            DRAFT: "case.title",
        },
    )


def told(entry: Entry) -> str:
    """The sentence of the record; of the office's own events, which name people, only the kind."""
    return entry.kind if entry.kind.startswith("office.") else journal.sentence(entry)


def _register_marks() -> None:
    exporters.register(
        "watches",
        gettext_lazy("What you follow"),
        lambda person: Watch.objects.filter(actor=person).select_related("draft", "document"),
        {
            DRAFT: "draft.title",
            gettext_lazy("document"): "document.title",
            gettext_lazy("provision"): "provision_id",
        },
    )
    exporters.register(
        "viewed",
        gettext_lazy("Provisions you marked as read"),
        lambda person: Viewed.objects.filter(actor=person).select_related("wording"),
        {gettext_lazy("place in the text"): "wording.citation"},
    )
    exporters.register(
        "unsaved",
        gettext_lazy("Texts you have not saved"),
        lambda person: UnsavedEdit.objects.filter(author=person).select_related(
            "text_version__draft"
        ),
        {
            DRAFT: "text_version.draft.title",
            WHEN: "saved_at",
            gettext_lazy("heading"): "heading",
            gettext_lazy("text"): "text",
        },
    )
    exporters.register(
        "presence",
        gettext_lazy("Comments open before you"),
        lambda person: Presence.objects.filter(actor=person),
        {NUMBER: "comment.number", WHEN: "seen_at"},
    )
    exporters.register(
        "saved_views",
        gettext_lazy("Views of the queue you saved"),
        lambda person: SavedView.objects.filter(owner=person),
        {gettext_lazy("name"): "name", gettext_lazy("filters"): "query"},
    )
    exporters.register(
        "draft_marks",
        gettext_lazy("Your private notes on drafts, and what you marked as seen"),
        lambda person: DraftMark.objects.filter(actor=person),
        {
            DRAFT: "draft.title",
            gettext_lazy("note"): "note",
            WHEN: "noted_at",
            gettext_lazy("marked as seen"): "seen_at",
        },
    )
    exporters.register(
        "visits",
        gettext_lazy("Visits of the council's desk"),
        lambda person: Visit.objects.filter(actor=person),
        {WHEN: "looked_at", gettext_lazy("the time before"): "before_at"},
    )


def parts(person: Actor) -> list[tuple[str, int]]:
    """The title of each part of her data, and how many rows it has; empty ones are left out."""
    counted = [(str(one.title), one.find(person).count()) for one in exporters.every()]
    return [(title, count) for title, count in counted if count]


def archive(person: Actor) -> bytes:
    """A ZIP with a file of JSON for each part, in the language that is on."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as file:
        for one in exporters.every():
            said = {
                _("what"): str(one.title),
                _("made"): now().isoformat(),
                _("rows"): one.rows(person),
            }
            file.writestr(f"{one.name}.json", json.dumps(said, ensure_ascii=False, indent=2))
    return held.getvalue()
