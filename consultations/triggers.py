"""The guards the database itself keeps, on SQLite and PostgreSQL alike.

Dropped before migrations (a rebuilt SQLite table loses its triggers silently) and installed
after them; `consultations.checks` compares the list with what stands in the database.
"""

from typing import Any

from consultations import voices, wording
from consultations.models import (
    MACHINES,
    Amendment,
    Answer,
    Attachment,
    AttachmentContent,
    Cause,
    Checkpoint,
    Comment,
    Consultation,
    CouncilFile,
    Draft,
    Element,
    Entry,
    LogHead,
    Mandate,
    Opinion,
    Outcome,
    Override,
    Procedure,
    Provision,
    Report,
    Rule,
    Sealed,
    TextVersion,
    Wording,
)
from consultations.models.comments import TEXTS
from consultations.models.machine import Stateful, acts_of
from consultations.refusals import Refusal, changed, frozen, taken
from consultations.triggers_advice import advice
from consultations.triggers_amendments import amendments
from consultations.triggers_appeals import appeals
from consultations.triggers_groups import groups
from consultations.triggers_law import law
from consultations.triggers_notes import notes
from consultations.triggers_overrides import overrides
from consultations.triggers_proposals import proposals
from consultations.triggers_replies import replies
from consultations.triggers_sessions import sessions
from consultations.triggers_votes import votes

ENTRY, HEAD = Entry._meta.db_table, LogHead._meta.db_table
WORDING, VERSION = Wording._meta.db_table, TextVersion._meta.db_table
PUBLISHED = f"(SELECT published_at FROM {VERSION} WHERE id = {{row}}.text_version_id) IS NOT NULL"

# What no act changes: the row's keys, and of a comment everything that was filed.
LASTING: dict[type[Stateful], tuple[str, ...]] = {
    Draft: ("id", "document_id", "registered_at"),
    Consultation: ("id", "draft_id", "number", "slug"),
    Comment: (
        "id",
        "consultation_id",
        "number",
        "wording_id",
        "filed_by_id",
        "organisation_id",
        "mandate_id",
        "recorded_by_id",
        "channel",
        "filed_at",
        "posted_on",
        "idempotency_key",
        "arrived_at",
        "way_id",
        "late",
    ),
    CouncilFile: ("id", "draft_id", "submitted_at"),
    Opinion: ("id", "draft_id", "body", "delivered_on", "due_at"),
    Report: ("id", "consultation_id"),
    Override: (
        *("id", "draft_id", "consultation_id", "council_file_id", "act_kind", "guard_code"),
        *("missing", "because", "asked_by_id", "asked_at"),
    ),
    Amendment: (
        *("id", "council_file_id", "number", "kind", "mover", "mover_name", "reasons"),
        *("text_version_id", "filed_at"),
    ),
}


# Entries whose words a private person wrote, or the office wrote to her.
SAID = (
    "comment.file",
    "comment.complete",
    "comment.return_for_completion",
    "comment.hide",
    "comment.leave",
    "comment.correct",
    "comment.appeal",
    "comment.uphold",
    "comment.attach",
    "comment.reply",
    "comment.add_note",
)


# Entries whose words say on what basis somebody acts for an organisation, or why she may not.
OF_MANDATES = ("office.ask_for_mandate", "office.add_mandate", "office.refuse_mandate")


def _log() -> list[Refusal]:
    words = "the trail is append-only"
    case = f"(SELECT COALESCE(MAX(e.case_seq), 0) + 1 FROM {ENTRY} e WHERE e.case_id = NEW.case_id)"
    out_of_order = (
        f"NEW.seq IS DISTINCT FROM (SELECT size FROM {HEAD} WHERE id = 1)"
        f" OR NEW.t_us IS DISTINCT FROM (SELECT last_t_us FROM {HEAD} WHERE id = 1)"
        f" OR (NEW.case_id IS NOT NULL AND NEW.case_seq IS DISTINCT FROM {case})"
        f" OR (NEW.case_id IS NULL AND NEW.case_seq IS NOT NULL) OR {taken(Entry)}"
    )
    leaf = "sha256('\\x00'::bytea || convert_to(NEW.payload, 'UTF8'))"
    other_leaf = f"substring(NEW.nodes FROM 1 FOR 32) IS DISTINCT FROM {leaf}"
    unlike = "an entry stands under the hash of its own words"
    back = f"NEW.size <> OLD.size + 1 OR NEW.last_t_us <= OLD.last_t_us OR {changed(['id'])}"
    return [
        *frozen("entry", Entry, words)[:3],
        Refusal("entry_order", ENTRY, "INSERT", words, out_of_order),
        Refusal("entry_leaf", ENTRY, "INSERT", unlike, other_leaf, only="postgresql"),
        Refusal("head_update", HEAD, "UPDATE", words, back),
        Refusal("head_delete", HEAD, "DELETE", words),
        Refusal("head_truncate", HEAD, "TRUNCATE", words),
        Refusal("head_replace", HEAD, "INSERT", words, f"EXISTS (SELECT 1 FROM {HEAD})"),
    ]


def _names(person: str) -> str:
    """The newest entry is one of erasing, and this is the actor it names.

    So nothing but that person's words can go, in that transaction and until the next entry.
    """
    newest = f"e.seq = (SELECT size FROM {HEAD} WHERE id = 1)"
    named = f"""e.payload LIKE '%"person":' || {person} || ',"%'"""
    erasing = f"e.kind = 'person.erase' AND {newest} AND {named}"
    return f"EXISTS (SELECT 1 FROM {ENTRY} e WHERE {erasing})"


def _emptied() -> str:
    """A private person's comment loses its texts, and nothing else of it changes."""
    lost = [
        f"NEW.{one} = CASE OLD.{one} WHEN '' THEN '' ELSE '{wording.ERASED}' END" for one in TEXTS
    ]
    kept = changed(str(f.column) for f in Comment._meta.concrete_fields if f.name not in TEXTS)
    own = f"OLD.organisation_id IS NULL AND {_names('OLD.filed_by_id')}"
    return f"({' AND '.join(lost)} AND NOT ({kept}) AND {own})"


def _sealed() -> list[Refusal]:
    """Words stand beside the newest entry only, and go only beside an entry that erases theirs."""
    newest = f"e.seq = (SELECT size FROM {HEAD} WHERE id = 1)"
    beside = f"EXISTS (SELECT 1 FROM {ENTRY} e WHERE e.id = NEW.entry_id AND {newest})"
    own = ", ".join(f"'{kind}'" for kind in SAID)
    hers = f"OLD.field = 'sender' OR (c.organisation_id IS NULL AND o.kind IN ({own}))"
    erasing = (
        f"EXISTS (SELECT 1 FROM {ENTRY} o JOIN {Comment._meta.db_table} c ON c.id = o.comment_id"
        f" WHERE o.id = OLD.entry_id AND ({hers}) AND {_names('c.filed_by_id')})"
    )
    of_mandates = ", ".join(f"'{kind}'" for kind in OF_MANDATES)
    of_hers = (
        f"EXISTS (SELECT 1 FROM {ENTRY} o JOIN {Mandate._meta.db_table} m"
        """ ON o.payload LIKE '%"mandate":' || m.id || ',"%'"""
        f" WHERE o.id = OLD.entry_id AND o.kind IN ({of_mandates}) AND {_names('m.actor_id')})"
    )
    words, table = "sealed words are never altered", Sealed._meta.db_table
    update, _delete, truncate, replace = frozen("sealed", Sealed, words)
    replace.condition = f"NOT {beside} OR {replace.condition}"
    unsaid = "sealed words are erased only beside an entry that says so"
    return [
        update,
        truncate,
        replace,
        Refusal("sealed_delete", table, "DELETE", unsaid, f"NOT {erasing} AND NOT {of_hers}"),
    ]


def _attachments() -> list[Refusal]:
    """Files are filed beside the entry that says so, stay as they are, and go with their author."""
    table, held = Attachment._meta.db_table, AttachmentContent._meta.db_table
    words = "what was filed stays as it was filed"
    newest = f"e.seq = (SELECT size FROM {HEAD} WHERE id = 1)"
    kinds = "e.kind IN ('comment.file', 'comment.attach')"
    said = f"EXISTS (SELECT 1 FROM {ENTRY} e WHERE {newest} AND {kinds} AND e.comment_id = {{}})"
    own = f"c.organisation_id IS NULL AND {_names('c.filed_by_id')}"
    comment = Comment._meta.db_table
    erasing = f"EXISTS (SELECT 1 FROM {comment} c WHERE c.id = {{0}} AND {own})"
    unsaid = f"NEW.comment_id IS NOT NULL AND NOT {said.format('NEW.comment_id')}"
    moved = changed(
        str(one.column)
        for one in Attachment._meta.concrete_fields
        if one.name not in ("draft", "comment")
    )
    of_content = f"(SELECT comment_id FROM {table} WHERE id = {{}}.attachment_id)"
    new, old = of_content.format("NEW"), of_content.format("OLD")
    gone = f"{{0}} IS NOT NULL AND NOT {erasing}"
    return [
        Refusal(
            "attachment_update",
            table,
            "UPDATE",
            words,
            f"OLD.comment_id IS NOT NULL OR {moved} OR ({unsaid})",
        ),
        Refusal("attachment_delete", table, "DELETE", words, gone.format("OLD.comment_id")),
        Refusal("attachment_truncate", table, "TRUNCATE", words),
        Refusal("attachment_insert", table, "INSERT", words, f"({unsaid}) OR {taken(Attachment)}"),
        Refusal("attachmentcontent_update", held, "UPDATE", words),
        Refusal("attachmentcontent_delete", held, "DELETE", words, gone.format(old)),
        Refusal("attachmentcontent_truncate", held, "TRUNCATE", words),
        Refusal(
            "attachmentcontent_insert",
            held,
            "INSERT",
            words,
            f"({new} IS NOT NULL AND NOT {said.format(new)}) OR {taken(AttachmentContent)}",
        ),
    ]


def _checkpoints() -> list[Refusal]:
    """Signed heads are kept as they were published, each larger than those before."""
    words, table = "a published checkpoint is never altered", Checkpoint._meta.db_table
    *rest, replace = frozen("checkpoint", Checkpoint, words)
    smaller = f"NEW.size <= (SELECT COALESCE(MAX(size), 0) FROM {table})"
    replace.condition = f"{smaller} OR {replace.condition}"
    return [*rest, replace]


def _machine(model: type[Stateful]) -> list[Refusal]:
    """A row begins at the beginning, changes by declared steps with an entry each, and stays."""
    table, name = model._meta.db_table, model.machine
    witness = (
        f"EXISTS (SELECT 1 FROM {ENTRY} e WHERE e.{name}_id = NEW.id"
        " AND e.object_version = NEW.version AND e.from_state = OLD.state"
        " AND e.to_state = NEW.state)"
    )
    edges = sorted({edge for act in acts_of(model) for edge in act.edges})
    steps = " OR ".join(f"(OLD.state = '{a}' AND NEW.state = '{b}')" for a, b in edges)
    open_round = "kept.draft_id = NEW.draft_id AND kept.state NOT IN ('closed', 'cancelled')"
    other = taken(model, *([open_round] if model is Consultation else []))
    words = "rows of the record are never deleted"
    unwitnessed, lasting = (
        f"NEW.version <> OLD.version + 1 OR NOT {witness}",
        changed(LASTING[model]),
    )
    if model is Comment:
        unwitnessed, lasting = (f"({one}) AND NOT {_emptied()}" for one in (unwitnessed, lasting))
    return [
        Refusal(
            f"{name}_state", table, "UPDATE", "a change without an entry in the trail", unwitnessed
        ),
        Refusal(f"{name}_step", table, "UPDATE", "the machine has no such step", f"NOT ({steps})"),
        Refusal(
            f"{name}_lasting",
            table,
            "UPDATE",
            "what the record began with is never edited",
            lasting,
        ),
        Refusal(
            f"{name}_begin",
            table,
            "INSERT",
            "a row begins in its first state",
            f"NEW.state <> '{model.initial}' OR NEW.version <> 0 OR {other}",
        ),
        Refusal(f"{name}_delete", table, "DELETE", words),
        Refusal(f"{name}_truncate", table, "TRUNCATE", words),
    ]


def _signatures() -> list[Refusal]:
    """A comment is approved and published only over an answer that is."""
    comment, answer = Comment._meta.db_table, Answer._meta.db_table
    signed = (
        f"EXISTS (SELECT 1 FROM {answer} a WHERE a.comment_id = NEW.id"
        " AND a.approver_id IS NOT NULL"
    )
    words = "an answer needs reasons and a second signature"
    approved = f"NEW.state = 'approved' AND NOT {signed})"
    published = f"NEW.state = 'published' AND NOT {signed} AND a.published_at IS NOT NULL)"
    return [
        Refusal("comment_approved", comment, "UPDATE", words, approved),
        Refusal("comment_published", comment, "UPDATE", words, published),
    ]


def _answers() -> list[Refusal]:
    """A signature covers the words it was put under; a published answer is final."""
    table = Answer._meta.db_table
    state = f"(SELECT state FROM {Comment._meta.db_table} WHERE id = NEW.comment_id)"
    said = changed(["outcome", "accepted_part", "reasons", "author_id"])
    under = f"OLD.approver_id IS NOT NULL AND NEW.approver_id IS NOT NULL AND ({said})"
    out = f"NEW.published_at IS NOT NULL AND {state} <> 'approved'"
    ready = "NEW.approver_id IS NOT NULL OR NEW.published_at IS NOT NULL"
    final = f"OLD.published_at IS NOT NULL OR {changed(['id', 'comment_id'])}"
    leading = f"SELECT code FROM {Outcome._meta.db_table} WHERE leads_to_change"
    changes = f"SELECT 1 FROM {Cause._meta.db_table} c WHERE c.comment_id = NEW.comment_id"
    promised = (
        f"NEW.published_at IS NOT NULL AND NEW.outcome IN ({leading}) AND NOT EXISTS ({changes})"
    )
    part = "what is accepted in part says in which"
    unsigned = "an answer begins unsigned and alone"
    gone = "an answer is never deleted"
    return [
        Refusal("answer_final", table, "UPDATE", "a published answer is final", final),
        Refusal("answer_signed", table, "UPDATE", "what was signed is not rewritten", under),
        Refusal("answer_out", table, "UPDATE", "only an approved answer is published", out),
        Refusal("answer_change", table, "UPDATE", "what is accepted names its change", promised),
        Refusal("answer_part", table, "UPDATE", part, _partless(before=True)),
        Refusal("answer_part_begin", table, "INSERT", part, _partless(before=False)),
        Refusal("answer_begin", table, "INSERT", unsigned, f"{ready} OR {taken(Answer)}"),
        Refusal("answer_delete", table, "DELETE", gone),
        Refusal("answer_truncate", table, "TRUNCATE", gone),
    ]


def _partless(*, before: bool) -> str:
    """Written, signed or published without the part its outcome asks for.

    An answer from before it was asked may lose its signature, to be written anew.
    """
    asking = f"SELECT code FROM {Outcome._meta.db_table} WHERE asks_part"
    bare = "NEW.accepted_part"
    for blank in ("\n", "\r", "\t", "\u00a0"):
        bare = f"REPLACE({bare}, '{blank}', '')"
    lacking = f"NEW.outcome IN ({asking}) AND TRIM({bare}) = ''"
    if not before:
        return lacking
    written = changed(["outcome", "accepted_part", "reasons"])
    signed = "NEW.approver_id IS NOT NULL AND OLD.approver_id IS NULL"
    out = "NEW.published_at IS NOT NULL AND OLD.published_at IS NULL"
    return f"{lacking} AND ({written} OR ({signed}) OR ({out}))"


def _texts() -> list[Refusal]:
    words = "a published version is never edited"
    moved = f"{PUBLISHED.format(row='OLD')} OR {PUBLISHED.format(row='NEW')} OR {changed(['id'])}"
    entering = f"{PUBLISHED.format(row='NEW')} OR {taken(Wording)}"
    version = f"OLD.published_at IS NOT NULL OR {changed(['id', 'draft_id', 'number'])}"
    lasting = "a provision keeps its key"
    return [
        Refusal("wording_insert", WORDING, "INSERT", words, entering),
        Refusal("wording_update", WORDING, "UPDATE", words, moved),
        Refusal("wording_delete", WORDING, "DELETE", words, PUBLISHED.format(row="OLD")),
        Refusal("wording_truncate", WORDING, "TRUNCATE", words),
        Refusal("version_insert", VERSION, "INSERT", words, taken(TextVersion)),
        Refusal("version_update", VERSION, "UPDATE", words, version),
        Refusal("version_delete", VERSION, "DELETE", words, "OLD.published_at IS NOT NULL"),
        Refusal("version_truncate", VERSION, "TRUNCATE", words),
        Refusal("provision_update", Provision._meta.db_table, "UPDATE", lasting),
    ]


def _causes() -> list[Refusal]:
    """A cause is named or taken back, never rewritten; a published answer keeps one change."""
    table, answer = Cause._meta.db_table, Answer._meta.db_table
    published = f"SELECT 1 FROM {answer} a WHERE a.comment_id = OLD.comment_id"
    other = f"SELECT 1 FROM {table} c WHERE c.comment_id = OLD.comment_id AND c.id <> OLD.id"
    last = f"EXISTS ({published} AND a.published_at IS NOT NULL) AND NOT EXISTS ({other})"
    kept = "a published answer keeps the change it led to"
    named = "a cause is never rewritten"
    return [
        Refusal("cause_update", table, "UPDATE", named),
        Refusal("cause_delete", table, "DELETE", kept, last),
        Refusal("cause_truncate", table, "TRUNCATE", kept),
        Refusal("cause_replace", table, "INSERT", named, taken(Cause)),
    ]


def _law() -> list[Refusal]:
    words = "a version of the law is never edited; write a new one"
    laws = [frozen(str(m._meta.model_name), m, words) for m in (Procedure, Rule, Outcome, Element)]
    running = "the procedure of a running cycle does not change"
    fixed = Refusal(
        "draft_procedure", Draft._meta.db_table, "UPDATE", running, changed(["procedure_id"])
    )
    return [one for group in laws for one in group] + [fixed]


def every() -> list[Refusal]:
    """All guards, in the order they are installed."""
    machines = [one for model in MACHINES for one in _machine(model)]
    answers = [*_signatures(), *appeals(), *_answers(), *advice()]
    return [
        *_log(),
        *_sealed(),
        *_attachments(),
        *_checkpoints(),
        *machines,
        *voices.corrected(_emptied()),
        *voices.supports(_names("OLD.actor_id")),
        *replies(_names("c.filed_by_id")),
        *notes(_names("c.filed_by_id")),
        *answers,
        *groups(),
        *overrides(),
        *_texts(),
        *_causes(),
        *votes(),
        *amendments(),
        *_law(),
        *law(),
        *proposals(),
        *sessions(),
    ]


def for_vendor(vendor: str) -> list[Refusal]:
    """The guards a database can have: SQLite knows no TRUNCATE and no SHA-256."""
    return [one for one in every() if one.only in ("", vendor)]


def install(connection: Any) -> None:
    """Create every guard anew."""
    drop(connection)
    with connection.cursor() as cursor:
        for one in for_vendor(connection.vendor):
            for sql in one.postgresql() if connection.vendor == "postgresql" else [one.sqlite()]:
                cursor.execute(sql)


def drop(connection: Any) -> None:
    """Remove every guard of ours that stands."""
    with connection.cursor() as cursor:
        for name, table, _text in _present(connection, only_active=False):
            on = f" ON {table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")


def standing(connection: Any) -> list[tuple[str, str]]:
    """Name and table of each guard of ours that is in the database and always enabled."""
    return [(name, table) for name, table, _text in _present(connection)]


def drifted(connection: Any) -> list[str]:
    """Names of guards that stand with another text than this code gives them."""
    here = {name: text for name, _table, text in _present(connection)}
    postgresql = connection.vendor == "postgresql"
    texts = {
        one.name: one.body() if postgresql else one.sqlite()
        for one in for_vendor(connection.vendor)
    }
    return sorted(name for name in here.keys() & texts.keys() if here[name] != texts[name])


def _present(connection: Any, *, only_active: bool = True) -> list[tuple[str, str, str]]:
    active = "AND t.tgenabled = 'A' " if only_active else ""
    if connection.vendor == "postgresql":
        sql = (
            "SELECT t.tgname, c.relname, p.prosrc FROM pg_trigger t"
            " JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid"
            f" WHERE starts_with(t.tgname, 'uw_') {active}"
            "AND pg_table_is_visible(c.oid) ORDER BY 1"
        )
    else:
        sql = (
            "SELECT name, tbl_name, sql FROM sqlite_master"
            " WHERE type = 'trigger' AND substr(name, 1, 3) = 'uw_' ORDER BY 1"
        )
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return [(str(name), str(table), str(text)) for name, table, text in cursor.fetchall()]
