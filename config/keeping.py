"""What is kept of people: which data, what for, on what basis, until when. One table.

The page on personal data shows it, the tests walk every column of the project by it, and the
canary test takes its fields from here. A column is named «Model.column»; every one stands either
here or in `config.impersonal`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext


@dataclass(frozen=True)
class Kept:
    """One kind of personal data. `fields` names columns by model: «Model: one two; Other: three».

    `until` says what ends it; `rule` is the rule of `consultations.retention` that deletes it in
    time, whose days are a setting. `public` are those columns that everybody may read.
    """

    code: str
    what: Any
    purpose: Any
    basis: Any
    until: Any
    fields: str
    rule: str = ""
    public: str = ""

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(_columns(self.fields))

    @property
    def public_columns(self) -> tuple[str, ...]:
        return tuple(_columns(self.public))

    @property
    def how_long(self) -> str:
        """The days of its rule, and what ends it."""
        days = settings.KEEP_DAYS.get(self.rule, 0)
        if not days:
            return str(self.until)
        counted = ngettext("%(days)d day", "%(days)d days", days) % {"days": days}
        return f"{counted}: {self.until}"


def _columns(fields: str) -> Iterator[str]:
    for one in filter(None, fields.split(";")):
        model, _colon, names = one.partition(":")
        for name in names.split():
            yield f"{model.strip()}.{name}"


TASK = _(
    "a task in the public interest: art. 6(1)(e) of the GDPR with art. 5a of the Act on municipal"
    " self-government and art. 5a of the Act on public benefit and volunteer work"
)
ARCHIVE = _(
    "a duty laid down by law: art. 6(1)(c) of the GDPR with art. 5 and 6 of the Act of 14 July"
    " 1983 on the national archival resource and archives"
)
SERVICE = _("a task in the public interest: art. 6(1)(e) of the GDPR")
CONSENT = _("your consent: art. 6(1)(a) of the GDPR")
OWED = _("a duty laid down by law: art. 6(1)(c) with art. 5(2), 12 and 17 of the GDPR")
COUNCIL = _(
    "a duty laid down by law: art. 6(1)(c) of the GDPR with art. 14(3) of the Act on municipal"
    " self-government"
)
UNTIL_ERASED = _("until your data are erased at your request")
RECORD = _("as long as the records of the consultation")

TABLE: tuple[Kept, ...] = (
    Kept(
        "account",
        _("e-mail address, name if you give it, when you signed up and last signed in"),
        _("to know whose a comment is, to send you its number, its answer and what you follow"),
        TASK,
        UNTIL_ERASED,
        "User: actor email name password last_login is_active date_joined;"
        "EmailAddress: user email verified primary",
    ),
    Kept(
        "signups",
        _("an address that was typed when signing up and never confirmed"),
        _("to wait for the code that confirms it"),
        SERVICE,
        _("counted from signing up"),
        "EmailConfirmation: email_address created sent key",
        rule="signups",
    ),
    Kept(
        "codes",
        _("the address to which a code for signing in was sent"),
        _("to check the code"),
        SERVICE,
        _("counted from the last time the code was asked for; the code itself holds ten minutes"),
        "Session: session_data",
        rule="codes",
    ),
    Kept(
        "sessions",
        _("that you are signed in in this browser"),
        _("to know who acts"),
        SERVICE,
        _("counted from your last sign-in, or until you sign out"),
        "Session: session_key session_data expire_date",
        rule="sessions",
    ),
    Kept(
        "mandates",
        _("for which organisation you act, in which function, on what basis, from when until when"),
        _("to know who may file in its name, and who filed then"),
        TASK,
        RECORD,
        "Mandate: actor organisation kind basis asked_at since until refused_because",
    ),
    Kept(
        "comments",
        _("what you write in a comment, when it came and by which way, what became of it"),
        _("to answer it, to publish it with the answer in the report"),
        TASK,
        _("until your data are erased at your request; an organisation's comment stays"),
        "Comment: filed_by mandate recorded_by proposed_wording reasons supplement returned_because"
        " hidden_because left_because appeal_reasons appealed_at upheld_because channel filed_at"
        " posted_on arrived_at way late unsigned incomplete; ReportPiece: data",
        public="Comment: proposed_wording reasons supplement",
    ),
    Kept(
        "named",
        _("your name beside a comment, for everybody to read"),
        _("only when you choose it for that comment"),
        CONSENT,
        _("until you withdraw the consent"),
        "Comment: named",
        public="Comment: named",
    ),
    Kept(
        "drafts",
        _("comments you are writing, and who signed off a draft inside an organisation"),
        _("so that nothing typed is lost, and several comments are filed together"),
        SERVICE,
        _("counted from the end of the consultation, unless you file or delete them before"),
        "CommentDraft: author kind proposed_wording reasons named signed_off_by signed_off_at",
        rule="drafts",
    ),
    Kept(
        "attachments",
        _("files you add to a comment; only you, your organisation and the office open them"),
        _("to decide on the comment with everything that was sent"),
        TASK,
        UNTIL_ERASED,
        "Attachment: name sha256; AttachmentContent: data",
    ),
    Kept(
        "sheets",
        _("a sheet of comments that an officer enters into the register, with its senders"),
        _("to enter many comments at once without a mistake"),
        TASK,
        _("counted from the upload; the rows go once they are entered"),
        "Intake: uploaded_by name rows outcome",
        rule="sheets",
    ),
    Kept(
        "guests",
        _("a comment sent without an account, with its e-mail and name, until it is confirmed"),
        _("to send the link that files it"),
        TASK,
        _("counted from sending; once it is confirmed, as a comment"),
        "GuestComment: proposed_wording reasons named name email",
        rule="guests",
    ),
    Kept(
        "support",
        _("which comments of others you support, for yourself or for an organisation"),
        _("to show how many support a comment; an organisation is named, you are not"),
        TASK,
        UNTIL_ERASED,
        "Support: comment actor organisation at ended_at",
    ),
    Kept(
        "replies",
        _("whether an answer addresses your comment, and your one reply to it"),
        _("to tell the unit, and to list it in the report on carrying out the programme"),
        TASK,
        _("until your data are erased at your request; an organisation's comment stays"),
        "Reply: rating rated_at text replied_at",
        public="Reply: text",
    ),
    Kept(
        "notes",
        _("a note the office wrote to you with an answer"),
        _("to explain the answer to you"),
        TASK,
        UNTIL_ERASED,
        "CoveringNote: text",
    ),
    Kept(
        "words",
        _("the words of your comments once more, folded for the search"),
        _("so that comments are found in any form of a word"),
        TASK,
        UNTIL_ERASED,
        "CommentWords: said",
    ),
    Kept(
        "sketches",
        _("what your comments say, as numbers computed from the stems of their words"),
        _("so that comments that say the same are found and answered together"),
        TASK,
        UNTIL_ERASED,
        "Sketch: whole stems; SketchBand: band; CommentSketch: sketch like",
    ),
    Kept(
        "sealed",
        _("words of the record under seal: of your comments, and who sent a letter on paper"),
        _("to prove that nothing was altered since"),
        ARCHIVE,
        _("your own words until they are erased at your request; the others as long as the record"),
        "Sealed: entry field salt text",
    ),
    Kept(
        "record",
        _("that you did something and when, under a number without your name"),
        _("to show how a consultation was run, and by whom"),
        ARCHIVE,
        _("for ever; once your account is erased, the number leads to nobody"),
        "Entry: actor role at t_us",
    ),
    Kept(
        "following",
        _("what you follow, and which provisions you marked as read"),
        _("to tell you of news, and to show what is new to you"),
        SERVICE,
        _("until you follow it no more, or your data are erased at your request"),
        "Watch: actor draft document provision; Viewed: actor provision wording",
    ),
    Kept(
        "notices",
        _("what you were told in the service, and whether you read it"),
        _("to tell you, and to prove that you were told"),
        TASK,
        _("counted from the day on which you read it"),
        "Notice: recipient number entry because read_at; InboxHead: actor latest",
        rule="notices",
    ),
    Kept(
        "letters",
        _("which e-mails were sent to you and when; their words are not kept"),
        _("to send each once, and to prove that it was sent"),
        TASK,
        _("counted from what the e-mail is about"),
        "Letter: recipient entry because due_at tries sent_at failed_at problem",
        rule="letters",
    ),
    Kept(
        "preferences",
        _("whether you want e-mails, and in which language"),
        _("to write as you wish"),
        SERVICE,
        UNTIL_ERASED,
        "Preference: actor emails language",
    ),
    Kept(
        "requests",
        _("that you asked for your data to be erased, and what was answered"),
        _("to answer in time, and to prove it"),
        OWED,
        _("counted from the answer; at once when the data are erased"),
        "ErasureRequest: actor state asked_at due_on reminded_at decided_by decided_at because",
        rule="requests",
    ),
    Kept(
        "roles",
        _("of people who work for the city: their roles, departments and substitutes"),
        _("to let each do what is theirs, and to know who signed"),
        TASK,
        RECORD,
        "RoleGrant: actor role department since until;"
        "Substitution: absent substitute first_day last_day ended_at;"
        "Task: owner",
    ),
    Kept(
        "signatures",
        _("of people who work for the city: what they signed, released or verified"),
        _("so that answers have an author and a second signature"),
        ARCHIVE,
        RECORD,
        "Answer: author approver; Advice: author; Report: prepared_by released_by; Cause: named_by;"
        "CommentGroup: made_by; ReportCopy: asked_by; Override: asked_by decided_by;"
        "ProcedureProposal: proposed_by decided_by;"
        "RollCall: entered_by confirmed_by; VoteSheet: entered_by decided_by;"
        "Organisation: verified_by",
    ),
    Kept(
        "unsaved",
        _("of people who work for the city: words typed into a draft and not saved yet"),
        _("so that nothing typed is lost"),
        SERVICE,
        _("counted from the last change"),
        "UnsavedEdit: author text_version provision heading text revision saved_at",
        rule="unsaved",
    ),
    Kept(
        "runs",
        _("of people who work for the city: what they did to many comments at once"),
        _("to show what became of each comment"),
        SERVICE,
        _("counted from the day on which it was prepared; what was done stays in the record"),
        "Run: by asked sheet; RunRow: asked",
        rule="runs",
    ),
    Kept(
        "presence",
        _("of people who work for the city: which comment is open before them, and when they type"),
        _("so that two people do not answer the same comment"),
        SERVICE,
        _("some minutes after the comment is closed"),
        "Presence: comment actor seen_at typing_since typing_at",
    ),
    Kept(
        "saved_views",
        _("of people who work for the city: filters of the queue they keep under a name"),
        _("to come back to the same list"),
        SERVICE,
        _("until they delete them, or their data are erased at their request"),
        "SavedView: owner name query",
    ),
    Kept(
        "visits",
        _("of councillors and people who work for the city: the last visit of the council's desk"),
        _("to show what is new since then"),
        SERVICE,
        _("counted from the visit"),
        "Visit: actor looked_at looked_seq before_at before_seq",
        rule="visits",
    ),
    Kept(
        "draft_marks",
        _("of councillors and people who work for the city: private notes on drafts, marks"),
        _("to prepare for a vote; nobody else reads the notes"),
        SERVICE,
        _("until they delete them, or their data are erased at their request"),
        "DraftMark: actor draft seen_seq seen_at note noted_at",
    ),
    Kept(
        "council",
        _("how each councillor voted, with name and council group"),
        _("to publish the roll call"),
        COUNCIL,
        _("for ever"),
        "Ballot: councillor club vote; VoteSheet: called",
        public="Ballot: councillor club vote",
    ),
    Kept(
        "amendments",
        _("who moves an amendment or two readings: councillor, council group or committee"),
        _("to publish the amendments and motions"),
        COUNCIL,
        _("for ever"),
        "Amendment: mover_name; ReadingsMotion: movers",
        public="Amendment: mover_name; ReadingsMotion: movers",
    ),
    Kept(
        "minutes",
        _("what was said at a meeting, and by whom if the minutes name them"),
        _("to show how the meeting went"),
        ARCHIVE,
        RECORD,
        "Way: minutes",
        public="Way: minutes",
    ),
    Kept(
        "contact",
        _("of people who work for the city: whom to ask about a consultation"),
        _("so that people can ask"),
        TASK,
        RECORD,
        "Consultation: contact",
        public="Consultation: contact",
    ),
)


def personal() -> dict[str, Kept]:
    """Every personal column, with its row of the table."""
    return {column: one for one in TABLE for column in one.columns}
