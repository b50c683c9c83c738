"""The guards the database itself keeps, on SQLite and PostgreSQL alike.

Dropped before migrations (a rebuilt SQLite table loses its triggers silently) and installed
after them; `consultations.checks` compares the list with what stands in the database.
"""

from typing import Any

from consultations.models import (
    MACHINES,
    Answer,
    Comment,
    Draft,
    Entry,
    LogHead,
    Outcome,
    Procedure,
    Rule,
    Sealed,
    TextVersion,
    Wording,
)
from consultations.models.machine import Stateful

ENTRY = Entry._meta.db_table
WORDING, VERSION = Wording._meta.db_table, TextVersion._meta.db_table
PUBLISHED = f"(SELECT published_at FROM {VERSION} WHERE id = {{row}}.text_version_id) IS NOT NULL"


class Refusal:
    """One refusal: on `events` of `table`, when `condition` holds, say `words`."""

    def __init__(self, name: str, table: str, event: str, words: str, condition: str = "") -> None:
        self.name, self.table, self.event = f"uw_{name}", table, event
        self.words, self.condition = words, condition

    def sqlite(self) -> str:
        when = f"WHEN {self.condition} " if self.condition else ""
        return (
            f"CREATE TRIGGER {self.name} BEFORE {self.event} ON {self.table} {when}"
            f"BEGIN SELECT RAISE(ABORT, '{self.words}'); END"
        )

    def postgresql(self) -> list[str]:
        test = f"IF {self.condition} THEN {{}} END IF;" if self.condition else "{}"
        refuse = f"RAISE EXCEPTION '{self.words}' USING ERRCODE = '23001';"
        back = "RETURN OLD;" if self.event.startswith("DELETE") else "RETURN NEW;"
        each = "STATEMENT" if self.event == "TRUNCATE" else "ROW"
        body = f"BEGIN {test.format(refuse)} {back if each == 'ROW' else 'RETURN NULL;'} END"
        language = "LANGUAGE plpgsql"
        when = f"BEFORE {self.event} ON {self.table}"
        return [
            f"CREATE OR REPLACE FUNCTION {self.name}() RETURNS trigger AS $${body}$$ {language}",
            f"CREATE TRIGGER {self.name} {when} FOR EACH {each} EXECUTE FUNCTION {self.name}()",
            f"ALTER TABLE {self.table} ENABLE ALWAYS TRIGGER {self.name}",
        ]


def _frozen(name: str, table: str, words: str, *, delete: bool = True) -> list[Refusal]:
    rules = [
        Refusal(f"{name}_update", table, "UPDATE", words),
        Refusal(f"{name}_truncate", table, "TRUNCATE", words),
        Refusal(f"{name}_replace", table, "INSERT", words, _exists(table)),
    ]
    return [*rules, Refusal(f"{name}_delete", table, "DELETE", words)] if delete else rules


def _exists(table: str) -> str:
    """INSERT OR REPLACE would delete the old row without firing a delete trigger."""
    return f"EXISTS (SELECT 1 FROM {table} kept WHERE kept.id = NEW.id)"


def _machine(model: type[Stateful]) -> list[Refusal]:
    table, name = model._meta.db_table, model.machine
    witness = (
        f"NOT EXISTS (SELECT 1 FROM {ENTRY} e WHERE e.{name}_id = NEW.id"
        " AND e.object_version = NEW.version AND e.from_state = OLD.state"
        " AND e.to_state = NEW.state)"
    )
    changed = "NEW.state IS DISTINCT FROM OLD.state"
    return [
        Refusal(
            f"{name}_state",
            table,
            "UPDATE",
            "state change without an entry in the trail",
            f"({changed} AND (NEW.version <> OLD.version + 1 OR {witness}))"
            " OR NEW.version < OLD.version",
        ),
        Refusal(
            f"{name}_begin",
            table,
            "INSERT",
            "a row begins in its first state",
            f"NEW.state <> '{model.initial}' OR NEW.version <> 0 OR {_exists(table)}",
        ),
        Refusal(f"{name}_delete", table, "DELETE", "rows of the record are never deleted"),
        Refusal(f"{name}_truncate", table, "TRUNCATE", "rows of the record are never deleted"),
    ]


def _answers() -> list[Refusal]:
    comment, answer = Comment._meta.db_table, Answer._meta.db_table
    signed = (
        f"EXISTS (SELECT 1 FROM {answer} a WHERE a.comment_id = NEW.id"
        " AND a.approver_id IS NOT NULL"
    )
    words = "an answer needs reasons and a second signature"
    return [
        Refusal(
            "comment_approved",
            comment,
            "UPDATE",
            words,
            f"NEW.state = 'approved' AND NOT {signed})",
        ),
        Refusal(
            "comment_published",
            comment,
            "UPDATE",
            words,
            f"NEW.state = 'published' AND NOT {signed} AND a.published_at IS NOT NULL)",
        ),
        Refusal(
            "answer_final",
            answer,
            "UPDATE",
            "a published answer is final",
            "OLD.published_at IS NOT NULL",
        ),
        Refusal("answer_delete", answer, "DELETE", "an answer is never deleted"),
        Refusal(
            "answer_replace",
            answer,
            "INSERT",
            "an answer is never replaced",
            f"EXISTS (SELECT 1 FROM {answer} kept"
            " WHERE kept.id = NEW.id OR kept.comment_id = NEW.comment_id)",
        ),
        Refusal("answer_truncate", answer, "TRUNCATE", "an answer is never deleted"),
    ]


def _texts() -> list[Refusal]:
    words = "a published version is never edited"
    return [
        Refusal("wording_insert", WORDING, "INSERT", words, PUBLISHED.format(row="NEW")),
        Refusal("wording_update", WORDING, "UPDATE", words, PUBLISHED.format(row="OLD")),
        Refusal("wording_delete", WORDING, "DELETE", words, PUBLISHED.format(row="OLD")),
        Refusal("version_update", VERSION, "UPDATE", words, "OLD.published_at IS NOT NULL"),
        Refusal("version_delete", VERSION, "DELETE", words, "OLD.published_at IS NOT NULL"),
        Refusal("wording_truncate", WORDING, "TRUNCATE", words),
        Refusal("version_truncate", VERSION, "TRUNCATE", words),
    ]


def _log() -> list[Refusal]:
    head = LogHead._meta.db_table
    order = (
        f"NEW.seq <> (SELECT size FROM {head} WHERE id = 1) OR EXISTS"
        f" (SELECT 1 FROM {ENTRY} kept WHERE kept.id = NEW.id OR kept.seq = NEW.seq)"
    )
    words = "the trail is append-only"
    return [
        *_frozen("entry", ENTRY, words)[:2],
        Refusal("entry_delete", ENTRY, "DELETE", words),
        Refusal("entry_order", ENTRY, "INSERT", words, order),
        Refusal(
            "head_update",
            head,
            "UPDATE",
            words,
            "NEW.size <> OLD.size + 1 OR NEW.last_t_us <= OLD.last_t_us",
        ),
        Refusal("head_delete", head, "DELETE", words),
        Refusal("head_truncate", head, "TRUNCATE", words),
        Refusal("head_replace", head, "INSERT", words, f"EXISTS (SELECT 1 FROM {head})"),
        *_frozen("sealed", Sealed._meta.db_table, "sealed words are never altered", delete=False)[
            ::2
        ],
    ]


def _law() -> list[Refusal]:
    words = "a version of the law is never edited; write a new one"
    rules = [
        _frozen(model._meta.model_name or "", model._meta.db_table, words)
        for model in (Procedure, Rule, Outcome)
    ]
    fixed = Refusal(
        "draft_procedure",
        Draft._meta.db_table,
        "UPDATE",
        "the procedure of a running cycle does not change",
        "NEW.procedure_id <> OLD.procedure_id",
    )
    return [one for group in rules for one in group] + [fixed]


def every() -> list[Refusal]:
    """All guards, in the order they are installed."""
    machines = [one for model in MACHINES for one in _machine(model)]
    return [*_log(), *machines, *_answers(), *_texts(), *_law()]


def for_vendor(vendor: str) -> list[Refusal]:
    """The guards a database can have: SQLite knows no TRUNCATE."""
    return [one for one in every() if vendor == "postgresql" or one.event != "TRUNCATE"]


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
        for name, table in standing(connection, only_active=False):
            on = f" ON {table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")


def standing(connection: Any, *, only_active: bool = True) -> list[tuple[str, str]]:
    """Name and table of each guard of ours that is in the database and always enabled."""
    active = "AND t.tgenabled = 'A' " if only_active else ""
    if connection.vendor == "postgresql":
        sql = (
            "SELECT t.tgname, c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
            f" WHERE starts_with(t.tgname, 'uw_') {active}"
            "AND pg_table_is_visible(c.oid) ORDER BY 1"
        )
    else:
        sql = (
            "SELECT name, tbl_name FROM sqlite_master"
            " WHERE type = 'trigger' AND substr(name, 1, 3) = 'uw_' ORDER BY 1"
        )
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return [(str(name), str(table)) for name, table in cursor.fetchall()]
